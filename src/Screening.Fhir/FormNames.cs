using Screening.Rules;

namespace Screening.Fhir;

/// <summary>
/// The names under which a filled-in form counts as that of a protocol: the canonical URL of its Questionnaire; the Questionnaire as a
/// resource, relative or at whatever server it was copied to; each alone or with a version that there is; and what a clinic says that its
/// own copy is called.
/// </summary>
/// <remarks>
/// A version that nobody here knows is no name: that form may ask other things. What a clinic names counts in every version, unless the
/// clinic names one. A name does not pick the version that decides: an exclusion that came into force after the form was filled in counts
/// all the same.
/// </remarks>
/// <param name="further">Canonical URLs, each perhaps with <c>|version</c>, beside those that follow from the protocol.</param>
public sealed class FormNames(IReadOnlyCollection<string> further)
{
    private const string Type = "Questionnaire/";

    /// <summary>No names but those that follow from the protocol.</summary>
    public static FormNames OwnAlone { get; } = new([]);

    /// <summary>
    /// True for what can be a name of a Questionnaire at all: a canonical URL, or a reference, each perhaps with a version.
    /// </summary>
    public static bool IsName(string text)
    {
        var name = NameOf(text);
        return !text.Any(char.IsWhiteSpace)
            && (Uri.TryCreate(name, UriKind.Absolute, out _) || (name.StartsWith(Type, StringComparison.Ordinal) && name.Length > Type.Length));
    }

    /// <summary>True when a form of this name counts for a protocol.</summary>
    public bool IsOf(string? questionnaire, ProtocolFamily family)
    {
        if (questionnaire is null)
        {
            return false;
        }

        var name = NameOf(questionnaire);
        var version = questionnaire.Length > name.Length ? questionnaire[(name.Length + 1)..] : null;
        return further.Any(known => Names(known, questionnaire) || Names(known, name))
            || (IsOwn(name, family.Id) && (version is null || family.Versions.Any(known => known.Document.Version == version)));
    }

    private static string NameOf(string questionnaire) =>
        questionnaire.LastIndexOf('|') is var bar and >= 0 ? questionnaire[..bar] : questionnaire;

    /// <summary>The same name, or the same Questionnaire relative to a server.</summary>
    private static bool Names(string known, string name) =>
        name == known || (name.StartsWith(Type, StringComparison.Ordinal) && known.EndsWith("/" + name, StringComparison.Ordinal));

    private static bool IsOwn(string name, string protocol) =>
        name == Canonicals.Questionnaire(protocol) || name == Type + protocol || IsAtSomeServer(name, protocol);

    private static bool IsAtSomeServer(string name, string protocol) =>
        Uri.TryCreate(name, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && name.EndsWith("/" + Type + protocol, StringComparison.Ordinal);
}
