using System.Net;
using System.Text;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Hosting;

/// <summary>A client that goes away in the middle of a body is no fault of the service: no error in its log, no 500.</summary>
public sealed class GoneClientTests
{
    private static readonly string[] Bodies =
    [
        "Content-Length: 300\r\n\r\n{\"a\"",
        "Content-Length: 300\r\nExpect: 100-continue\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n",
    ];

    private static readonly string[] Paths =
    [
        "/v1/screenings",
        "/v1/screenings/batch",
        "/cds-services/sublative-rf-appointment-book",
        "/fhir/Questionnaire/sublative-rf/$screen",
    ];

    /// <summary>How a client leaves each door.</summary>
    public static TheoryData<string, string, bool> Leavings =>
        [.. from path in Paths from body in Bodies from isReset in (bool[])[false, true] select (path, body, isReset)];

    [Theory]
    [MemberData(nameof(Leavings))]
    public async Task Who_closes_or_resets_a_connection_is_no_error(string path, string rest, bool isReset)
    {
        var timers = new ManualTimers();
        var service = new LimitedService { Timers = timers };
        await using (service)
        {
            using var connection = new RawConnection(service.Address);
            await connection.SendAsync($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {TypeOf(path)}\r\n{rest}");
            await WaitForReadAsync(timers, path);
            connection.Leave(isReset);
            await service.LinesAsync(1);
        }

        AssertNoFault(service);
    }

    [Theory]
    [InlineData("/v1/screenings")]
    [InlineData("/v1/screenings/batch")]
    [InlineData("/cds-services/sublative-rf-appointment-book")]
    public async Task Who_resets_a_stream_of_HTTP_2_is_no_error(string path)
    {
        var timers = new ManualTimers();
        var service = new LimitedService(("Kestrel:EndpointDefaults:Protocols", "Http2")) { Timers = timers };
        await using (service)
        {
            using var leaving = new CancellationTokenSource();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Address, path))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = new StreamedContent(async body =>
                {
                    await body.WriteAsync(Encoding.UTF8.GetBytes("{\"a\""));
                    await body.FlushAsync();
                    await WaitForReadAsync(timers, path);
                    await leaving.CancelAsync();
                    await Task.Delay(Timeout.InfiniteTimeSpan, leaving.Token);
                }),
            };
            request.Content.Headers.ContentType = new(TypeOf(path));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.Client.SendAsync(request, leaving.Token));
            await service.LinesAsync(1);
        }

        AssertNoFault(service);
    }

    private static string TypeOf(string path) => IsBatch(path) ? "application/x-ndjson" : "application/json";

    private static bool IsBatch(string path) => path.EndsWith("batch", StringComparison.Ordinal);

    /// <summary>Waits until the service waits for more: a body's next part, or a batch's next line.</summary>
    private static async Task WaitForReadAsync(ManualTimers timers, string path)
    {
        while (await timers.NextSetAsync() != TimeSpan.FromSeconds(IsBatch(path) ? 30 : 5))
        {
        }
    }

    /// <summary>Asserts it of a service that has ended, and with it each connection.</summary>
    private static void AssertNoFault(LimitedService service)
    {
        Assert.DoesNotContain(service.All(), line => (string?)line["@l"] == "Error" || line["@x"] is not null);
        Assert.Contains((int)Assert.Single(service.Lines())["Status"]!, (int[])[400, 499]);
    }
}
