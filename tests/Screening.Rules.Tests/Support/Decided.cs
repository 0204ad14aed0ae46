namespace Screening.Rules.Tests.Support;

/// <summary>What a decision says, as texts that compare and print.</summary>
public sealed record Decided(string Status, string Findings, string Reasons, string Waits, string Requirements, string Windows, string NotBefore, string Missing, string Slots)
{
    public static Decided Of(Decision decision) => new(
        WireName.Of(decision.Eligibility),
        string.Join(";", decision.Findings),
        string.Join(";", decision.Reasons),
        string.Join(";", decision.WaitingPeriods),
        string.Join(";", decision.Requirements),
        string.Join(";", decision.Windows),
        decision.NotBefore.ToString(),
        string.Join(";", decision.Missing),
        string.Join(";", decision.Slots));
}
