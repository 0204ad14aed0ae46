using Screening.Api.Decisions;
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
    public const int UsualLength = 32 * 1024;

    /// <summary>Writes the page of a decision. Pure: the same arguments give the same page.</summary>
    public static void Write(Utf8Output output, Guid id, ScreeningRequest request, Decision decision, Language language, Audience audience, PageNotes notes)
    {
        var page = new PageParts(new Html(), id, request, decision, language, audience, notes);
        var headline = Headline(page);
        var title = $"{page.T(page.ForStaff ? headline.Clinician : headline.Patient)} · {page.T(decision.Intake.Protocol.Document.Title)}";
        PageFrame.Begin(page.Html, language, title);
        Switch(page);
        Status(page);
        Body(page);
        AboutSection.Write(page);
        PageFrame.End(page.Html);
        output.Raw(page.Html.ToUtf8());
    }

    private static Message Headline(PageParts page) => RecordTexts.Headline(page.Decision.Eligibility, page.Grounds.Basis);

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
        var areas = page.Decision.Intake.Protocol.Areas;
        ref readonly var treated = ref decision.Intake.Said[areas.Index];
        page.Html.Add($"""<header class="{(decision.Bookable ? "yes" : "no")}">""");
        page.Html.Add($"""<p class="about">{page.T(decision.Intake.Protocol.Document.Title)}</p>""");

        // The sign repeats what the heading says.
        page.Html.Add($"""<h1><svg class="sign" aria-hidden="true" viewBox="0 0 24 24"><path d="{(decision.Bookable ? "M4 13l5 6L20 5" : "M5 5L19 19M19 5L5 19")}"/></svg> """);
        page.Say("span", Headline(page));
        page.Html.Add($"""</h1><p class="when">{page.When}{(treated.Given ? " · " + string.Join(", ", AnswerWords.Of(areas, treated, page.Language)) : string.Empty)}</p>""");
        page.Say("p", RecordTexts.Lead(decision.Eligibility, page.Grounds.Basis), text => text.With("date", page.Date(decision.NotBefore)));
        if (decision.EarliestDate is null && decision.Eligibility != Eligibility.Ineligible && decision.NotBefore != decision.Date)
        {
            page.Say("p", PageTexts.Bound, text => text.With("date", page.Date(decision.NotBefore)));
        }

        foreach (var note in page.Notes.First)
        {
            page.Html.Add($"<p>{note}</p>");
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

        NotSeen(page);
    }

    /// <summary>For staff: nothing of it may pass for evidence of absence.</summary>
    private static void NotSeen(PageParts page)
    {
        if (!page.ForStaff || page.Notes.NotSeen.Count == 0)
        {
            return;
        }

        page.Html.Add($"""<section class="for-clinician"><h2>{page.T(PageTexts.NotSeen)}</h2><p>{page.T(PageTexts.NotSeenLead)}</p><ul>""");
        foreach (var line in page.Notes.NotSeen)
        {
            page.Html.Add($"<li>{line}</li>\n");
        }

        page.Html.Add($"</ul></section>\n");
    }
}
