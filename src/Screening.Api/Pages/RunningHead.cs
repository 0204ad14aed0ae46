using NodaTime;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// What stands at the top of each printed page, so that a sheet by itself shows whose it is and of when: lines for the name and the date of
/// birth, which the service does not know, and the as-of date; on a form, which is filled in later, a line for the date. On the screen only a
/// warning is shown, and stays in view.
/// </summary>
internal static class RunningHead
{
    /// <summary>Adds the head. It comes first in the page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="language">Its language.</param>
    /// <param name="asOf">The as-of date; null where it is to be filled in.</param>
    /// <param name="warning">What must not be missed on any page; null for nothing.</param>
    public static void Write(Html html, Language language, LocalDate? asOf, LocalizedText? warning = null)
    {
        html.Add($"""<div class="head">""");
        if (warning is not null)
        {
            html.Add($"""<p class="preview"><strong>{warning.In(language)}</strong></p>""");
        }

        var date = asOf is { } day
            ? $"{ReportTexts.AsOfDate.In(language)}: {DateWords.Of(day, language)}" : PageTexts.DateToFill.In(language);
        html.Add($"""
            <p class="person on-paper"><span>{PageTexts.NameToFill.In(language)}</span>
            <span>{PageTexts.BornToFill.In(language)}</span> <span>{date}</span></p></div>

            """);
    }
}
