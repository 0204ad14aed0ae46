using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The dates: a drawing, and tables with the same content for readers who cannot see it or need exact dates.</summary>
internal static class DateTables
{
    /// <summary>Adds the timeline and its tables.</summary>
    public static void Write(PageParts page, DatesSection section)
    {
        page.Html.Add($"""<section><h2 id="dates">{section.Heading}</h2>""");
        page.Html.Add($"""<div class="line">""");
        page.Html.Add($"\n");
        TimelineSvg.Write(page);
        page.Html.Add($"</div>\n");
        DateList.Write(page);
        Table(page, PageTexts.What, PageTexts.When, [.. section.Asked, .. section.Free, .. section.Required], section.NoneFree);
        Waits(page, section.Waits);
        if (section.Slots.Count > 0)
        {
            page.Html.Add($"<h3>{section.SlotsHeading}</h3>");
            Table(page, PageTexts.Start, PageTexts.Answer, section.Slots, section.SlotsNote);
        }

        page.Html.Add($"</section>\n");
    }

    private static void Table(PageParts page, LocalizedText name, LocalizedText value, IReadOnlyList<ReportRow> rows, string? note)
    {
        page.Html.Add($"<table><thead><tr><th scope=\"col\">{page.T(name)}</th><th scope=\"col\">{page.T(value)}</th></tr></thead>");
        page.Html.Add($"<tbody>\n");
        foreach (var row in rows)
        {
            page.Html.Add($"<tr><th scope=\"row\">{row.Name}</th><td>{row.Value}</td></tr>\n");
        }

        page.Html.Add($"</tbody></table>\n");
        if (note is not null)
        {
            page.Html.Add($"<p>{note}</p>\n");
        }
    }

    private static void Waits(PageParts page, IReadOnlyList<ReportWait> waits)
    {
        if (waits.Count == 0)
        {
            return;
        }

        // A narrow screen scrolls wide content instead of shrinking its text; scrollable content must be reachable by keyboard.
        page.Html.Add($"""<h3 id="waits">{page.T(PageTexts.Waits)}</h3>""");
        page.Html.Add($"""<div class="wide" role="group" aria-labelledby="waits" tabindex="0"><table class="waits"><thead><tr>""");
        LocalizedText[] headings = [PageTexts.Wait, PageTexts.CountedFrom, ReportTexts.NotPossible, ReportTexts.RequestedDate];
        foreach (var heading in headings)
        {
            page.Html.Add($"<th scope=\"col\">{page.T(heading)}</th>");
        }

        page.Html.Add($"</tr></thead><tbody>\n");
        foreach (var wait in waits)
        {
            Wait(page, wait);
        }

        page.Html.Add($"</tbody></table></div>\n");
    }

    private static void Wait(PageParts page, ReportWait wait)
    {
        page.Html.Add($"<tr><th scope=\"row\">{wait.Number}<br>{wait.Length}</th><td>");
        if (wait.Question is { } question)
        {
            page.Html.Add($"{question} <b>{wait.CountedFrom}</b>");
        }
        else
        {
            page.Html.Add($"{wait.CountedFrom}");
        }

        if (wait.CountedAs is { } counted)
        {
            page.Html.Add($"<br>{counted}");
        }

        page.Html.Add($"</td><td>{wait.Blocked.Value}<br>{wait.FreeAgain}</td><td>{wait.Requested}</td></tr>\n");
    }
}
