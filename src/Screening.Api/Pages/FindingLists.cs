using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The findings, with their messages, evidence and sources.</summary>
internal static class FindingLists
{
    /// <summary>Adds the findings of a section.</summary>
    public static void Write(PageParts page, FindingsSection section)
    {
        page.Html.Add($"<section><h2>{section.Heading}</h2>\n<ul class=\"findings\">\n");
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in section.Groups)
        {
            var isNew = IsNewToPatient(group, told);
            if (!isNew && !page.ForStaff)
            {
                continue;
            }

            page.Html.Add($"""<li class="{(isNew ? string.Empty : "for-clinician")}">""");
            var toldHere = new HashSet<string>(StringComparer.Ordinal);
            foreach (var finding in group.Findings)
            {
                Finding(page, finding, isRepeated: !toldHere.Add(finding.Message.Patient));
            }

            Evidence(page, group.Evidence);
            page.Html.Add($"""<p class="source">{group.Source}</p>""");
            page.Html.Add($"</li>\n");
        }

        page.Html.Add($"</ul></section>\n");
    }

    /// <summary>Adds every question that was asked with its answer, for staff: also those on which no finding rests.</summary>
    public static void WriteAll(PageParts page)
    {
        if (page.ForStaff)
        {
            page.Html.Add($"""<section class="all for-clinician"><h2>{page.T(PageTexts.AllAnswers)}</h2>""");
            Evidence(page, [.. page.Report.AllAnswers]);
            page.Html.Add($"</section>\n");
        }
    }

    /// <summary>
    /// False for findings of which a patient reads nothing but words that stand in the section already: those of many rules are the same.
    /// </summary>
    private static bool IsNewToPatient(ReportGroup group, HashSet<string> told)
    {
        var before = told.Count;
        told.UnionWith(group.Findings.Select(finding => finding.Message.Patient));
        return told.Count > before
            || group.Findings.Any(finding => finding.Deadlines.Count > 0 || finding.Clearance is not null)
            || group.Evidence.Any(one => !IsForStaff(one));
    }

    /// <summary>Adds a finding; for staff also its kind, and the rule's id for support requests.</summary>
    /// <param name="page">The page.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="isRepeated">True where the patient has just read the same words.</param>
    private static void Finding(PageParts page, ReportFinding finding, bool isRepeated)
    {
        if (page.ForStaff)
        {
            page.Html.Add($"""<p class="kind for-clinician">{finding.Kind} """);
            page.Html.Add($"""<span class="code">({page.T(PageTexts.Rule)} <code>{finding.RuleId}</code>)</span></p>""");
        }

        if (!isRepeated)
        {
            page.AddText("p", finding.Message);
        }
        else if (page.ForStaff)
        {
            page.Html.Add($"""<p class="for-clinician">{finding.Message.Clinician}</p>""");
        }

        foreach (var deadline in finding.Deadlines)
        {
            page.Html.Add($"""<p class="by">{deadline}</p>""");
        }

        if (finding.Clearance is { } clearance)
        {
            page.Html.Add($"<p>{clearance}</p>");
        }

        if (page.ForStaff && finding.ClearanceNote is { } note)
        {
            page.Html.Add($"""<p class="note for-clinician" lang="">{note}</p>""");
        }
    }

    /// <summary>Adds the evidence. The patient finds what was not answered among the questions to answer.</summary>
    private static void Evidence(PageParts page, IReadOnlyList<ReportEvidence> evidenced)
    {
        List<ReportEvidence> all = [.. evidenced.Where(one => page.ForStaff || !IsForStaff(one))];
        if (all.Count == 0)
        {
            return;
        }

        page.Html.Add($"<dl>");
        foreach (var evidence in all)
        {
            page.Html.Add($"""<div class="{(IsForStaff(evidence) ? "for-clinician" : string.Empty)}"><dt>{evidence.Question}</dt>""");
            Answer(page, evidence);
            RecordEvidence(page, evidence);
            page.Html.Add($"</div>");
        }

        page.Html.Add($"</dl>");
    }

    private static bool IsForStaff(ReportEvidence evidence) => !evidence.IsAnswered && evidence.YourRecord.Count == 0;

    /// <summary>Adds the patient's answers; when a record contributed to the decision, as a full sentence.</summary>
    private static void Answer(PageParts page, ReportEvidence evidence)
    {
        if (page.Report.HasRecord)
        {
            page.AddText("dd", evidence.Answered);
            return;
        }

        foreach (var answer in evidence.Answers)
        {
            page.Html.Add($"<dd>{answer}</dd>");
        }
    }

    /// <summary>Adds the record's evidence: for staff each entry by name, for the patient in plain words.</summary>
    private static void RecordEvidence(PageParts page, ReportEvidence evidence)
    {
        foreach (var line in page.ForStaff ? evidence.Record : [])
        {
            page.Html.Add($"""<dd class="for-clinician">{line}</dd>""");
        }

        foreach (var line in evidence.YourRecord)
        {
            page.Html.Add($"""<dd class="{(page.ForStaff ? "for-patient" : string.Empty)}">{line}</dd>""");
        }
    }
}
