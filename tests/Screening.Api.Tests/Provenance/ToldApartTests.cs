using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Screening.Api.Contract;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.DecisionLinks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.Provenance;

/// <summary>What the person said and what the record says stand apart, each under its own name, wherever a decision is told.</summary>
public sealed class ToldApartTests : IClassFixture<TimedService>
{
    private const string Anticoagulant = "anticoagulantUse";

    private readonly TimedService service;

    public ToldApartTests(TimedService service)
    {
        this.service = service;
        service.Clock.Reset(FieldCase.Now);
    }

    [Theory]
    [InlineData("en", "The person answered: No, none", "In the record: Yes, an anticoagulant every day, from `MedicationRequest/warf-1` (warfarin)", "entries looked at: 1; of these matter here: 1")]
    [InlineData("es", "La persona respondió: No, ninguno", "En la historia clínica: Sí, un anticoagulante todos los días, de `MedicationRequest/warf-1` (warfarin)", "entradas comprobadas: 1; de ellas importan aquí: 1")]
    public async Task A_card_names_the_answer_as_the_person_s_and_the_order_as_the_record_s(string language, string said, string shown, string looked)
    {
        var detail = (await CardAsync(FieldCase.Hook(), language)).Text("detail");
        var daily = language == "en" ? "Yes, an anticoagulant every day" : "Sí, un anticoagulante todos los días";
        Assert.Contains($" {said}\n  - {shown}\n", detail, StringComparison.Ordinal);
        Assert.Equal(2, detail.Split(daily).Length);
        Assert.Contains(looked, detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "By what the record says, the exclusion list does not allow this treatment.")]
    [InlineData("es", "Según lo que dice la historia clínica, la lista de exclusión no permite este tratamiento.")]
    public async Task A_card_says_that_the_record_excludes_and_not_the_answers(string language, string lead) =>
        Assert.Contains(lead, (await CardAsync(FieldCase.Hook(), language)).Text("detail"), StringComparison.Ordinal);

    [Fact]
    public async Task The_decision_s_evidence_holds_the_answer_and_beside_it_what_the_record_says()
    {
        var evidence = Assert.Single(Reason(await CardAsync(FieldCase.Hook()), "anticoagulant-daily")["evidence"]!.AsArray());
        Assert.Equal(
            """{"question":"anticoagulantUse","answer":"none","record":[{"answer":"daily","reference":"MedicationRequest/warf-1","text":"warfarin"}]}""",
            evidence!.ToJsonString());
    }

    [Fact]
    public async Task A_question_that_the_person_did_not_answer_has_what_the_record_says_alone()
    {
        var card = await CardAsync(FieldCase.Without(FieldCase.Hook(), Anticoagulant));
        var evidence = Assert.Single(Reason(card, "anticoagulant-daily")["evidence"]!.AsArray())!.AsObject();
        Assert.Equal(["question", "record"], evidence.Select(member => member.Key));
        Assert.Contains("? If you take one every day, choose that answer, whatever else you take. The person did not answer.\n", card.Text("detail").Replace("blood thinner).", "blood thinner)?", StringComparison.Ordinal), StringComparison.Ordinal);
        var (_, staff) = await service.OpenAsync(card);
        Assert.Contains("<dd class=\"for-clinician\">The person did not answer.</dd>", staff, StringComparison.Ordinal);
        Assert.Contains("<dd class=\"for-patient\">You have not answered this.</dd>", staff, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "The person answered: No, none", "In the record: Yes, an anticoagulant every day, from MedicationRequest/warf-1 (warfarin)", "Your answer: No, none", "What your health record says: Yes, an anticoagulant every day")]
    [InlineData("es", "La persona respondió: No, ninguno", "En la historia clínica: Sí, un anticoagulante todos los días, de MedicationRequest/warf-1 (warfarin)", "Su respuesta: No, ninguno", "Lo que dice su historia clínica: Sí, un anticoagulante todos los días")]
    public async Task The_staff_s_page_shows_both_each_under_its_name_to_either_reader(string language, string said, string shown, string yours, string ofYours)
    {
        var (_, page) = await PageAsync(FieldCase.Hook(), language);
        var quoted = shown.Replace("warfarin)", "<span lang=\"\">warfarin</span>)", StringComparison.Ordinal);
        Assert.Contains(
            $"<dd class=\"for-clinician\">{said}</dd><dd class=\"for-patient\">{yours}</dd><dd class=\"for-clinician\">{quoted}</dd>",
            page,
            StringComparison.Ordinal);
        Assert.Contains($"<dd class=\"for-patient\">{ofYours}</dd>", page, StringComparison.Ordinal);
        Assert.Contains(language == "en" ? "entries looked at: 1" : "entradas comprobadas: 1", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "Your answer: No, none", "What your health record says: Yes, an anticoagulant every day", "By your answers", "By what your health record says")]
    [InlineData("es", "Su respuesta: No, ninguno", "Lo que dice su historia clínica: Sí, un anticoagulante todos los días", "Según sus respuestas", "Según lo que dice su historia clínica")]
    public async Task The_patient_s_page_tells_them_what_their_record_says_and_blames_no_answer(string language, string said, string shown, string blame, string instead)
    {
        var (_, page) = await PageAsync(FieldCase.Hook(), language, "?audience=patient");
        Assert.Contains($"<dd>{said}</dd><dd class=\"\">{shown}</dd>", page, StringComparison.Ordinal);
        Assert.Contains(instead, page, StringComparison.Ordinal);
        Assert.All([blame, "warf-1", "warfarin"], words => Assert.DoesNotContain(words, page, StringComparison.OrdinalIgnoreCase));
        var (_, staff) = await PageAsync(FieldCase.Hook(), language);
        Assert.DoesNotContain(blame, staff, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Where_answers_and_record_both_exclude_the_page_says_both()
    {
        var call = FieldCase.Hook();
        var pregnancy = call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]![0]!["answer"]![0]!["valueCoding"]!;
        pregnancy["code"] = "yes";
        pregnancy["display"] = "Yes";
        var (_, page) = await PageAsync(call, "en", "?audience=patient");
        Assert.Contains("Your answers and your health record both tell of reasons", page, StringComparison.Ordinal);
        Assert.DoesNotContain("By your answers", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_detected_issue_keeps_the_answer_and_the_record_s_entry_as_two_pieces_of_evidence()
    {
        var issue = Assert.Single((await ScreenAsync(FieldCase.Screen())).Resources("DetectedIssue"));
        var evidence = issue["evidence"]!.AsArray();
        Assert.Equal(["QuestionnaireResponse/intake-1", "MedicationRequest/warf-1"], evidence.Select(one => (string)Assert.Single(one!["detail"]!.AsArray())!["reference"]!));
        Assert.Equal([Anticoagulant, "none"], Codes(evidence[0]!));
        Assert.Equal(["11289", "daily"], Codes(evidence[1]!));
    }

    [Fact]
    public async Task The_decision_of_the_operation_holds_both_as_well()
    {
        var guidance = Assert.Single((await ScreenAsync(FieldCase.Screen())).Resources("GuidanceResponse"));
        var evidence = guidance["contained"]![0]!["parameter"]!.AsArray().Where(parameter => (string)parameter!["name"]! == "evidence").ToList();
        Assert.Equal(["answer", "record"], evidence.Select(one => (string)one!["part"]![2]!["name"]!));
        Assert.All(evidence, one => Assert.Equal(("anticoagulant-daily", Anticoagulant), ((string)one!["part"]![0]!["valueCode"]!, (string)one["part"]![1]!["valueString"]!)));
        Assert.Equal("none", (string)evidence[0]!["part"]![2]!["valueCodeableConcept"]!["coding"]![0]!["code"]!);
        var record = evidence[1]!["part"]![2]!["part"]!;
        Assert.Equal(
            ("daily", "MedicationRequest/warf-1", "warfarin"),
            ((string)record[0]!["valueCodeableConcept"]!["coding"]![0]!["code"]!, (string)record[1]!["valueReference"]!["reference"]!, (string)record[2]!["valueString"]!));
    }

    [Fact]
    public async Task An_event_that_only_the_record_tells_is_the_record_s_in_the_evidence_the_wait_and_on_both_pages()
    {
        var card = await CardAsync(With("medicationStatements", """
            {
              "resourceType": "MedicationStatement", "id": "t1", "status": "completed", "effectiveDateTime": "2026-12-20",
              "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860189" }] }
            }
            """));
        var evidence = Assert.Single(Reason(card, "filler-or-toxin-injection")["evidence"]!.AsArray());
        Assert.Equal(
            """{"question":"injections","answer":[],"record":[{"answer":"botulinum-toxin","date":"2026-12-20","reference":"MedicationStatement/t1","text":"onabotulinumtoxinA"}]}""",
            evidence!.ToJsonString());
        Assert.Equal(
            """{"question":"injections","index":0,"date":"2026-12-20","assumedDate":"2026-12-20","fromRecord":true,"product":"botulinum-toxin"}""",
            Waits(card)[0]!["event"]!.ToJsonString());
        Assert.Contains("The person answered: None\n  - In the record: Botulinum toxin, from `MedicationStatement/t1` (onabotulinumtoxinA, 20 December 2026)\n", card.Text("detail"), StringComparison.Ordinal);
        foreach (var audience in (string[])["", "?audience=patient"])
        {
            var (_, page) = await service.OpenAsync(card, audience);
            Assert.Contains("<td>In the health record: Botulinum toxin, 20 December 2026", page, StringComparison.Ordinal);
            Assert.Contains("What your health record says: Botulinum toxin (20 December 2026)", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_use_that_only_the_record_tells_is_the_record_s_where_the_wait_is_counted_from_it()
    {
        // The order goes on, and the person said that they never used any: the wait is counted from today, and from nothing that was said.
        var card = await CardAsync(With("medicationRequests", Retinoid("""  "status": "active" """)));
        var counted = Waits(card)[0]!["event"]!;
        Assert.Equal("""{"question":"topicalRetinoidLastUsed","date":null,"assumedDate":"2026-11-29","fromRecord":true}""", counted.ToJsonString());
        var (_, page) = await service.OpenAsync(card);
        Assert.Contains("<b>In the health record: Yes, I use one now</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Not answered</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_use_that_only_the_record_tells_is_no_answer_of_the_person()
    {
        var call = With("medicationRequests", Retinoid("""
            "status": "completed", "dosageInstruction": [{ "timing": { "repeat": { "boundsPeriod": { "start": "2026-01-01", "end": "2026-11-20" } } } }]
            """));
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!["start"] = "2026-12-01T15:00:00Z";
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("end");
        var card = await CardAsync(call);
        foreach (var evidence in Reasons(card).SelectMany(reason => reason!["evidence"]!.AsArray()))
        {
            Assert.NotEqual("topicalRetinoidLastUsed", (string)evidence!["question"]!);
        }

        var record = Reason(card, "topical-retinoid")["evidence"]![0]!;
        Assert.Equal(("never", "stopped", "2026-11-20"), ((string)record["answer"]!, (string)record["record"]![0]!["answer"]!, (string)record["record"]![0]!["date"]!));
        var (_, page) = await service.OpenAsync(card);
        Assert.Contains("<b>In the health record: 20 November 2026</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_a_page_does_not_tell_that_the_record_said_something()
    {
        var nothing = FieldCase.Hook();
        nothing["prefetch"]!["medicationRequests"] = CdsCalls.Bundle();
        Assert.Equal(
            CardLinks.Address(await CardAsync(nothing)).AbsolutePath.Length,
            CardLinks.Address(await CardAsync(FieldCase.Hook())).AbsolutePath.Length);
    }

    [Fact]
    public async Task A_decision_with_a_record_has_the_members_that_the_document_names_and_no_others()
    {
        var call = FieldCase.Hook();
        call["prefetch"]!["medicationStatements"] = CdsCalls.Bundle([.. Enumerable.Range(0, 12).Select(Toxin)]);
        var decision = (await CardAsync(call))["extension"]![CdsCalls.Decision]!;
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
        var again = JsonSerializer.SerializeToNode(decision.Deserialize<ScreeningResponse>(options), options);
        var text = decision.ToJsonString();
        Assert.Equal(text, again!.ToJsonString());
        Assert.All(["\"fromRecord\":true", "\"moreInRecord\":2", "\"date\":\"unknown\"", "\"through\":\"2027-01-01\""], member => Assert.Contains(member, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_record_a_decision_has_no_member_more_than_it_ever_had()
    {
        foreach (var worked in JsonNode.Parse(await File.ReadAllTextAsync(Repository.Path("tests/Screening.Api.Tests/Cases/sublative-rf.json")))!["cases"]!.AsArray())
        {
            var (status, decision) = await service.ScreenAsync(worked!["request"]!.DeepClone().AsObject());
            foreach (var evidence in status == 200 ? decision["reasons"]!.AsArray().SelectMany(reason => reason!["evidence"]!.AsArray()) : [])
            {
                Assert.Equal(["question", "answer"], evidence!.AsObject().Select(member => member.Key));
            }

            Assert.All(status == 200 ? decision["waitingPeriods"]!.AsArray() : [], wait => Assert.False(wait!["event"]!.AsObject().ContainsKey("fromRecord")));
        }
    }

    [Fact]
    public async Task Of_many_entries_the_evidence_names_the_first_and_counts_the_rest()
    {
        var call = FieldCase.Hook();
        call["prefetch"]!["conditions"] = CdsCalls.Bundle([.. Enumerable.Range(0, 13).Select(i => Ours(CdsCalls.Psoriasis($"c{i}")))]);
        var evidence = Reason(await CardAsync(call), "psoriasis")["evidence"]![0]!;
        Assert.Equal((10, 3), (evidence["record"]!.AsArray().Count, (int)evidence["moreInRecord"]!));
    }

    private static JsonObject With(string key, string resource)
    {
        var call = FieldCase.Hook();
        call["prefetch"]!["medicationRequests"] = CdsCalls.Bundle();
        call["prefetch"]![key] = CdsCalls.Bundle(Ours(CdsCalls.Resource(resource)));
        return call;
    }

    private static JsonObject Ours(JsonObject resource)
    {
        resource["subject"]!["reference"] = "Patient/pat-1";
        return resource;
    }

    /// <summary>An injection that is planned for some day of the last weeks of the year; the first of them does not say when.</summary>
    private static JsonObject Toxin(int number)
    {
        var toxin = Ours(CdsCalls.Resource($$"""
            {
              "resourceType": "MedicationStatement", "id": "t{{number}}", "status": "intended",
              "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860189" }] }
            }
            """));
        if (number > 0)
        {
            toxin["effectivePeriod"] = JsonNode.Parse($$"""{ "start": "2026-12-{{number:00}}", "end": "2027-01-01" }""");
        }

        return toxin;
    }

    private static string Retinoid(string state) => $$"""
        {
          "resourceType": "MedicationRequest", "id": "r1", "intent": "order", {{state}},
          "medicationCodeableConcept": { "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "10753" }] }
        }
        """;

    private static JsonArray Reasons(JsonObject card) => card["extension"]![CdsCalls.Decision]!["reasons"]!.AsArray();

    private static JsonArray Waits(JsonObject card) => card["extension"]![CdsCalls.Decision]!["waitingPeriods"]!.AsArray();

    private static JsonNode Reason(JsonObject card, string rule) => Reasons(card).Single(reason => (string)reason!["ruleId"]! == rule)!;

    private static IEnumerable<string> Codes(JsonNode evidence) => evidence["code"]!.AsArray().Select(code => (string)code!["coding"]![0]!["code"]!);

    private async Task<JsonObject> CardAsync(JsonObject call, string language = "en") => Assert.Single(await service.CardsAsync(call, language: language));

    private async Task<(HttpStatusCode Status, string Text)> PageAsync(JsonObject call, string language, string query = "") =>
        await service.OpenAsync(await CardAsync(call, language), query, language == "en" ? CardLinks.Label : "Esta decisión, para leer o imprimir");

    private async Task<JsonObject> ScreenAsync(JsonObject parameters)
    {
        var (status, bundle) = await service.FhirScreenAsync(parameters);
        Assert.Equal(200, status);
        return bundle;
    }
}
