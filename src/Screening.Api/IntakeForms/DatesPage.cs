using NodaTime;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>Other dates of the same answers: a table of their statuses, and room for up to ten.</summary>
internal static class DatesPage
{
    /// <summary>Writes the page. Pure: the same arguments give the same page.</summary>
    /// <param name="content">What the page is made of.</param>
    /// <param name="numbers">The numbers of the dates that were screened.</param>
    /// <param name="decision">The decision with these dates as its slots; null when there are none.</param>
    /// <param name="isProposed">Whether the first date was not typed but is the first possible one.</param>
    public static byte[] Write(FormContent content, IReadOnlyList<int> numbers, Decision? decision, bool isProposed)
    {
        var html = new Html();
        var (title, name) = (content.Protocol.Document.Title.In(content.Language), content.T("intake.datesTitle"));
        PageFrame.Start(html, content.Language, $"{content.ToldFirst}{name} · {title}", FormStyle.Plain);
        html.Add($"""<header><p class="about">{title}</p><h1>{name}</h1><p>{content.T("intake.datesLead")}</p>""");
        if (isProposed)
        {
            html.Add($"<p>{content.T("intake.dateProposed")}</p>");
        }

        html.Add($"</header>");
        FormErrors.Write(html, content);
        if (decision is not null && numbers.Count > 0)
        {
            Table(html, content, numbers, decision);
        }

        FollowUps.Open(html, content, FormNames.IsOfSlot);
        FollowUps.DefaultButton(html, FormAction.Dates, content.T("intake.datesCheck"));
        var fields = new FormInputs(html, content);
        for (var slot = 1; slot <= FormNames.MostSlots; slot++)
        {
            var block = FormNames.SlotBlock(slot);
            fields.Open("div", block);
            html.Add($"""<fieldset class="row" """);
            fields.Describe(block);
            html.Add($"><legend>{content.T("intake.dateN", slot)}</legend>");
            fields.Error(block);
            fields.DateAndTime(FormNames.SlotDate(slot), FormNames.SlotTime(slot));
            html.Add($"</fieldset></div>\n");
        }

        FollowUps.MainButton(html, FormAction.Dates, content.T("intake.datesCheck"));
        html.Add($"<p>");
        FollowUps.Button(html, FormAction.Edit, content.T("intake.edit"));
        html.Add($"</p></form>");
        FollowUps.NextPerson(html, content);
        PageFrame.End(html);
        return html.ToUtf8();
    }

    /// <summary>
    /// The table is a form of its own, with the dates that were screened: what is typed below must not change what a button takes.
    /// </summary>
    private static void Table(Html html, FormContent content, IReadOnlyList<int> numbers, Decision decision)
    {
        FollowUps.Open(html, content);
        html.Add($"""<table><thead><tr><th scope="col">{content.T("intake.date")}</th>""");
        html.Add($"""<th scope="col">{content.T("intake.result")}</th></tr></thead><tbody>""");
        var starts = decision.Appointment.Slots;
        foreach (var (number, (start, status)) in numbers.Zip(starts.Zip(decision.Slots)))
        {
            var when = DateWords.Of(start, content.Language);
            html.Add($"""<tr><th scope="row">{number}. {when}</th><td>{ReportTexts.Short(status).In(content.Language)}""");
            if (status < Eligibility.Deferred && WaitThrough(decision, start.Date) is { } through)
            {
                html.Add($"""<br>{content.T("intake.inWait").With("date", DateWords.Of(through, content.Language))}""");
            }

            if (Decision.IsBookable(status))
            {
                html.Add($"<br>");
                var isAlone = starts.Count(other => other.Date == start.Date) == 1;
                var label = content.T("intake.take").With("date", isAlone ? DateWords.Of(start.Date, content.Language) : when);
                FollowUps.Button(html, FormAction.Take(number), label);
            }

            html.Add($"</td></tr>\n");
        }

        html.Add($"</tbody></table></form>\n");
    }

    /// <summary>The last day of the waits that a date lies in; null when it lies in none.</summary>
    private static LocalDate? WaitThrough(Decision decision, LocalDate date) => decision.WaitingPeriods
        .Where(wait => wait.Contains(date)).Select(wait => (LocalDate?)wait.BlockedThrough.ToLocalDate()).Max();
}
