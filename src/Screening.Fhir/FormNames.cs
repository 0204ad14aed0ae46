using Screening.Rules;

namespace Screening.Fhir;

/// <summary>
/// The accepted names of a protocol's Questionnaire in a filled-in form: its canonical URL; the Questionnaire as a resource, relative or on
/// any server that it was copied to; each alone or with an existing version; and the clinic's names for its own copy.
/// </summary>
/// <remarks>
/// An unknown version is not accepted: that form may ask other questions. A clinic's own name is accepted in every version, unless it
/// includes one. The name does not select the version that decides: an exclusion that came into force after the form was filled in still
/// counts.
/// </remarks>
/// <param name="further">Canonical URLs, optionally with <c>|version</c>, in addition to the protocol's own.</param>
public sealed class FormNames(IReadOnlyCollection<string> further)
{
    private const string Type = "Questionnaire/";

    /// <summary>Only the protocol's own names.</summary>
    public static FormNames OwnAlone { get; } = new([]);

    /// <summary>True for a possible name of a Questionnaire: a canonical URL or a reference, optionally with a version.</summary>
    public static bool IsName(string text)
    {
        var name = NameOf(text);
        return !text.Any(char.IsWhiteSpace)
            && (Uri.TryCreate(name, UriKind.Absolute, out _) || (name.StartsWith(Type, StringComparison.Ordinal) && name.Length > Type.Length));
    }

    /// <summary>True when a form with this name belongs to a protocol.</summary>
    public bool IsOf(string? questionnaire, ProtocolFamily family)
    {
        if (questionnaire is null)
        {
            return false;
        }

        var name = NameOf(questionnaire);
        var version = VersionOf(questionnaire);
        return further.Any(known => Names(known, questionnaire) || Names(known, name))
            || (IsOwn(name, family.Id) && (version is null || family.Versions.Any(known => known.Document.Version == version)));
    }

    /// <summary>The names of a protocol's own form, in words.</summary>
    internal static LocalizedText AcceptedFor(ProtocolFamily family) => Accepted.OneOf(
        [Canonicals.Questionnaire(family.Id), .. family.Versions.Select(version => $"{Canonicals.Questionnaire(family.Id)}|{version.Document.Version}")]);

    /// <summary>The version in a name; null when it has none.</summary>
    internal static string? VersionOf(string questionnaire) =>
        questionnaire.LastIndexOf('|') is var bar and >= 0 ? questionnaire[(bar + 1)..] : null;

    private static string NameOf(string questionnaire) =>
        questionnaire.LastIndexOf('|') is var bar and >= 0 ? questionnaire[..bar] : questionnaire;

    /// <summary>True for the same name, or the same Questionnaire relative to a server.</summary>
    private static bool Names(string known, string name) =>
        name == known || (name.StartsWith(Type, StringComparison.Ordinal) && known.EndsWith("/" + name, StringComparison.Ordinal));

    private static bool IsOwn(string name, string protocol) =>
        name == Canonicals.Questionnaire(protocol) || name == Type + protocol || IsAtSomeServer(name, protocol);

    private static bool IsAtSomeServer(string name, string protocol) =>
        Uri.TryCreate(name, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && name.EndsWith("/" + Type + protocol, StringComparison.Ordinal);
}
