using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Screenings;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Tests.Receipts;

/// <summary>A decision of a FHIR or CDS Hooks door is proven like one of REST, with what the record raised.</summary>
public sealed class DoorReceiptTests(ServiceFixture service)
{
    private static readonly string[] Payload =
    [
        "v", "development", "iss", "jti", "iat", "decidedAt", "door", "build", "tzdb", "protocol", "asOf", "eligibility", "bookable",
        "earliestDate", "notBefore", "appointment", "_sd_alg", "_sd",
    ];

    [Fact]
    public async Task Each_card_has_the_receipt_of_its_own_decision()
    {
        var call = CdsCalls.Booking(Requests.NothingToReport().With("pregnancy", "yes"));
        var (one, other) = (CdsCalls.Appointment(Requests.NothingToReport()), CdsCalls.Appointment(Requests.NothingToReport()));
        other["start"] = "2026-06-12T10:00:00-07:00";
        call["context"]!["appointments"] = CdsCalls.Bundle(one, other);
        using var response = await service.PreferAsync(call, path: CdsCalls.Book);
        Assert.Equal("receipt", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        Assert.Equal(["Accept-Language", "Prefer"], response.Headers.Vary);
        var cards = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["cards"]!.AsArray();
        Assert.Equal(2, cards.Count);
        foreach (var card in cards.Select(card => card!.AsObject()))
        {
            var payload = SignedDecisions.Payload(DoorReceipts.OfCard(card)!);
            var decision = card["extension"]![CdsCalls.Decision]!;
            Assert.Equal(
                ("cds-services", card.Text("uuid"), "ineligible", (string)decision["appointment"]!["start"]!),
                ((string)payload["door"]!, (string)payload["jti"]!, (string)payload["eligibility"]!, (string)payload["appointment"]!["start"]!));
            Assert.Equal(Payload, payload.Select(member => member.Key));
            await service.AssertReplaysAsync(DoorReceipts.OfCard(card)!);
        }
    }

    [Theory]
    [InlineData(FhirCalls.Json)]
    [InlineData(FhirCalls.Xml)]
    public async Task The_receipt_of_screen_is_the_signature_of_a_provenance_of_its_guidance(string format)
    {
        using var response = await service.PreferAsync(
            RestToFhir.Parameters(Requests.NothingToReport())!, path: FhirCalls.Screen, accept: format);
        Assert.Equal("receipt", Assert.Single(response.Headers.GetValues("Preference-Applied")));
        Assert.Equal(["Accept", "Accept-Language", "Prefer"], response.Headers.Vary);
        var bundle = (Bundle)FhirCalls.Read(await response.Content.ReadAsByteArrayAsync(), format);
        var guidance = bundle.Entry[0];
        var provenance = Assert.IsType<Hl7.Fhir.Model.Provenance>(bundle.Entry[^1].Resource);
        var signature = Assert.Single(provenance.Signature);
        var receipt = Encoding.ASCII.GetString(signature.Data!);
        var payload = SignedDecisions.Payload(receipt);
        Assert.Equal(guidance.FullUrl, Assert.Single(provenance.Target).Reference);
        Assert.Equal("urn:uuid:" + (string)payload["jti"]!, ((GuidanceResponse)guidance.Resource!).Identifier[0].Value);
        Assert.Equal(
            ("application/sd-jwt", "2026-06-01T18:00:00Z", "2026-06-01T18:00:00Z"),
            (signature.SigFormat, (string?)signature.WhenElement!.JsonValue, (string?)provenance.RecordedElement!.JsonValue));
        Assert.Equal("1.2.840.10065.1.12.1.1", Assert.Single(signature.Type).Code);
        var issuer = (string)payload["iss"]!;
        Assert.Equal(
            (issuer, issuer, "$screen"),
            (((ResourceReference)signature.Who!).Identifier!.Value, ((ResourceReference)Assert.Single(provenance.Agent).Who!).Identifier!.Value, (string)payload["door"]!));
        Assert.Equal(Payload, payload.Select(member => member.Key));
        Assert.NotNull(provenance.Text);
        await service.AssertReplaysAsync(receipt);
    }

    [Fact]
    public async Task What_the_record_raised_is_disclosed_by_its_code_or_its_words_and_nothing_of_it_is_in_the_payload()
    {
        var rash = CdsCalls.Resource("""{ "resourceType": "Condition", "id": "c2", "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] }, "code": { "text": "pregnant" } }""");
        List<JsonObject> record = [CdsCalls.Psoriasis(), rash];
        string[] receipts =
        [
            (await service.ScreenReceiptAsync(RecordDoors.Parameters(Requests.NothingToReport(), record)))!,
            Assert.Single(await service.CardReceiptsAsync(RecordDoors.Booking(Requests.NothingToReport(), record)))!,
        ];
        foreach (var receipt in receipts)
        {
            var request = SignedDecisions.Disclosed(receipt)["request"].AsObject();
            Assert.Equal("no", (string)request["answers"]!["pregnancy"]!);
            Assert.Equal("[]", request["answers"]!["skinConditions"]!.ToJsonString());
            var expected = JsonNode.Parse("""
                [
                  { "question": "pregnancy", "value": { "codes": ["unknown"] }, "entries": [{ "answer": "unknown", "words": "pregnant" }] },
                  { "question": "skinConditions", "value": { "codes": ["psoriasis"] }, "entries": [{ "answer": "psoriasis", "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "L40" }] }
                ]
                """);
            Assert.True(JsonNode.DeepEquals(expected, request["record"]), request["record"]!.ToJsonString());
            var payload = SignedDecisions.Payload(receipt).ToJsonString();
            Assert.All(
                ["record", "zone\"", "psoriasis", "L40", "pregnan", "skinConditions"],
                word => Assert.DoesNotContain(word, payload, StringComparison.Ordinal));
            await service.AssertReplaysAsync(receipt);

            // Without it the decision is another one: it is the record that is replayed.
            request.Remove("record");
            request.Remove("form");
            var bare = await service.VerifyAsync(receipt.Split('~')[0] + "~" + receipt.Split('~')[2] + "~", request);
            Assert.Equal(("not-provable", "differs"), ((string)bare["bound"]!, (string)bare["replay"]!["result"]!));
        }
    }

    [Fact]
    public async Task A_review_of_the_record_that_was_cleared_comes_out_cleared_again()
    {
        // An injected toxin that is over, without a date: a review that only the record raises.
        var toxin = CdsCalls.Resource("""{ "resourceType": "MedicationStatement", "id": "m1", "status": "completed", "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } }""");
        var parameters = RecordDoors.Parameters(Requests.NothingToReport(), [toxin]);
        var raised = (await service.ScreenReceiptAsync(parameters))!;
        Assert.Equal("review", (string)SignedDecisions.Payload(raised)["eligibility"]!);
        await service.AssertReplaysAsync(raised);
        var rule = (string)SignedDecisions.Disclosed(raised)["findings"]["reasons"]![0]!["ruleId"]!;
        parameters["parameter"]!.AsArray().Add(JsonNode.Parse($$"""
            { "name": "clearance", "part": [{ "name": "ruleId", "valueCode": "{{rule}}" }, { "name": "by", "valueString": "Dr A. Example" }, { "name": "on", "valueDate": "2026-05-30" }] }
            """));
        var cleared = (await service.ScreenReceiptAsync(parameters))!;
        Assert.Equal("eligible", (string)SignedDecisions.Payload(cleared)["eligibility"]!);
        Assert.Equal("cleared", (string)SignedDecisions.Disclosed(cleared)["findings"]["reasons"]![0]!["outcome"]!);
        await service.AssertReplaysAsync(cleared);
    }

    [Fact]
    public async Task Where_no_zone_is_known_the_receipt_says_so_and_has_every_reading_of_the_record()
    {
        // 18 June ends the wait at home; it begins earlier in the east and later in the west.
        var rest = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-05" }]"""));
        rest["appointment"]!["start"] = "2026-06-19T01:00:00";
        var call = CdsCalls.Booking(rest);
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("extension");
        var plain = Assert.Single(await service.CardReceiptsAsync(call))!;
        var request = SignedDecisions.Disclosed(plain)["request"].AsObject();
        Assert.Equal(("any", null, null), ((string)request["zone"]!, request["record"], request["readings"]));
        Assert.Equal("deferred", (string)SignedDecisions.Payload(plain)["eligibility"]!);
        await service.AssertReplaysAsync(plain);

        // An instant in the record is another date elsewhere.
        var injected = CdsCalls.Resource("""{ "resourceType": "MedicationStatement", "id": "m1", "status": "completed", "effectiveDateTime": "2026-05-30T23:30:00Z", "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] } }""");
        call["prefetch"]!["medicationStatements"] = CdsCalls.Bundle(injected);
        var timed = Assert.Single(await service.CardReceiptsAsync(call))!;
        var readings = SignedDecisions.Disclosed(timed)["request"]["readings"]!.AsArray();
        var dates = readings.Select(reading =>
            ((string)reading!["today"]!, (string)reading["record"]![0]!["value"]!["events"]!.AsArray().Last()!["date"]!));
        Assert.Equal(
            [("2026-06-01", "2026-05-30"), ("2026-06-01", "2026-05-31"), ("2026-06-02", "2026-05-30"), ("2026-06-02", "2026-05-31")],
            dates.Order());
        await service.AssertReplaysAsync(timed);
    }

    [Theory]
    [InlineData("record", "[]")]
    [InlineData("zone", "\"any\"")]
    [InlineData("readings", "[]")]
    public async Task A_request_of_a_caller_has_nothing_that_only_a_record_could_say(string member, string value)
    {
        var request = Requests.NothingToReport();
        request[member] = JsonNode.Parse(value);
        foreach (var path in (string[])["/v1/screenings", "/v1/care-plans"])
        {
            using var response = await service.PostAsync(path, request.ToJsonString());
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(
                (400, "/" + member, "unknown-member"),
                ((int)response.StatusCode, (string)problem["errors"]![0]!["pointer"]!, (string)problem["errors"]![0]!["code"]!));
        }

        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        using var verified = await service.PostAsync(
            "/v1/decisions/verify", new JsonObject { ["receipt"] = receipt, ["request"] = request.DeepClone() }.ToJsonString());
        Assert.Equal(400, (int)verified.StatusCode);
    }

    [Theory]
    [InlineData("""{ "record": null }""")]
    [InlineData("""{ "record": {} }""")]
    [InlineData("""{ "record": [null] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy" }] }""")]
    [InlineData("""{ "record": [{ "question": "zq9", "value": {} }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": null }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["zq9"] } }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["yes", "yes"] } }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "date": "2026-01-01" } }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["yes"], "zq9": 1 } }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["yes"] }, "said": { "unknown": true } }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["yes"] }, "entries": [{ "answer": "yes" }] }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["yes"] }, "entries": [{ "answer": "zq9", "words": "x" }] }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["yes"] }, "entries": [{ "system": "x", "words": "x" }] }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": [null] } }] }""")]
    [InlineData("""{ "record": [{ "question": "pregnancy", "value": { "codes": ["yes"] }, "entries": [null] }] }""")]
    [InlineData("""{ "record": [{ "question": "injections", "value": { "events": [null] } }] }""")]
    [InlineData("""{ "record": [{ "question": "injections", "value": { "events": [{ "product": null }] } }] }""")]
    [InlineData("""{ "zone": "any", "readings": [null] }""")]
    [InlineData("""{ "zone": "any", "readings": [{ "today": "2026-06-01", "record": [null] }] }""")]
    [InlineData("""{ "record": [{ "question": "topicalRetinoidLastUsed", "value": { "date": "zq9" } }] }""")]
    [InlineData("""{ "record": [{ "question": "injections", "value": { "codes": [] } }] }""")]
    [InlineData("""{ "record": [{ "question": "injections", "value": { "events": [{ "product": "zq9" }] } }] }""")]
    [InlineData("""{ "record": [{ "question": "injections", "value": { "events": [{ "product": "filler", "date": "zq9" }] } }] }""")]
    [InlineData("""{ "record": [{ "question": "injections", "value": { "events": [{ "product": "filler", "zq9": "x" }] } }] }""")]
    [InlineData("""{ "zone": "all" }""")]
    [InlineData("""{ "zone": null }""")]
    [InlineData("""{ "readings": [] }""")]
    [InlineData("""{ "zone": "any", "readings": [{ "today": "2026-06-01" }] }""")]
    [InlineData("""{ "zone": "any", "readings": [{ "today": "zq9", "record": [] }] }""")]
    [InlineData("""{ "zone": "any", "readings": [{ "today": "2026-06-01", "record": [{ "question": "zq9", "value": {} }] }] }""")]
    public async Task Nothing_of_a_disclosed_record_is_passed_over(string members)
    {
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        var answer = await service.VerifyAsync(Disclosing.Members(service, receipt, JsonNode.Parse(members)!.AsObject()));
        Assert.Equal((true, "unavailable", "not-screenable"), ((bool)answer["genuine"]!, (string)answer["replay"]!["result"]!, (string?)answer["replay"]!["why"]));
    }

    [Fact]
    public async Task Without_being_asked_for_nothing_changes()
    {
        var call = RecordDoors.Booking(Requests.NothingToReport(), [CdsCalls.Psoriasis()]);
        using var with = await service.PreferAsync(call, path: CdsCalls.Book);
        using var without = await service.PostAsync(CdsCalls.Book, call.ToJsonString());
        Assert.False(without.Headers.Contains("Preference-Applied"));
        var text = await with.Content.ReadAsStringAsync();
        var start = text.IndexOf(",\"" + DoorReceipts.Extension, StringComparison.Ordinal);
        var bare = text[..start] + text[(text.IndexOf("~\"", start, StringComparison.Ordinal) + 2)..];
        Assert.Equal(Unsealed(await without.Content.ReadAsStringAsync()), Unsealed(bare));

        var parameters = RestToFhir.Parameters(Requests.NothingToReport())!;
        using var screened = await service.PreferAsync(parameters, path: FhirCalls.Screen);
        var (_, plain) = await service.FhirScreenAsync(parameters);
        var bundle = JsonNode.Parse(await screened.Content.ReadAsStringAsync())!.AsObject();
        Assert.Empty(plain.Resources("Provenance"));
        bundle["entry"]!.AsArray().RemoveAt(bundle["entry"]!.AsArray().Count - 1);
        Assert.Equal(Anonymous(plain), Anonymous(bundle));

        // The link to the page is sealed anew each time, and the decision of $screen has an id of its own.
        static string Unsealed(string cards) => System.Text.RegularExpressions.Regex.Replace(
            cards, "(?<=/decisions/)[A-Za-z0-9_-]+", string.Empty, System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        static string Anonymous(JsonObject answer) =>
            answer.ToJsonString().Replace(((string)FhirDecision.Of(answer)["decisionId"]!).ToString(), "id", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_that_is_too_large_for_its_decision_still_has_its_receipt()
    {
        var call = CdsCalls.Booking(Requests.Everything());
        var appointment = CdsCalls.Appointment(Requests.Everything());
        call["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, 100).Select(i =>
        {
            var one = appointment.DeepClone().AsObject();
            one["id"] = "a" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return one;
        })]);
        using var response = await service.PreferAsync(call, path: CdsCalls.Book);
        var cards = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["cards"]!.AsArray();
        Assert.Contains(cards, card => card!["extension"]![CdsCalls.Decision] is null);
        Assert.All(cards, card => Assert.NotNull(DoorReceipts.OfCard(card!.AsObject())));
        await service.AssertReplaysAsync(DoorReceipts.OfCard(cards[^1]!.AsObject())!);
        Assert.Equal((string)cards[^1]!["uuid"]!, (string)SignedDecisions.Payload(DoorReceipts.OfCard(cards[^1]!.AsObject())!)["jti"]!);
    }
}
