using System.Globalization;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// The rules of a protocol for clinic staff: which answers raise each, what it says, how long it lasts and the line of its source; then the
/// questions, and what identifies the version.
/// </summary>
internal static class ExclusionListPage
{
    /// <summary>Writes the page. Pure: the same arguments give the same page.</summary>
    public static byte[] Write(Protocol protocol, Language language)
    {
        var html = new Html();
        var document = protocol.Document;
        var (list, title) = (PageTexts.ExclusionList.In(language), document.Title.In(language));
        var lead = PageTexts.ExclusionListLead.In(language)
            .With("version", document.Version)
            .With("date", DateWords.Of(protocol.EffectiveFrom, language));
        PageFrame.Start(html, language, $"{list} · {title}");
        html.Add($"""<header><p class="about">{title}</p><h1>{list}</h1><p>{lead}</p></header>""");
        html.Add($"""<p class="purpose">{PageTexts.Purpose.Clinician.In(language)}</p><ul class="findings rules">""");
        html.Add($"\n");
        foreach (var rule in protocol.Rules)
        {
            Rule(html, protocol, rule, language);
        }

        html.Add($"</ul>\n<h2>{PageTexts.Questions.In(language)}</h2>\n<ol class=\"read\">\n");
        foreach (var question in protocol.Questions)
        {
            html.Add($"<li>");
            QuestionBoxes.Write(html, protocol, question, language, toFillIn: false);
            html.Add($"</li>\n");
        }

        html.Add($"</ol>\n");
        About(html, protocol, language);
        PageFrame.End(html);
        return html.ToUtf8();
    }

    private static void Rule(Html html, Protocol protocol, CompiledRule compiled, Language language)
    {
        var rule = compiled.Document;
        html.Add($"""<li><p class="kind"><span class="code">{PageTexts.Rule.In(language)} <code>{rule.Id}</code></span></p>""");
        foreach (var effect in rule.Effects)
        {
            var message = effect switch
            {
                Effect.Exclude => rule.Messages.Exclude,
                Effect.Review => rule.Messages.Review,
                Effect.Defer => rule.Messages.Defer,
                Effect.Require => rule.Messages.Require,
            };
            html.Add($"<p><b>{ReportTexts.Kind(effect).In(language)}</b>: {message?.Clinician.In(language)}</p>");
        }

        var lasts = PageTexts.Lasts.In(language).With("how", ReportTexts.Lasts(rule.Persistence).In(language));
        var wait = compiled.WaitDays > 0 ? " · " + PageTexts.WaitDays.In(language).With("n", Number(compiled.WaitDays)) : string.Empty;
        html.Add($"""<p class="kind">{lasts + wait}</p><dl><div><dt>{compiled.Evidence[0].Document.Text.In(language)}</dt>""");
        foreach (var label in Raising(protocol, compiled))
        {
            html.Add($"<dd>{label.In(language)}</dd>");
        }

        html.Add($"""</div></dl><p class="source">{ReportTexts.SourceOf(protocol, rule.Line, language)}</p></li>""");
        html.Add($"\n");
    }

    /// <summary>The answers that the rule looks at, of events their kinds, in the order of the question.</summary>
    private static IEnumerable<LocalizedText> Raising(Protocol protocol, CompiledRule rule)
    {
        var question = rule.Evidence[0];
        var codes = rule.Document.Condition.LooksAt(protocol.Document).ToHashSet(StringComparer.Ordinal);
        return question.Events is { } events
            ? events.Kind.Options.Select(option => option.Label)
            : question.Codes.Where(option => codes.Contains(option.Code)).Select(option => option.Label);
    }

    private static void About(Html html, Protocol protocol, Language language)
    {
        (LocalizedText Name, string Value)[] rows =
        [
            (ReportTexts.Protocol, protocol.Reference),
            (PageTexts.Version, protocol.Document.Version),
            (PageTexts.InForce, ReportTexts.From.In(language).With("from", DateWords.Of(protocol.EffectiveFrom, language))),
            (ReportTexts.Digest, protocol.Digest),
        ];
        html.Add($"""<section class="about"><table><tbody>""");
        foreach (var (name, value) in rows)
        {
            html.Add($"<tr><th scope=\"row\">{name.In(language)}</th><td>{value}</td></tr>\n");
        }

        html.Add($"</tbody></table></section>\n");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
