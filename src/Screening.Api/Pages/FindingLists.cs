using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>Every reason: what is said of it, what it rests on, and its source.</summary>
internal static class FindingLists
{
    /// <summary>Adds the findings of a section.</summary>
    public static void Write(PageParts page, FindingsSection section)
    {
        page.Html.Add($"<section><h2>{section.Heading}</h2>\n<ul class=\"findings\">\n");
        foreach (var group in section.Groups)
        {
            page.Html.Add($"<li>");
            foreach (var finding in group.Findings)
            {
                Finding(page, finding);
            }

            Evidence(page, group.Evidence);
            page.Html.Add($"""<p class="source">{group.Source}</p>""");
            page.Html.Add($"</li>\n");
        }

        page.Html.Add($"</ul></section>\n");
    }

    /// <summary>For staff also what kind of finding it is, and the rule's id for whoever calls the makers of their system.</summary>
    private static void Finding(PageParts page, ReportFinding finding)
    {
        if (page.ForStaff)
        {
            page.Html.Add($"""<p class="kind for-clinician">{finding.Kind} """);
            page.Html.Add($"""<span class="code">({page.T(PageTexts.Rule)} <code>{finding.RuleId}</code>)</span></p>""");
        }

        page.Say("p", finding.Message);
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
            page.Html.Add($"""<p class="note for-clinician">{note}</p>""");
        }
    }

    private static void Evidence(PageParts page, IReadOnlyList<ReportEvidence> all)
    {
        if (all.Count == 0)
        {
            return;
        }

        page.Html.Add($"<dl>");
        foreach (var evidence in all)
        {
            page.Html.Add($"<div><dt>{evidence.Question}</dt>");
            Answer(page, evidence);
            OfRecord(page, evidence);
            page.Html.Add($"</div>");
        }

        page.Html.Add($"</dl>");
    }

    /// <summary>What the person answered; where a record has a part in the decision, in so many words.</summary>
    private static void Answer(PageParts page, ReportEvidence evidence)
    {
        if (page.Report.HasRecord)
        {
            page.Say("dd", evidence.Answered);
            return;
        }

        foreach (var answer in evidence.Answers)
        {
            page.Html.Add($"<dd>{answer}</dd>");
        }
    }

    /// <summary>What a record tells, as the record's: to staff each entry by its name, to the patient what it says.</summary>
    private static void OfRecord(PageParts page, ReportEvidence evidence)
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
