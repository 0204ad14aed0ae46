using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>Writes a report as Markdown, in the wording for clinic staff.</summary>
internal sealed class ReportMarkdown(Markdown text) : IReportFormat
{
    /// <summary>The questions of the section of missing answers, which names them.</summary>
    private readonly HashSet<string> missing = new(StringComparer.Ordinal);

    /// <summary>The questions whose answer is told: once, although several findings may rest on it.</summary>
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>Adds a report.</summary>
    public void Write(DecisionReport report)
    {
        text.Heading(report.Headline.Clinician);
        text.Paragraph(report.Lead.Clinician);
        if (report.Bound is { } bound)
        {
            text.Paragraph(bound.Clinician);
        }

        text.Paragraph(report.Asked);
        Paragraphs(report.Caveats);
        missing.UnionWith(report.Sections.OfType<MissingSection>().SelectMany(section => section.Questions).Select(one => one.Text));
        foreach (var section in report.Sections)
        {
            section.Write(this);
        }

        Rows(report.Basis);
    }

    /// <summary>Adds sentences.</summary>
    public void Paragraphs(IEnumerable<string> sentences) =>
        sentences.ToList().ForEach(sentence => text.Paragraph(sentence));

    /// <summary>Adds rows, each as a paragraph.</summary>
    public void Rows(IEnumerable<ReportRow> rows) => rows.ToList().ForEach(row => text.Paragraph(Line(row)));

    /// <inheritdoc/>
    public void Write(NotSeenSection section)
    {
        text.Heading(section.Heading);
        text.Paragraph(section.Lead);
        Items(section.Lines);
    }

    /// <inheritdoc/>
    public void Write(FindingsSection section)
    {
        text.Heading(section.Heading);
        foreach (var group in section.Groups)
        {
            foreach (var finding in group.Findings)
            {
                text.Item(finding.Message.Clinician);
                string?[] lines = [.. finding.Deadlines, finding.Clearance, finding.ClearanceNote];
                Items(lines.OfType<string>().Select(Phrase.FromString), level: 2);
                Evidence(group.Evidence);
                text.Item(new Phrase(finding.Kind + " (") + Phrase.Code(finding.RuleId) + "). " + group.Source, level: 2);
            }
        }
    }

    /// <summary>Adds what was answered or recorded; unanswered questions have their own section.</summary>
    private void Evidence(IReadOnlyList<ReportEvidence> all)
    {
        foreach (var evidence in all.Where(evidence => evidence.IsAnswered || evidence.Record.Count > 0))
        {
            if (told.Add(evidence.Question))
            {
                var answered = evidence.Answered.Clinician;
                text.Item(missing.Contains(evidence.Question) ? answered : $"{evidence.Question} {answered}", level: 2);
            }

            Items(evidence.Record, level: 2);
        }
    }

    /// <inheritdoc/>
    public void Write(MissingSection section)
    {
        text.Heading(section.Heading.Clinician);
        foreach (var question in section.Questions)
        {
            text.Item(question.Text);
            Items(question.Parts.Select(Phrase.FromString), level: 2);
        }
    }

    /// <summary>
    /// Adds the waiting periods, those that block the requested date first, and the free dates that remain; without a waiting period every
    /// date is free and nothing is added.
    /// </summary>
    public void Write(DatesSection section)
    {
        if (section.Waits.Count > 0)
        {
            text.Heading(section.Heading);
            foreach (var wait in section.Waits.OrderByDescending(wait => wait.Blocks))
            {
                text.Item(Line(wait.Blocked) + " (" + Phrase.Code(wait.RuleId) + ")");
            }

            Items(section.MoreWaits is { } more ? [more] : []);
            Items(section.Free.Select(Line));
        }

        if (section.Slots.Count > 0)
        {
            text.Heading(section.SlotsHeading);
            Items(section.Slots.Select(Line));
        }
    }

    private void Items(IEnumerable<Phrase> items, int level = 1) =>
        items.ToList().ForEach(item => text.Item(item, level));

    private static Phrase Line(ReportRow row) => row.Name + ": " + row.Value;
}
