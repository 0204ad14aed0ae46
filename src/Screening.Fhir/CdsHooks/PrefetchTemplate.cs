using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>One thing that this service asks its clients to fetch.</summary>
/// <param name="Key">The key under which it comes.</param>
/// <param name="Type">The type of the resources.</param>
/// <param name="Label">What people call them.</param>
/// <param name="Query">The FHIR read or search, with the person's id still to be put in.</param>
/// <param name="IsSearch">True when a Bundle comes of it.</param>
public sealed record PrefetchTemplate(string Key, string Type, LocalizedText Label, string Query, bool IsSearch)
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
        return
        [
            new(PatientKey, "Patient", Text("The person", "La persona"), $"Patient/{Person}", false),
            new(
                ResponsesKey,
                "QuestionnaireResponse",
                Text("Intake forms", "Cuestionarios"),
                $"QuestionnaireResponse?patient={Person}&questionnaire={Canonicals.Questionnaire(family.Id)}"
                    + "&status=completed,amended&_sort=-authored",
                true),
            .. sets.Count > 0 ? RecordResourceTypes.All.Select(type => Search(type, sets)).OfType<PrefetchTemplate>() : [],
        ];
    }

    /// <summary>The search for a type of the record; null when it is not asked for, or no code set looks at any of it.</summary>
    private static PrefetchTemplate? Search(RecordResourceType type, List<RecordCodes> sets)
    {
        if (type.Search is not { } search)
        {
            return null;
        }

        var codes = search.OnlyListedCodes ? ListedCodes(type, sets) : null;
        var query = $"{type.Name}?patient={Person}"
            + (search.Include is null ? "" : $"&_include={type.Name}:{search.Include}")
            + (codes is null ? "" : "&code=" + string.Join(',', codes));
        return codes is [] ? null : new(search.Key, type.Name, type.Label, query, true);
    }

    private static List<string> ListedCodes(RecordResourceType type, List<RecordCodes> sets) =>
    [
        .. sets.Where(set => set.Entries.Any(kind => kind == type.Kind)).SelectMany(set => set.Codings).Select(coding => coding.Code)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };
}
