using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using NodaTime;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Moves;

/// <summary>A receipt that must not be believed, or not any more, moves nothing; and all that is wrong is told at once.</summary>
public sealed class RefusedMoveTests(TimedService service) : IClassFixture<TimedService>
{
    private const string Start = "2026-06-20T10:00:00";

    [Fact]
    public async Task A_receipt_to_which_anything_was_done_is_not_genuine()
    {
        var receipt = await ReceiptAsync();
        var other = await ReceiptAsync(Requests.NothingToReport().With("metalAllergy", "yes"));
        var (parts, others) = (receipt.Split('~'), other.Split('~'));
        string[] altered =
        [
            Flipped(receipt, 30), Flipped(receipt, receipt.IndexOf('.', StringComparison.Ordinal) + 30),
            Flipped(receipt, receipt.IndexOf('~', StringComparison.Ordinal) - 30),
            Flipped(receipt, receipt.IndexOf('~', StringComparison.Ordinal) + 30),
            Flipped(receipt, receipt.Length - 30),
            receipt[..^1], receipt + "\n", receipt + "=", "~", string.Empty,
            $"{parts[0]}~{others[1]}~{parts[2]}~", $"{parts[0]}~{parts[1]}~{parts[1]}~", $"{parts[0]}~{parts[1]}~{parts[2]}~{parts[2]}~",
        ];
        foreach (var one in altered)
        {
            Assert.Equal(["/receipt receipt-not-genuine"], await RefusedAsync(one));
        }
    }

    [Fact]
    public async Task A_receipt_of_another_service_is_not_genuine()
    {
        await using var elsewhere = new TimedService();
        Assert.Equal(["/receipt receipt-not-genuine"], await RefusedAsync(await elsewhere.ReceiptAsync(Requests.NothingToReport())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_receipt_without_its_request_or_its_findings_is_incomplete(int kept)
    {
        var parts = (await ReceiptAsync()).Split('~');
        Assert.Equal(["/receipt receipt-incomplete"], await RefusedAsync($"{parts[0]}~{parts[kept]}~"));
        Assert.Equal(["/receipt receipt-incomplete"], await RefusedAsync(parts[0] + "~"));
        Assert.Equal(200, (await MoveAsync($"{parts[0]}~{parts[2]}~{parts[1]}~")).Status);
    }

    [Theory]
    [InlineData("2026-06-01T20:00:00Z", "2026-07-01T23:59:59-07:00", true)]
    [InlineData("2026-06-01T20:00:00Z", "2026-07-02T00:00:00-07:00", false)]
    [InlineData("2026-06-01T06:59:59Z", "2026-07-01T00:00:00-07:00", false)]
    [InlineData("2026-06-01T07:00:00Z", "2026-07-01T00:00:00-07:00", true)]
    public async Task Answers_count_for_thirty_days_on_the_calendar_of_the_clinic(string asOf, string now, bool counts)
    {
        var request = Requests.NothingToReport();
        request["asOf"] = asOf;
        var receipt = await ReceiptAsync(request);
        service.Clock.Reset(NodaTime.Text.OffsetDateTimePattern.ExtendedIso.Parse(now).Value.ToInstant());
        var (status, answer) = await service.MoveAsync(receipt, new JsonObject { ["start"] = "2026-07-20T10:00:00" });
        Assert.Equal(counts ? 200 : 422, status);
        Assert.Equal(counts ? [] : ["/receipt answers-too-old"], counts ? [] : MoveCalls.Errors(answer));
        Assert.True(counts || ((string)answer["errors"]![0]!["detail"]!).Contains("30 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_operator_says_for_how_many_days()
    {
        await using var strict = new SettingsService(("Move:MaxDays", "0"));
        var request = Requests.NothingToReport();
        Assert.Equal(200, (await strict.MoveAsync(await strict.ReceiptAsync(request), new JsonObject { ["start"] = Start })).Status);
        request["asOf"] = "2026-05-31T18:00:00Z";
        var (status, answer) = await strict.MoveAsync(await strict.ReceiptAsync(request), new JsonObject { ["start"] = Start });
        Assert.Equal((422, "/receipt answers-too-old"), (status, Assert.Single(MoveCalls.Errors(answer))));
    }

    [Theory]
    [InlineData("current", null)]
    [InlineData("retired", null)]
    [InlineData("next", null)]
    [InlineData("revoked", "/receipt receipt-revoked")]
    public async Task The_state_of_its_key_decides(string state, string? error)
    {
        using var keys = new KeysFolder();
        var key = KeysFolder.NewKey();
        await using var signing = new SettingsService(("Receipts:Keys", keys.Write(("current", key)).File));
        var receipt = await signing.ReceiptAsync(Requests.NothingToReport());
        _ = state == "current" ? keys : keys.Write(("current", KeysFolder.NewKey()), (state, key));
        await using var moving = new SettingsService(("Receipts:Keys", keys.File));
        var (status, answer) = await moving.MoveAsync(receipt, new JsonObject { ["start"] = Start });
        Assert.Equal(error is null ? 200 : 422, status);
        Assert.Equal(error is null ? [] : [error], error is null ? [] : MoveCalls.Errors(answer));
    }

    [Fact]
    public async Task In_production_a_receipt_that_a_developers_service_signed_moves_nothing()
    {
        // The worst case: its key is among those of production.
        var key = KeysFolder.NewKey();
        var receipt = DevelopmentReceipts.Sign(service, key, Requests.NothingToReport());
        using var keys = new KeysFolder();
        keys.Write(("current", key));
        await using var production = new EnvironmentService("Production", keys.File);
        Assert.True((bool)(await production.VerifyAsync(receipt))["genuine"]!);
        Assert.Equal(["/receipt receipt-of-development"], await RefusedAsync(receipt, production));
        await using var development = new EnvironmentService("Development", keys.File);
        Assert.Equal(200, (await development.MoveAsync(receipt, new JsonObject { ["start"] = Start })).Status);

        // The usual one: production does not know its key.
        Assert.Equal(["/receipt receipt-not-genuine"], await RefusedAsync(await ReceiptAsync(), production));
    }

    [Fact]
    public async Task Without_a_key_that_signs_nothing_is_moved()
    {
        await using var keyless = new EnvironmentService("Production", null);
        Assert.Equal(["/receipt receipt-not-genuine"], await RefusedAsync(await ReceiptAsync(), keyless));
    }

    [Theory]
    [InlineData("""{}""", "/appointment/start start-needed")]
    [InlineData("""{ "start": "2026-06-20" }""", "/appointment/start invalid-date-time")]
    [InlineData("""{ "start": "2026-05-31T10:00:00" }""", "/appointment/start date-passed")]
    [InlineData("""{ "start": "2026-06-01T06:59:59Z" }""", "/appointment/start date-passed")]
    [InlineData("""{ "start": "2026-06-01T00:00:00" }""", null)]
    [InlineData("""{ "start": "2027-03-14T02:30:00" }""", "/appointment/start skipped-local-time")]
    [InlineData("""{ "start": "2026-06-20T10:00:00", "end": "2026-06-20T09:00:00" }""", "/appointment/end end-before-start")]
    [InlineData("""{ "start": "2026-06-20T10:00:00", "areas": ["nose"] }""", "/appointment/areas/0 unknown-code")]
    [InlineData("""{ "start": "2026-06-20T10:00:00", "areas": [] }""", "/appointment/areas empty-list")]
    [InlineData("""{ "start": "2026-06-20T10:00:00", "timeZone": "zq9" }""", "/appointment/timeZone unknown-time-zone")]
    public async Task An_appointment_that_cannot_be_is_refused(string appointment, string? error)
    {
        service.Clock.Reset(ServiceFixture.Now);
        var (status, answer) = await service.MoveAsync(await ReceiptAsync(), (JsonObject)JsonNode.Parse(appointment)!);
        Assert.Equal(error is null ? 200 : 422, status);
        Assert.Equal(error is null ? [] : [error], error is null ? [] : MoveCalls.Errors(answer));
        Assert.DoesNotContain("zq9", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_may_not_have_passed_and_not_be_before_the_answers()
    {
        var request = Requests.NothingToReport();
        request["asOf"] = "2026-06-02T18:00:00Z";
        var receipt = await ReceiptAsync(request);
        Assert.Equal(["/appointment/start date-before-as-of"], await ErrorsAsync(receipt, "2026-06-01T20:00:00"));
        service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(20));
        Assert.Equal(["/appointment/start date-passed"], await ErrorsAsync(receipt, "2026-06-20T10:00:00"));
        Assert.Equal(200, (await service.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-21T00:00:00" })).Status);

        async Task<IEnumerable<string>> ErrorsAsync(string receipt, string start) =>
            MoveCalls.Errors((await service.MoveAsync(receipt, new JsonObject { ["start"] = start })).Answer);
    }

    [Fact]
    public async Task A_clearance_that_does_not_count_for_other_areas_is_refused_as_in_the_whole_request()
    {
        var request = Requests.NothingToReport().With("metalPlates", new JsonArray("hands", "unknown"));
        request["clearances"] = JsonNode.Parse("""[{ "ruleId": "metal-plate-in-area", "by": "Dr A. Example", "on": "2026-06-01" }]""");
        var appointment = (JsonObject)JsonNode.Parse($$"""{ "start": "{{Start}}", "areas": ["hands"] }""")!;
        var (status, answer) = await service.MoveAsync(await ReceiptAsync(request), appointment);
        Assert.Equal(422, (await service.ScreenAsync(MoveCalls.Full(request, appointment))).Status);
        Assert.Equal((422, "/receipt receipt-not-applicable"), (status, Assert.Single(MoveCalls.Errors(answer))));
    }

    [Theory]
    [InlineData("", 400, " invalid-json")]
    [InlineData("[]", 400, " wrong-type")]
    [InlineData("{}", 400, "/receipt missing-member", "/appointment missing-member")]
    [InlineData("""{"receipt":1,"appointment":[]}""", 400, "/receipt wrong-type", "/appointment wrong-type")]
    [InlineData("""{"receipt":null,"appointment":null}""", 400, "/receipt null-value", "/appointment null-value")]
    [InlineData("""{"receipt":"~","appointment":{"start":"2026-06-20T10:00:00"},"zz":1}""", 400, "/zz unknown-member", "/receipt receipt-not-genuine")]
    [InlineData(
        """{"receipt":"~","appointment":{"start":1,"End":2,"timeZone":null,"areas":"x"}}""",
        400, "/receipt receipt-not-genuine", "/appointment/start wrong-type", "/appointment/End unknown-member",
        "/appointment/timeZone null-value", "/appointment/areas wrong-type")]
    [InlineData(
        """{"receipt":"~","appointment":{"timeZone":"America/New_York","start":"2027-03-14T02:30:00","end":"2026-01-01T10:00:00"}}""",
        422, "/receipt receipt-not-genuine", "/appointment/start skipped-local-time")]
    [InlineData(
        """{"receipt":"~","appointment":{"timeZone":"America/New_York","start":"2026-05-31T10:00:00"}}""",
        422, "/receipt receipt-not-genuine", "/appointment/start date-passed")]
    public async Task All_that_is_wrong_is_told_at_once(string body, int status, params string[] errors)
    {
        service.Clock.Reset(ServiceFixture.Now);
        using var response = await service.PostAsync(MoveCalls.Path, body);
        var answer = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(errors, MoveCalls.Errors(answer));
    }

    [Fact]
    public async Task A_member_that_is_there_twice_is_found_beside_the_receipts_own()
    {
        var receipt = await ReceiptAsync();
        using var response = await service.PostAsync(
            MoveCalls.Path,
            """{"appointment":{"start":"2026-06-20T10:00:00","areas":["face"],"start":"2026-06-20","areas":["neck"]},"receipt":""" + $"\"{receipt}\"}}");
        var answer = (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(
            (400, "/appointment/start repeated-member, /appointment/areas repeated-member"),
            ((int)response.StatusCode, string.Join(", ", MoveCalls.Errors(answer))));
    }

    [Fact]
    public async Task Old_answers_and_a_bad_date_are_told_together()
    {
        var receipt = await ReceiptAsync();
        service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(60));
        Assert.Equal(
            ["/receipt answers-too-old", "/appointment/start date-passed"],
            MoveCalls.Errors((await service.MoveAsync(receipt, new JsonObject { ["start"] = Start })).Answer));
    }

    [Theory]
    [InlineData(256 * 1024, 422)]
    [InlineData((256 * 1024) + 1, 413)]
    public async Task A_body_may_have_256_KiB(int length, int status)
    {
        const string Around = """{"appointment":{"start":"2026-06-20T10:00:00"},"receipt":""}""";
        using var response = await service.PostAsync(
            MoveCalls.Path, Around[..^2] + new string('a', length - Around.Length) + Around[^2..]);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("receipt-not-genuine")]
    [InlineData("receipt-revoked")]
    [InlineData("receipt-of-development")]
    [InlineData("receipt-incomplete")]
    [InlineData("receipt-not-applicable")]
    [InlineData("answers-too-old")]
    [InlineData("date-passed")]
    public async Task Each_code_has_a_page_in_both_languages(string code)
    {
        var page = JsonNode.Parse(await service.Client.GetStringAsync("/problems/" + code))!;
        Assert.Equal(422, (int)page["status"]!);
        foreach (var text in (string[])["title", "detail"])
        {
            Assert.NotEqual((string)page[text]!["en"]!, (string)page[text]!["es"]!);
        }
    }

    private async Task<string> ReceiptAsync(JsonObject? request = null)
    {
        service.Clock.Reset(ServiceFixture.Now);
        return await service.ReceiptAsync(request ?? Requests.NothingToReport());
    }

    private async Task<(int Status, JsonObject Answer)> MoveAsync(string receipt) =>
        await service.MoveAsync(receipt, new JsonObject { ["start"] = Start });

    private async Task<IEnumerable<string>> RefusedAsync(string receipt, ServiceFixture? at = null)
    {
        var (status, answer) = await (at ?? service).MoveAsync(receipt, new JsonObject { ["start"] = Start });
        Assert.Equal((422, "/problems/unscreenable-request"), (status, (string)answer["type"]!));
        Assert.False(answer.ContainsKey("eligibility"));
        return MoveCalls.Errors(answer);
    }

    private static string Flipped(string receipt, int place)
    {
        var changed = new StringBuilder(receipt);
        changed[place] = changed[place] == 'A' ? 'B' : 'A';
        return changed.ToString();
    }

    /// <summary>A service in an environment.</summary>
    private sealed class EnvironmentService(string environment, string? keys) : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseSetting("Access:Open", "true");
            if (keys is not null)
            {
                builder.UseSetting("Receipts:Keys", keys);
            }

            base.ConfigureWebHost(builder);
        }
    }
}
