using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>
/// What may be asked after a decision: buttons of a form whose hidden fields are the answers, since nothing is kept and an address must not
/// have them.
/// </summary>
internal static class FollowUps
{
    /// <summary>Adds the buttons to the page of a decision.</summary>
    public static void Write(Html html, FormContent content, Decision decision)
    {
        html.Add($"""<section class="followup"><h2>{content.T("intake.next")}</h2>""");
        var offered = ClearanceBlocks.Offered(content, decision);
        var offeredNames = offered.SelectMany(ClearanceFields.Names).ToHashSet(StringComparer.Ordinal);
        Open(html, content, offeredNames.Contains);

        // Staff may have decided with answers missing; the plain button would ask for them.
        var decide = decision.Missing.IsEmpty ? FormAction.Decide : FormAction.DecideAnyway;
        if (offered.Count > 0)
        {
            DefaultButton(html, decide, content.T("intake.decideCleared"));
        }

        html.Add($"<p>");
        Button(html, FormAction.Edit, content.T("intake.edit"));
        var hasPlan = decision.Bookable || content.Audience == Audience.Clinician;
        if (decision.Eligibility == Eligibility.Ineligible)
        {
            // No other date, and no plan for one, helps.
            hasPlan = false;
        }
        else
        {
            Button(html, FormAction.Dates, content.T("intake.dates"));
        }

        if (hasPlan && decision.Appointment.Start is null)
        {
            html.Add($"""</p><p>{content.T("intake.startNeeded")}""");
        }
        else if (hasPlan)
        {
            Button(html, FormAction.Plan, content.T(decision.Bookable ? "intake.plan" : "intake.planPreview"));
            Button(html, FormAction.Calendar, content.T(decision.Bookable ? "intake.calendar" : "intake.calendarPreview"));
        }

        html.Add($"</p>");
        if (offered.Count > 0)
        {
            ClearanceBlocks.WriteOffers(html, content, offered, decide);
        }

        Close(html, content);
    }

    /// <summary>Adds the buttons to the page of a care plan.</summary>
    public static void WriteOfPlan(Html html, FormContent content, Decision decision)
    {
        html.Add($"""<section class="followup"><h2>{content.T("intake.next")}</h2>""");
        Open(html, content);
        html.Add($"<p>");

        // Staff may have decided with answers missing; the plain button would ask for them.
        Button(html, decision.Missing.IsEmpty ? FormAction.Decide : FormAction.DecideAnyway, content.T("intake.back"));
        Button(html, FormAction.Edit, content.T("intake.edit"));
        Button(html, FormAction.Calendar, content.T(decision.Bookable ? "intake.calendar" : "intake.calendarPreview"));
        html.Add($"</p>");
        Close(html, content);
    }

    /// <summary>Adds the link to an empty form.</summary>
    public static void NextPerson(Html html, FormContent content) => html.Add(
        $"""<p class="fresh"><a href="{content.Address}?{FormNames.Language}={content.Language.Tag}">{content.T("intake.fresh")}</a></p>""");

    private static void Close(Html html, FormContent content)
    {
        html.Add($"""</form><p>{content.T("intake.nextLead")}</p>""");
        NextPerson(html, content);
        html.Add($"</section>");
    }

    /// <summary>Opens a form with the answers, without the button that sent it.</summary>
    /// <param name="html">The page.</param>
    /// <param name="content">What it is made of.</param>
    /// <param name="leavesOut">True for the name of a field that the form has itself; null where it has none.</param>
    public static void Open(Html html, FormContent content, Func<string, bool>? leavesOut = null)
    {
        html.Add($"""<form method="post" action="{content.Address}" accept-charset="utf-8" autocomplete="off" class="intake">""");
        Hidden(html, content, name => name != FormNames.Do && leavesOut?.Invoke(name) != true);
    }

    /// <summary>Adds what was sent and is not empty as fields that nobody sees.</summary>
    /// <param name="html">The page.</param>
    /// <param name="content">What it is made of.</param>
    /// <param name="isKept">True for the name of a field that is added.</param>
    public static void Hidden(Html html, FormContent content, Func<string, bool> isKept)
    {
        foreach (var field in content.Form.Fields.Where(field => field.Value.Length > 0 && isKept(field.Name)))
        {
            html.Add($"""<input type="hidden" name="{field.Name}" value="{field.Value}">""");
        }
    }

    /// <summary>
    /// Adds the button that Enter in a field presses, which is the first of a form wherever it stands; nobody sees it.
    /// </summary>
    public static void DefaultButton(Html html, string action, string label)
    {
        html.Add($"""<button class="default" name="{FormNames.Do}" value="{action}" tabindex="-1" aria-hidden="true">""");
        html.Add($"{label}</button>");
    }

    /// <summary>Adds the button that a form is for.</summary>
    public static void MainButton(Html html, string action, string label) =>
        html.Add($"""<p><button class="main" name="{FormNames.Do}" value="{action}">{label}</button></p>""");

    /// <summary>Adds a button.</summary>
    public static void Button(Html html, string action, string label) =>
        html.Add($"""<button name="{FormNames.Do}" value="{action}">{label}</button> """);
}
