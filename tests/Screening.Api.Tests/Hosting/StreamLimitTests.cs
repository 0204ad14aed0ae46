using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Screening.Api.Tests.Access;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Screenings.Batch;
using Screening.Api.Tests.Telemetry;

namespace Screening.Api.Tests.Hosting;

/// <summary>Over HTTP/2 a connection has many requests at a time: in all there are no more than connections.</summary>
public sealed class StreamLimitTests
{
    [Fact]
    public async Task A_stream_beyond_the_requests_in_progress_is_refused_and_may_be_sent_again()
    {
        await using var service = await TlsService.StartAsync(["--Connections:Max=2"]);
        using var counted = new Counted(service.Metrics);
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            shown!.GetCertHashString() == Certificates.Server.GetCertHashString();
        using var client = new HttpClient(handler);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<HttpResponseMessage>[] held = [await BegunAsync(), await BegunAsync()];

        using var third = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/health/live"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(third));
        Assert.Contains("0x7", refused.ToString(), StringComparison.Ordinal);
        // The client tries again by itself.
        Assert.InRange(counted.Of("screening.limits.reached limit=streams"), 1, 10);

        end.SetResult();
        foreach (var answered in held)
        {
            using var response = await answered;
            Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        }

        // A request whose body the service has begun to read.
        async Task<Task<HttpResponseMessage>> BegunAsync()
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var answered = client.SendAsync(Request(async body =>
            {
                begun.SetResult();
                await end.Task;
                await body.WriteAsync(Encoding.UTF8.GetBytes(Requests.NothingToReport().ToJsonString()));
            }));
            await await Task.WhenAny(begun.Task, answered);
            return answered;
        }

        HttpRequestMessage Request(Func<Stream, Task> write)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Address, "/v1/screenings"))
            {
                Content = new StreamedContent(write),
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-Api-Key", KeyedService.Good.Text);
            request.Headers.ExpectContinue = true;
            return request;
        }
    }
}
