using Screening.Api.Decisions;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The needed questions that were not answered, with boxes to tick.</summary>
internal static class MissingSection
{
    /// <summary>Adds them, if there are any.</summary>
    public static void Write(PageParts page)
    {
        var decision = page.Decision;
        if (decision.Missing.IsEmpty)
        {
            return;
        }

        page.Html.Add($"<section><h2>");
        if (decision.Eligibility == Eligibility.Incomplete)
        {
            page.Say("span", PageTexts.Missing, PageTexts.MissingPatient);
        }
        else
        {
            page.Html.Add($"{page.T(PageTexts.MissingBesides)}");
        }

        page.Html.Add($"</h2>\n<ol class=\"missing\">\n");
        foreach (var index in decision.Missing)
        {
            Question(page, decision.Intake.Protocol.Questions[index]);
        }

        page.Html.Add($"</ol></section>\n");
    }

    private static void Question(PageParts page, CompiledQuestion question)
    {
        page.Html.Add($"<li>");
        QuestionBoxes.Write(page.Html, page.Decision.Intake.Protocol, question, page.Language);
        if (page.ForStaff)
        {
            page.Html.Add($"""<p class="kind for-clinician"><code>{question.Pointer}</code></p>""");
        }

        page.Html.Add($"</li>\n");
    }
}
