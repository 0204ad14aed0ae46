using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Access;
using Screening.Api.Screenings.Batch;
using Screening.Rules;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>A line waits for its permit, and not for long.</summary>
public sealed class BatchPermitTests(ServiceFixture service)
{
    [Fact]
    public async Task A_line_that_would_wait_for_more_than_a_second_is_answered_and_the_next_one_waits_again()
    {
        // A permit in 600 ms.
        var timers = new ManualTimers();
        var permits = new CallerLimits(new RateLimit(100, 100), new RateLimit(1, 1), timers)
            .Of(new Client("salon", CredentialKind.ApiKey))!;
        Assert.True(permits.Take(100).IsGranted);
        _ = service.Client;
        using var results = new BatchResults(
            service.Services.GetRequiredService<ScreeningRequestReader>(),
            ServiceFixture.Now, Language.English, "trace", default, default, permits);
        using var lines = new LineReader(
            new MemoryStream(Encoding.UTF8.GetBytes(string.Concat("1234".Select(name => Batches.Good($"{name}") + "\n")))));
        Assert.True(await lines.ReadAsync(CancellationToken.None));

        // The first was paid with the request.
        Assert.Equal(["1"], Process());
        Assert.Equal(TimeSpan.FromMilliseconds(600), results.Pause);
        timers.Advance(results.Pause);
        Assert.True(permits.Take(1).IsGranted);

        // Another request took the permit, and the next comes too late for this line; the one after it waits for it.
        Assert.Equal(["2: 429 -"], Process());
        Assert.Equal(TimeSpan.FromMilliseconds(600), results.Pause);
        Assert.Equal((2, 1), (results.Lines, results.Failed));
        timers.Advance(results.Pause);
        Assert.Equal(["3"], Process());
        timers.Advance(results.Pause);
        Assert.Equal(["4"], Process());
        Assert.Equal(TimeSpan.Zero, results.Pause);
        Assert.False(results.Process(lines, default));

        string[] Process()
        {
            Assert.True(results.Process(lines, default));
            return [.. Encoding.UTF8.GetString(results.Written.Span)
                .Split('\n').SkipLast(1).Select(line => Batches.Summary((JsonObject)JsonNode.Parse(line)!))];
        }
    }
}
