using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>Which dates a decision leaves free, and which it does not, each as a line of Markdown.</summary>
internal static class CardDates
{
    /// <summary>Every wait, those that block the date first.</summary>
    public static IEnumerable<string> Waits(Decision decision, Language language) =>
        decision.WaitingPeriods.OrderByDescending(wait => wait.Contains(decision.Date)).Select(wait =>
            Line(PageTexts.NotPossible, DateWords.Interval(wait.BlockedFrom, wait.BlockedThrough, language), language)
            + $" ({Markdown.Code(decision.Intake.Protocol.Rules[wait.Rule].Id)})");

    /// <summary>What the waits leave free.</summary>
    public static IEnumerable<string> Windows(Decision decision, Language language) =>
        decision.Windows.Select(window => Line(PageTexts.Free, DateWords.Interval(window.From, window.Through, language), language));

    private static string Line(LocalizedText what, string when, Language language) =>
        $"{Markdown.Fill(what, language)}: {Markdown.Text(when)}";
}
