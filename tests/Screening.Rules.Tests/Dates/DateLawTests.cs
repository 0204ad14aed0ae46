using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CsCheck;
using NodaTime;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Dates;

/// <summary>The laws of dates, by brute force over days.</summary>
public static partial class DateLawTests
{
    private static readonly Gen<Said> AnySaid = Gen.OneOf(SaidGenerator.Of(Shipped.Protocol), SaidGenerator.Of(MadeUp.Protocol));
    private static readonly Gen<Said> WholeDates = Gen.OneOf(SaidGenerator.Of(Shipped.Protocol, wholeDates: true), SaidGenerator.Of(MadeUp.Protocol, wholeDates: true));

    /// <summary>Answers that leave only dates to stand in the way.</summary>
    private static readonly Gen<Said> OnlyDates = AnySaid.Where(said => said.Screen().Eligibility >= Eligibility.Deferred);

    [Fact]
    public static void Shifting_every_date_shifts_every_date_of_the_decision_and_changes_nothing_else() =>
        Gen.Select(WholeDates, Gen.Int[-800, 3000]).Sample((said, days) =>
        {
            var shifted = said with
            {
                Today = said.Today.PlusDays(days),
                Date = said.Date.PlusDays(days),
                Answers = said.Answers.ToDictionary(a => a.Key, a => WholeDate().Replace(a.Value, date => PartialDate.Of(Said.Day(date.Value).PlusDays(days)).ToString())).ToImmutableDictionary(),
            };
            Assert.Equal(Decided.Of(Shift(said.Screen(said.Date.PlusDays(9)), days)), Decided.Of(shifted.Screen(shifted.Date.PlusDays(9))));
        });

    [Fact]
    public static void Windows_are_every_free_day_from_today_on_and_no_other() =>
        OnlyDates.Sample(said =>
        {
            var decision = said.Screen();
            for (var day = said.Today.PlusDays(-3); day < said.Today.PlusDays(400); day = day.PlusDays(1))
            {
                var free = day >= said.Today && !decision.WaitingPeriods.Any(wait => wait.Contains(day));
                Assert.Equal(free ? 1 : 0, decision.Windows.Count(w => w.From <= day && (w.Through is not { } through || day <= through)));
            }
        });

    [Fact]
    public static void Windows_are_in_order_with_blocked_days_between_them_and_the_last_is_open() =>
        OnlyDates.Sample(said =>
        {
            var windows = said.Screen().Windows;
            Assert.All(windows.SkipLast(1), window => Assert.True(window.Through >= window.From));
            Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.True(pair.Second.From > pair.First.Through!.Value.PlusDays(1)));
            Assert.Null(windows[^1].Through);
            Assert.True(windows[0].From >= said.Today);
        });

    [Fact]
    public static void There_are_no_windows_when_more_than_dates_stands_in_the_way() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            Assert.Equal(decision.Eligibility < Eligibility.Deferred, decision.Windows.IsEmpty);
        });

    [Fact]
    public static void Not_before_is_the_first_free_day_from_the_requested_one_on_whatever_the_status() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            var day = said.Date;
            while (decision.WaitingPeriods.Any(wait => wait.Contains(day)))
            {
                day = day.PlusDays(1);
            }

            Assert.Equal(day, decision.NotBefore);
        });

    [Fact]
    public static void Every_slot_has_the_status_of_an_appointment_on_its_day() =>
        AnySaid.Sample(said =>
        {
            LocalDate[] days = [.. Enumerable.Range(0, 45).Select(i => said.Today.PlusDays(i * 3 / 2))];
            Assert.Equal(days.Select(day => (said with { Date = day }).Screen().Eligibility), said.Screen(days).Slots);
        });

    [Fact]
    public static void Deferred_is_exactly_the_day_on_which_a_wait_lies_when_nothing_worse_stands_in_the_way() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            var waiting = decision.WaitingPeriods.Any(wait => wait.Contains(said.Date));
            Assert.Equal(waiting && decision.Eligibility >= Eligibility.Deferred, decision.Eligibility == Eligibility.Deferred);
            Assert.All(decision.Findings.Index(), f => Assert.Equal(decision.WaitingPeriods.Any(w => w.Rule == f.Index && w.Contains(said.Date)), f.Item is { Outcome: Outcome.Triggered, Effect: Effect.Defer }));
        });

    [Fact]
    public static void Without_an_appointment_the_question_is_whether_it_could_be_today() =>
        AnySaid.Sample(said =>
        {
            var intake = new Intake(said.Protocol, said.Read(), []);
            var decision = Screener.Screen(intake, new Appointment(DateTimeZone.Utc, null, null, []), said.Today);

            Assert.Equal(said.Today, decision.Date);
            Assert.Equal(Decided.Of((said with { Date = said.Today }).Screen()), Decided.Of(decision));
        });

    private static Decision Shift(Decision decision, int days)
    {
        Day? Moved(Day? date) => date is { } known ? Day.Of(known.ToLocalDate().PlusDays(days)) : null;
        return new Decision
        {
            Intake = decision.Intake,
            Appointment = decision.Appointment,
            Today = decision.Today.PlusDays(days),
            Date = decision.Date.PlusDays(days),
            Eligibility = decision.Eligibility,
            Findings = decision.Findings,
            Reasons = decision.Reasons,
            WaitingPeriods = [.. decision.WaitingPeriods.Select(w => w with { BlockedFrom = Moved(w.BlockedFrom), BlockedThrough = w.BlockedThrough.PlusDays(days), AssumedDate = w.AssumedDate.PlusDays(days) })],
            Requirements = [.. decision.Requirements.Select(r => r with { StopBy = Moved(r.StopBy), StartBy = Moved(r.StartBy), ContinueThrough = Moved(r.ContinueThrough) })],
            Windows = [.. decision.Windows.Select(w => new Window(w.From.PlusDays(days), Moved(w.Through)))],
            NotBefore = decision.NotBefore.PlusDays(days),
            Missing = decision.Missing,
            Slots = decision.Slots,
        };
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}", RegexOptions.NonBacktracking)]
    private static partial Regex WholeDate();
}
