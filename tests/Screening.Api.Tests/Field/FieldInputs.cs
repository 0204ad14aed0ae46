using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.Field;

/// <summary>The inputs from the field: the files of the folder, and those that the table describes without a file.</summary>
internal static class FieldInputs
{
    private const string Folder = "tests/Screening.Api.Tests/Cases/field";

    /// <summary>The names of the files, without their ending.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Repository.Path(Folder), "*.json").Select(path => Path.GetFileName(path)[..^".json".Length]).Order(StringComparer.Ordinal)];

    /// <summary>The inputs without a file, by the name that they have here.</summary>
    public static IReadOnlyDictionary<string, Func<JsonObject>> Described { get; } = new Dictionary<string, Func<JsonObject>>(StringComparer.Ordinal)
    {
        ["member-without-a-name.screen"] = () => Json("""{ "resourceType": "Parameters", "": 0 }"""),
        ["member-without-a-name.hook"] = () => WithCondition("""{ "resourceType": "Condition", "id": "c1", "": 0, "subject": { "reference": "Patient/pat-1" } }"""),
        ["abstract-type.hook"] = () => WithCondition("""{ "resourceType": "DomainResource" }"""),
        ["psoriasis-system-with-slash.hook"] = () => Psoriasis(""" "system": "http://hl7.org/fhir/sid/icd-10-cm/", "code": "L40.0" """),
        ["psoriasis-system-with-https.hook"] = () => Psoriasis(""" "system": "https://hl7.org/fhir/sid/icd-10-cm", "code": "L40.0" """),
        ["psoriasis-system-with-version.hook"] = () => Psoriasis(""" "system": "http://hl7.org/fhir/sid/icd-10-cm|2026", "code": "L40.0" """),
        ["psoriasis-display-without-system.hook"] = () => Psoriasis(""" "code": "L40.0", "display": "Psoriasis vulgaris" """),
        ["psoriasis-code-without-system.hook"] = () => Psoriasis(""" "code": "L40.0" """),
        ["clearance-of-2199.request"] = () => Cleared("2199-01-01"),
    };

    /// <summary>The input of a name.</summary>
    public static JsonObject Read(string name) => Described.TryGetValue(name, out var described) ? described() : Json(File.ReadAllText(FileOf(name)));

    /// <summary>The full path of a file.</summary>
    public static string FileOf(string name) => Repository.Path($"{Folder}/{name}.json");

    /// <summary>Where an input goes: the way of the table.</summary>
    public static string PathOf(string name, JsonObject input) => input.ContainsKey("hook") ? CdsCalls.Book
        : (string?)input["resourceType"] == "Parameters" ? FhirCalls.Screen
        : "/v1/screenings";

    private static JsonObject Psoriasis(string coding) => WithCondition($$"""
        {
          "resourceType": "Condition", "id": "c1", "subject": { "reference": "Patient/pat-1" },
          "clinicalStatus": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active" }] },
          "code": { "coding": [{ {{coding}} }] }
        }
        """);

    private static JsonObject WithCondition(string condition)
    {
        var call = Read("epic-4119-warning-beside-form.hook");
        call["prefetch"]!["questionnaireResponses"]!["entry"]!.AsArray().RemoveAt(1);
        call["prefetch"]!["conditions"] = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "searchset",
            ["entry"] = new JsonArray(new JsonObject { ["resource"] = Json(condition) }),
        };
        return call;
    }

    private static JsonObject Cleared(string on)
    {
        var request = Read("rest-start-without-seconds-datetime-local");
        request["answers"]!["isotretinoinUse"] = "past";
        request["clearances"] = new JsonArray(new JsonObject { ["ruleId"] = "isotretinoin", ["by"] = "Dr A. Example", ["on"] = on });
        return request;
    }

    private static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
