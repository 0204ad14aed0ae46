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
        {
            var through = DateWords.Of(wait.BlockedThrough, language);
            var blocked = wait.BlockedFrom is { } from
                ? Markdown.Fill(PageTexts.Through, language, ("from", DateWords.Of(from, language)), ("through", through))
                : Markdown.Fill(PageTexts.Until, language, ("through", through));
            return $"{Markdown.Fill(PageTexts.NotPossible, language)}: {blocked} ({Markdown.Code(decision.Intake.Protocol.Rules[wait.Rule].Id)})";
        });

    /// <summary>What the waits leave free.</summary>
    public static IEnumerable<string> Windows(Decision decision, Language language) => decision.Windows.Select(window =>
    {
        var from = DateWords.Of(window.From, language);
        return $"{Markdown.Fill(PageTexts.Free, language)}: " + (window.Through is { } through
            ? Markdown.Fill(PageTexts.Through, language, ("from", from), ("through", DateWords.Of(through, language)))
            : Markdown.Fill(PageTexts.From, language, ("from", from)));
    });
}
