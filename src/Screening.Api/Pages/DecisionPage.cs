using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// A decision as a page for people, to read on screen or on paper. The order follows the reader's needs: may it be booked, what to do, why,
/// the dates, and last what identifies the decision.
/// </summary>
/// <remarks>
/// A page for staff contains the wording for staff and for patients, switched by two radio buttons and CSS alone: a link from one to the
/// other would need the answers again, the hidden wording is neither read aloud nor printed, and both printouts carry the same decision id.
/// A page for the patient contains only the patient's wording, so that it can be given away as a file too.
/// </remarks>
internal static class DecisionPage
{
    /// <summary>The buffer size for an ordinary page.</summary>
    public const int InitialCapacity = 32 * 1024;

    /// <summary>Writes a report as a page. Pure: the same arguments give the same page.</summary>
    /// <param name="output">The destination.</param>
    /// <param name="report">The report.</param>
    /// <param name="audience">Who reads it.</param>
    /// <param name="next">Adds what may be asked next, as a form; null where nothing may.</param>
    /// <param name="receipt">The decision's receipt; null where none was made.</param>
    public static void Write(
        Utf8Output output, DecisionReport report, Audience audience, Action<Html>? next = null, string? receipt = null)
    {
        var page = new PageParts(new Html(), report, audience);

        // Without the result: a title stays in a browser's history, and is seen on a tab and at the top of a printed page.
        PageFrame.Start(
            page.Html,
            report.Language,
            $"{page.T(PageTexts.Screening)} · {report.Title}",
            next is null ? null : FormStyle.Plain);
        RunningHead.Write(page.Html, report.Language, page.Decision.Today);
        Switch(page);
        Status(page);
        foreach (var section in report.Sections)
        {
            section.Write(page);
        }

        next?.Invoke(page.Html);
        FindingLists.WriteAll(page);
        AboutSection.Write(page);
        ReceiptSection.Write(page.Html, receipt, report.Language);
        PageFrame.End(page.Html);
        output.Raw(page.Html.ToUtf8());
    }

    private static void Switch(PageParts page)
    {
        if (page.ForStaff)
        {
            page.Html.Add($"""
                <fieldset class="switch">
                <legend>{page.T(PageTexts.Switch)}</legend>
                <label><input type="radio" name="audience" id="to-clinician" autocomplete="off" checked> {page.T(PageTexts.ForClinician)}</label>
                <label><input type="radio" name="audience" id="to-patient" autocomplete="off"> {page.T(PageTexts.ForPatient)}</label>
                </fieldset>

                """);
        }
    }

    private static void Status(PageParts page)
    {
        var (report, bookable) = (page.Report, page.Decision.Bookable);
        page.Html.Add($"""<header class="{(bookable ? "yes" : "no")}">""");
        page.Html.Add($"""<p class="about">{report.Title}</p>""");

        // The icon is hidden from screen readers because it repeats the heading.
        page.Html.Add($"""<h1><svg class="sign" aria-hidden="true" viewBox="0 0 24 24"><path d="{(bookable ? "M4 13l5 6L20 5" : "M5 5L19 19M19 5L5 19")}"/></svg> """);
        page.AddText("span", report.Headline);
        page.Html.Add($"""</h1><p class="when">{report.When}{(report.Areas is { } areas ? " · " + areas : string.Empty)}</p>""");
        page.AddText("p", report.Lead);
        if (report.Bound is { } bound)
        {
            page.AddText("p", bound);
        }

        foreach (var caveat in report.Caveats)
        {
            page.Html.Add($"<p>{caveat}</p>");
        }

        page.Html.Add($"""</header><div class="purpose">""");
        page.AddText("p", new(page.T(PageTexts.Purpose.Clinician), page.T(PageTexts.Purpose.Patient)));
        page.Html.Add($"</div>\n");
    }
}
