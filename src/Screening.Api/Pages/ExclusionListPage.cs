using System.Globalization;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The rules of a protocol for clinic staff: what each says of a finding, and the line of its source.</summary>
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
        html.Add($"""<header><p class="about">{title}</p><h1>{list}</h1><p>{lead}</p></header><ul class="findings">""");
        foreach (var rule in document.Rules)
        {
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

            var source = ReportTexts.Source.In(language)
                .With("line", rule.Line.ToString(CultureInfo.InvariantCulture))
                .With("document", document.Source.Document);
            html.Add($"""<p class="source">{source}</p></li>""");
        }

        html.Add($"""</ul><p class="source">{protocol.Reference} · {protocol.Digest}</p>""");
        PageFrame.End(html);
        return html.ToUtf8();
    }
}
