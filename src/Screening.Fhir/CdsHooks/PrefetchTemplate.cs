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

    /// <summary>False for what is not asked for, and counts where it comes nevertheless.</summary>
    public bool IsAsked { get; init; } = true;

    /// <summary>
    /// What is asked for only where whoever runs the service names it: the keys, with the types of resources that come under them.
    /// </summary>
    public static IReadOnlyList<(string Key, string Type)> Further { get; } =
        [.. RecordResourceTypes.All.Where(type => type.Search is { ByDefault: false }).Select(type => (type.Search!.Key, type.Name))];

    /// <summary>
    /// What the versions of a protocol may look at: the person, the filled-in forms, and, where some version has codes of records, the
    /// parts of a record that can hold such codes: which of them do may change with the next version, while clients ask but once what to
    /// fetch.
    /// </summary>
    /// <remarks>
    /// By default nothing but the searches that every server of US Core has (see <see cref="RecordSearch"/>): one that a server does not
    /// know fails, and then nothing of that part is seen. So the forms are asked for by their person alone: to search them by their
    /// questionnaire or status a server need not know, and it would not find those that were filled in under another name. No
    /// <c>_count</c>: a first page alone would be no record. What else there is to keep to: <see
    /// href="https://cds-hooks.hl7.org/2.0.1/#prefetch-query-restrictions"/>.
    /// </remarks>
    /// <param name="family">The protocol.</param>
    /// <param name="named">The keys of <see cref="Further"/> that are asked for as well.</param>
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

    /// <summary>The search for a type of the record; null when there is none, or no code set looks at any of it.</summary>
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
