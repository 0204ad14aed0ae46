using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>
/// The findings of the entries of one record, each derived from its state, dates, routes, sites and value. Results for parts that entries
/// share, such as the routes of a medicine with many dates, are cached.
/// </summary>
internal sealed class EntryFindings
{
    private static readonly ImmutableArray<PartialDate?> Undated = [null];

    private readonly Day today;
    private readonly Dictionary<RecordSet, Day> latestValues;
    private readonly Dictionary<(RecordSet Set, ImmutableArray<RecordConcept> Routes), bool> harmlessRoutes = [];
    private readonly Dictionary<(RecordSet Set, ImmutableArray<RecordConcept> Sites), List<string>> places = [];
    private readonly Dictionary<(PartialDate? Since, PartialDate? On), ImmutableArray<PartialDate?>> possibleDates = [];

    /// <summary>Takes all of a record, since a later observation may supersede an earlier one.</summary>
    public EntryFindings(Day today, IEnumerable<(RecordEntry Entry, RecordSet Set)> all)
    {
        this.today = today;
        latestValues = LatestValues(all);
    }

    /// <summary>
    /// The findings of an entry. The name of a medicine implies the same as its code; a word in any other kind of entry implies "unknown"
    /// wherever a code would imply anything.
    /// </summary>
    public IEnumerable<RecordFinding> Of(RecordEntry entry, RecordSet set, CodeMatch match)
    {
        List<RecordFinding> findings = [.. ByCode(entry, set).Select(one => NewFinding(one.Option, one.Dates))];
        if (match.Words is null || entry.Kind == RecordKind.Medication)
        {
            return findings;
        }

        findings.RemoveAll(one => !Matters(one, set));
        var unknown = set.Question.Events is null ? OptionOf(set.Question, ReservedCode.Unknown) : RecordFinding.Unknown;
        return findings.Count == 0 ? [] : [NewFinding(unknown, Undated) with { ImpliedByCode = [.. findings] }];

        RecordFinding NewFinding(int option, ImmutableArray<PartialDate?> dates) =>
            new(set.Question, option, dates, entry.Reference, match.Coding, match.Words)
            {
                LeavesHowOftenOpen = !entry.IsLessThanDaily && set.Question.Events is null && set.LessThanDaily.Contains(set.Question.Codes[option].Code),
            };
    }

    private IEnumerable<(int Option, ImmutableArray<PartialDate?> Dates)> ByCode(RecordEntry entry, RecordSet set) =>
        set.Codes.Raises.Match<IEnumerable<(int, ImmutableArray<PartialDate?>)>>(
            answer => GetOrAdd(harmlessRoutes, (set, entry.Routes), () => IsByHarmlessRoute(entry, answer))
                ? [] : Answers(entry, answer).Select(one => (OptionOf(set.Question, one.Code), ImmutableArray.Create(one.Date))),
            occurrence => Events(entry, OptionOf(set.Question, occurrence.Event)),
            place => RecordedDates.StateOn(today, entry) == RecordState.Ended
                ? []
                : GetOrAdd(places, (set, entry.Sites), () => Places(entry, place))
                    .Select(code => (OptionOf(set.Question, code), Undated)),
            value => latestValues.TryGetValue(set, out var later) && entry.On?.Last < later
                || (value.Days is { } validDays && RecordedDates.IsOver(entry.On, validDays, today))
                ? [] : Values(entry, value).Select(code => (OptionOf(set.Question, code), Undated)));

    /// <summary>The answer that the entry's state implies.</summary>
    private IEnumerable<(string Code, PartialDate? Date)> Answers(RecordEntry entry, RecordAnswerEffect effect)
    {
        if (effect.Days is { } validDays && RecordedDates.IsOver(entry.On, validDays, today))
        {
            return [];
        }

        var state = RecordedDates.StateOn(today, entry);
        if (state == RecordState.Ended)
        {
            return effect.Ended is { } ended ? [(ended, entry.Ended)] : [];
        }

        var code = entry.IsUnconfirmed ? effect.Unconfirmed : null;
        code ??= state == RecordState.Unstated ? effect.Unstated : null;
        code ??= entry.IsDaily ? effect.Daily : null;
        return [(code ?? effect.Active, null)];
    }

    /// <summary>
    /// The events of an entry. If it is over, or was done, but has no date, assuming today on every later day would defer forever: the
    /// events are unknown, and a clinician decides. A medicine that is still active after its end date may have been given since.
    /// </summary>
    private IEnumerable<(int Option, ImmutableArray<PartialDate?> Dates)> Events(RecordEntry entry, int option)
    {
        var dates = GetOrAdd(possibleDates, (entry.Since, entry.On), () => [.. RecordedDates.PossibleDates(entry, today)]);
        if (entry is { Kind: RecordKind.Medication, State: RecordState.Active } && RecordedDates.IsOver(entry.Ended, 0, today))
        {
            dates = dates.Contains(null) ? dates : dates.Add(null);
        }

        if (!dates.Contains(null) || (entry.Kind != RecordKind.Procedure && RecordedDates.StateOn(today, entry) != RecordState.Ended))
        {
            return [(option, dates)];
        }

        var dated = dates.RemoveAll(date => date is null);
        return dated.IsEmpty ? [(RecordFinding.Unknown, Undated)] : [(option, dated), (RecordFinding.Unknown, Undated)];
    }

    private static List<string> Places(RecordEntry entry, RecordPlaceEffect effect)
    {
        IEnumerable<RecordConcept> sites = entry.Sites.IsEmpty ? [new RecordConcept([])] : entry.Sites;
        return sites.SelectMany(site =>
        {
            var named = effect.Sites.Where(place => IsOneOf(site, place.AnyOf)).Select(place => place.Answer!).ToList();
            return named.Count > 0 ? named : [ReservedCode.Unknown];
        }).Distinct(StringComparer.Ordinal).ToList();
    }

    private static IEnumerable<string> Values(RecordEntry entry, RecordValueEffect effect)
    {
        var values = entry.Value is { } value ? effect.Values.Where(one => IsOneOf(value, one.AnyOf)).ToList() : [];
        return values.Count == 0 ? [ReservedCode.Unknown] : values.Select(one => one.Answer).OfType<string>();
    }

    /// <summary>
    /// For each set, the day of the latest confirmed entry with an unambiguous value: anything that is surely older is out of date. An
    /// entry dated after today has not been observed yet and supersedes nothing.
    /// </summary>
    private Dictionary<RecordSet, Day> LatestValues(IEnumerable<(RecordEntry Entry, RecordSet Set)> all)
    {
        var latest = new Dictionary<RecordSet, Day>(ReferenceEqualityComparer.Instance);
        foreach (var (entry, set) in all)
        {
            if (set.Codes.Raises is RecordValueEffect value && !entry.IsUnconfirmed && entry.On is { } on && on.First <= today
                && entry.Value is not null && !Values(entry, value).Contains(ReservedCode.Unknown)
                && !(latest.TryGetValue(set, out var known) && known >= on.First))
            {
                latest[set] = on.First;
            }
        }

        return latest;
    }

    /// <summary>False for a harmless answer, and for events too long ago to cause a wait.</summary>
    private bool Matters(RecordFinding one, RecordSet set) => set.Question.Events is null
        ? !set.Question.Codes[one.Option].Harmless
        : one.Option == RecordFinding.Unknown || one.Dates.Any(date => !RecordedDates.IsOver(date, set.WaitDays - 1, today));

    private static bool IsByHarmlessRoute(RecordEntry entry, RecordAnswerEffect effect) =>
        effect.NotByRoute is { } routes && entry.Routes.Length > 0 && entry.Routes.All(route => IsOneOf(route, routes));

    private static bool IsOneOf(RecordConcept concept, IReadOnlyList<RecordCoding> codings) => concept.Codes.Any(code =>
        CodeSystem.Find(code.System) is { } system && codings.Any(coding =>
            CodeSystem.Find(coding.System) == system
            && (coding.Descendants
                ? system.Key(code.Code).StartsWith(system.Key(coding.Code), StringComparison.Ordinal)
                : system.Key(code.Code) == system.Key(coding.Code))));

    private static int OptionOf(CompiledQuestion question, string code)
    {
        var options = question.Events?.Kind.Options ?? question.Codes;
        return Enumerable.Range(0, options.Count).First(i => options[i].Code == code);
    }

    private static TValue GetOrAdd<TKey, TValue>(Dictionary<TKey, TValue> known, TKey key, Func<TValue> make)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out var value))
        {
            known.Add(key, value = make());
        }

        return value;
    }
}
