using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The required questions that were not answered, with boxes to tick.</summary>
internal static class MissingQuestions
{
    /// <summary>Adds the questions.</summary>
    public static void Write(PageParts page, MissingSection section)
    {
        page.Html.Add($"<section><h2>");
        if (section.Heading.Clinician == section.Heading.Patient)
        {
            page.Html.Add($"{section.Heading.Patient}");
        }
        else
        {
            page.AddText("span", section.Heading);
        }

        page.Html.Add($"</h2>\n<ol class=\"missing\">\n");
        foreach (var missing in section.Questions)
        {
            page.Html.Add($"<li>");
            QuestionBoxes.Write(page.Html, page.Decision.Intake.Protocol, missing.Question, page.Report.Language);
            if (page.ForStaff)
            {
                page.Html.Add($"""<p class="kind for-clinician"><code>{missing.Question.Pointer}</code></p>""");
            }

            page.Html.Add($"</li>\n");
        }

        page.Html.Add($"</ol></section>\n");
    }
}
