using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>One thing that this service asks its clients to fetch.</summary>
/// <param name="Key">The key under which it comes.</param>
/// <param name="Type">The type of the resources; also what people are told of it.</param>
/// <param name="Query">The FHIR read or search, with the person's id still to be put in.</param>
/// <param name="IsSearch">True when a Bundle comes of it.</param>
public sealed record PrefetchTemplate(string Key, string Type, string Query, bool IsSearch)
{
    private const string Person = "{{context.patientId}}";

    /// <summary>The key of the person.</summary>
    public const string PatientKey = "patient";

    /// <summary>The key of the filled-in intake forms.</summary>
    public const string ResponsesKey = "questionnaireResponses";

    /// <summary>
    /// What the versions of a protocol may look at: the person, the filled-in forms, and, where some version has codes of records, the parts of a record
    /// that can hold such codes: which of them do may change with the next version, while clients ask but once what to fetch. The queries use what the specification recommends to stay with: reads, searches by reference and token, and a sort; and, as its own examples do,
    /// an include, since an order that only points at its medicine says nothing.
    /// </summary>
    /// <remarks><see href="https://cds-hooks.hl7.org/2.0.1/#prefetch-query-restrictions"/>. No <c>_count</c>: a first page alone would be no record.</remarks>
    public static IReadOnlyList<PrefetchTemplate> For(ProtocolFamily family)
    {
        var sets = family.Versions.SelectMany(version => version.Document.Codes).ToList();
        RecordKind[] kinds = sets.Count > 0 ? Enum.GetValues<RecordKind>() : [];
        return
        [
            new(PatientKey, "Patient", $"Patient/{Person}", false),
            new(ResponsesKey, "QuestionnaireResponse", $"QuestionnaireResponse?patient={Person}&questionnaire={Canonicals.Questionnaire(family.Id)}&status=completed,amended&_sort=-authored", true),
            .. kinds.SelectMany(kind => OfKind(kind, sets)),
        ];
    }

    private static PrefetchTemplate[] OfKind(RecordKind kind, List<RecordCodes> sets) => kind switch
    {
        RecordKind.Condition => [Search("conditions", "Condition")],
        RecordKind.Allergy => [Search("allergies", "AllergyIntolerance")],
        RecordKind.Medication => [Search("medicationRequests", "MedicationRequest", "&_include=MedicationRequest:medication"), Search("medicationStatements", "MedicationStatement", "&_include=MedicationStatement:medication")],
        RecordKind.Device => [Search("deviceUses", "DeviceUseStatement", "&_include=DeviceUseStatement:device"), Search("devices", "Device")],
        RecordKind.Procedure => [Search("procedures", "Procedure")],
        RecordKind.Observation => ObservedCodes(sets) is { Count: > 0 } codes ? [Search("observations", "Observation", "&code=" + string.Join(',', codes))] : [],
    };

    /// <summary>A record holds many observations: only those are asked for that some code set looks at.</summary>
    private static List<string> ObservedCodes(List<RecordCodes> sets) =>
        [.. sets.Where(set => set.Entries.Contains(RecordKind.Observation)).SelectMany(set => set.AnyOf).Select(coding => coding.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static PrefetchTemplate Search(string key, string type, string more = "") => new(key, type, $"{type}?patient={Person}{more}", true);
}
