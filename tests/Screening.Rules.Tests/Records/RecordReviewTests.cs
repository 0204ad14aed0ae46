using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>What a record leaves to a clinician, who may clear it; and how long an observation counts.</summary>
public static class RecordReviewTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);

    [Fact]
    public static void An_injected_toxin_that_is_over_and_never_says_when_is_for_a_clinician()
    {
        var decision = Nothing.ScreenWith([Medication(RxNorm, "860189", RecordState.Ended)]);

        Assert.Equal(Eligibility.Review, decision.Eligibility);
        Assert.Empty(decision.WaitingPeriods);
        var evidence = Assert.Single(decision.Intake.Record);
        Assert.Null(Shipped.Protocol.Questions[evidence.Question].OptionOf(evidence));
        Assert.Equal((true, true), (evidence.ChangesAnswer, evidence.Disagrees));
        var rule = Shipped.Protocol.Rules[Shipped.Protocol.RuleIndexes["filler-or-toxin-injection"]];
        Assert.Equal(evidence, Assert.Single(decision.Intake.RecordOf(rule)));
    }

    [Fact]
    public static void A_toxin_that_began_and_is_over_some_time_is_for_a_clinician_as_well()
    {
        var began = Medication(RxNorm, "860189", RecordState.Ended) with { Since = Date("2026-01-10") };

        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([began]).Eligibility);
    }

    [Fact]
    public static void A_procedure_that_never_says_when_is_for_a_clinician()
    {
        var said = Said.Nothing(MadeUp.Protocol);
        var vaccinated = Medication(Atc, "J07BB02") with { Kind = RecordKind.Procedure };

        Assert.Equal(Eligibility.Review, said.ScreenWith([vaccinated]).Eligibility);
        Assert.Equal(Eligibility.Eligible, said.ScreenWith([vaccinated.On("2020")]).Eligibility);
    }

    [Fact]
    public static void A_toxin_that_is_still_to_come_and_does_not_say_when_defers_as_ever() =>
        Assert.Equal(Eligibility.Deferred, Nothing.ScreenWith([Medication(RxNorm, "860189")]).Eligibility);

    [Fact]
    public static void Beside_an_injection_of_unknown_date_those_that_were_told_still_count()
    {
        var said = Nothing.With("injections", """[{"product":"filler","date":"2026-06-05"}]""");
        var decision = said.ScreenWith([Medication(RxNorm, "860189", RecordState.Ended)]);
        var cleared = Cleared(decision, "filler-or-toxin-injection");

        Assert.Equal((Eligibility.Review, Said.Day("2026-06-19")), (decision.Eligibility, decision.NotBefore));
        Assert.Equal((Eligibility.Deferred, Said.Day("2026-06-19")), (cleared.Eligibility, cleared.NotBefore));
    }

    [Theory]
    [InlineData(false, Eligibility.Incomplete)]
    [InlineData(true, Eligibility.Review)]
    public static void Who_did_not_answer_is_still_asked_and_who_cannot_say_is_told_nothing_new(bool unknown, Eligibility expected)
    {
        var said = unknown ? Nothing.With("injections", "\"unknown\"") : Nothing.Without("injections");
        var decision = said.ScreenWith([Medication(RxNorm, "860189", RecordState.Ended)]);

        Assert.Equal(expected, decision.Eligibility);
        Assert.Equal(!unknown, Assert.Single(decision.Intake.Record).ChangesAnswer);
    }

    [Fact]
    public static void Tretinoin_that_is_over_and_never_says_when_is_for_a_clinician()
    {
        var decision = Nothing.ScreenWith([Medication(RxNorm, "10753", RecordState.Ended)]);

        Assert.Equal("unknown", RecordReconciliationTests.Shown(decision.Intake, "topicalRetinoidUse"));
        Assert.Equal(Eligibility.Review, decision.Eligibility);
        Assert.Equal(Eligibility.Eligible, Cleared(decision, "topical-retinoid").Eligibility);
    }

    [Theory]
    [InlineData("\"2026-01-10\"", Eligibility.Review, true)]
    [InlineData("\"2026-06-01\"", Eligibility.Deferred, false)]
    [InlineData("\"unknown\"", Eligibility.Deferred, false)]
    public static void An_end_that_nobody_tells_is_worse_than_one_before_today_and_as_bad_as_one_today(
        string last, Eligibility expected, bool raises)
    {
        var said = Nothing.With("topicalRetinoidUse", "\"stopped\"").With("topicalRetinoidLastUsed", last);
        var decision = said.ScreenWith([Medication(RxNorm, "10753", RecordState.Ended)]);

        Assert.Equal((expected, raises), (decision.Eligibility, Assert.Single(decision.Intake.Record).ChangesAnswer));
    }

    [Fact]
    public static void Who_still_uses_it_is_told_nothing_new_by_an_order_that_is_over()
    {
        var said = Nothing.With("topicalRetinoidUse", "\"current\"");
        var decision = said.ScreenWith([Medication(RxNorm, "10753", RecordState.Ended)]);

        Assert.Equal(said.Screen().Eligibility, decision.Eligibility);
        Assert.False(Assert.Single(decision.Intake.Record).ChangesAnswer);
    }

    [Fact]
    public static void What_the_record_alone_raised_is_cleared_by_who_knew_the_record()
    {
        var raised = Nothing.ScreenWith([Medication(RxNorm, "860189", RecordState.Ended)]);

        Assert.Equal(Eligibility.Eligible, Cleared(raised, "filler-or-toxin-injection").Eligibility);
        Assert.Equal(raised.Intake.Record, Cleared(raised, "filler-or-toxin-injection").Intake.Record);
    }

    [Theory]
    [InlineData("2025-08-05", Eligibility.Ineligible)]
    [InlineData("2025-08-04", Eligibility.Eligible)]
    [InlineData("2025-08", Eligibility.Ineligible)]
    [InlineData("2025-07", Eligibility.Eligible)]
    [InlineData("2025", Eligibility.Ineligible)]
    [InlineData("2024", Eligibility.Eligible)]
    [InlineData(null, Eligibility.Ineligible)]
    [InlineData("2027-01-01", Eligibility.Ineligible)]
    public static void An_observed_pregnancy_counts_for_300_days_after_its_date_and_without_one_for_good(string? on, Eligibility expected) =>
        Assert.Equal(expected, Nothing.ScreenWith([Pregnancy("77386006", on)]).Eligibility);

    [Theory]
    [InlineData("LA15173-0", Eligibility.Ineligible)]
    [InlineData("LA4489-6", Eligibility.Review)]
    [InlineData("LA26683-5", Eligibility.Eligible)]
    [InlineData("LA0-0", Eligibility.Review)]
    public static void A_pregnancy_status_may_be_an_answer_of_its_own_list(string value, Eligibility expected) =>
        Assert.Equal(expected, Nothing.ScreenWith([Pregnancy(null, "2026-05-01") with { Value = Concept(Loinc, value) }]).Eligibility);

    [Fact]
    public static void A_later_observation_takes_back_an_earlier_one_and_nothing_else()
    {
        var (pregnant, not) = (Pregnancy("77386006", "2026-04-01"), Pregnancy("60001007", "2026-05-01").Called("Observation/2"));

        Assert.Equal(Eligibility.Eligible, Nothing.ScreenWith([pregnant, not]).Eligibility);
        Assert.Equal(Eligibility.Ineligible, Nothing.ScreenWith([Condition(Icd, "Z33.1"), not]).Eligibility);
        Assert.Equal(Eligibility.Ineligible, Nothing.With("pregnancy", "\"yes\"").ScreenWith([pregnant, not]).Eligibility);
        Assert.Equal(Eligibility.Review, Nothing.ScreenWith([Worded(RecordKind.Condition, "Pregnancy"), not]).Eligibility);
    }

    [Theory]
    [InlineData("2026-06-01", Eligibility.Eligible)]
    [InlineData("2026-06", Eligibility.Eligible)]
    [InlineData("2026-06-02", Eligibility.Ineligible)]
    [InlineData("2027", Eligibility.Ineligible)]
    public static void What_is_dated_after_today_has_not_been_observed_and_settles_nothing(string on, Eligibility expected) =>
        Assert.Equal(expected, Nothing.ScreenWith([Pregnancy("77386006", "2026-05-20"), Pregnancy("60001007", on)]).Eligibility);

    [Fact]
    public static void A_status_that_is_not_confirmed_outdates_nothing() =>
        Assert.Equal(Eligibility.Ineligible, Nothing.ScreenWith([Pregnancy("77386006", "2026-03"), Pregnancy("60001007", "2026-04") with { IsUnconfirmed = true }]).Eligibility);

    [Fact]
    public static void A_record_never_clears_what_was_said()
    {
        var said = Nothing.With("pregnancy", "\"yes\"");

        Assert.Equal(Eligibility.Ineligible, said.ScreenWith([Pregnancy("60001007", "2026-05-31")]).Eligibility);
    }

    private static Decision Cleared(Decision decision, string rule)
    {
        var index = Shipped.Protocol.RuleIndexes[rule];
        Assert.True(Screener.CanClear(Shipped.Protocol, decision.Intake.Answers, index, decision.Today));
        var intake = decision.Intake.WithClearances([new Clearance(index, "Dr. Rivera", decision.Today, null)]);
        return Screener.Screen(intake, decision.Appointment, decision.Today);
    }
}
