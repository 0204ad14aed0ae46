using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>A protocol's codes of health records, compiled: finds what an entry raises.</summary>
internal sealed class CodeMap
{
    private readonly ImmutableArray<(RecordCodes Codes, CompiledQuestion Question)> sets;
    private readonly Dictionary<(CodeSystem System, string Key), List<(int Set, RecordCoding Coding)>> exact = [];
    private readonly Dictionary<(CodeSystem System, string Key), List<(int Set, RecordCoding Coding)>> prefixes = [];
    private readonly int longestPrefix;

    private static readonly ImmutableArray<PartialDate?> Undated = [null];

    internal CodeMap(IReadOnlyList<RecordCodes> codes, Func<string, CompiledQuestion> find)
    {
        sets = [.. codes.Select(set => (set, find(set.Question)))];
        foreach (var (i, set) in codes.Index())
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

    /// <summary>What the entries of a record raise; what has no code of the protocol, or raises nothing, is left out.</summary>
    internal List<Raised> Find(IReadOnlyList<RecordEntry> entries, Day today)
    {
        // Many entries may be of one thing, as the uses of a device are: its codes are looked up once.
        var known = new Dictionary<(RecordConcept Concept, RecordKind Kind), List<(int Set, RecordCoding Coding)>>();
        var found = new List<(RecordEntry Entry, int Set, RecordCoding Coding)>();
        foreach (var entry in entries)
        {
            if (!known.TryGetValue((entry.Concept, entry.Kind), out var matches))
            {
                known.Add((entry.Concept, entry.Kind), matches = [.. Sets(entry)]);
            }

            found.AddRange(matches.Select(match => (entry, match.Set, match.Coding)));
        }

        var settled = Settled(found, today);

        // What comes of parts that entries have in common, as the many dates of one medicine have its routes, is worked out once, too.
        var harmlessRoutes = new Dictionary<(int Set, ImmutableArray<RecordConcept> Routes), bool>();
        var places = new Dictionary<(int Set, ImmutableArray<RecordConcept> Sites), List<string>>();
        var days = new Dictionary<(PartialDate? Since, PartialDate? On), ImmutableArray<PartialDate?>>();
        var raised = new List<Raised>();
        foreach (var (entry, set, coding) in found)
        {
            var (codes, question) = sets[set];
            raised.AddRange(codes.Raises.Match<IEnumerable<(string Code, ImmutableArray<PartialDate?> Dates)>>(
                answer => Once(harmlessRoutes, (set, entry.Routes), () => IsByHarmlessRoute(entry, answer))
                    ? [] : Answers(entry, answer, today).Select(one => (one.Code, ImmutableArray.Create(one.Date))),
                happened => [(happened.Event, Once(days, (entry.Since, entry.On), () => [.. RecordedDates.Happened(entry, today)]))],
                place => entry.State == RecordState.Ended
                    ? [] : Once(places, (set, entry.Sites), () => Places(entry, place)).Select(code => (code, Undated)),
                value => settled.TryGetValue(set, out var later) && entry.On?.Last < later
                    ? [] : Values(entry, value).Select(code => (code, Undated)))
                .Select(what => new Raised(question, IndexOf(question, what.Code), what.Dates, entry.Reference, coding, null)));
        }

        return raised;
    }

    /// <summary>The sets that an entry has a code of, each once, with the first such code.</summary>
    private IEnumerable<(int Set, RecordCoding Coding)> Sets(RecordEntry entry) =>
        entry.Concept.Codes.SelectMany(Codings)
            .Where(match => sets[match.Set].Codes.Entries.Contains(entry.Kind))
            .DistinctBy(match => match.Set);

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

    private static bool IsByHarmlessRoute(RecordEntry entry, AnswerRaise raise) =>
        raise.NotByRoute is { } routes && entry.Routes.Length > 0 && entry.Routes.All(route => Names(route, routes));

    /// <summary>The answer that the entry's state raises.</summary>
    private static IEnumerable<(string Code, PartialDate? Date)> Answers(RecordEntry entry, AnswerRaise raise, Day today)
    {
        var state = RecordedDates.StateOn(today, entry);
        if (state == RecordState.Ended)
        {
            return raise.Ended is { } ended ? [(ended, entry.Ended)] : [];
        }

        var code = entry.IsUnconfirmed ? raise.Unconfirmed : null;
        code ??= state == RecordState.Unstated ? raise.Unstated : null;
        code ??= entry.IsDaily ? raise.Daily : null;
        return [(code ?? raise.Active, null)];
    }

    private static List<string> Places(RecordEntry entry, PlaceRaise raise)
    {
        IEnumerable<RecordConcept> sites = entry.Sites.IsEmpty ? [new RecordConcept([])] : entry.Sites;
        return sites.SelectMany(site =>
        {
            var places = raise.Sites.Where(place => Names(site, place.AnyOf)).Select(place => place.Answer!).ToList();
            return places.Count > 0 ? places : [ReservedCode.Unknown];
        }).Distinct(StringComparer.Ordinal).ToList();
    }

    private static IEnumerable<string> Values(RecordEntry entry, ValueRaise raise)
    {
        var values = entry.Value is { } value ? raise.Values.Where(one => Names(value, one.AnyOf)).ToList() : [];
        return values.Count == 0 ? [ReservedCode.Unknown] : values.Select(one => one.Answer).OfType<string>();
    }

    /// <summary>
    /// For each set, the day of the latest entry that is confirmed and says a value that leaves no doubt: whatever is surely older no
    /// longer tells how things are. What is dated after today has not been observed, and settles nothing.
    /// </summary>
    private Dictionary<int, Day> Settled(List<(RecordEntry Entry, int Set, RecordCoding Coding)> found, Day today)
    {
        var settled = new Dictionary<int, Day>();
        foreach (var (entry, set, _) in found)
        {
            if (sets[set].Codes.Raises is ValueRaise value && !entry.IsUnconfirmed && entry.On is { } on && on.First <= today
                && entry.Value is not null && !Values(entry, value).Contains(ReservedCode.Unknown)
                && !(settled.TryGetValue(set, out var known) && known >= on.First))
            {
                settled[set] = on.First;
            }
        }

        return settled;
    }

    private static bool Names(RecordConcept concept, IReadOnlyList<RecordCoding> codings) => concept.Codes.Any(code =>
        CodeSystem.Find(code.System) is { } system && codings.Any(coding =>
            CodeSystem.Find(coding.System) == system
            && (coding.Descendants
                ? system.Key(code.Code).StartsWith(system.Key(coding.Code), StringComparison.Ordinal)
                : system.Key(code.Code) == system.Key(coding.Code))));

    private static int IndexOf(CompiledQuestion question, string code)
    {
        var options = question.Events?.Kind.Options ?? question.Codes;
        for (var i = 0; i < options.Count; i++)
        {
            if (options[i].Code == code)
            {
                return i;
            }
        }

        return Raised.NotKnown;
    }

    private static TValue Once<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TValue> make)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out var value))
        {
            known.Add(key, value = make());
        }

        return value;
    }
}

/// <summary>What one entry raises.</summary>
/// <param name="Question">The question.</param>
/// <param name="Option">The option's index; of events <see cref="NotKnown"/> as well.</param>
/// <param name="Dates">When it ended, or every date on which it may have happened; one that is null is not told.</param>
/// <param name="Reference">What the record calls the entry.</param>
/// <param name="Coding">The code by which it raises; null: it raises by words.</param>
/// <param name="Words">The record's own words by which it raises; null: it raises by a code.</param>
internal sealed record Raised(
    CompiledQuestion Question, int Option, ImmutableArray<PartialDate?> Dates, string Reference, RecordCoding? Coding, string? Words)
{
    /// <summary>In place of the option of an event: that the events are not known. No question of events has an option for it.</summary>
    public const int NotKnown = -1;
}
