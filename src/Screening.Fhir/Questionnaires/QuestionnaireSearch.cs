using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;

namespace Screening.Fhir.Questionnaires;

/// <summary>Finds protocols' Questionnaires by their names: the same names under which a completed form is accepted.</summary>
public static class QuestionnaireSearch
{
    /// <summary>The versions whose Questionnaire is meant; at most one of each protocol.</summary>
    /// <param name="catalog">The protocols.</param>
    /// <param name="names">The accepted names.</param>
    /// <param name="url">The name, optionally with <c>|version</c>.</param>
    /// <param name="version">The protocol's version; null for the version in the name or else the one in force.</param>
    /// <param name="today">The date that determines the version in force.</param>
    public static IEnumerable<Protocol> Find(ProtocolCatalog catalog, FormNames names, string url, string? version, LocalDate today) =>
        catalog.Families.Where(family => names.IsOf(url, family)).Select(family => Version(family, url, version, today)).OfType<Protocol>();

    /// <summary>The result of a search.</summary>
    /// <param name="self">The address of the search.</param>
    /// <param name="matches">The Questionnaires, each with its address where it is known.</param>
    public static Bundle Bundle(string self, IReadOnlyList<(string? Address, Questionnaire Form)> matches) => new()
    {
        Type = Hl7.Fhir.Model.Bundle.BundleType.Searchset,
        Total = matches.Count,
        Link = [new Bundle.LinkComponent { Relation = "self", Url = self }],
        Entry =
        [
            .. matches.Select(match => new Bundle.EntryComponent
            {
                FullUrl = match.Address,
                Resource = match.Form,
                Search = new Bundle.SearchComponent { Mode = Hl7.Fhir.Model.Bundle.SearchEntryMode.Match },
            }),
        ],
    };

    /// <summary>A clinic's own name may include a version of the clinic's, which says nothing of the protocol's.</summary>
    private static Protocol? Version(ProtocolFamily family, string url, string? version, LocalDate today)
    {
        var stated = FormNames.OwnAlone.IsOf(url, family) ? FormNames.VersionOf(url) : null;
        return version is not null && stated is not null && version != stated ? null
            : (version ?? stated) is { } wanted ? family.Versions.FirstOrDefault(known => known.Document.Version == wanted)
            : family.InForce(today);
    }
}
