using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Screening;

/// <summary>What an absent or unknown answer does to the rules that hang on it, on the made-up protocol.</summary>
public static class AnswerNeedTests
{
    [Theory]
    [InlineData("smoker", "smokingKind", "\"never\"", AnswerNeed.No)]
    [InlineData("smoker", "smokingKind", "\"some\"", AnswerNeed.Yes)]
    [InlineData("smoker", "smokingKind", "\"heavy\"", AnswerNeed.Yes)]
    [InlineData("smoker", "smokingKind", "\"unknown\"", AnswerNeed.DependsOnUnknown)]
    [InlineData("smoker", "smokingKind", "", AnswerNeed.DependsOnAbsent)]
    [InlineData("scars", "sunbed", "[]", AnswerNeed.No)]
    [InlineData("scars", "sunbed", "[\"legs\", \"elsewhere\"]", AnswerNeed.No)]
    [InlineData("scars", "sunbed", "[\"legs\", \"arms\"]", AnswerNeed.Yes)]
    [InlineData("scars", "sunbed", "[\"arms\", \"unknown\"]", AnswerNeed.Yes)]
    [InlineData("scars", "sunbed", "[\"legs\", \"unknown\"]", AnswerNeed.DependsOnUnknown)]
    [InlineData("scars", "sunbed", "", AnswerNeed.DependsOnAbsent)]
    [InlineData("scars", "bodyParts", "[\"legs\"]", AnswerNeed.Yes)]
    [InlineData("scars", "bodyParts", "[\"elsewhere\"]", AnswerNeed.No)]
    [InlineData("peel", "peelLast", "\"ended\"", AnswerNeed.Yes)]
    [InlineData("peel", "peelLast", "\"now\"", AnswerNeed.No)]
    [InlineData("smoker", "smoker", "", AnswerNeed.Yes)]
    [InlineData("cough", "syrupStart", "\"yes\"", AnswerNeed.No)]
    public static void A_question_is_needed_by_what_was_said_to_another(string other, string question, string said, AnswerNeed need)
    {
        var answers = (said.Length == 0 ? Said.Nothing(MadeUp.Protocol).Without(other) : Said.Nothing(MadeUp.Protocol).With(other, said)).Read();

        Assert.Equal(need, MadeUp.Protocol.Questions.Single(q => q.Id == question).Need(answers));
    }

    [Theory]
    [InlineData("{}", "smoker", "pipe-smoking", Outcome.Undetermined, Eligibility.Incomplete, "smoker")]
    [InlineData("""{ "smoker": "unknown" }""", "", "pipe-smoking", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "smoker": "unknown" }""", "", "heavy-smoking", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "smoker": "never" }""", "", "pipe-smoking", Outcome.Clear, Eligibility.Eligible, "")]
    [InlineData("""{ "smoker": "some" }""", "", "pipe-smoking", Outcome.Undetermined, Eligibility.Incomplete, "smokingKind")]
    [InlineData("""{ "smoker": "some", "smokingKind": "unknown" }""", "", "pipe-smoking", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "smoker": "some", "smokingKind": "cigar" }""", "", "pipe-smoking", Outcome.Clear, Eligibility.Eligible, "")]
    [InlineData("""{ "smoker": "never", "smokingKind": "pipe" }""", "", "pipe-smoking", Outcome.Triggered, Eligibility.Review, "")]
    [InlineData("""{ "smokingKind": "cigar" }""", "smoker", "pipe-smoking", Outcome.Clear, Eligibility.Eligible, "smoker")]
    [InlineData("{}", "scars", "sunbed", Outcome.Undetermined, Eligibility.Incomplete, "scars")]
    [InlineData("{}", "scars", "scar-in-area", Outcome.Undetermined, Eligibility.Incomplete, "scars")]
    [InlineData("""{ "scars": ["unknown"] }""", "", "sunbed", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "scars": ["unknown"] }""", "bodyParts", "scar-in-area", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "scars": ["legs", "unknown"] }""", "", "scar-in-area", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "scars": ["legs", "unknown"] }""", "bodyParts", "scar-in-area", Outcome.Undetermined, Eligibility.Incomplete, "bodyParts")]
    [InlineData("""{ "scars": ["arms", "unknown"], "sunbed": "no" }""", "", "scar-in-area", Outcome.Triggered, Eligibility.Review, "")]
    [InlineData("""{ "scars": ["arms", "unknown"] }""", "", "sunbed", Outcome.Undetermined, Eligibility.Incomplete, "sunbed")]
    [InlineData("""{ "scars": ["arms"], "sunbed": "yes" }""", "bodyParts", "sunbed", Outcome.Triggered, Eligibility.Ineligible, "bodyParts")]
    [InlineData("""{ "scars": ["elsewhere"] }""", "bodyParts", "scar-in-area", Outcome.Clear, Eligibility.Eligible, "")]
    [InlineData("{}", "peel", "peel", Outcome.Undetermined, Eligibility.Incomplete, "peel")]
    [InlineData("""{ "peel": "ended" }""", "", "peel", Outcome.Undetermined, Eligibility.Incomplete, "peelLast")]
    [InlineData("""{ "peel": "unknown" }""", "", "peel", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "peel": "unknown", "peelLast": "2030-03-10" }""", "", "peel", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("{}", "cough", "cough-syrup", Outcome.Undetermined, Eligibility.Incomplete, "cough")]
    [InlineData("{}", "cough", "massage-distance", Outcome.Undetermined, Eligibility.Incomplete, "cough")]
    [InlineData("""{ "cough": "unknown" }""", "", "massage-distance", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "cough": "yes" }""", "", "massage-distance", Outcome.Undetermined, Eligibility.Incomplete, "massages")]
    [InlineData("""{ "cough": "yes", "massages": "unknown" }""", "", "massage-distance", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "cough": "no" }""", "", "massage-distance", Outcome.Clear, Eligibility.Eligible, "")]
    [InlineData("""{ "vaccines": "unknown" }""", "", "vaccine-distance", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "worries": ["unknown", "noise"] }""", "", "worry", Outcome.Undetermined, Eligibility.Review, "")]
    [InlineData("""{ "worries": ["unknown", "heat"] }""", "", "worry", Outcome.Triggered, Eligibility.Review, "")]
    public static void A_rule_is_never_clear_on_an_answer_that_is_not_known(string changes, string without, string rule, Outcome outcome, Eligibility level, string missing)
    {
        var said = JsonDocument.Parse(changes).RootElement.EnumerateObject().Aggregate(Said.Nothing(MadeUp.Protocol), (rest, change) => rest.With(change.Name, change.Value.GetRawText()));

        var decision = said.Without(without).Screen();

        var finding = decision.Findings[MadeUp.Protocol.RuleIndexes[rule]];
        Assert.Equal((outcome, level), (finding.Outcome, finding.Level));
        Assert.Equal(missing, string.Join(' ', decision.Missing.Select(i => MadeUp.Protocol.Questions[i].Id)));
    }

    [Fact]
    public static void A_needed_answer_that_is_absent_makes_incomplete_even_when_every_rule_is_clear()
    {
        var file = JsonNode.Parse(Shipped.Resource(typeof(MadeUp), "made-up-lamp.json"))!.AsObject();
        file.Cut("/treatmentAreas/neededWhen");
        var protocol = Shipped.Load("areas-always-needed.json", Encoding.UTF8.GetBytes(file.ToJsonString()));

        var decision = Said.Nothing(protocol).Without("bodyParts").Screen();

        Assert.All(decision.Findings, finding => Assert.Equal(Outcome.Clear, finding.Outcome));
        Assert.Equal(Eligibility.Incomplete, decision.Eligibility);
        Assert.Equal([(byte)protocol.Areas.Index], decision.Missing);
    }
}
