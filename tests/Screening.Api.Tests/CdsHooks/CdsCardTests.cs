using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Api.Tests.Screenings;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>What comes of the appointments that are booked.</summary>
public sealed class CdsCardTests(ServiceFixture service)
{
    public static TheoryData<string, string, string, string, string> Statuses => new()
    {
        { "pregnancy", "\"yes\"", "ineligible", "critical", "an exclusion applies" },
        { "pregnancy", "null", "incomplete", "critical", "answers missing: 1" },
        { "isotretinoinUse", "\"past\"", "review", "warning", "a clinician must decide first" },
        { "injections", """[{ "product": "filler", "date": "2026-06-05" }]""", "deferred", "warning", "first possible 19 June 2026" },
        { "herpesSimplexHistory", "\"yes\"", "conditional", "info", "if its requirements are met" },
        { "pregnancy", "\"no\"", "eligible", "info", "can be booked" },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task Each_status_has_its_card(string question, string answer, string eligibility, string indicator, string summary)
    {
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(With(question, answer))));
        Assert.Equal((eligibility, indicator), (card.Eligibility(), card.Text("indicator")));
        Assert.StartsWith("Sublative RF skin treatment, 10 June 2026: ", card.Text("summary"), StringComparison.Ordinal);
        Assert.EndsWith(summary, card.Text("summary"), StringComparison.Ordinal);
        Assert.Equal(eligibility is "eligible" or "conditional", (bool)card["extension"]![CdsCalls.Decision]!["bookable"]!);
        Assert.Equal(card.Text("uuid"), (string)card["extension"]![CdsCalls.Decision]!["decisionId"]!);
        Assert.DoesNotContain("What was not seen", card.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task In_Spanish_as_well(string question, string answer, string eligibility, string indicator, string summary)
    {
        Assert.NotEmpty(summary);
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(With(question, answer)), language: "es"));
        Assert.Equal((eligibility, indicator), (card.Eligibility(), card.Text("indicator")));
        Assert.StartsWith("Tratamiento de la piel Sublative RF, 10 de junio de 2026: ", card.Text("summary"), StringComparison.Ordinal);
        Assert.Contains("Respuestas: De `QuestionnaireResponse/filled-in`, rellenado: 30 de mayo de 2026", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_says_why_from_when_and_on_what_it_rests()
    {
        var detail = Assert.Single(await service.CardsAsync(CdsCalls.Booking(With("injections", """[{ "product": "filler", "date": "2026-06-05" }]""")))).Text("detail");
        Assert.All(
            ["Wednesday 10 June 2026, 10:00 (`America/Los_Angeles`), `Appointment/apt1`", "`filler-or-toxin-injection`", "line 30", "5 June 2026", "Not possible: 23 May 2026 through 18 June 2026", "from 19 June 2026 on", "makes no sense and was left out"],
            part => Assert.Contains(part, detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_missing_is_asked()
    {
        var detail = Assert.Single(await service.CardsAsync(CdsCalls.Booking(With("pregnancy", "null")))).Text("detail");
        Assert.Contains("**What to ask next**", detail, StringComparison.Ordinal);
        Assert.Contains("- Are you pregnant", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_appointment_does_not_hide_the_others()
    {
        var rest = Requests.NothingToReport();
        var call = CdsCalls.Booking(rest);
        JsonObject Changed(Action<JsonObject> change)
        {
            var appointment = CdsCalls.Appointment(rest);
            change(appointment);
            return appointment;
        }

        call["context"]!["appointments"] = CdsCalls.Bundle(
            Changed(appointment => appointment["start"] = "next week"),
            Changed(_ => { }),
            Changed(appointment => appointment["status"] = "fulfilled"),
            Changed(appointment => appointment["start"] = "2026-05-01T10:00:00-07:00"),
            new JsonObject(),
            Changed(appointment => appointment["start"] = "2026-06-17T10:00:00-07:00"),
            JsonNode.Parse("""{ "resourceType": "Practitioner", "id": "7" }""")!,
            Changed(appointment => appointment["resourceType"] = "appointment"),
            CdsCalls.Bundle(Changed(_ => { })));
        var cards = await service.CardsAsync(call);
        Assert.Equal(["critical", "info", "critical", "critical", "critical", "info", "critical", "critical"], cards.Select(card => card.Text("indicator")));
        Assert.Equal([null, "eligible", null, null, null, "eligible", null, null], cards.Select(card => card["extension"] is null ? null : card.Eligibility()));
        Assert.All(cards.Where(card => card["extension"] is null), card => Assert.EndsWith(": could not be screened", card.Text("summary"), StringComparison.Ordinal));
        Assert.Contains("no date and time with an offset", cards[0].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("appointment 1", cards[0].Text("summary"), StringComparison.Ordinal);
        Assert.Contains("status is not that of", cards[2].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("starts in the past", cards[3].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("17 June 2026", cards[5].Text("summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_appointments_of_the_specification_are_screened_on_days_to_come_for_their_patient()
    {
        // https://cds-hooks.hl7.org/hooks/appointment-book/: malformed ends, members of STU3, one id for both, a participant who is not the patient of the context.
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["context"]!["appointments"] = JsonNode.Parse("""
            {
              "resourceType": "Bundle",
              "entry": [
                { "resource": {
                    "resourceType": "Appointment", "id": "apt1", "status": "proposed",
                    "serviceType": [{ "coding": [{ "code": "183", "display": "Sleep Medicine" }] }],
                    "appointmentType": { "coding": [{ "system": "http://hl7.org/fhir/v2/0276", "code": "FOLLOWUP", "display": "A follow up visit from a previous appointment" }] },
                    "reason": { "coding": { "system": "", "code": "1023001", "display": "Apnea" } },
                    "description": "CPAP adjustments",
                    "start": "2026-06-10T09:00:00-06:00", "end": "2026-06-10T09:10:00:00-06:00", "created": "2026-06-01",
                    "participant": [
                      { "actor": { "reference": "Patient/example", "display": "Peter James Chalmers" }, "required": "required", "status": "tentative" },
                      { "actor": { "reference": "Practitioner/example", "display": "Dr Adam Careful" }, "required": "required", "status": "accepted" }
                    ] } },
                { "resource": {
                    "resourceType": "Appointment", "id": "apt1", "status": "proposed", "description": "Regular physical",
                    "start": "2026-08-01T13:00:00-06:00", "end": "2026-08-01T13:30:00:00-06:00", "created": "2026-06-01",
                    "participant": [{ "actor": { "reference": "Patient/example" }, "required": "required", "status": "tentative" }] } }
              ]
            }
            """);
        Assert.All(await service.CardsAsync(call), card =>
        {
            Assert.Equal(("critical", false), (card.Text("indicator"), card.ContainsKey("extension")));
            Assert.EndsWith(": could not be screened", card.Text("summary"), StringComparison.Ordinal);
            Assert.Contains("names another patient", card.Text("detail"), StringComparison.Ordinal);
        });

        foreach (var entry in call["context"]!["appointments"]!["entry"]!.AsArray())
        {
            entry!["resource"]!["participant"]![0]!["actor"]!["reference"] = "Patient/" + CdsCalls.Patient;
        }

        var cards = await service.CardsAsync(call);
        Assert.Equal(["eligible", "eligible"], cards.Select(CdsCalls.Eligibility));
        Assert.All(cards, card =>
        {
            Assert.Contains("makes no sense and was left out", card.Text("detail"), StringComparison.Ordinal);
            Assert.Contains("time zone is not known", card.Text("detail"), StringComparison.Ordinal);
        });
        Assert.Contains("Wednesday 10 June 2026, 09:00 (UTC-06:00)", cards[0].Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_without_an_appointment_is_no_silence()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        call["context"]!["appointments"] = CdsCalls.Bundle();
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("critical", card.Text("indicator"));
        Assert.Equal("Sublative RF skin treatment, no appointment: could not be screened", card.Text("summary"));
        Assert.Contains("proposes no appointment", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_contradict_each_other_cannot_be_used_and_the_question_is_named()
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["topicalRetinoidLastUsed"] = "2026-05";
        var card = Assert.Single(await service.CardsAsync(CdsCalls.Booking(rest)));
        Assert.Equal(("critical", false), (card.Text("indicator"), card.ContainsKey("extension")));
        Assert.Contains("`contradictory-answers`", card.Text("detail"), StringComparison.Ordinal);
        Assert.Contains("- When did you last", card.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_call_has_the_same_cards_and_another_call_others()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport());
        var first = Assert.Single(await service.CardsAsync(call));
        var again = Assert.Single(await service.CardsAsync(call));

        // But for what is sealed anew each time.
        Assert.All([first, again], card => card["links"]!.AsArray().RemoveAt(1));
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        call["hookInstance"] = "d1577c69-dfbe-44ad-ba6d-3e05e953b2eb";
        Assert.NotEqual(first.Text("uuid"), Assert.Single(await service.CardsAsync(call)).Text("uuid"));
    }

    [Fact]
    public async Task The_same_call_with_another_decision_has_another_card()
    {
        var first = Assert.Single(await service.CardsAsync(CdsCalls.Booking(Requests.NothingToReport())));
        var other = Assert.Single(await service.CardsAsync(CdsCalls.Booking(With("pregnancy", "\"yes\""))));
        Assert.NotEqual(first.Text("uuid"), other.Text("uuid"));
    }

    [Fact]
    public async Task At_patient_view_the_question_is_today()
    {
        await using var clinic = new SettingsService(("Clinic:TimeZone", "America/Los_Angeles"));
        var rest = With("injections", """[{ "product": "filler", "date": "2026-05-25" }]""");
        var card = Assert.Single(await clinic.CardsAsync(CdsCalls.View(rest), CdsCalls.Opened));
        Assert.Equal("Sublative RF skin treatment, today: not on this date, first possible 8 June 2026", card.Text("summary"));
        Assert.Contains("could the person be treated today?", card.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("2026-06-01", (string)card["extension"]![CdsCalls.Decision]!["appointment"]!["date"]!);
    }

    [Fact]
    public async Task A_zone_that_nobody_knows_is_every_zone_and_the_worst_counts()
    {
        // 18 June ends the wait at home; it begins earlier in the east and later in the west.
        var rest = With("injections", """[{ "product": "filler", "date": "2026-06-05" }]""");
        rest["appointment"]!["start"] = "2026-06-19T01:00:00";
        var known = CdsCalls.Booking(rest);
        Assert.Equal("eligible", Assert.Single(await service.CardsAsync(known)).Eligibility());
        var unknown = known.DeepClone().AsObject();
        unknown["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("extension");
        var card = Assert.Single(await service.CardsAsync(unknown));
        Assert.Equal("deferred", card.Eligibility());
        Assert.Contains("time zone is not known", card.Text("detail"), StringComparison.Ordinal);

        await using var clinic = new SettingsService(("Clinic:TimeZone", "America/Los_Angeles"));
        Assert.Equal("eligible", Assert.Single(await clinic.CardsAsync(unknown)).Eligibility());
    }

    [Theory]
    [InlineData("2026-06-04T10:00:00-07:00", "deferred", "2026-06-07", null)]
    [InlineData("2026-06-20T01:00:00Z", "conditional", "2026-06-19", "2026-06-14")]
    public async Task A_zone_that_nobody_knows_shows_the_dates_that_wait_longest_or_must_begin_first(string start, string eligibility, string notBefore, string? startBy)
    {
        // Now it is 1 June in most of the world, and 2 June in its east already; the second start is on 19 June in the west.
        var call = CdsCalls.Booking(With("herpesSimplexHistory", "\"yes\""));
        var appointment = call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject();
        appointment.Remove("extension");
        appointment["start"] = start;
        var card = Assert.Single(await service.CardsAsync(call));
        var decision = card["extension"]![CdsCalls.Decision]!;
        Assert.Equal((eligibility, notBefore), (card.Eligibility(), (string)decision["notBefore"]!));
        Assert.Equal(startBy, (string?)decision["requirements"]!.AsArray().SingleOrDefault()?["startBy"]);
    }

    [Fact]
    public async Task Links_tell_nothing_of_the_person_and_follow_the_configured_address()
    {
        string[] paths = ["/fhir/Questionnaire/sublative-rf", "/v1/decisions/", "/v1/protocols/sublative-rf/versions/1.0.0"];
        var call = CdsCalls.Booking(Requests.NothingToReport());
        Assert.Equal(paths.Select(path => service.Address.GetLeftPart(UriPartial.Authority) + path), Links(Assert.Single(await service.CardsAsync(call))));
        await using var known = new SettingsService(("Service:PublicUrl", "https://screening.example.org/base/"));
        Assert.Equal(paths.Select(path => "https://screening.example.org/base" + path), Links(Assert.Single(await known.CardsAsync(call))));

        // What is sealed reads like nothing.
        static IEnumerable<string> Links(JsonObject card) => card["links"]!.AsArray().Select(link => Regex.Replace((string)link!["url"]!, "(?<=/decisions/)[A-Za-z0-9_-]+$", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [Theory]
    [InlineData("screening.example.org")]
    [InlineData("ftp://screening.example.org")]
    [InlineData("https://screening.example.org/?a=b")]
    public void An_address_that_is_none_stops_the_start(string address)
    {
        Assert.Contains("Service:PublicUrl", FailedStartTests.Refusal("Service:PublicUrl", address), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zone_that_is_none_stops_the_start()
    {
        Assert.Contains("Clinic:TimeZone", FailedStartTests.Refusal("Clinic:TimeZone", "America/New York"), StringComparison.Ordinal);
    }

    private static JsonObject With(string question, string answer)
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!.AsObject().Remove(question);
        if (answer != "null")
        {
            rest["answers"]![question] = JsonNode.Parse(answer);
        }

        return rest;
    }
}
