using System.Xml.Linq;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Narratives;

/// <summary>
/// Writes a report as the narratives of the resources of a decision: each contains what its resource contains, and no more.
/// </summary>
internal sealed class ReportNarrative : IReportFormat
{
    private readonly List<XElement> content = [];

    private ReportNarrative()
    {
    }

    /// <summary>
    /// The narrative of the GuidanceResponse: the status, the dates, missing answers and gaps. Like its output parameters, it only names
    /// the findings; their messages are in the DetectedIssues.
    /// </summary>
    public static Narrative OfDecision(DecisionReport report)
    {
        var narrative = new ReportNarrative();
        narrative.content.Add(Xhtml.Heading(report.Headline.Clinician));
        narrative.Paragraphs([report.Lead.Clinician, .. Optional(report.Bound?.Clinician), report.Asked, .. report.Caveats]);
        foreach (var section in report.Sections)
        {
            section.Write(narrative);
        }

        narrative.Paragraphs(report.Basis.Select(Line));
        return Xhtml.Narrative(report.Language, narrative.content);
    }

    /// <summary>The narrative of a DetectedIssue: the message of a finding, its evidence, and its source.</summary>
    public static Narrative OfFinding(DecisionReport report, ReportGroup group)
    {
        var finding = group.Findings[0];
        var evidence = group.Evidence.Where(evidence => evidence.IsAnswered || evidence.Record.Count > 0).ToList();
        var narrative = new ReportNarrative();
        narrative.Paragraphs([finding.Message.Clinician, Kind(finding), .. Cleared(finding)]);
        narrative.AddList(evidence.Select(one => Xhtml.Item($"{one.Question} {one.Answered.Clinician}", one.Record.Select(Item))));
        narrative.Paragraphs([group.Source]);
        return Xhtml.Narrative(report.Language, narrative.content);
    }

    /// <inheritdoc/>
    public void Write(FindingsSection section)
    {
        content.Add(Xhtml.Heading(section.Heading));
        var findings = section.Groups.SelectMany(group => group.Findings);
        AddList(findings.Select(finding => Xhtml.Item(
            Kind(finding), finding.Deadlines.Select(deadline => (Phrase)deadline).Concat(Cleared(finding)).Select(Item))));
    }

    /// <inheritdoc/>
    public void Write(MissingSection section)
    {
        content.Add(Xhtml.Heading(section.Heading.Clinician));
        AddList(section.Questions.Select(question => Xhtml.Item(question.Text, question.Parts.Select(part => Item(part)))));
    }

    /// <inheritdoc/>
    public void Write(DatesSection section)
    {
        content.Add(Xhtml.Heading(section.Heading));
        Phrase[] waits = [.. section.Waits.Select(wait => Line(wait.Blocked) + " (" + Phrase.Code(wait.RuleId) + ")")];
        Phrase[] lines = [.. section.Asked.Select(Line), .. waits, .. Optional(section.MoreWaits), .. section.Free.Select(Line)];
        AddList(lines.Select(Item));
        Paragraphs(Optional(section.NoneFree));
        if (section.Slots.Count > 0)
        {
            Paragraphs([section.SlotsHeading]);
            AddList(section.Slots.Select(Line).Select(Item));
            Paragraphs(Optional(section.SlotsNote));
        }
    }

    /// <inheritdoc/>
    public void Write(NotSeenSection section)
    {
        content.Add(Xhtml.Heading(section.Heading));
        Paragraphs([section.Lead]);
        AddList(section.Lines.Select(Item));
    }

    private static XElement Item(Phrase phrase) => Xhtml.Item(phrase);

    private static Phrase Kind(ReportFinding finding) => finding.Kind + " (" + Phrase.Code(finding.RuleId) + ")";

    /// <summary>Who has cleared a finding, and the clinician's note.</summary>
    private static IEnumerable<Phrase> Cleared(ReportFinding finding) =>
        [.. Optional(finding.Clearance), .. Optional(finding.ClearanceNote)];

    private static IEnumerable<Phrase> Optional(string? text) => text is null ? [] : [text];

    private static Phrase Line(ReportRow row) => row.Name + ": " + row.Value;

    private void Paragraphs(IEnumerable<Phrase> phrases) => content.AddRange(phrases.Select(Xhtml.Paragraph));

    private void AddList(IEnumerable<XElement> items) => content.AddRange(Xhtml.List(items));
}
