using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>A decision is made again by exactly what it was made by, and what is different is named.</summary>
public sealed class ReplayTests(ServiceFixture service)
{
    [Fact]
    public async Task A_request_is_bound_whatever_its_order_and_what_the_service_filled_in()
    {
        var request = Requests.Everything();
        var receipt = await service.ReceiptAsync(request);
        var sent = (JsonObject)request.DeepClone();
        var answers = sent["answers"]!.DeepClone().AsObject();
        sent["answers"] = new JsonObject(answers.Reverse().Select(answer => KeyValuePair.Create(answer.Key, answer.Value?.DeepClone())));
        sent.Remove("reference");
        sent.Remove("asOf");
        Assert.Equal(("yes", "identical"), Told(await service.VerifyAsync(receipt, sent)));
        sent["protocol"] = "sublative-rf@1.0.0";
        Assert.Equal(("yes", "identical"), Told(await service.VerifyAsync(receipt, sent)));
        Assert.Equal(("no", "identical"), Told(await service.VerifyAsync(receipt, ((JsonObject)sent.DeepClone()).With("pregnancy", "yes"))));
        sent["asOf"] = "2026-06-01T18:00:01Z";
        Assert.Equal(("no", "identical"), Told(await service.VerifyAsync(receipt, sent)));
    }

    [Fact]
    public async Task A_request_beside_a_receipt_that_lost_its_own_is_decided_and_not_proven()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var alone = receipt.Split('~')[0] + "~";
        Assert.Equal(("not-provable", "identical"), Told(await service.VerifyAsync(alone, Requests.Everything())));
        var answer = await service.VerifyAsync(alone, Requests.NothingToReport());
        Assert.Equal(("not-provable", "differs"), Told(answer));
        Assert.Equal(["/eligibility", "/bookable", "/earliestDate", "/notBefore"], Differences(answer));
    }

    [Fact]
    public async Task A_request_of_another_version_is_not_the_one_that_was_decided_on()
    {
        using var folder = new KeysFolder();
        await using var two = new SettingsService(("Protocols:Folder", await NextVersionAsync(folder, _ => { })));
        var request = Requests.NothingToReport();
        var receipt = await two.ReceiptAsync(request);
        foreach (var alone in (string[])[receipt.Split('~')[0] + "~", $"{receipt.Split('~')[0]}~{receipt.Split('~')[2]}~"])
        {
            request["protocol"] = "sublative-rf@1.1.0";
            var answer = await two.VerifyAsync(alone, request);
            Assert.Equal(("not-provable", "differs"), Told(answer));
            Assert.Equal(["/protocol"], Differences(answer));

            // Asked for by name, the version that decided decides.
            Assert.Equal(("not-provable", "identical"), Told(await two.VerifyAsync(alone, request, "?protocol=sublative-rf@1.0.0")));
            request["protocol"] = "sublative-rf@1.0.0";
            Assert.Equal(("not-provable", "identical"), Told(await two.VerifyAsync(alone, request)));
        }
    }

    [Fact]
    public async Task What_differs_is_named_by_its_place()
    {
        var receipt = await service.ReceiptAsync(Requests.Everything());
        var payload = SignedDecisions.Payload(receipt);
        payload["notBefore"] = "2026-06-11";
        payload["appointment"]!["date"] = "2026-06-11";
        var answer = await service.VerifyAsync(Signed(receipt, payload));
        Assert.Equal(("yes", "differs"), Told(answer));
        Assert.Equal(["/notBefore", "/appointment/date"], Differences(answer));
    }

    [Fact]
    public async Task Under_other_rules_of_time_zones_a_difference_proves_nothing_and_is_said()
    {
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        var payload = SignedDecisions.Payload(receipt);
        payload["tzdb"] = "2019a";
        Assert.Equal(("yes", "identical"), Told(await service.VerifyAsync(Signed(receipt, payload))));
        payload["appointment"]!["start"] = "2026-06-10T11:00:00-06:00";
        var answer = await service.VerifyAsync(Signed(receipt, payload));
        Assert.Equal(("yes", "unavailable"), Told(answer));
        Assert.Equal("time-zones-changed", (string)answer["replay"]!["why"]!);
        Assert.Equal(["/appointment/start"], Differences(answer));
    }

    [Fact]
    public async Task A_file_of_the_same_name_with_other_content_is_not_the_version()
    {
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        var payload = SignedDecisions.Payload(receipt);
        payload["protocol"]!["digest"] = "sha256:0";
        var answer = await service.VerifyAsync(Signed(receipt, payload));
        Assert.Equal(("yes", "unavailable"), Told(answer));
        Assert.Equal("version-not-here", (string)answer["replay"]!["why"]!);
    }

    [Fact]
    public async Task Slots_that_were_refused_one_by_one_come_out_again()
    {
        var request = Requests.NothingToReport();
        request["slots"] = new JsonArray("2026-06-11T09:00:00", "2025-06-11T09:00:00", "never", "2026-03-08T02:30:00", "2026-06-12T09:00:00Z");
        var receipt = await service.ReceiptAsync(request, "/v1/screenings?slots=each");
        Assert.Equal(
            [null, "date-before-as-of", "invalid-date-time", "skipped-local-time", null],
            SignedDecisions.Disclosed(receipt)["findings"]["slots"]!.AsArray().Select(slot => (string?)slot!["error"]));
        Assert.DoesNotContain("never", SignedDecisions.Disclosed(receipt)["request"]["slots"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("yes", "identical"), Told(await service.VerifyAsync(receipt)));
    }

    [Fact]
    public async Task Another_version_shows_what_would_differ()
    {
        using var folder = new KeysFolder();
        await using var two = new SettingsService(("Protocols:Folder", await NextVersionAsync(folder, next =>
        {
            var rules = next["rules"]!.AsArray();
            var last = rules[^1]!;
            rules.Remove(last);
            rules.Insert(0, last);
        })));
        var receipt = await two.ReceiptAsync(Requests.NothingToReport().With("metalAllergy", "yes").With("pregnancy", "yes"));
        Assert.Equal(("yes", "identical"), Told(await two.VerifyAsync(receipt)));
        Assert.Equal(("yes", "identical"), Told(await two.VerifyAsync(receipt, query: "?protocol=sublative-rf@1.0.0")));
        var answer = await two.VerifyAsync(receipt, query: "?protocol=sublative-rf@1.1.0");
        Assert.Equal(("yes", "differs"), Told(answer));
        Assert.Contains("/findings/reasons/0/ruleId", Differences(answer));
        Assert.DoesNotContain("/eligibility", Differences(answer));
    }

    [Theory]
    [InlineData("?protocol=sublative-rf", "invalid-parameter", "`sublative-rf@1.0.0`")]
    [InlineData("?protocol=zq9@1.0.0", "invalid-parameter", "`sublative-rf@1.0.0`")]
    [InlineData("?protocol=", "invalid-parameter", "`protocol`")]
    [InlineData("?zq9=1", "invalid-parameter", "`protocol`")]
    public async Task An_unknown_version_is_refused_and_the_known_ones_are_named(string query, string code, string named)
    {
        using var response = await service.PostAsync("/v1/decisions/verify" + query, """{"receipt":"~"}""");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((400, "/problems/" + code), ((int)response.StatusCode, (string)problem["type"]!));
        Assert.Contains(named, (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400, "", "invalid-json")]
    [InlineData("null", 400, "", "null-value")]
    [InlineData("{}", 400, "/receipt", "missing-member")]
    [InlineData("""{"receipt":null}""", 400, "/receipt", "null-value")]
    [InlineData("""{"receipt":1}""", 400, "/receipt", "wrong-type")]
    [InlineData("""{"receipt":"~","receipt":"~"}""", 400, "/receipt", "repeated-member")]
    [InlineData("""{"receipt":"~","Request":{}}""", 400, "/Request", "unknown-member")]
    [InlineData("""{"receipt":"~"} x""", 400, "", "invalid-json")]
    [InlineData("""{"receipt":"~","request":[]}""", 400, "/request", "wrong-type")]
    [InlineData("""{"receipt":"~","request":{"appointment":{"timeZone":"UTC"},"answers":{}}}""", 400, "/request/protocol", "missing-member")]
    [InlineData(
        """{"receipt":"~","request":{"protocol":"sublative-rf","appointment":{"timeZone":"zq9"},"answers":{}}}""",
        422, "/request/appointment/timeZone", "unknown-time-zone")]
    public async Task What_is_wrong_with_a_body_is_told_by_its_place(string body, int status, string pointer, string code)
    {
        using var response = await service.PostAsync("/v1/decisions/verify", body);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status, (int)response.StatusCode);
        var error = Assert.Single(problem["errors"]!.AsArray())!;
        Assert.Equal((pointer, code), ((string)error["pointer"]!, (string)error["code"]!));
        Assert.DoesNotContain("zq9", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256 * 1024, 200)]
    [InlineData((256 * 1024) + 1, 413)]
    public async Task A_body_has_256_KiB_at_most(int length, int status)
    {
        const string Start = "{\"receipt\":\"";
        using var response = await service.PostAsync("/v1/decisions/verify", Start + new string('a', length - Start.Length - 2) + "\"}");
        Assert.Equal(status, (int)response.StatusCode);
    }

    /// <summary>A folder with a version that is not in force yet, in which something was changed.</summary>
    private static async Task<string> NextVersionAsync(KeysFolder folder, Action<JsonNode> change)
    {
        var next = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("src/Screening.Rules/Protocols/sublative-rf/1.0.0.json")))!;
        (next["version"], next["effectiveFrom"]) = ("1.1.0", "2030-01-01");
        change(next);
        var protocols = Path.GetDirectoryName(folder.File)!;
        var path = Directory.CreateDirectory(Path.Combine(protocols, "sublative-rf")).FullName;
        await File.WriteAllTextAsync(Path.Combine(path, "1.1.0.json"), next.ToJsonString());
        return protocols;
    }

    /// <summary>Another payload under a good signature, as only the service itself could make it.</summary>
    private string Signed(string receipt, JsonObject payload) => Disclosing.Changed(service, receipt, (changed, _, _) =>
    {
        foreach (var (name, value) in payload)
        {
            changed[name] = value?.DeepClone();
        }
    });

    private static (string Bound, string Result) Told(JsonObject answer) => ((string)answer["bound"]!, (string)answer["replay"]!["result"]!);

    private static IEnumerable<string> Differences(JsonObject answer) => answer["replay"]!["differences"]!.AsArray().Select(one => (string)one!);
}
