using System.Collections.Immutable;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The detail of a card without a form, in Markdown: what the record raises, and what is missing. All that is missing is the form, and it
/// is the same for every appointment of a call, so that several cards only name the questions.
/// </summary>
internal static class ShortDetail
{
    /// <summary>The maximum number of findings in each of several cards; the number of omitted ones is stated.</summary>
    private const int MostOfSeveral = 4;

    /// <summary>Returns the maximum number of record entries about one finding.</summary>
    public static int MostEntries(bool isOneOfSeveral) => isOneOfSeveral ? 1 : CardDetail.MaxItems;

    /// <summary>Adds the detail.</summary>
    public static void Write(Markdown text, DecisionReport report, bool isOneOfSeveral)
    {
        var format = new ReportMarkdown(text);
        var language = report.Language;
        text.Heading(report.Headline.Clinician);
        text.Paragraph(report.Lead.Clinician);
        if (report.Bound is { } bound)
        {
            text.Paragraph(bound.Clinician);
        }

        text.Paragraph(report.Asked);
        format.Paragraphs(report.Caveats);
        var raised = report.Groups.Where(group => group.Evidence.Any(evidence => evidence.Record.Count > 0)).ToImmutableArray();
        if (!raised.IsEmpty)
        {
            text.Heading(RecordTexts.Record.In(language));
            var most = isOneOfSeveral ? MostOfSeveral : CardDetail.MaxItems;
            raised.Take(most).ToList().ForEach(group => Raised(text, group));
            if (raised.Length > most)
            {
                text.Item(ReportTexts.More(raised.Length - most, language));
            }
        }

        foreach (var section in report.Sections.OfType<MissingSection>())
        {
            if (isOneOfSeveral)
            {
                var names = section.Questions.Select(question => Phrase.Code(question.Question.Id)).ToList();
                text.Heading(section.Heading.Clinician);
                text.Paragraph(names.Aggregate((all, name) => all + ", " + name));
            }
            else
            {
                format.Write(section);
            }
        }

        foreach (var section in report.Sections.OfType<NotSeenSection>())
        {
            format.Write(section);
        }

        format.Rows(report.Basis);
    }

    private static void Raised(Markdown text, ReportGroup group)
    {
        foreach (var finding in group.Findings)
        {
            text.Item(new Phrase(finding.Message.Clinician + " (") + Phrase.Code(finding.RuleId) + ")");
        }

        foreach (var line in group.Evidence.SelectMany(evidence => evidence.Record))
        {
            text.Item(line, level: 2);
        }
    }
}
