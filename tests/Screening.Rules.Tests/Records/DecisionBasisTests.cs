using CsCheck;
using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>What of a decision is by the answers, and what only by the record, as of 2026-06-01 for 2026-06-10.</summary>
public static class DecisionBasisTests
{
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);

    private static readonly Gen<(Said Said, RecordEntry[] Record)> Any = Gen.OneOf(SaidGenerator.Of(Shipped.Protocol), SaidGenerator.Of(MadeUp.Protocol))
        .SelectMany(said => RecordGenerator.Of(said.Protocol, said.Today).Select(record => (said, record)));

    [Theory]
    [InlineData("\"no\"", "L40.0", EvidenceBasis.Record)]
    [InlineData("\"yes\"", "L40.0", EvidenceBasis.Both)]
    [InlineData("\"yes\"", "B00.9", EvidenceBasis.Answers)]
    [InlineData("\"unknown\"", "L40.0", EvidenceBasis.Record)]
    public static void A_status_is_by_the_answers_by_the_record_or_by_both(string pregnancy, string code, EvidenceBasis basis) =>
        Assert.Equal(basis, DecisionBasis.Of(Nothing.With("pregnancy", pregnancy).ScreenWith([Condition(Icd, code)])).Basis);

    [Fact]
    public static void What_was_said_as_well_is_not_the_record_s()
    {
        var decision = Nothing.With("skinConditions", """["psoriasis"]""").ScreenWith([Condition(Icd, "L40.0")]);
        Assert.Equal(EvidenceBasis.Answers, DecisionBasis.Of(decision).Basis);
    }

    [Fact]
    public static void Without_a_record_all_of_it_is_by_the_answers() =>
        Any.Sample((said, _) =>
        {
            var grounds = DecisionBasis.Of(said.Screen());
            Assert.Equal(EvidenceBasis.Answers, grounds.Basis);
            Assert.DoesNotContain(said.Protocol.Rules, rule => grounds.IsOfRecord(rule.Index));
        });

    [Fact]
    public static void A_finding_that_is_not_the_record_s_is_found_by_the_answers_alone() =>
        Any.Sample((said, record) =>
        {
            var (decision, bySaid) = (said.ScreenWith(record), said.Screen());
            var grounds = DecisionBasis.Of(decision);
            Assert.All(decision.Reasons, rule => Assert.True(
                grounds.IsOfRecord(rule) != (bySaid.Findings[rule].Outcome == decision.Findings[rule].Outcome && bySaid.Findings[rule].Effect == decision.Findings[rule].Effect)));
        });

    [Fact]
    public static void A_wait_that_is_not_the_record_s_is_counted_from_what_was_said_or_from_today() =>
        Any.Sample((said, record) =>
        {
            var (decision, bySaid) = (said.ScreenWith(record), said.Screen());
            foreach (var wait in decision.WaitingPeriods.Where(wait => !DecisionBasis.IsOfRecord(decision.Intake, wait)))
            {
                Assert.True(bySaid.WaitingPeriods.Contains(wait) || wait.AssumedDate.ToLocalDate() == said.Today || decision.Intake.PatientAnswers[wait.Question].Given);
            }
        });

    [Fact]
    public static void The_answers_as_said_stay_as_they_were_said() =>
        Any.Sample((said, record) => Assert.Equal(
            said.Read().Select(answer => Shown(answer)),
            said.RaisedBy(record).PatientAnswers.ToArray().Select(answer => Shown(answer))));

    [Fact]
    public static void An_event_is_told_with_the_date_the_days_or_the_lack_of_either_that_the_record_has_for_it()
    {
        Assert.Equal(new RecordedTime(Date("2026-05"), Date("2026-05")), When(Toxin().On("2026-05")));
        Assert.Equal(new RecordedTime(null, null), When(Toxin()));
        Assert.Equal(new RecordedTime(Date("2026-06-20"), null), When(Toxin() with { Since = Date("2026-06-20") }));
        Assert.Equal(new RecordedTime(Date("2026-06-20"), Date("2026-06-22")), When(Toxin().On("2026-06-22") with { Since = Date("2026-06-20") }));
        Assert.Null(When(Condition(Icd, "L40.0")));
        Assert.Equal(new RecordedTime(Date("2026-05-20"), Date("2026-05-20")), When(Medication(Atc, "D10AD03", RecordState.Ended).Until("2026-05-20")));

        static RecordEntry Toxin() => Medication(RxNorm, "860189");
        static RecordedTime? When(RecordEntry entry) => Assert.Single(Nothing.RaisedBy([entry]).Record).When;
    }

    private static string Shown(Answer answer) =>
        $"{answer.Given} {answer.Codes} {(answer.Date == default ? "" : answer.Date)} {string.Join(',', answer.GivenCodes.ToArray())} {string.Join(',', answer.Events.ToArray())}";
}
