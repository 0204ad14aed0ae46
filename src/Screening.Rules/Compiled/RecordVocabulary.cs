using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>What a protocol can read from a health record. Entries that cannot be read are gaps and no evidence of absence.</summary>
public sealed class RecordVocabulary
{
    /// <summary>
    /// The most characters of a text that are read. Names are far shorter; reading a text of a megabyte would slow every call that sends
    /// it.
    /// </summary>
    public const int MaxLengthRead = 4000;

    /// <summary>The most characters of the record's own words that evidence holds.</summary>
    public const int MaxExcerptLength = 200;

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

    /// <summary>The vocabulary of a protocol without codes, for entries that are read before the protocol is known.</summary>
    public static RecordVocabulary None { get; } = new([], _ => false);

    /// <summary>
    /// True when the concept of an entry can be read: it has a code of a system whose codes the protocol lists for this kind of entry, or
    /// any word at all. If false, the entry says nothing about any question. The words of an observation name what was asked, and only its
    /// value answers: without a readable code, an observation whose words mention something that the protocol checks cannot be read.
    /// </summary>
    public bool Reads(RecordKind kind, RecordConcept concept) =>
        concept.Codes.Any(code => !string.IsNullOrWhiteSpace(code.Code)
            && CodeSystem.Find(code.System) is { } system && listed.Contains((kind, system)))
        || (concept.Texts.Any(text => text.Any(char.IsLetterOrDigit))
            && (kind != RecordKind.Observation || !concept.Texts.Any(mentions)));

    /// <summary>False when a text is longer than the part that is read, so that its end is unknown.</summary>
    public static bool ReadsAllOf(RecordConcept concept) => concept.Texts.All(text => text.Length <= MaxLengthRead);
}
