using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>What a record raises where days are counted, as of 2026-06-01 for 2026-06-10.</summary>
public static class RecordDatesTests
{
    private const string Topical = "6064005";
    private const string Oral = "26643006";
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);
    private static readonly Said Stopped = Nothing.With("topicalRetinoidUse", "\"stopped\"");

    [Theory]
    [InlineData(Topical)]
    [InlineData]
    [InlineData("")]
    [InlineData("54485002")]
    [InlineData(Oral, Topical)]
    public static void A_retinoid_is_a_topical_one_unless_every_route_says_otherwise(params string[] routes)
    {
        var decision = Nothing.ScreenWith([Medication(RxNorm, "10753").By(routes)]);

        Assert.Equal((Eligibility.Deferred, Said.Day("2026-06-15")), (decision.Eligibility, decision.NotBefore));
    }

    [Fact]
    public static void A_retinoid_that_is_swallowed_raises_nothing_and_isotretinoin_is_for_a_clinician()
    {
        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([Medication(RxNorm, "10753").By(Oral)]).Eligibility);
        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([Medication(RxNorm, "6064").By(Oral)]).Eligibility);
        Assert.Equal("past", RecordReconciliationTests.Shown(Nothing.RaisedBy([Medication(Atc, "D10BA01", RecordState.Ended)]), "isotretinoinUse"));
    }

    [Theory]
    [InlineData("2026-05-20", "2026-06-03")]
    [InlineData("2026-05", "2026-06-14")]
    [InlineData("2026", "2026-06-15")]
    public static void A_prescription_that_has_ended_blocks_from_its_end(string ended, string free)
    {
        var decision = Nothing.ScreenWith([Medication(Atc, "D10AD03", RecordState.Ended).Until(ended)]);

        Assert.Equal("stopped", RecordReconciliationTests.Shown(decision.Intake, "topicalRetinoidUse"));
        Assert.Equal(Said.Day(free), Assert.Single(decision.WaitingPeriods).ClearsOn);
        Assert.Empty(decision.Missing);
    }

    [Theory]
    [InlineData("\"2026-05-10\"", "2026-05-25", "2026-06-08", true)]
    [InlineData("\"2026-05-25\"", "2026-05-10", "2026-06-08", false)]
    [InlineData("\"2026-05\"", "2026-05-20", "2026-06-14", false)]
    [InlineData("\"unknown\"", "2026-05-20", "2026-06-15", false)]
    public static void Of_two_ends_of_a_use_the_later_one_counts(string said, string ended, string free, bool disagrees)
    {
        var decision = Stopped.With("topicalRetinoidLastUsed", said).ScreenWith([Medication(Atc, "D10AD03", RecordState.Ended).Until(ended)]);

        Assert.Equal(Said.Day(free), Assert.Single(decision.WaitingPeriods).ClearsOn);
        Assert.Equal(disagrees, Assert.Single(decision.Intake.Record).Disagrees);
    }

    [Fact]
    public static void A_use_that_goes_on_takes_the_place_of_one_that_was_said_to_have_ended()
    {
        var decision = Stopped.With("topicalRetinoidLastUsed", "\"2026-01-10\"").On("2026-07-01").ScreenWith([Medication(Atc, "D10AD03")]);

        Assert.Equal("current", RecordReconciliationTests.Shown(decision.Intake, "topicalRetinoidUse"));
        Assert.Equal(Said.Day("2026-06-15"), Assert.Single(decision.WaitingPeriods).ClearsOn);
        Assert.Equal(Said.Day("2026-06-17"), Assert.Single(decision.Requirements).StopBy?.ToLocalDate());
        Assert.Equal(Eligibility.Conditional, decision.Eligibility);
        Assert.Empty(decision.Missing);
        Assert.True(Assert.Single(decision.Intake.Record).Disagrees);
    }

    [Fact]
    public static void A_planned_last_use_outlasts_what_the_record_tells()
    {
        var said = Nothing.With("topicalRetinoidUse", "\"current\"").With("topicalRetinoidLastUsed", "\"2026-06-20\"");

        foreach (var state in new[] { RecordState.Active, RecordState.Ended })
        {
            var decision = said.ScreenWith([Medication(Atc, "D10AD03", state)]);
            Assert.Equal(Said.Day("2026-07-04"), Assert.Single(decision.WaitingPeriods).ClearsOn);
            Assert.False(Assert.Single(decision.Intake.Record).Disagrees);
        }
    }

    [Theory]
    [InlineData(RecordState.Active, "2026-06-15")]
    [InlineData(RecordState.Ended, "2026-06-03")]
    public static void Who_stopped_and_did_not_say_when_is_still_to_be_asked_and_the_record_counts_for_the_dates(RecordState state, string free)
    {
        var decision = Stopped.ScreenWith([Medication(Atc, "D10AD03", state).Until("2026-05-20")]);

        Assert.Equal(Eligibility.Incomplete, decision.Eligibility);
        Assert.Equal([(byte)RecordReconciliationTests.Question("topicalRetinoidLastUsed").Index], decision.Missing);
        Assert.Equal(Said.Day(free), Assert.Single(decision.WaitingPeriods).ClearsOn);
    }

    [Fact]
    public static void Who_does_not_know_stays_for_a_clinician_and_the_record_counts_for_the_dates()
    {
        var retinoid = Nothing.With("topicalRetinoidUse", "\"unknown\"").ScreenWith([Medication(Atc, "D10AD03")]);
        var herpes = Nothing.With("herpesSimplexHistory", "\"unknown\"").ScreenWith([Condition(Icd, "B00.2")]);

        Assert.Equal((Eligibility.Review, Said.Day("2026-06-15")), (retinoid.Eligibility, retinoid.NotBefore));
        Assert.Equal((Eligibility.Review, Said.Day("2026-06-05")), (herpes.Eligibility, Assert.Single(herpes.WaitingPeriods).BlockedThrough));
        Assert.Empty(retinoid.Requirements);
    }

    [Fact]
    public static void An_antiviral_in_the_record_is_read_as_a_history_of_herpes_simplex()
    {
        var decision = Nothing.ScreenWith([Medication(RxNorm, "73645")]);

        Assert.Equal(Eligibility.Conditional, decision.Eligibility);
        Assert.Equal(Said.Day("2026-06-05"), Assert.Single(decision.Requirements).StartBy?.ToLocalDate());
    }

    [Theory]
    [InlineData("2026-06-05", "2026-06-19")]
    [InlineData("2026-06-23", "2026-07-07")]
    [InlineData("2026-05", "2026-06-14")]
    [InlineData(null, "2026-06-15")]
    public static void Botulinum_toxin_blocks_around_its_date_past_or_planned(string? on, string free)
    {
        var entry = Medication(Atc, "M03AX01");
        var decision = Nothing.ScreenWith([on is null ? entry : entry.On(on)]);

        Assert.Equal((Eligibility.Deferred, Said.Day(free)), (decision.Eligibility, decision.NotBefore));
    }

    [Theory]
    [InlineData("2026-06-05", 1)]
    [InlineData("2026-06", 1)]
    [InlineData("2026-06-04", 2)]
    [InlineData("2025", 2)]
    [InlineData("unknown", 2)]
    public static void An_injection_that_was_told_with_the_same_date_or_one_that_holds_it_is_the_same(string told, int events)
    {
        var said = Nothing.With("injections", $$"""[{"product":"botulinum-toxin","date":"{{told}}"}]""");
        var decision = said.ScreenWith([Medication(RxNorm, "860189").On("2026-06-05"), Medication(RxNorm, "860189").On("2026-06-05").Called("MedicationAdministration/2")]);

        Assert.Equal(events, decision.WaitingPeriods.Length);
        Assert.Equal(2, decision.Intake.Record.Length);
        Assert.All(decision.Intake.Record, evidence => Assert.Equal(events == 2, evidence.Disagrees));
    }

    [Fact]
    public static void Another_product_on_that_date_is_another_injection() =>
        Assert.Equal(2, Nothing.With("injections", """[{"product":"filler","date":"2026-06-05"}]""").ScreenWith([Medication(RxNorm, "860189").On("2026-06-05")]).WaitingPeriods.Length);

    [Theory]
    [InlineData(true, Eligibility.Review)]
    [InlineData(false, Eligibility.Incomplete)]
    public static void Injections_of_the_record_count_for_the_dates_of_who_cannot_say_or_did_not_answer(bool unknown, Eligibility expected)
    {
        var said = unknown ? Nothing.With("injections", "\"unknown\"") : Nothing.Without("injections");
        var decision = said.ScreenWith([Medication(RxNorm, "860189").On("2026-06-05")]);

        Assert.Equal((expected, Said.Day("2026-06-19")), (decision.Eligibility, decision.NotBefore));
        Assert.Equal(Outcome.Undetermined, RecordReconciliationTests.Finding(decision, "filler-or-toxin-injection").Outcome);
        Assert.Equal(unknown ? 0 : 1, decision.Missing.Length);
        Assert.False(Assert.Single(decision.Intake.Record).Disagrees);
    }

    [Theory]
    [InlineData("2026-06-10", null, "2026-06-24")]
    [InlineData("2026-06-01", null, "2026-06-15")]
    [InlineData("2020", "2026-05-25", "2026-06-10")]
    [InlineData("2026-03-01", "2026-12-20", "2027-01-03")]
    [InlineData("2026-06-09", "2026-08-02", "2026-08-16")]
    public static void An_injection_some_time_in_a_period_may_be_on_any_day_of_it_that_is_to_come(string since, string? on, string free)
    {
        var entry = Medication(Atc, "M03AX01") with { Since = Date(since), On = on is null ? null : Date(on) };

        Assert.Equal(Said.Day(free), Nothing.ScreenWith([entry]).NotBefore);
    }

    [Theory]
    [InlineData(100, "2026-11-01")]
    [InlineData(101, "2026-10")]
    public static void A_hundred_injections_of_a_record_count_by_the_day_and_more_of_them_by_the_month(int count, string last)
    {
        var latest = new NodaTime.LocalDate(2026, 11, 1);
        List<RecordEntry> record = [.. Enumerable.Range(0, count).Select(i => Medication(Atc, "M03AX01").On(PartialDate.Of(latest.PlusDays(-i)).ToString()))];

        var events = Nothing.ScreenWith(record).Intake.Answers[Shipped.Protocol.Questions.Single(question => question.Id == "injections").Index].Events.ToArray();

        Assert.Contains(last, events.Select(one => one.Date.ToString()));
        Assert.InRange(events.Length, 1, 100);
    }

    [Fact]
    public static void Of_more_injections_than_a_person_can_tell_months_or_years_count()
    {
        var first = new NodaTime.LocalDate(1950, 1, 1);
        List<RecordEntry> record = [.. Enumerable.Range(0, 60_000).Select(i => Medication(Atc, "M03AX01").On(PartialDate.Of(first.PlusDays(i)).ToString()))];

        var decision = Nothing.ScreenWith(record);

        Assert.Equal((Eligibility.Deferred, Said.Day("2115-01-14")), (decision.Eligibility, decision.NotBefore));
        Assert.InRange(decision.WaitingPeriods.Length, 1, 1000);
    }

    [Fact]
    public static void Years_months_and_days_cover_a_time_and_no_other_day()
    {
        Day Of(string date) => Date(date).First;

        Assert.Equal(["2025-11-29", "2025-11-30", "2025-12", "2026", "2027-01", "2027-02-01"], PartialDate.Cover(Of("2025-11-29"), Of("2027-02-01")).Select(date => date.ToString()));
        Assert.Equal(["2026-05-01"], PartialDate.Cover(Of("2026-05-01"), Of("2026-05-01")).Select(date => date.ToString()));
        Assert.Equal(["2199"], PartialDate.Cover(Of("2199-01-01"), Of("2199-12-31")).Select(date => date.ToString()));
        Assert.Empty(PartialDate.Cover(Of("2026-05-02"), Of("2026-05-01")));
    }
}
