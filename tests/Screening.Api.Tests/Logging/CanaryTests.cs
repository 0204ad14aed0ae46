using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Tests.Hosting;
using Screening.Api.Tests.Telemetry;

namespace Screening.Api.Tests.Logging;

/// <summary>
/// Secrets in every member, name, header, path and query of every route: none is logged or traced, no error repeats one, and nobody else
/// gets one.
/// </summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task No_secret_of_a_request_appears_anywhere_but_in_its_own_decision(string environment)
    {
        await using var collector = await Collector.StartAsync();
        var port = ServiceProcess.FreePort();
        await using var service = new CanaryService(environment) { Collector = collector, MetricsPort = port };
        using var client = RouteCall.Client(service);
        var canaries = new Canaries();
        foreach (var call in RouteCall.First)
        {
            var before = canaries.Count;
            foreach (var request in canaries.Of(call))
            {
                await CheckAsync(client, call, request, isOwn: secret => Number(secret) > before);
                before = canaries.Count;
            }
        }

        foreach (var call in RouteCall.All)
        {
            await CheckAsync(client, call, call.Message(), isOwn: _ => false);
        }

        TestContext.Current.SendDiagnosticMessage($"{canaries.Count} secrets");
        Assert.InRange(canaries.Count, 200, int.MaxValue);
        Assert.Empty(Canaries.In(service.Told));

        var metrics = await client.GetStringAsync(new Uri($"http://localhost:{port}/metrics"));
        Assert.Contains("screening_decisions", metrics, StringComparison.Ordinal);
        Assert.Empty(Canaries.In(metrics));
        await service.DisposeAsync();
        Assert.InRange(collector.Spans.Count, 200, int.MaxValue);
        Assert.Contains("screening.decisions", collector.Text, StringComparison.Ordinal);
        Assert.Empty(Canaries.In(collector.Text));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Nor_where_the_service_fails_or_the_client_stops_in_its_body(string environment)
    {
        await using var collector = await Collector.StartAsync();
        await using var service = new CanaryService(environment) { Fails = true, Collector = collector };
        using var client = RouteCall.Client(service);
        var canaries = new Canaries();
        var (sent, failed) = (0, 0);
        foreach (var call in RouteCall.First)
        {
            sent++;
            using var request = canaries.Beside(call);
            using var response = await client.SendAsync(request);
            failed += (int)response.StatusCode == 500 ? 1 : 0;
            Assert.Empty(Canaries.In($"{response}\n{await response.Content.ReadAsStringAsync()}"));
            if (call.Body is not null)
            {
                sent++;
                using var stopped = new RawConnection(service.Address);
                var half = call.Body[..(call.Body.Length / 2)] + canaries.Next();
                var length = Encoding.UTF8.GetByteCount(half) + 1;
                var headers = $"Host: localhost\r\nContent-Type: {call.ContentType}\r\nContent-Length: {length}";
                await stopped.SendAsync($"POST {call.Path}?{canaries.Next()} HTTP/1.1\r\n{headers}\r\n\r\n{half}");
            }
        }

        Assert.True(failed >= 5, $"{failed}");
        await service.ToldAsync(sent, line => line.Contains("\"Route\":", StringComparison.Ordinal));
        Assert.Empty(Canaries.In(service.Told));

        // The end of the service does not wait for what is being sent at that moment.
        await collector.SpansAsync();
        await service.DisposeAsync();
        Assert.Empty(Canaries.In(collector.Text));
    }

    [Theory]
    [InlineData("log")]
    [InlineData("trace")]
    public async Task One_that_is_planted_is_found(string where)
    {
        await using var service = new CanaryService("Production")
        {
            Leak = context =>
            {
                var path = context.Request.Path.Value;
                if (where == "trace")
                {
                    System.Diagnostics.Activity.Current?.SetTag("url.path", path);
                    return;
                }

                context.RequestServices.GetRequiredService<Serilog.ILogger>().Debug("{Path}", path);
            },
        };
        using var response = await service.Client.GetAsync(new Uri("/" + new Canaries().Next(), UriKind.Relative));
        await service.ToldAsync(1, line => Canaries.In(line).Any());
    }

    /// <summary>Sends the request: an error repeats no secret, and a decision only those of its own request.</summary>
    private static async Task CheckAsync(HttpClient client, RouteCall call, HttpRequestMessage request, Func<string, bool> isOwn)
    {
        using (request)
        {
            using var response = await client.SendAsync(request);
            var text = $"{response}\n{await response.Content.ReadAsStringAsync()}";
            var isError = (int)response.StatusCode >= 400;
            foreach (var secret in isError ? Canaries.InError(text) : Canaries.In(text))
            {
                Assert.True(!isError && isOwn(secret), $"{request.Method} {request.RequestUri} ({call}): {secret} in {text}");
            }
        }
    }

    private static int Number(string secret) => int.Parse(secret.AsSpan(2, 6), System.Globalization.CultureInfo.InvariantCulture);
}
