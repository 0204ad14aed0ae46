using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>What one entry raises.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer; of events what happened, or <c>unknown</c>.</param>
/// <param name="Name">The resource.</param>
/// <param name="Dates">The last use, or each date of an event.</param>
/// <param name="IsSaid">True when the person has said as much, so that it changes nothing.</param>
internal sealed record NaiveEvidence(string Question, string Answer, string Name, List<string> Dates, bool IsSaid = false);

/// <summary>What the entries of a record raise, by the protocol's file.</summary>
internal static class NaiveRaising
{
    private const string Unknown = "unknown";

    public static List<NaiveEvidence> Raise(List<NaiveEntry> entries, JsonObject said)
    {
        List<NaiveEvidence> raised = [];
        foreach (NaiveEntry entry in entries)
        {
            List<NaiveSet> coded = NaiveProtocol.Sets.FindAll(set => HasCode(entry, set));
            List<NaiveEvidence> byCode = [.. coded.SelectMany(set => OfSet(entry, set, true, entries, said))];
            raised.AddRange(byCode);

            // What a code of the entry is called adds nothing to the code.
            List<string> names = [.. coded.SelectMany(set => set.Codes)
                .Where(code => NaiveCodes.AnyOf(entry.Codings, [code])).Select(code => code.Display)];
            foreach (NaiveSet set in NaiveProtocol.Sets.Except(coded).Where(set => set.Kinds.Contains(entry.Kind)))
            {
                if (entry.Texts.Exists(text => NaiveWords.Name(text, set, names)))
                {
                    // Nor does a word to a code that says as much, or exactly what the word leaves open.
                    raised.AddRange(OfSet(entry, set, false, entries, said).Where(word => !byCode.Exists(
                        code => code.Question == word.Question && (code.Answer == word.Answer || entry.Kind != "medication"))));
                }
            }
        }

        return raised;
    }

    private static bool HasCode(NaiveEntry entry, NaiveSet set)
    {
        return set.Kinds.Contains(entry.Kind) && NaiveCodes.AnyOf(entry.Codings, set.Codes);
    }

    private static IEnumerable<NaiveEvidence> OfSet(NaiveEntry entry, NaiveSet set, bool byCode, List<NaiveEntry> entries, JsonObject said)
    {
        NaiveEvidence Evidence(string answer, List<string> dates) => new(set.Question, answer, entry.Name, dates);

        // A word is as good as a code only where it names a medicine.
        bool inDoubt = !byCode && entry.Kind != "medication";
        switch ((string)set.Raises["kind"]!)
        {
            case "answer":
                string? answer = Answer(entry, set);
                bool undated = State(entry) == "ended" && NaiveProtocol.CountsFromEnd(set.Question);
                return answer is null ? []
                    : inDoubt ? [Evidence(Unknown, [])]
                    : !undated ? [Evidence(answer, [])]
                    : entry.Ended is not null ? [Evidence(answer, [NaiveTimes.Text(entry.Ended)])]

                    : IsEndSaid(set, said) ? [Evidence(answer, []) with { IsSaid = true }]
                    : [Evidence(Unknown, [])];
            case "event":
                return inDoubt ? IsLongAgo(entry, set) ? [] : [Evidence(Unknown, []) with { IsSaid = IsTold(entry, set, said) }]
                    : Happened(entry, (string)set.Raises["event"]!, Evidence);
            case "place":
                return State(entry) == "ended" ? [] : Places(entry, set.Raises).Distinct().Select(place => Evidence(place, []));
            default:
                return Values(entry, set, entries).Distinct().Select(value => Evidence(value, []));
        }
    }

    /// <summary>What is over, nobody knows when, is for a clinician; of what is told, each date counts.</summary>
    private static IEnumerable<NaiveEvidence> Happened(
        NaiveEntry entry, string happened, Func<string, List<string>, NaiveEvidence> evidence)
    {
        List<string> dates = entry.Happened.FindAll(date => !entry.IsOverUndated || date != Unknown);
        if (entry.IsOverUndated)
        {
            yield return evidence(Unknown, []);
        }

        if (dates.Count > 0)
        {
            yield return evidence(happened, dates);
        }
    }

    /// <summary>
    /// Whoever says that it goes on, or ended nobody knows when, has said as much as an end at some time until today; who does not say when
    /// is asked.
    /// </summary>
    private static bool IsEndSaid(NaiveSet set, JsonObject said)
    {
        string? use = (string?)said[set.Question];
        return use == (string)set.Raises["active"]!
            || (use == (string)set.Raises["ended"]! && ((string?)said[NaiveProtocol.LastUse(set.Question)] is not { } last
                || last == Unknown || NaiveDates.Partial(last)!.Last >= NaiveRecord.Today));
    }

    /// <summary>
    /// True for no more than what the person has told: such an event on each of these days that is not long ago, or in the month or year of it.
    /// </summary>
    private static bool IsTold(NaiveEntry entry, NaiveSet set, JsonObject said)
    {
        return !entry.IsOverUndated && entry.Happened.Count > 0 && said[set.Question] is JsonArray told
            && entry.Happened.TrueForAll(date => IsLongAgo(date, set) || told.Any(one => (string)one!["product"]! == (string)set.Raises["event"]!
                && ((string)one["date"]! == date || date.StartsWith((string)one["date"]! + "-", StringComparison.Ordinal))));
    }

    private static string State(NaiveEntry entry)
    {
        LocalDate today = NaiveRecord.Today;
        if (entry.Ended is not { } end || entry.State == "active")
        {
            return entry.State;
        }

        return end.First > today ? "active" : entry.State == "ended" || end.Last <= today ? "ended" : "unstated";
    }

    private static string? Answer(NaiveEntry entry, NaiveSet set)
    {
        string? Of(string member) => (string?)set.Raises[member];
        bool harmless = set.Raises["notByRoute"] is { } routes && entry.Routes.Count > 0
            && entry.Routes.TrueForAll(route => NaiveCodes.AnyOf(route, NaiveProtocol.Codes(routes)));
        string state = State(entry);
        return harmless || IsOver(entry, set) ? null
            : state == "ended" ? Of("ended")
            : entry.Unconfirmed && Of("unconfirmed") is { } unconfirmed ? unconfirmed
            : state == "unstated" && Of("unstated") is { } unstated ? unstated
            : entry.Daily && Of("daily") is { } daily ? daily
            : Of("active");
    }

    /// <summary>True when it was done so long ago that it tells of the present no more.</summary>
    private static bool IsOver(NaiveEntry entry, NaiveSet set)
    {
        return set.Raises["days"] is { } days && entry.Happened.Count > 0 && entry.Happened.TrueForAll(
            date => date != Unknown && NaiveDates.Partial(date)!.Last.PlusDays((int)days!) < NaiveRecord.Today);
    }

    /// <summary>True when each day on which it may have happened is over for longer than the rule waits.</summary>
    private static bool IsLongAgo(NaiveEntry entry, NaiveSet set)
    {
        return entry.Happened.Count > 0 && entry.Happened.TrueForAll(date => IsLongAgo(date, set));
    }

    private static bool IsLongAgo(string date, NaiveSet set)
    {
        return date != Unknown && NaiveDates.Partial(date)!.Last <= NaiveRecord.Today.PlusDays(-NaiveProtocol.Wait(set.Question));
    }

    private static IEnumerable<string> Places(NaiveEntry entry, JsonObject raises)
    {
        if (entry.Sites.Count == 0)
        {
            yield return Unknown;
        }

        foreach (List<NaiveCoding> site in entry.Sites)
        {
            List<string> places = Answers(site, raises["sites"]!).ConvertAll(place => place!);
            foreach (string place in places.Count == 0 ? [Unknown] : places)
            {
                yield return place;
            }
        }
    }

    private static List<string> Values(NaiveEntry entry, NaiveSet set, List<NaiveEntry> entries)
    {
        LocalDate today = NaiveRecord.Today;
        if (entry.On is { } on)
        {
            bool tooOld = set.Raises["days"] is { } days && on.Last.PlusDays((int)days!) < today;
            bool outdated = entries.Exists(later => later.Kind == entry.Kind && HasCode(later, set) && !later.Unconfirmed
                && later.On is { } then && then.First <= today && then.First > on.Last && IsClear(later, set));
            if (tooOld || outdated)
            {
                return [];
            }
        }

        List<string?> values = entry.Value is { } value ? Answers(value, set.Raises["values"]!) : [];
        return values.Count == 0 ? [Unknown] : [.. values.OfType<string>()];
    }

    /// <summary>True for a value that leaves no doubt.</summary>
    private static bool IsClear(NaiveEntry entry, NaiveSet set)
    {
        List<string?> values = entry.Value is { } value ? Answers(value, set.Raises["values"]!) : [];
        return values.Count > 0 && !values.Contains(Unknown);
    }

    /// <summary>What the lists with one of the codes stand for; null for one that stands for nothing.</summary>
    private static List<string?> Answers(List<NaiveCoding> codings, JsonNode lists)
    {
        List<string?> answers = [];
        foreach (JsonNode? list in lists.AsArray())
        {
            if (NaiveCodes.AnyOf(codings, NaiveProtocol.Codes(list!["anyOf"])))
            {
                answers.Add((string?)list["answer"]);
            }
        }

        return answers;
    }
}
