using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>
/// What a protocol can read of a health record: whoever reads the record asks it which entries say nothing here, for those are gaps, and no
/// evidence of absence.
/// </summary>
public sealed class RecordVocabulary
{
    /// <summary>
    /// How many characters of a text are looked at. The names of things are far shorter; a text of a whole megabyte would cost every call
    /// that carries it.
    /// </summary>
    public const int MostLookedAt = 4000;

    /// <summary>How many characters of the record's own words evidence holds, at most.</summary>
    public const int MostWords = 200;

    private readonly ImmutableHashSet<(RecordKind Kind, CodeSystem System)> listed;

    private readonly Func<string, bool> mentions;

    internal RecordVocabulary(IEnumerable<RecordCodes> sets, Func<string, bool> mentions)
    {
        listed =
        [
            .. from set in sets
               from kind in set.Entries
               from coding in set.Codings
               select (kind, CodeSystem.Find(coding.System)!),
        ];
        this.mentions = mentions;
    }

    /// <summary>That of a protocol without codes: for whoever looks at an entry before it is known which protocol decides.</summary>
    public static RecordVocabulary None { get; } = new([], _ => false);

    /// <summary>
    /// True when what an entry is of can be read: it has a code of a system of which the protocol lists codes for this kind of entry, or
    /// any word at all. An entry of which this is false says nothing here, whatever it is. The words of an observation ask, and only its
    /// value answers: where no code says what was asked, one whose words speak of what the protocol looks at cannot be read.
    /// </summary>
    public bool Reads(RecordKind kind, RecordConcept concept) =>
        concept.Codes.Any(code => !string.IsNullOrWhiteSpace(code.Code)
            && CodeSystem.Find(code.System) is { } system && listed.Contains((kind, system)))
        || (concept.Texts.Any(text => text.Any(char.IsLetterOrDigit))
            && (kind != RecordKind.Observation || !concept.Texts.Any(mentions)));

    /// <summary>False when a text is so long that its end is not looked at: nobody knows what stands there.</summary>
    public static bool SeesAllOf(RecordConcept concept) => concept.Texts.All(text => text.Length <= MostLookedAt);
}
