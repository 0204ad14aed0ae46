using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>One prefetch request of this service to its clients.</summary>
/// <param name="Key">Its prefetch key.</param>
/// <param name="Type">The type of the resources.</param>
/// <param name="Label">The display name of the resources.</param>
/// <param name="Query">The FHIR read or search, with a placeholder for the patient's id.</param>
/// <param name="IsSearch">True when the response is a Bundle.</param>
public sealed record PrefetchTemplate(string Key, string Type, LocalizedText Label, string Query, bool IsSearch)
{
    private const string Person = "{{context.patientId}}";

    /// <summary>The key of the patient.</summary>
    public const string PatientKey = "patient";

    /// <summary>The key of the filled-in intake forms.</summary>
    public const string ResponsesKey = "questionnaireResponses";

    /// <summary>False for data that is not requested, but counts if it is sent.</summary>
    public bool IsAsked { get; init; } = true;

    /// <summary>The data that is requested only if the operator names it: its keys and resource types.</summary>
    public static IReadOnlyList<(string Key, string Type)> Further { get; } =
        [.. RecordResourceTypes.All.Where(type => type.Search is { ByDefault: false }).Select(type => (type.Search!.Key, type.Name))];

    /// <summary>
    /// The data that the versions of a protocol may check: the patient, the filled-in forms and, if any version has record codes, the parts
    /// of a record that can hold such codes. It does not depend on the version, since the next may differ but clients read the templates
    /// only once.
    /// </summary>
    /// <remarks>
    /// By default only the searches that every server of US Core supports (see <see cref="RecordSearch"/>): a search that a server does not
    /// support fails, and that part of the record is then missing. So forms are searched by patient alone: servers need not support
    /// searches by questionnaire or status, and these would miss forms filled in under another name. Without <c>_count</c>, since a first
    /// page alone would not be a record. For the other restrictions see
    /// <see href="https://cds-hooks.hl7.org/2.0.1/#prefetch-query-restrictions"/>.
    /// </remarks>
    /// <param name="family">The protocol.</param>
    /// <param name="named">The keys of <see cref="Further"/> to request as well.</param>
    public static IReadOnlyList<PrefetchTemplate> For(ProtocolFamily family, IReadOnlyCollection<string> named)
    {
        var sets = family.Versions.SelectMany(version => version.Document.Codes).ToList();
        return
        [
            new(PatientKey, "Patient", Words.Text("resource.patient"), $"Patient/{Person}", false),
            new(
                ResponsesKey, "QuestionnaireResponse", Words.Text("resource.questionnaireResponse"), $"QuestionnaireResponse?patient={Person}", true),
            .. sets.Count > 0 ? RecordResourceTypes.All.Select(type => Search(type, sets, named)).OfType<PrefetchTemplate>() : [],
        ];
    }

    /// <summary>The search for a type of the record; null when there is none, or when no code set checks the type.</summary>
    private static PrefetchTemplate? Search(RecordResourceType type, List<RecordCodes> sets, IReadOnlyCollection<string> named)
    {
        if (type.Search is not { } search)
        {
            return null;
        }

        var codes = search.OnlyListedCodes ? ListedCodes(type, sets) : null;
        var query = $"{type.Name}?patient={Person}"
            + (search.Where is null ? "" : "&" + search.Where)
            + (codes is null ? "" : "&code=" + string.Join(',', codes))
            + (search.Include is null ? "" : $"&_include={type.Name}:{search.Include}");
        return codes is [] ? null
            : new(search.Key, type.Name, type.Label, query, true) { IsAsked = search.ByDefault || named.Contains(search.Key) };
    }

    private static List<string> ListedCodes(RecordResourceType type, List<RecordCodes> sets) =>
    [
        .. sets.Where(set => set.Entries.Any(kind => kind == type.Kind)).SelectMany(set => set.Codings).Select(coding => coding.Code)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
