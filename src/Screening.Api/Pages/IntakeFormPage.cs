using System.Globalization;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// A protocol's intake form for paper: every question in order, with boxes to tick and the condition under which it is asked. It submits
/// nothing.
/// </summary>
internal static class IntakeFormPage
{
    /// <summary>Writes the form. Pure: the same arguments give the same page.</summary>
    public static byte[] Write(Protocol protocol, Language language)
    {
        var html = new Html();
        var title = protocol.Document.Title.In(language);
        PageFrame.Start(html, language, $"{PageTexts.IntakeForm.In(language)} · {title}");
        RunningHead.Write(html, language, asOf: null);
        html.Add($"""<header><p class="about">{title}</p><h1>{PageTexts.IntakeForm.In(language)}</h1><p>{PageTexts.IntakeFormLead.In(language)}</p></header>""");
        html.Add($"""<ol class="missing">""");
        foreach (var question in protocol.Questions)
        {
            html.Add($"<li>");
            if (OnlyIf(protocol, question, language) is { } when)
            {
                html.Add($"""<p class="kind">{when}</p>""");
            }

            QuestionBoxes.Write(html, protocol, question, language);
            html.Add($"</li>\n");
        }

        html.Add($"""</ol><p class="source">{protocol.Reference}</p>""");
        PageFrame.End(html);
        return html.ToUtf8();
    }

    /// <summary>The condition under which a question is asked, in words; null when it always is.</summary>
    internal static string? OnlyIf(Protocol protocol, CompiledQuestion asked, Language language)
    {
        if ((asked.Document.AskedWhen ?? asked.Document.NeededWhen) is not { } when)
        {
            return null;
        }

        var (index, question) = protocol.Questions.Index().First(other => other.Item.Id == when.Question);
        var answers = string.Join(" / ", question.Codes.Where(option => when.AnyOf.Contains(option.Code)).Select(option => option.Label.In(language)));
        return PageTexts.OnlyIf.In(language).With("n", (index + 1).ToString(CultureInfo.InvariantCulture)).With("answers", answers);
    }
}
