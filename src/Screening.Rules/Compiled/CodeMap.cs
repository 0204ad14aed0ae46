using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>A protocol's codes and words for health records, compiled to find what an entry implies.</summary>
internal sealed class CodeMap
{
    private readonly ImmutableArray<RecordSet> sets;
    private readonly Dictionary<(CodeSystem System, string Key), List<(int Set, RecordCoding Coding)>> exact = [];
    private readonly Dictionary<(CodeSystem System, string Key), List<(int Set, RecordCoding Coding)>> prefixes = [];
    private readonly int longestPrefix;
    private readonly WordTable words;

    internal CodeMap(ProtocolDocument document, Func<string, CompiledQuestion> find)
    {
        sets = [.. document.Codes.Select(codes => new RecordSet(codes, find(codes.Question), WaitOf(document, codes.Question), LessThanDaily(document, codes.Question)))];
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

    /// <summary>
    /// The findings of the entries of a record. Entries without a code or word of the protocol, or that imply nothing, are left out.
    /// </summary>
    internal List<RecordFinding> Find(IReadOnlyList<RecordEntry> entries, Day today)
    {
        // Many entries may share one concept, such as the uses of a device, or one name: look up its codes and words once.
        var matchesByConcept = new Dictionary<(RecordConcept Concept, RecordKind Kind), List<CodeMatch>>();
        var wordsByText = new Dictionary<(string Text, RecordKind Kind), List<WordMatch>>();
        var found = new List<(RecordEntry Entry, List<CodeMatch> Matches)>();
        foreach (var entry in entries)
        {
            if (!matchesByConcept.TryGetValue((entry.Concept, entry.Kind), out var matches))
            {
                matchesByConcept.Add((entry.Concept, entry.Kind), matches = Matches(entry, wordsByText));
            }

            found.Add((entry, matches));
        }

        var findings = new EntryFindings(today, found.SelectMany(one => one.Matches.Select(match => (one.Entry, sets[match.Set]))));
        return [.. found.SelectMany(one => FindingsOf(one.Entry, one.Matches, findings))];
    }

    /// <summary>True when a text contains a word of the protocol, whatever its meaning there.</summary>
    internal bool Mentions(string text) => words.Mentioned(text).Any();

    /// <summary>
    /// The findings of an entry: those of its codes, and those of its words that its codes do not already imply. A code is precise where
    /// the words beside it are ambiguous.
    /// </summary>
    private IEnumerable<RecordFinding> FindingsOf(RecordEntry entry, List<CodeMatch> matches, EntryFindings findings)
    {
        List<RecordFinding> byCode = [.. matches.Where(match => match.Words is null).SelectMany(Of)];
        return byCode.Concat(matches.Where(match => match.Words is not null).SelectMany(Of).Where(byWord => !byCode.Exists(coded =>
            coded.Question == byWord.Question && (coded.Option == byWord.Option || byWord.ImpliedByCode.Length > 0))));

        IEnumerable<RecordFinding> Of(CodeMatch match) => findings.Of(entry, sets[match.Set], match);
    }

    /// <summary>
    /// The sets that an entry belongs to, each once by codes or by words. Words that only repeat the display of a code of the entry add
    /// nothing, so that an entry whose code implies nothing, for example because of its route or its end, stays harmless.
    /// </summary>
    private List<CodeMatch> Matches(RecordEntry entry, Dictionary<(string Text, RecordKind Kind), List<WordMatch>> wordsByText)
    {
        List<CodeMatch> matches = [.. entry.Concept.Codes.SelectMany(Codings)
            .Where(match => sets[match.Set].Codes.Entries.Contains(entry.Kind))
            .DistinctBy(match => match.Set)
            .Select(match => new CodeMatch(match.Set, match.Coding, null))];
        var matchedByCode = matches.Select(match => match.Set).ToHashSet();
        var displayWords = matches.SelectMany(match => words.Mentioned(match.Coding!.Display)).ToHashSet(StringComparer.Ordinal);
        matches.AddRange(entry.Concept.Texts
            .SelectMany(text => Read(text).Select(word => (Text: text, Word: word)))
            .Where(one => !matchedByCode.Contains(one.Word.Set) && !displayWords.Contains(one.Word.Phrase))
            .DistinctBy(one => one.Word.Set)
            .Select(one => new CodeMatch(one.Word.Set, null, RecordText.Excerpt(one.Text, one.Word.At))));
        return matches;

        List<WordMatch> Read(string text)
        {
            if (!wordsByText.TryGetValue((text, entry.Kind), out var found))
            {
                wordsByText.Add((text, entry.Kind), found = [.. words.Find(text, entry.Kind)]);
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

    /// <summary>The options beside which a question has another for a medicine that is taken every day.</summary>
    private static HashSet<string> LessThanDaily(ProtocolDocument document, string question) => document.Codes.Where(codes => codes.Question == question)
        .Select(codes => codes.Raises).OfType<RecordAnswerEffect>().Where(effect => effect.Daily is not null)
        .Select(effect => effect.Active).ToHashSet(StringComparer.Ordinal);

    /// <summary>The longest wait that a rule counts from an answer to a question.</summary>
    private static int WaitOf(ProtocolDocument document, string question) =>
        document.Rules.Where(rule => rule.Condition.Question == question)
            .Select(rule => rule.Condition.WaitDays ?? 0).DefaultIfEmpty().Max();
}

/// <summary>A set of codes and words with its question.</summary>
/// <param name="Codes">The set.</param>
/// <param name="Question">The question whose answer the set affects.</param>
/// <param name="WaitDays">The longest wait that a rule counts from an answer to the question; 0 when none does.</param>
/// <param name="LessThanDaily">The options of the question that mean less often than another does: true only of an entry that states so.</param>
internal sealed record RecordSet(RecordCodes Codes, CompiledQuestion Question, int WaitDays, IReadOnlySet<string> LessThanDaily)
{
    /// <summary>By reference: each set belongs to one protocol, and comparing the contents would be wasted work.</summary>
    public bool Equals(RecordSet? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>How an entry matched a set.</summary>
/// <param name="Set">The index of the set.</param>
/// <param name="Coding">The matching code; null for a match by words.</param>
/// <param name="Words">The record's words; null for a match by code.</param>
internal readonly record struct CodeMatch(int Set, RecordCoding? Coding, string? Words);

/// <summary>What one record entry implies about a question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Option">The option's index, or <see cref="Unknown"/> for events.</param>
/// <param name="Dates">When it ended, or every date on which it may have happened; a null date is not stated.</param>
/// <param name="Reference">The record's reference to the entry.</param>
/// <param name="Coding">The matching code; null for a match by words.</param>
/// <param name="Words">The record's own words that matched; null for a match by code.</param>
internal sealed record RecordFinding(
    CompiledQuestion Question, int Option, ImmutableArray<PartialDate?> Dates, string Reference, RecordCoding? Coding, string? Words)
{
    /// <summary>Used instead of an event's option index when the events are unknown; questions of events have no option for that.</summary>
    public const int Unknown = -1;

    /// <summary>
    /// What a code would imply in place of a word match that only implies "unknown"; empty otherwise. If the patient has already said all
    /// of that, the entry adds nothing.
    /// </summary>
    public ImmutableArray<RecordFinding> ImpliedByCode { get; init; } = [];

    /// <inheritdoc cref="RecordEvidence.LeavesHowOftenOpen"/>
    public bool LeavesHowOftenOpen { get; init; }
}
