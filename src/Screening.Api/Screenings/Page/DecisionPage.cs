using System.Text;
using Screening.Api.Hosting;
using Screening.Rules;

namespace Screening.Api.Screenings.Page;

/// <summary>
/// A decision as a page for people, to be read on a screen or on paper: one file without script or anything to load. What a reader needs comes
/// first: may it be booked, then what to do, then why, then the dates, and last what tells this answer from another.
/// </summary>
/// <remarks>
/// A page for staff holds the words for staff and those for the patient, turned by two radio buttons and style rules alone: a link could not
/// post the answers again, what is not chosen is neither read aloud nor printed, and both papers carry the same decision id. A page that was
/// asked for the patient holds the patient's words only, so that it can be handed over as a file too.
/// </remarks>
internal static class DecisionPage
{
    /// <summary>The page's media type.</summary>
    public const string MediaType = "text/html";

    /// <summary>
    /// Nothing may be loaded or run, and the style is this one: by its digest, so that even markup that slipped in could not restyle the page.
    /// </summary>
    public static readonly string ContentSecurityPolicy = OwnPolicy + "; frame-ancestors 'none'";

    // Part of the file as well, for a page that was saved; frame-ancestors has no meaning there.
    private static string OwnPolicy => $"default-src 'none'; style-src '{PageStyle.Digest}'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page of a decision. Pure: the same arguments give the same page.</summary>
    public static void Write(Utf8Output output, Guid id, ScreeningRequest request, Decision decision, Language language, Audience audience)
    {
        var page = new PageParts(new Html(), id, request, decision, language, audience);
        var headline = PageTexts.Headline(decision.Eligibility);
        var title = $"{page.T(page.ForStaff ? headline.Clinician : headline.Patient)} · {page.T(decision.Intake.Protocol.Document.Title)}";
        page.Html.Add($"""
            <!doctype html>
            <html lang="{language.Tag()}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{OwnPolicy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="referrer" content="no-referrer">
            <title>{title}</title>

            """);
        PageStyle.Write(page.Html);
        page.Html.Add($"</head>\n<body>\n<main>\n");
        Switch(page);
        Status(page);
        Body(page);
        AboutSection.Write(page);
        page.Html.Add($"</main>\n</body>\n</html>\n");
        output.Raw(Encoding.UTF8.GetBytes(page.Html.ToString()));
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
        var decision = page.Decision;
        var when = page.Decision.Appointment.Start is { } start ? DateWords.Of(start, page.Language) : DateWords.WithWeekday(decision.Date, page.Language);
        var areas = page.Decision.Intake.Protocol.Areas;
        ref readonly var treated = ref decision.Intake.Answers[areas.Index];
        page.Html.Add($"""<header class="{(decision.Bookable ? "yes" : "no")}">""");
        page.Html.Add($"""<p class="about">{page.T(decision.Intake.Protocol.Document.Title)}</p>""");

        // The sign repeats what the heading says.
        page.Html.Add($"""<h1><svg class="sign" aria-hidden="true" viewBox="0 0 24 24"><path d="{(decision.Bookable ? "M4 13l5 6L20 5" : "M5 5L19 19M19 5L5 19")}"/></svg> """);
        page.Say("span", PageTexts.Headline(decision.Eligibility));
        page.Html.Add($"""</h1><p class="when">{when}{(treated.Given ? " · " + string.Join(", ", AnswerWords.Of(areas, treated, page.Language)) : string.Empty)}</p>""");
        page.Say("p", PageTexts.Lead(decision.Eligibility), text => text.With("date", page.Date(decision.NotBefore)));
        if (decision.EarliestDate is null && decision.Eligibility != Eligibility.Ineligible && decision.NotBefore != decision.Date)
        {
            page.Say("p", PageTexts.Bound, text => text.With("date", page.Date(decision.NotBefore)));
        }

        page.Html.Add($"</header>\n");
    }

    /// <summary>What is to be done or asked now, then the dates, then what does not count now.</summary>
    private static void Body(PageParts page)
    {
        var decision = page.Decision;
        if (decision.Eligibility == Eligibility.Incomplete)
        {
            MissingSection.Write(page);
        }

        FindingSections.Write(page, FindingGroup.Binding);
        if (decision.Bookable)
        {
            FindingSections.Write(page, FindingGroup.Requirements);
        }

        DatesSection.Write(page);
        if (!decision.Bookable)
        {
            FindingSections.Write(page, FindingGroup.Requirements);
        }

        FindingSections.Write(page, FindingGroup.Besides);
        if (decision.Eligibility != Eligibility.Incomplete)
        {
            MissingSection.Write(page);
        }
    }
}
