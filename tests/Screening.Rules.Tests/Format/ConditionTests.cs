using System.Text.RegularExpressions;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Format;

public static partial class ConditionTests
{
    /// <summary>A kind says of itself what readers need; these three tell the kinds apart because their answers have nothing in common.</summary>
    [Fact]
    public static void The_kinds_of_condition_are_told_apart_to_evaluate_to_check_and_to_explain_them_and_nowhere_else() =>
        Assert.Equal(
            [("CompiledRule.cs", 1), ("ProtocolRuleChecks.cs", 1), ("ReviewSheet.cs", 1)],
            SourceCode.Matches("src", TellsKindsApart()));

    /// <summary>A Match on a condition, a test of its type, or a filter by it.</summary>
    [GeneratedRegex(
        @"[Cc]ondition\.Match\b|(\b(is|as|case|not)\s+|OfType<)(Answer|TreatedArea|StoppedUse|Course|EventDistance)Condition\b",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TellsKindsApart();
}
