using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>A question with boxes to tick and lines to fill in on paper.</summary>
internal static class QuestionBoxes
{
    // People can write further events beside these.
    private const int EventLines = 3;

    /// <summary>Adds the question; without anything to fill in where it is only read.</summary>
    public static void Write(Html html, Protocol protocol, CompiledQuestion question, Language language, bool toFillIn = true)
    {
        html.Add($"<p>{question.Document.Text.In(language)}</p>");
        var options = Options(protocol, question);
        if (options.Count > 0)
        {
            html.Add($"""<ul class="{(toFillIn ? "options" : "answers")}">""");
            foreach (var option in options)
            {
                html.Add($"<li>{option.In(language)}</li>");
            }

            html.Add($"</ul>");
        }

        if (toFillIn && question.Kind is AnswerKind.Date or AnswerKind.PartialDate)
        {
            Line(html, PageTexts.DateToFill, language);
        }

        if (question.Events is { } events)
        {
            html.Add($"<p>{events.Date.Text.In(language)}</p>");
            for (var i = 0; toFillIn && i < EventLines; i++)
            {
                Line(html, PageTexts.EventToFill, language);
            }
        }
    }

    /// <summary>Adds a line to fill in.</summary>
    public static void Line(Html html, LocalizedText label, Language language) => html.Add($"""<p class="blank">{label.In(language)}</p>""");

    /// <summary>
    /// Returns the options. On paper an empty list would look forgotten, so "none" has its own box, except for the treated areas.
    /// </summary>
    private static IReadOnlyList<LocalizedText> Options(Protocol protocol, CompiledQuestion question) => question.Kind switch
    {
        AnswerKind.Code => [.. question.Codes.Select(option => option.Label)],
        AnswerKind.Codes when question.Index == protocol.Areas.Index => [.. question.Codes.Select(option => option.Label)],
        AnswerKind.Codes => [.. question.Codes.Select(option => option.Label), ReportTexts.None],
        AnswerKind.Events => [.. question.Events!.Kind.Options.Select(option => option.Label), ReportTexts.None, PageTexts.IDoNotKnow],
        AnswerKind.PartialDate => [PageTexts.IDoNotKnow],
        AnswerKind.Date => [],
    };
}
