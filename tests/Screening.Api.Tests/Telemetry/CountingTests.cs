using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Telemetry;
using Screening.Api.Tests.Access;
using KeyedService = Screening.Api.Tests.Access.KeyedService;

namespace Screening.Api.Tests.Telemetry;

/// <summary>What is counted, by which labels, and that nothing else is.</summary>
public sealed partial class CountingTests
{
    private const string Protocol = "screening.decisions protocol=sublative-rf@1.0.0";

    [Fact]
    public static async Task A_decision_counts_once_at_its_door()
    {
        await using var service = new ServiceFixture();
        using var counted = new Counted(service);
        foreach (var call in RouteCall.All.Where(call => call.Body is not null))
        {
            using var message = call.Message();
            using var response = await service.Client.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            if (Link().Match(text) is { Success: true } link)
            {
                using var page = await service.Client.GetAsync(new Uri(link.Value, UriKind.Relative));
            }
        }

        var doors = counted.All.Keys.Where(name => name.StartsWith(Protocol, StringComparison.Ordinal))
            .Select(name => Door().Match(name).Value);
        Assert.Equal(
            ["batch", "care-plans", "cds-hooks", "decision-link", "fhir", "intake-form", "screenings"],
            doors.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public static async Task Its_status_is_counted_by_protocol_and_never_by_client()
    {
        await using var service = new KeyedService();
        using var counted = new Counted(service);
        foreach (var key in (string[])[KeyedService.Good.Text, KeyedService.Other.Text])
        {
            using var message = RouteCall.First.First(call => call.Template == "/v1/screenings").Message();
            message.Headers.Add("X-Api-Key", key);
            using var response = await service.Client.SendAsync(message);
            Assert.Equal(200, (int)response.StatusCode);
        }

        var (name, times) = Assert.Single(counted.All, value => value.Key.StartsWith("screening.decisions", StringComparison.Ordinal));
        Assert.Equal(2, times);
        Assert.Equal([Protocol, "door=screenings"], [Protocol, name.Split(' ')[2]]);
        Assert.Matches("^eligibility=[a-z]+$", name.Split(' ')[3]);
    }

    [Fact]
    public static async Task A_problem_counts_by_its_code_in_whatever_form_it_is_sent()
    {
        await using var service = new ServiceFixture();
        using var counted = new Counted(service);
        foreach (var path in (string[])["/nowhere", "/fhir/nowhere", "/intake/nowhere", "/cds-services/nowhere", "/v1/decisions/nowhere"])
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, path);
            message.Headers.Add("Accept", "text/html");
            using var response = await service.Client.SendAsync(message);
        }

        using var batch = await service.PostAsync("/v1/screenings/batch", "{}\n", "application/x-ndjson");
        _ = await batch.Content.ReadAsStringAsync();
        Assert.Equal(3, counted.Of("screening.problems code=not-found"));
        Assert.Equal(1, counted.Of("screening.problems code=method-not-allowed"));
        Assert.Equal(1, counted.Of("screening.problems code=link-unreadable"));
        Assert.Equal(1, counted.Of("screening.batch.line.problems code=invalid-request"));
    }

    [Fact]
    public static async Task A_refused_credential_counts_by_its_reason_and_a_file_that_has_a_flaw_shows()
    {
        await using var service = new KeyedService { Settings = [("Limits:RefusalsPerMinute", "2")] };
        using var counted = new Counted(service);
        foreach (var key in (string?[])[null, KeyedService.Expired.Text, "scr_zq9"])
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, "/v1/protocols");
            if (key is not null)
            {
                message.Headers.Add("X-Api-Key", key);
            }

            using var response = await service.Client.SendAsync(message);
        }

        Assert.Equal(1, counted.Of("screening.credentials.refused reason=credentials-missing"));
        Assert.Equal(1, counted.Of("screening.credentials.refused reason=key-expired"));
        Assert.Equal(1, counted.Of("screening.credentials.refused reason=key-malformed"));
        Assert.Equal(1, counted.Of("screening.limits.reached limit=refusals"));

        service.Write("{");
        service.Tick();
        Assert.Equal(1, counted.Of("screening.file.last_good file=clients"));
        Assert.Equal(1, counted.Of("screening.file.readings file=clients outcome=flawed"));
        service.Write(Keys.File([KeyedService.Good]));
        service.Tick();
        Assert.Equal(0, counted.Of("screening.file.last_good file=clients"));
        Assert.Equal(1, counted.Of("screening.file.readings file=clients outcome=good"));
    }

    [Fact]
    public static async Task What_is_not_among_the_values_of_a_label_counts_as_other()
    {
        await using var service = new ServiceFixture();
        using var counted = new Counted(service);
        var metrics = service.Services.GetRequiredService<ServiceMetrics>();
        metrics.Problems.Add("zq9");
        metrics.Limits.Add("zq9");
        Assert.Equal(1, counted.Of("screening.problems code=other"));
        Assert.Equal(1, counted.Of("screening.limits.reached limit=other"));
    }

    [Fact]
    public static async Task A_batch_counts_while_it_runs_and_a_connection_while_it_is_open()
    {
        await using var service = new ServiceFixture();
        using var counted = new Counted(service);
        using var connection = new Hosting.RawConnection(service.Address);
        await connection.SendAsync(
            "POST /v1/screenings/batch HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: 9\r\n\r\n{}\n");
        await counted.BecomesAsync("screening.batches state=running", 1);
        Assert.InRange(counted.Of("screening.connections.open"), 1, 10);
        await connection.SendAsync("{}\n{}\n");
        await counted.BecomesAsync("screening.batches state=running", 0);
        Assert.Equal(0, counted.Of("screening.batches state=waiting"));
    }

    [Fact]
    public static async Task A_receipt_counts_when_it_is_signed_and_when_it_is_checked_and_a_move_is_a_decision()
    {
        await using var service = new SettingsService(("environment", "Development"));
        using var counted = new Counted(service);
        using var message = RouteCall.First.First(call => call.Template == "/v1/screenings").Message();
        message.Headers.Add("Prefer", "receipt");
        using var response = await service.Client.SendAsync(message);
        var receipt = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["receipt"]!;
        foreach (var sent in (string[])[receipt, receipt[1..]])
        {
            using var check = await service.PostAsync("/v1/decisions/verify", new JsonObject { ["receipt"] = sent }.ToJsonString());
            Assert.Equal(200, (int)check.StatusCode);
        }

        var move = new JsonObject { ["receipt"] = receipt, ["appointment"] = new JsonObject { ["start"] = "2027-06-20T10:00:00" } };
        using var moved = await service.PostAsync("/v1/decisions/move", move.ToJsonString());
        Assert.Equal(200, (int)moved.StatusCode);
        Assert.Equal(1, counted.All.Where(value => value.Key.Contains("door=move", StringComparison.Ordinal)).Sum(value => value.Value));
        Assert.Equal(2, counted.Of("screening.receipts.signed outcome=signed"));
        Assert.Equal(1, counted.Of("screening.receipts.verified outcome=genuine"));
        var checks = counted.All.Where(value => value.Key.StartsWith("screening.receipts.verified", StringComparison.Ordinal));
        Assert.Equal(2, checks.Sum(value => value.Value));
    }

    [GeneratedRegex("/v1/decisions/[A-Za-z0-9_-]{20,}", RegexOptions.None, 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("(?<=door=)[a-z-]+", RegexOptions.None, 10_000)]
    private static partial Regex Door();
}
