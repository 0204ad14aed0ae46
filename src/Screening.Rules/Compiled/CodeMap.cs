using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>A protocol's codes and words of health records, compiled: finds what an entry raises.</summary>
internal sealed class CodeMap
{
    private readonly ImmutableArray<RecordSet> sets;
    private readonly Dictionary<(CodeSystem System, string Key), List<(int Set, RecordCoding Coding)>> exact = [];
    private readonly Dictionary<(CodeSystem System, string Key), List<(int Set, RecordCoding Coding)>> prefixes = [];
    private readonly int longestPrefix;
    private readonly WordTable words;

    internal CodeMap(ProtocolDocument document, Func<string, CompiledQuestion> find)
    {
        sets = [.. document.Codes.Select(codes => new RecordSet(codes, find(codes.Question), WaitOf(document, codes.Question)))];
        words = new WordTable(document.Codes, document.RecordWords);
        foreach (var (i, set) in document.Codes.Index())
        {
            foreach (var coding in set.Codings)
            {
                var system = CodeSystem.Find(coding.System)!;
                var table = coding.Descendants ? prefixes : exact;
                var key = (system, system.Key(coding.Code));
                table.TryAdd(key, []);
                table[key].Add((i, coding));
            }
        }

        longestPrefix = prefixes.Keys.Select(key => key.Key.Length).DefaultIfEmpty().Max();
    }

    /// <summary>What the entries of a record raise; what has no code or word of the protocol, or raises nothing, is left out.</summary>
    internal List<RecordFinding> Find(IReadOnlyList<RecordEntry> entries, Day today)
    {
        // Many entries may be of one thing, as the uses of a device are, or called the same: its codes and words are looked up once.
        var known = new Dictionary<(RecordConcept Concept, RecordKind Kind), List<CodeMatch>>();
        var read = new Dictionary<(string Text, RecordKind Kind), List<WordMatch>>();
        var found = new List<(RecordEntry Entry, List<CodeMatch> Matches)>();
        foreach (var entry in entries)
        {
            if (!known.TryGetValue((entry.Concept, entry.Kind), out var matches))
            {
                known.Add((entry.Concept, entry.Kind), matches = Matches(entry, read));
            }

            found.Add((entry, matches));
        }

        var findings = new EntryFindings(today, found.SelectMany(one => one.Matches.Select(match => (one.Entry, sets[match.Set]))));
        return [.. found.SelectMany(one => Raised(one.Entry, one.Matches, findings))];
    }

    /// <summary>True when a text holds a word of the protocol, in whatever sense.</summary>
    internal bool Mentions(string text) => words.Mentioned(text).Any();

    /// <summary>
    /// What an entry raises: by its codes, and by its words what its codes do not raise as it is. A code says exactly what words beside it
    /// leave open.
    /// </summary>
    private IEnumerable<RecordFinding> Raised(RecordEntry entry, List<CodeMatch> matches, EntryFindings findings)
    {
        List<RecordFinding> byCode = [.. matches.Where(match => match.Words is null).SelectMany(Of)];
        return byCode.Concat(matches.Where(match => match.Words is not null).SelectMany(Of).Where(byWord => !byCode.Exists(coded =>
            coded.Question == byWord.Question && (coded.Option == byWord.Option || byWord.InPlaceOf.Length > 0))));

        IEnumerable<RecordFinding> Of(CodeMatch match) => findings.Of(entry, sets[match.Set], match);
    }

    /// <summary>
    /// The sets that an entry is of, each once by codes and once by words. Words that only say what a code of the entry is called add
    /// nothing to it, so that an entry whose code raises nothing, as by its route or its end, stays harmless.
    /// </summary>
    private List<CodeMatch> Matches(RecordEntry entry, Dictionary<(string Text, RecordKind Kind), List<WordMatch>> read)
    {
        List<CodeMatch> matches = [.. entry.Concept.Codes.SelectMany(Codings)
            .Where(match => sets[match.Set].Codes.Entries.Contains(entry.Kind))
            .DistinctBy(match => match.Set)
            .Select(match => new CodeMatch(match.Set, match.Coding, null))];
        var decided = matches.Select(match => match.Set).ToHashSet();
        var called = matches.SelectMany(match => words.Mentioned(match.Coding!.Display)).ToHashSet(StringComparer.Ordinal);
        matches.AddRange(entry.Concept.Texts
            .SelectMany(text => Read(text).Select(word => (Text: text, Word: word)))
            .Where(one => !decided.Contains(one.Word.Set) && !called.Contains(one.Word.Phrase))
            .DistinctBy(one => one.Word.Set)
            .Select(one => new CodeMatch(one.Word.Set, null, RecordText.Shown(one.Text, one.Word.At))));
        return matches;

        List<WordMatch> Read(string text)
        {
            if (!read.TryGetValue((text, entry.Kind), out var found))
            {
                read.Add((text, entry.Kind), found = [.. words.Find(text, entry.Kind)]);
            }

            return found;
        }
    }

    private IEnumerable<(int Set, RecordCoding Coding)> Codings(RecordCode code)
    {
        if (CodeSystem.Find(code.System) is not { } system)
        {
            return [];
        }

        var key = system.Key(code.Code);
        var matches = exact.GetValueOrDefault((system, key), []).AsEnumerable();
        for (var length = Math.Min(key.Length, longestPrefix); system.IsByPrefix && length > 0; length--)
        {
            matches = matches.Concat(prefixes.GetValueOrDefault((system, key[..length]), []));
        }

        return matches;
    }

    /// <summary>The longest wait that a rule counts from an answer to a question.</summary>
    private static int WaitOf(ProtocolDocument document, string question) =>
        document.Rules.Where(rule => rule.Condition.Question == question)
            .Select(rule => rule.Condition.WaitDays ?? 0).DefaultIfEmpty().Max();
}

/// <summary>A set of codes and words with its question.</summary>
/// <param name="Codes">The set.</param>
/// <param name="Question">The question whose answer it raises.</param>
/// <param name="WaitDays">The longest wait that a rule counts from an answer to the question; 0 where none does.</param>
internal sealed record RecordSet(RecordCodes Codes, CompiledQuestion Question, int WaitDays)
{
    /// <summary>Each is one of a protocol's; what they hold need not be compared.</summary>
    public bool Equals(RecordSet? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>By what an entry is of a set.</summary>
/// <param name="Set">The set.</param>
/// <param name="Coding">The code; null: by words.</param>
/// <param name="Words">The record's words; null: by a code.</param>
internal readonly record struct CodeMatch(int Set, RecordCoding? Coding, string? Words);

/// <summary>What one entry raises.</summary>
/// <param name="Question">The question.</param>
/// <param name="Option">The option's index; of events <see cref="NotKnown"/> as well.</param>
/// <param name="Dates">When it ended, or every date on which it may have happened; one that is null is not told.</param>
/// <param name="Reference">What the record calls the entry.</param>
/// <param name="Coding">The code by which it raises; null: it raises by words.</param>
/// <param name="Words">The record's own words by which it raises; null: it raises by a code.</param>
internal sealed record RecordFinding(
    CompiledQuestion Question, int Option, ImmutableArray<PartialDate?> Dates, string Reference, RecordCoding? Coding, string? Words)
{
    /// <summary>In place of the option of an event: that the events are not known. No question of events has an option for it.</summary>
    public const int NotKnown = -1;

    /// <summary>
    /// What a code would raise in its place, where it stands only for a word, so that nobody knows; empty otherwise. To who has said all of
    /// that, the entry tells nothing new.
    /// </summary>
    public ImmutableArray<RecordFinding> InPlaceOf { get; init; } = [];
}
