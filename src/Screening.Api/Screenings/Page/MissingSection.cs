using Screening.Rules;

namespace Screening.Api.Screenings.Page;

/// <summary>The needed questions that were not answered, with boxes to tick: on paper it is a form.</summary>
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
        page.Html.Add($"<li><p>{page.T(question.Document.Text)}</p>");
        var options = Options(question);
        if (options.Count > 0)
        {
            page.Html.Add($"""<ul class="options">""");
            foreach (var option in options)
            {
                page.Html.Add($"<li>{page.T(option)}</li>");
            }

            page.Html.Add($"</ul>");
        }

        if (question.Kind is AnswerKind.Date or AnswerKind.PartialDate or AnswerKind.Events)
        {
            page.Html.Add($"""<p class="blank">{page.T(PageTexts.DateToFill)}</p>""");
        }

        if (page.ForStaff)
        {
            page.Html.Add($"""<p class="kind for-clinician"><code>{question.Pointer}</code></p>""");
        }

        page.Html.Add($"</li>\n");
    }

    /// <summary>What can be ticked. On paper an empty list would look like a forgotten one, so none has a box of its own.</summary>
    private static IReadOnlyList<LocalizedText> Options(CompiledQuestion question) => question.Kind switch
    {
        AnswerKind.Code => [.. question.Codes.Select(option => option.Label)],
        AnswerKind.Codes => [.. question.Codes.Select(option => option.Label), PageTexts.None],
        AnswerKind.Events => [.. question.Events!.Kind.Options.Select(option => option.Label), PageTexts.None, PageTexts.IDoNotKnow],
        AnswerKind.PartialDate => [PageTexts.IDoNotKnow],
        AnswerKind.Date => [],
    };
}
