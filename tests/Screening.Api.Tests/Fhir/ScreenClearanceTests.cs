using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>What a clinician has cleared, and further starts, as parameters of <c>$screen</c>.</summary>
public sealed class ScreenClearanceTests(ServiceFixture service)
{
    private const string Own = "Parameters.parameter[4]";
    private const string Rule = """{ "name": "ruleId", "valueCode": "isotretinoin" }""";
    private const string By = """{ "name": "by", "valueString": "Dr A. Example" }""";
    private const string On = """{ "name": "on", "valueDate": "2026-05-30" }""";

    /// <summary>An injected toxin that is over, without a date: a review that only the record raises.</summary>
    private const string Toxin = """
        {
          "resourceType": "MedicationStatement", "status": "completed", "subject": { "reference": "Patient/42" },
          "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] }
        }
        """;

    /// <summary>A parameter beside the others, the places and the codes of its errors.</summary>
    public static TheoryData<string, int, string[], string[]> Errors => new()
    {
        { Clearance("", By, On), 400, [Own], ["missing-member"] },
        { Clearance(Rule), 400, [Own, Own], ["missing-member", "missing-member"] },
        { """{ "name": "clearance", "valueString": "isotretinoin" }""", 400, [Own], ["wrong-type"] },
        { Clearance(Rule, By, On, By), 400, [Own + ".part[3]"], ["repeated-member"] },
        { Clearance(Rule, By, On, """{ "name": "until", "valueDate": "2026-05-30" }"""), 400, [Own + ".part[3]"], ["unknown-member"] },
        { Clearance(Rule, By, """{ "name": "on", "valueString": "2026-05-30" }"""), 400, [Own + ".part[2]"], ["wrong-type"] },
        { Clearance(Rule, """{ "name": "by", "part": [{ "name": "x", "valueId": "y" }] }""", On), 400, [Own + ".part[1]"], ["wrong-type"] },
        { Clearance(Rule, By, """{ "name": "on", "valueDate": "2026-05" }"""), 422, [Own + ".part[2].value"], ["invalid-date"] },
        { Clearance(Rule, By, """{ "name": "on", "valueDate": "2026-06-02" }"""), 422, [Own + ".part[2].value"], ["date-after-as-of"] },
        { Clearance(By, On, """{ "name": "ruleId", "valueCode": "no-rule" }"""), 422, [Own + ".part[2].value"], ["unknown-code"] },
        {
            Clearance("""{ "name": "ruleId", "valueString": "pregnancy" }""", By, On),
            422, [Own + ".part[0].value"], ["not-a-review-finding"]
        },
        { Clearance(Rule, Text("by", 201), On), 422, [Own + ".part[1].value"], ["too-long"] },
        { Clearance(Rule, By, On, Text("note", 1001)), 422, [Own + ".part[3].value"], ["too-long"] },
        { """{ "name": "slot", "valueString": "2026-06-11T09:00:00" }""", 400, [Own], ["wrong-type"] },
        { """{ "name": "slot", "valueDateTime": "2026-06-11" }""", 422, [Own + ".value"], ["invalid-date-time"] },
        { """{ "name": "slot", "valueInstant": "2026-05-11T09:00:00Z" }""", 422, [Own + ".value"], ["date-before-as-of"] },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_of_a_clearance_or_a_slot_is_told_at_its_place(string parameter, int status, string[] places, string[] codes)
    {
        var (actual, outcome) = await service.FhirScreenAsync(With(Requests.NothingToReport().With("isotretinoinUse", "past"), parameter));
        Assert.True(actual == status, outcome.ToJsonString());
        var issues = outcome["issue"]!.AsArray();
        Assert.Equal(places, issues.Select(issue => (string)issue!["expression"]![0]!));
        Assert.Equal(codes, issues.Select(issue => (string)issue!["details"]!["coding"]![0]!["code"]!));
    }

    [Fact]
    public async Task A_rule_is_cleared_once()
    {
        var clearance = Clearance(Rule, By, On);
        var taken = Requests.NothingToReport().With("isotretinoinUse", "past");
        var (status, outcome) = await service.FhirScreenAsync(With(taken, clearance, clearance));
        var issue = Assert.Single(outcome["issue"]!.AsArray())!;
        Assert.Equal((422, "repeated-code"), (status, (string)issue["details"]!["coding"]![0]!["code"]!));
        Assert.Equal("Parameters.parameter[5].part[0].value", (string)issue["expression"]![0]!);
    }

    [Theory]
    [InlineData("slot")]
    [InlineData("clearance")]
    public async Task There_are_at_most_a_hundred(string name)
    {
        var parameter = name == "slot" ? """{ "name": "slot", "valueInstant": "2026-06-11T09:00:00Z" }""" : Clearance(Rule, By, On);
        var (status, outcome) = await service.FhirScreenAsync(With(Requests.NothingToReport(), [.. Enumerable.Repeat(parameter, 101)]));
        Assert.Equal(422, status);
        Assert.Contains(outcome["issue"]!.AsArray(), issue => (string)issue!["details"]!["coding"]![0]!["code"]! == "too-many"
            && (string)issue["expression"]![0]! == $"Parameters.parameter.where(name = '{name}')");
        Assert.Equal(name == "slot", outcome.ToJsonString().Contains("a date and time with its offset", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_record_alone_raised_can_be_cleared_and_only_beside_the_record()
    {
        const string Injections = """{ "name": "ruleId", "valueCode": "filler-or-toxin-injection" }""";
        var clearance = Clearance(Injections, By, On, """{ "name": "note", "valueString": "Two years ago." }""");
        const string Record = $$"""
            { "name": "record", "resource": { "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": {{Toxin}} }] } }
            """;
        var (_, raised) = await service.FhirScreenAsync(With(Requests.NothingToReport(), Record));
        Assert.Equal("review", (string)FhirDecision.Of(raised)["eligibility"]!);

        var (status, bundle) = await service.FhirScreenAsync(With(Requests.NothingToReport(), clearance, Record));
        Assert.True(status == 200, bundle.ToJsonString());
        var decision = FhirDecision.Of(bundle);
        var reason = Assert.Single(decision["reasons"]!.AsArray())!;
        Assert.Equal(("eligible", true), ((string)decision["eligibility"]!, (bool)decision["bookable"]!));
        Assert.Equal("cleared", (string)reason["outcome"]!);
        Assert.Equal("""{"by":"Dr A. Example","on":"2026-05-30","note":"Two years ago."}""", reason["clearance"]!.ToJsonString());
        var issue = Assert.Single(bundle.Resources("DetectedIssue"));
        Assert.All(
            (string[])["Dr A. Example", "Two years ago."],
            words => Assert.All([issue, bundle.Resources("GuidanceResponse").Single()], resource =>
                Assert.Contains(words, (string)resource["text"]!["div"]!, StringComparison.Ordinal)));
        var mitigation = Assert.Single(issue["mitigation"]!.AsArray())!;
        Assert.Equal(("2026-05-30", "Dr A. Example"), ((string)mitigation["date"]!, (string)mitigation["author"]!["display"]!));

        var (alone, _) = await service.FhirScreenAsync(With(Requests.NothingToReport(), clearance));
        Assert.Equal(422, alone);
    }

    [Fact]
    public async Task Slots_are_answered_in_the_order_asked_and_stand_in_the_narrative()
    {
        var rest = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-27" }]"""));
        var (_, bundle) = await service.FhirScreenAsync(With(
            rest,
            """{ "name": "slot", "valueDateTime": "2026-06-14T09:00:00-07:00" }""",
            """{ "name": "slot", "valueInstant": "2026-06-14T03:00:00Z" }""",
            """{ "name": "slot", "valueDateTime": "2026-06-14T09:00:00-07:00" }"""));
        var slots = FhirDecision.Of(bundle)["slots"]!.AsArray().Select(slot => slot!.ToJsonString());
        const string Blocked = """{"start":"2026-06-14T09:00:00-07:00","date":"2026-06-14","eligibility":"deferred","bookable":false}""";
        const string Free = """{"start":"2026-06-13T20:00:00-07:00","date":"2026-06-13","eligibility":"eligible","bookable":true}""";
        Assert.Equal([Blocked, Free, Blocked], slots.Select(slot => slot.Replace("\\u002B", "+", StringComparison.Ordinal)));
        Assert.Contains("13 June 2026", (string)bundle.Resources("GuidanceResponse").Single()["text"]!["div"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_of_entries_differ_where_slots_or_clearances_differ()
    {
        var rest = Requests.NothingToReport().With("isotretinoinUse", "past");
        var names = new HashSet<string>(StringComparer.Ordinal);
        const string Slot = """{ "name": "slot", "valueInstant": "2026-06-14T03:00:00Z" }""";
        foreach (var further in (string[][])[[], [Clearance(Rule, By, On)], [Slot]])
        {
            var (_, bundle) = await service.FhirScreenAsync(With(rest.DeepClone().AsObject(), further));
            Assert.True(names.Add((string)bundle["entry"]![0]!["fullUrl"]!));
        }
    }

    private static string Text(string name, int length) => $$"""{ "name": "{{name}}", "valueString": "{{new string('x', length)}}" }""";

    private static string Clearance(params string[] parts) =>
        $$"""{ "name": "clearance", "part": [{{string.Join(", ", parts.Where(part => part.Length > 0))}}] }""";

    /// <summary>A request with further parameters; it has four of its own.</summary>
    private static JsonObject With(JsonObject rest, params string[] further)
    {
        var parameters = RestToFhir.Parameters(RestToFhir.Bare(rest))!;
        foreach (var one in further)
        {
            parameters["parameter"]!.AsArray().Add(JsonNode.Parse(one));
        }

        return parameters;
    }
}
