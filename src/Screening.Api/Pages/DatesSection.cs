using System.Globalization;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The dates: drawn, and the same in tables for who cannot see the drawing or wants them exact.</summary>
internal static class DatesSection
{
    /// <summary>Adds the date line and its tables.</summary>
    public static void Write(PageParts page)
    {
        page.Html.Add($"""<section><h2 id="dates">{page.T(PageTexts.Dates)}</h2>""");

        // A narrow screen scrolls what is wide rather than shrink its letters; a keyboard must reach what scrolls.
        page.Html.Add($"""<div class="wide line" role="group" aria-labelledby="dates" tabindex="0">""");
        page.Html.Add($"\n");
        DateLineSvg.Write(page);
        page.Html.Add($"</div>\n");
        Dates(page);
        Waits(page);
        Slots(page);
        page.Html.Add($"</section>\n");
    }

    private static void Dates(PageParts page)
    {
        var decision = page.Decision;
        page.Html.Add($"<table><thead><tr><th scope=\"col\">{page.T(PageTexts.What)}</th><th scope=\"col\">{page.T(PageTexts.When)}</th></tr></thead><tbody>\n");
        Row(page, PageTexts.RequestedDate, DateWords.WithWeekday(decision.Date, page.Language));
        Row(page, PageTexts.AsOfDate, page.Date(decision.Today));
        if (decision.NotBefore != decision.Date)
        {
            // Of the requested date itself it would say nothing new.
            Row(page, decision.EarliestDate is null ? PageTexts.NotBefore : PageTexts.FirstFree, DateWords.WithWeekday(decision.NotBefore, page.Language));
        }

        foreach (var window in decision.Windows)
        {
            Row(page, PageTexts.Free, DateWords.Interval(window.From, window.Through, page.Language));
        }

        foreach (var requirement in page.Requirements)
        {
            Row(page, page.RequiredName, string.Join("; ", RequirementWords.Full(requirement).Select(one => page.T(one.Text).With("date", page.Date(one.Date)))));
        }

        page.Html.Add($"</tbody></table>\n");
        if (decision.Windows.IsEmpty)
        {
            page.Html.Add($"<p>{page.T(PageTexts.NoDates)}</p>\n");
        }
    }

    private static void Row(PageParts page, LocalizedText what, string when) =>
        page.Html.Add($"<tr><th scope=\"row\">{page.T(what)}</th><td>{when}</td></tr>\n");

    private static void Waits(PageParts page)
    {
        var decision = page.Decision;
        if (decision.WaitingPeriods.IsEmpty)
        {
            return;
        }

        page.Html.Add($"""<h3 id="waits">{page.T(PageTexts.Waits)}</h3><div class="wide" role="group" aria-labelledby="waits" tabindex="0"><table class="waits"><thead><tr>""");
        foreach (var heading in (LocalizedText[])[PageTexts.Wait, PageTexts.CountedFrom, PageTexts.NotPossible, PageTexts.RequestedIs])
        {
            page.Html.Add($"<th scope=\"col\">{page.T(heading)}</th>");
        }

        page.Html.Add($"</tr></thead><tbody>\n");
        for (var i = 0; i < decision.WaitingPeriods.Length; i++)
        {
            Wait(page, i, decision.WaitingPeriods[i]);
        }

        page.Html.Add($"</tbody></table></div>\n");
    }

    private static void Wait(PageParts page, int index, WaitingPeriod wait)
    {
        var decision = page.Decision;
        ref readonly var answer = ref decision.Intake.Answers[wait.Question];
        var days = decision.Intake.Protocol.Rules[wait.Rule].WaitDays;
        page.Html.Add($"<tr><th scope=\"row\">{index + 1}<br>{page.T(PageTexts.DaysLong).With("n", days.ToString(CultureInfo.InvariantCulture))}</th><td>");
        var (asked, told) = WaitWords.Of(decision, wait, page.Language);
        if (asked is null)
        {
            page.Html.Add($"{told}");
        }
        else
        {
            page.Html.Add($"{asked} <b>{told}</b>");
        }

        if (!IsExact(wait, answer))
        {
            page.Html.Add($"<br>{page.T(PageTexts.CountedAs).With("date", page.Date(wait.AssumedDate))}");
        }

        page.Html.Add($"</td><td>{DateWords.Interval(wait.BlockedFrom, wait.BlockedThrough, page.Language)}<br>");
        page.Html.Add($"{page.T(PageTexts.FreeAgain).With("date", page.Date(wait.ClearsOn))}</td>");
        page.Html.Add($"<td>{page.T(wait.Contains(decision.Date) ? PageTexts.Blocked : PageTexts.NotBlocked)}</td></tr>\n");
    }

    /// <summary>True when the wait is counted from the very day that was said.</summary>
    private static bool IsExact(WaitingPeriod wait, in Answer answer)
    {
        var said = wait.Event >= 0 ? answer.Events[wait.Event].Date : answer.Given && !answer.IsUnknown ? answer.Date : null;
        return said is { IsFull: true } date && date.First == wait.AssumedDate;
    }

    private static void Slots(PageParts page)
    {
        var decision = page.Decision;
        if (decision.Slots.IsEmpty)
        {
            return;
        }

        page.Html.Add($"<h3>{page.T(PageTexts.Slots)}</h3><table><thead><tr><th scope=\"col\">{page.T(PageTexts.Start)}</th><th scope=\"col\">{page.T(PageTexts.Answer)}</th></tr></thead><tbody>\n");
        for (var i = 0; i < decision.Slots.Length; i++)
        {
            page.Html.Add($"<tr><th scope=\"row\">{DateWords.Of(decision.Appointment.Slots[i], page.Language)}</th><td>{page.T(PageTexts.Short(decision.Slots[i]))}</td></tr>\n");
        }

        page.Html.Add($"</tbody></table>\n");
        if (decision.Slots.Contains(Eligibility.Conditional))
        {
            page.Html.Add($"<p>{page.T(PageTexts.SlotsNote)}</p>\n");
        }
    }
}
