using System.Globalization;
using NodaTime;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Dates;

/// <summary>Waits and requirements with other numbers than the shipped protocol's. T is 2030-03-10 throughout.</summary>
public static class MadeUpWaitTests
{
    private static readonly Said Nothing = Said.Nothing(MadeUp.Protocol);

    [Theory]
    [InlineData("2030-03-08", "2030-03-08", "2030-03-10")]
    [InlineData("2030-02", "2030-02-28", "2030-03-02")]
    [InlineData("2030-03", "2030-03-10", "2030-03-12")]
    [InlineData("2030", "2030-03-10", "2030-03-12")]
    [InlineData("2029", "2029-12-31", "2030-01-02")]
    [InlineData("unknown", "2030-03-10", "2030-03-12")]
    public static void A_use_that_has_ended_is_waited_for_from_its_last_possible_day(string last, string assumed, string through) =>
        Assert.Equal([$"peel:-1 open..{through} from {assumed}"], Waits(Nothing.With("peel", "\"ended\"").With("peelLast", $"\"{last}\"").Screen()));

    [Theory]
    [InlineData("", "2030-03-10", "2030-03-12")]
    [InlineData("2030-03-10", "2030-03-10", "2030-03-12")]
    [InlineData("2030-03-14", "2030-03-14", "2030-03-16")]
    [InlineData("2030-03", "2030-03-31", "2030-04-02")]
    [InlineData("unknown", "2030-03-10", "2030-03-12")]
    public static void A_use_that_goes_on_is_waited_for_from_its_planned_end_or_else_from_today(string last, string assumed, string through)
    {
        var said = Nothing.With("peel", "\"now\"");
        said = last.Length == 0 ? said : said.With("peelLast", $"\"{last}\"");

        Assert.Equal([$"peel:-1 open..{through} from {assumed}"], Waits(said.Screen()));
    }

    [Theory]
    [InlineData("2030-03-12", "deferred", "")]
    [InlineData("2030-03-13", "conditional", "peel: stop 2030-03-10, start -, continue -")]
    [InlineData("2030-03-20", "conditional", "peel: stop 2030-03-17, start -, continue -")]
    public static void A_use_that_goes_on_must_stop_in_time(string date, string status, string requirement)
    {
        var decision = Nothing.With("peel", "\"now\"").On(date).Screen();

        Assert.Equal((status, requirement), (WireName.Of(decision.Eligibility), Requirements(decision)));
    }

    [Theory]
    [InlineData("2030-03-11", "", "", "deferred", "", false)]
    [InlineData("2030-03-12", "", "", "conditional", "cough-syrup: stop -, start 2030-03-10, continue 2030-03-19", false)]
    [InlineData("2030-03-20", "2030-03-18", "", "conditional", "cough-syrup: stop -, start 2030-03-18, continue 2030-03-27", false)]
    [InlineData("2030-03-20", "2030-03-19", "", "deferred", "", false)]
    [InlineData("2030-03-20", "2030-03-18", "2030-03-27", "conditional", "cough-syrup: stop -, start 2030-03-18, continue 2030-03-27", false)]
    [InlineData("2030-03-20", "2030-03-18", "2030-03-26", "conditional", "cough-syrup: stop -, start 2030-03-18, continue 2030-03-27", true)]
    public static void A_course_starts_and_ends_by_its_own_numbers_of_days(string date, string start, string end, string status, string requirement, bool tooShort)
    {
        var said = Nothing.With("cough", "\"yes\"").With("massages", "[]").On(date);
        said = start.Length == 0 ? said : said.With("syrupStart", $"\"{start}\"");
        said = end.Length == 0 ? said : said.With("syrupEnd", $"\"{end}\"");

        var decision = said.Screen();

        var finding = decision.Findings[MadeUp.Protocol.RuleIndexes["cough-syrup"]];
        Assert.Equal((status, requirement, tooShort), (WireName.Of(decision.Eligibility), Requirements(decision), finding.CourseTooShort));
        var messages = MadeUp.Protocol.Document.Rules.Single(r => r.Id == "cough-syrup").Messages;
        Assert.Same(status == "deferred" ? messages.Defer : tooShort ? messages.RequireLonger : messages.Require, MadeUp.Protocol.Rules[MadeUp.Protocol.RuleIndexes["cough-syrup"]].Message(finding));
    }

    [Fact]
    public static void Each_event_has_its_own_wait_in_protocol_order_and_then_in_the_order_in_which_they_were_said()
    {
        var decision = Nothing.With("cough", "\"yes\"")
            .With("massages", """[{ "kind": "back", "on": "2030-03-20" }, { "kind": "foot", "on": "unknown" }]""")
            .With("vaccines", """[{ "vaccine": "travel", "day": "2030-04" }, { "vaccine": "flu", "day": "2030-03-12" }, { "vaccine": "flu", "day": "unknown" }]""").Screen();

        Assert.Equal(
            [
                "cough-syrup:-1 open..2030-03-11 from 2030-03-10",
                "vaccine-distance:0 2030-03-31..2030-05-01 from 2030-04-30",
                "vaccine-distance:1 2030-03-11..2030-03-13 from 2030-03-12",
                "vaccine-distance:2 open..2030-03-11 from 2030-03-10",
                "massage-distance:0 2030-03-20..2030-03-20 from 2030-03-20",
                "massage-distance:1 open..2030-03-10 from 2030-03-10",
            ],
            Waits(decision));
        Assert.Equal(["2030-03-14..2030-03-19", "2030-03-21..2030-03-30", "2030-05-02..open"], decision.Windows.Select(w => $"{Text(w.From)}..{(w.Through is { } through ? Text(through) : "open")}"));
        Assert.Equal(("deferred", new LocalDate(2030, 3, 21)), (WireName.Of(decision.Eligibility), decision.NotBefore));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(1000)]
    public static void Any_number_of_events_is_waited_for(int events)
    {
        // Every third day: blocked are the days before and after it as well, so that nothing is free until the last is over.
        var list = Enumerable.Range(0, events).Select(i => $$"""{ "vaccine": "flu", "day": "{{Text(Nothing.Today.PlusDays(3 * (events - 1 - i)))}}" }""");

        var decision = Nothing.With("vaccines", $"[{string.Join(",", list)}]").Screen();

        Assert.Equal(events, decision.WaitingPeriods.Length);
        Assert.Equal(Enumerable.Range(0, events), decision.WaitingPeriods.Select(w => (int)w.Event));
        Assert.Equal([new Window(Day.Of(Nothing.Today.PlusDays((3 * (events - 1)) + 2)), null)], decision.Windows);
    }

    [Fact]
    public static void Waits_and_requirements_are_told_whatever_the_status()
    {
        var decision = Nothing.With("smoker", "\"heavy\"").With("smokingKind", "\"cigar\"").With("peel", "\"now\"").With("vaccines", """[{ "vaccine": "flu", "day": "2030-03-20" }]""").Screen();

        Assert.Equal("ineligible", WireName.Of(decision.Eligibility));
        Assert.Equal("peel: stop 2030-03-17, start -, continue -", Requirements(decision));
        Assert.Equal(2, decision.WaitingPeriods.Length);
        Assert.Equal(new LocalDate(2030, 3, 22), decision.NotBefore);
        Assert.Null(decision.EarliestDate);
        Assert.Empty(decision.Windows);
    }

    [Fact]
    public static void A_wait_contains_both_its_ends_and_clears_on_the_next_day()
    {
        var wait = new WaitingPeriod(0, 0, -1, Day.Of(2030, 3, 11), Day.Of(2030, 3, 13), Day.Of(2030, 3, 12));

        Assert.Equal([false, true, true, true, false], Enumerable.Range(10, 5).Select(day => wait.Contains(new LocalDate(2030, 3, day))));
        Assert.Equal(new LocalDate(2030, 3, 14), wait.ClearsOn);
        Assert.True((wait with { BlockedFrom = null }).Contains(new LocalDate(1900, 1, 1)));
    }

    private static IEnumerable<string> Waits(Decision decision) =>
        decision.WaitingPeriods.Select(w => $"{MadeUp.Protocol.Rules[w.Rule].Id}:{w.Event} {(w.BlockedFrom is { } from ? Text(from) : "open")}..{Text(w.BlockedThrough)} from {Text(w.AssumedDate)}");

    private static string Requirements(Decision decision) =>
        string.Join(';', decision.Requirements.Select(r => $"{MadeUp.Protocol.Rules[r.Rule].Id}: stop {Text(r.StopBy)}, start {Text(r.StartBy)}, continue {Text(r.ContinueThrough)}"));

    private static string Text(LocalDate? date) => date?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
