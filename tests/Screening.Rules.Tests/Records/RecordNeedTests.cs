using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Records;

/// <summary>An answer that makes another one needed goes on doing so when the record raises it; on the made-up lamp.</summary>
public static class RecordNeedTests
{
    [Fact]
    public static void A_harmless_answer_that_makes_another_needed_stays_beside_what_the_record_raises()
    {
        var said = Said.Nothing(MadeUp.Protocol).With("smoker", "\"some\"");
        var decision = said.ScreenWith([Condition(Icd, "F17.1", RecordState.Unstated)]);

        Assert.Equal(Eligibility.Incomplete, said.Screen().Eligibility);
        Assert.Equal(Eligibility.Incomplete, decision.Eligibility);
        Assert.Equal("smokingKind", MadeUp.Protocol.Questions[Assert.Single(decision.Missing)].Id);
        Assert.True(Assert.Single(decision.Intake.Record).ChangesAnswer);
    }

    [Fact]
    public static void A_use_that_stopped_and_makes_another_answer_needed_stays_stopped_but_not_before_today()
    {
        var document = MadeUp.Protocol.Document;
        var needed = new AnswerIs { Question = "peel", AnyOf = ["ended"] };
        var protocol = new Protocol(document with { Questions = [.. document.Questions.Select(question => question.Id == "sunbed" ? question with { NeededWhen = needed } : question)] }, MadeUp.Protocol.File);
        var said = Said.Nothing(protocol).With("peel", "\"ended\"").With("peelLast", "\"2030-01-01\"");
        var decision = said.ScreenWith([Medication(RxNorm, "11")]);

        Assert.Equal(Eligibility.Incomplete, said.Screen().Eligibility);
        Assert.Equal(Eligibility.Incomplete, decision.Eligibility);
        Assert.Equal("sunbed", protocol.Questions[Assert.Single(decision.Missing)].Id);
        Assert.Equal(said.Today.PlusDays(3), Assert.Single(decision.WaitingPeriods).ClearsOn.ToLocalDate());
    }
}
