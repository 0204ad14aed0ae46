using System.Text.Json.Nodes;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Calls of the CDS services, made of what a screening request says.</summary>
internal static class CdsCalls
{
    public const string Patient = "42";
    public const string Book = "/cds-services/sublative-rf-appointment-book";
    public const string Opened = "/cds-services/sublative-rf-patient-view";
    public const string Decision = "urn:screening-api:decision";

    private const string NoForm = "not screened, no usable intake form came";
    private const string Instance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";
    private const string ZoneExtension = "http://hl7.org/fhir/StructureDefinition/timezone";

    private static readonly string[] RecordKeys = ["conditions", "allergies", "medicationRequests", "medicationStatements", "deviceUses", "devices", "procedures", "observations"];

    /// <summary>A booking of the request's appointment, its answers in the one form of the person, nothing in the record.</summary>
    public static JsonObject Booking(JsonObject rest)
    {
        var appointment = Appointment(rest);
        return new JsonObject
        {
            ["hook"] = "appointment-book",
            ["hookInstance"] = Instance,
            ["fhirServer"] = "https://ehr.example.org/fhir",
            ["context"] = new JsonObject
            {
                ["userId"] = "Practitioner/7",
                ["patientId"] = Patient,
                ["appointments"] = Bundle(appointment),
            },
            ["prefetch"] = Prefetch(Form(rest)),
        };
    }

    /// <summary>The same answers, when the record is opened.</summary>
    public static JsonObject View(JsonObject rest)
    {
        var call = Booking(rest);
        call["hook"] = "patient-view";
        call["context"]!.AsObject().Remove("appointments");
        return call;
    }

    /// <summary>The appointment, with its clinic's zone and an end as malformed as the specification's.</summary>
    public static JsonObject Appointment(JsonObject rest)
    {
        var appointment = Parameter(rest, "appointment");
        appointment["id"] = "apt1";
        appointment["extension"] = new JsonArray(new JsonObject { ["url"] = ZoneExtension, ["valueCode"] = rest["appointment"]!["timeZone"]!.DeepClone() });
        appointment["end"] ??= "2026-06-10T11:00:00:00-07:00";
        return appointment;
    }

    public static JsonObject Form(JsonObject rest)
    {
        var form = Parameter(rest, "questionnaireResponse");
        form["authored"] = "2026-05-30T09:00:00Z";
        return form;
    }

    /// <summary>All that is asked for: the forms, the person, and a record with nothing in it.</summary>
    public static JsonObject Prefetch(params JsonNode[] forms)
    {
        var prefetch = new JsonObject { ["patient"] = new JsonObject { ["resourceType"] = "Patient", ["id"] = Patient }, ["questionnaireResponses"] = Bundle(forms) };
        foreach (var key in RecordKeys)
        {
            prefetch[key] = Bundle();
        }

        return prefetch;
    }

    public static JsonObject Bundle(params JsonNode[] resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "searchset",
        ["total"] = resources.Length,
        ["entry"] = new JsonArray([.. resources.Select(resource => new JsonObject { ["resource"] = resource })]),
    };

    /// <summary>A resource about the person.</summary>
    public static JsonObject Resource(string json)
    {
        var resource = (JsonObject)JsonNode.Parse(json)!;
        resource[resource["resourceType"]!.ToString() is "Device" or "AllergyIntolerance" ? "patient" : "subject"] = new JsonObject { ["reference"] = "Patient/" + Patient };
        return resource;
    }

    public static JsonObject Psoriasis(string id = "c1") => Resource($$"""
        {
          "resourceType": "Condition", "id": "{{id}}",
          "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
          "verificationStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed" }] },
          "code": { "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "L40.0" }] }
        }
        """);

    /// <summary>Calls a service; the cards of an answer that is 200.</summary>
    public static async Task<IReadOnlyList<JsonObject>> CardsAsync(this ServiceFixture service, JsonObject call, string path = Book, string language = "en")
    {
        using var content = new StringContent(call.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await service.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 200, text);
        Assert.Equal((language, "no-store"), (Assert.Single(response.Content.Headers.ContentLanguage), response.Headers.CacheControl!.ToString()));
        var answer = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("cards", Assert.Single(answer).Key);
        var cards = answer["cards"]!.AsArray().Select(card => card!.AsObject()).ToList();
        Assert.All(cards, AssertWellFormed);
        Assert.Equal(cards.Count, cards.Select(card => (string)card["uuid"]!).Distinct(StringComparer.Ordinal).Count());
        return cards;
    }

    public static string Text(this JsonObject card, string member) => (string)card[member]!;

    /// <summary>The status; a card without a form has no decision, and says in its summary whether the record excludes.</summary>
    public static string Eligibility(this JsonObject card) =>
        IsWithoutForm(card)
            ? (card.Text("summary").EndsWith(NoForm, StringComparison.Ordinal) ? "incomplete" : "ineligible")
            : (string)card["extension"]![Decision]!["eligibility"]!;

    /// <summary>True for the short card where no form came.</summary>
    public static bool IsWithoutForm(this JsonObject card) =>
        !card.ContainsKey("extension")
        && (card.Text("summary").EndsWith(NoForm, StringComparison.Ordinal)
            || card.Text("summary").EndsWith("an exclusion applies", StringComparison.Ordinal));

    // https://cds-hooks.hl7.org/2.0.1/#card-attributes
    private static void AssertWellFormed(JsonObject card)
    {
        Assert.True(Guid.TryParseExact(card.Text("uuid"), "D", out _));
        Assert.InRange(card.Text("summary").Length, 1, 139);
        Assert.DoesNotContain('\n', card.Text("summary"));
        Assert.Contains(card.Text("indicator"), (string[])["info", "warning", "critical"]);
        Assert.NotEmpty(card.Text("detail"));
        Assert.NotEmpty((string)card["source"]!["label"]!);
        Assert.All(["system", "code", "display"], name => Assert.NotEmpty((string)card["source"]!["topic"]![name]!));
        Assert.All(card["overrideReasons"]?.AsArray() ?? [], reason => Assert.NotEmpty((string)reason!["display"]!));
        // Only a card that tells no more than the outcome has no links.
        Assert.True(card.ContainsKey("links") || card["extension"] is null || card["extension"]![Decision]!["rules"] is null);
        Assert.All(card["links"]?.AsArray() ?? [], link => Assert.True((string)link!["type"]! == "absolute" && Uri.IsWellFormedUriString((string)link["url"]!, UriKind.Absolute)));
        Assert.False(card.ContainsKey("suggestions"));
    }

    private static JsonObject Parameter(JsonObject rest, string name) =>
        RestToFhir.Parameters(RestToFhir.ForHook(rest))!["parameter"]!.AsArray().Single(parameter => (string)parameter!["name"]! == name)!["resource"]!.DeepClone().AsObject();
}
