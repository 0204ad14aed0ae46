using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Moves;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Logging;

/// <summary>All that is logged of a request is one line, and nothing of the person is in it.</summary>
public sealed class RequestLogTests
{
    [Fact]
    public async Task A_request_is_one_line_with_route_status_duration_trace_id_and_protocol_version()
    {
        await using var service = new LoggedService();
        await service.ScreenAsync(Requests.Everything());

        var line = Assert.Single(await service.LinesAsync(1));
        Assert.Equal("POST", (string)line["Method"]!);
        Assert.Equal("/v1/screenings", (string)line["Route"]!);
        Assert.Equal(200, (int)line["Status"]!);
        Assert.True((double)line["Elapsed"]! > 0);
        Assert.Equal("sublative-rf@1.0.0", (string)line["Protocol"]!);
        Assert.Equal(32, ((string)line["@tr"]!).Length);
    }

    [Fact]
    public async Task No_answer_reason_reference_path_or_query_is_in_the_log()
    {
        await using var service = new LoggedService();
        const string Secret = "zq9secretvalue";
        var everything = Requests.Everything();
        everything["reference"] = Secret;
        await service.ScreenAsync(everything);
        await service.ScreenAsync(Requests.NothingToReport().With(Secret, "yes").With("pregnancy", Secret));
        using var query = await service.PostAsync($"/v1/screenings?pregnancy={Secret}", "{");
        using var plan = await service.PostAsync("/v1/care-plans?preview=true", everything.ToJsonString());
        using var unreadable = await service.PostAsync($"/v1/care-plans?preview={Secret}", everything.ToJsonString());
        var receipt = await service.ReceiptAsync(everything);
        await service.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-20T10:00:00" });
        await service.MoveAsync(receipt + Secret, new JsonObject { [Secret] = Secret, ["areas"] = new JsonArray(Secret) });
        using var path = await service.Client.GetAsync(new Uri($"/patients/{Secret}", UriKind.Relative));
        using var code = await service.Client.GetAsync(new Uri($"/problems/{Secret}", UriKind.Relative));
        using var message = new HttpRequestMessage(new HttpMethod(Secret.ToUpperInvariant()), "/v1/screenings");
        using var method = await service.Client.SendAsync(message);

        var lines = await service.LinesAsync(11);
        Assert.Equal(11, lines.Count);
        var log = string.Concat(lines.Select(line => line.ToJsonString()));
        Assert.DoesNotContain(Secret, log, StringComparison.OrdinalIgnoreCase);
        foreach (var word in Words(everything["answers"]!).Concat(["ineligible", "psoriasis", "Dr A", "2026-06-10", "Los_Angeles", "~", receipt[..40]]))
        {
            Assert.DoesNotContain(word, log, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static IEnumerable<string> Words(JsonNode answers) =>
        JsonSerializer.Deserialize<JsonElement>(answers).EnumerateObject().Select(member => member.Name);
}
