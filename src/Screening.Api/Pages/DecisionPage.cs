using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// A decision as a page for people, to be read on a screen or on paper. What a reader needs comes
/// first: may it be booked, then what to do, then why, then the dates, and last what tells this answer from another.
/// </summary>
/// <remarks>
/// A page for staff holds the words for staff and those for the patient, turned by two radio buttons and style rules alone: a link from
/// one to the other would need the answers again, what is not chosen is neither read aloud nor printed, and both papers carry the same decision id. A page that was
/// asked for the patient holds the patient's words only, so that it can be handed over as a file too.
/// </remarks>
internal static class DecisionPage
{
    /// <summary>Room for an ordinary page.</summary>
    public const int InitialCapacity = 32 * 1024;

    /// <summary>Writes a report as a page. Pure: the same arguments give the same page.</summary>
    public static void Write(Utf8Output output, DecisionReport report, Audience audience)
    {
        var page = new PageParts(new Html(), report, audience);
        PageFrame.Begin(page.Html, report.Language, $"{(page.ForStaff ? report.Headline.Clinician : report.Headline.Patient)} · {report.Title}");
        Switch(page);
        Status(page);
        foreach (var section in report.Sections)
        {
            section.Write(page);
        }

        AboutSection.Write(page);
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

        // The sign repeats what the heading says.
        page.Html.Add($"""<h1><svg class="sign" aria-hidden="true" viewBox="0 0 24 24"><path d="{(bookable ? "M4 13l5 6L20 5" : "M5 5L19 19M19 5L5 19")}"/></svg> """);
        page.Say("span", report.Headline);
        page.Html.Add($"""</h1><p class="when">{report.When}{(report.Areas is { } areas ? " · " + areas : string.Empty)}</p>""");
        page.Say("p", report.Lead);
        if (report.Bound is { } bound)
        {
            page.Say("p", bound);
        }

        foreach (var caveat in report.Caveats)
        {
            page.Html.Add($"<p>{caveat}</p>");
        }

        page.Html.Add($"</header>\n");
    }
}
