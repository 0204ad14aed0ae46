using System.Globalization;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>The parts into which a page sorts findings; each finding stands in one.</summary>
internal enum FindingGroup
{
    /// <summary>What must be done, or would have to be.</summary>
    Requirements,

    /// <summary>What decides the status.</summary>
    Binding,

    /// <summary>What does not decide it.</summary>
    Besides,
}

/// <summary>Every reason: what is said of it, what it rests on, and its source.</summary>
internal static class FindingSections
{
    /// <summary>Adds the findings of a group, if there are any.</summary>
    public static void Write(PageParts page, FindingGroup group)
    {
        var decision = page.Decision;
        var rules = decision.Reasons.Where(rule => GroupOf(decision, rule) == group).ToList();
        if (rules.Count == 0)
        {
            return;
        }

        var heading = group switch
        {
            FindingGroup.Requirements when decision.Eligibility == Eligibility.Ineligible => PageTexts.RequirementsMoot,
            FindingGroup.Requirements => decision.Bookable ? PageTexts.Requirements : PageTexts.RequirementsBesides,
            FindingGroup.Binding => PageTexts.Binding,
            FindingGroup.Besides => PageTexts.Besides,
        };
        page.Html.Add($"<section><h2>{page.T(heading)}</h2>\n<ul class=\"findings\">\n");
        for (var i = 0; i < rules.Count;)
        {
            // What rests on the same answers and the same line is told together: one list of skin conditions decides many rules.
            var first = i;
            page.Html.Add($"<li>");
            for (; i < rules.Count && Alike(decision, rules[first], rules[i]); i++)
            {
                Finding(page, rules[i]);
            }

            Basis(page, rules[first..i]);
            page.Html.Add($"</li>\n");
        }

        page.Html.Add($"</ul></section>\n");
    }

    private static bool Alike(Decision decision, int one, int other)
    {
        var rules = decision.Intake.Protocol.Rules;
        return rules[one].EvidenceBits == rules[other].EvidenceBits && rules[one].Document.Line == rules[other].Document.Line;
    }

    private static FindingGroup GroupOf(Decision decision, int rule) =>
        decision.Findings[rule] is { Outcome: Outcome.Triggered, Effect: Effect.Require } ? FindingGroup.Requirements
        : decision.IsBinding(rule) ? FindingGroup.Binding
        : FindingGroup.Besides;

    private static void Finding(PageParts page, int rule)
    {
        var decision = page.Decision;
        var finding = decision.Findings[rule];
        var compiled = decision.Intake.Protocol.Rules[rule];
        Kind(page, compiled, finding);
        page.Say("p", finding.Outcome == Outcome.Cleared ? decision.Intake.Protocol.Document.Cleared : compiled.Message(finding));
        foreach (var (text, date) in page.Requirements.Where(requirement => requirement.Rule == rule).SelectMany(RequirementWords.Full))
        {
            page.Html.Add($"""<p class="by">{page.T(text).With("date", page.Date(date))}</p>""");
        }

        if (finding.Outcome == Outcome.Cleared)
        {
            Clearance(page, decision.Intake.Clearances.First(clearance => clearance.Rule == rule));
        }
    }

    /// <summary>What findings rest on: answers, and the line of the source.</summary>
    private static void Basis(PageParts page, List<ushort> rules)
    {
        var rule = page.Decision.Intake.Protocol.Rules[rules[0]];
        Evidence(page, rule, [.. rules.Select(one => page.Notes.Record.GetValueOrDefault(one)).OfType<RecordNotes>()]);
        var source = page.T(PageTexts.Source).With("line", rule.Document.Line.ToString(CultureInfo.InvariantCulture)).With("document", page.Decision.Intake.Protocol.Document.Source.Document);
        page.Html.Add($"""<p class="source">{source}</p>""");
    }

    /// <summary>For staff: what kind of finding it is, and the rule's id for whoever calls the makers of their system.</summary>
    private static void Kind(PageParts page, CompiledRule rule, Finding finding)
    {
        if (page.ForStaff)
        {
            var lasts = finding.Outcome == Outcome.Triggered && finding.Effect == Effect.Exclude ? ", " + page.T(PageTexts.Lasts(rule.Document.Persistence)) : string.Empty;
            page.Html.Add($"""<p class="kind for-clinician">{page.T(PageTexts.Kind(finding.Effect))}: {page.T(PageTexts.Outcome(finding.Outcome))}{lasts} <span class="code">({page.T(PageTexts.Rule)} <code>{rule.Id}</code>)</span></p>""");
        }
    }

    /// <summary>Who cleared it and when. The note is from one clinician to others.</summary>
    private static void Clearance(PageParts page, Clearance clearance)
    {
        page.Html.Add($"<p>{page.T(PageTexts.ClearedBy).With("date", page.Date(clearance.On)).With("by", clearance.By)}</p>");
        if (page.ForStaff && clearance.Note is { } note)
        {
            page.Html.Add($"""<p class="note for-clinician">{note}</p>""");
        }
    }

    /// <summary>The questions that it rests on with their answers, and what a record tells of them; needed ones that were not answered as well.</summary>
    private static void Evidence(PageParts page, CompiledRule rule, List<RecordNotes> record)
    {
        var said = page.Decision.Intake.Said;
        var written = false;
        foreach (var question in rule.Evidence)
        {
            ref readonly var answer = ref said[question.Index];
            List<RecordNotes> told = question.Id == rule.Document.Condition.Question ? record : [];
            if (answer.Given || told.Count > 0 || question.IsMissing(page.Decision.Intake.Answers))
            {
                if (!written)
                {
                    page.Html.Add($"<dl>");
                    written = true;
                }

                page.Html.Add($"<div><dt>{page.T(question.Document.Text)}</dt>");
                Answer(page, question, answer);
                OfRecord(page, told);
                page.Html.Add($"</div>");
            }
        }

        if (written)
        {
            page.Html.Add($"</dl>");
        }
    }

    /// <summary>What the person answered; where a record has a part in the decision, in so many words.</summary>
    private static void Answer(PageParts page, CompiledQuestion question, in Answer answer)
    {
        var words = AnswerWords.Of(question, answer, page.Language);
        if (!page.HasRecord)
        {
            foreach (var said in words)
            {
                page.Html.Add($"<dd>{said}</dd>");
            }
        }
        else if (answer.Given)
        {
            page.Say("dd", RecordTexts.Answered, text => text.With("answer", string.Join(", ", words)));
        }
        else
        {
            page.Say("dd", RecordTexts.NotAnswered);
        }
    }

    /// <summary>What a record tells, as the record's: to staff each entry by its name, to the patient what it says.</summary>
    private static void OfRecord(PageParts page, List<RecordNotes> record)
    {
        var words = RecordLines.Plain(page.Decision.Intake.Protocol, page.Language);
        foreach (var line in page.ForStaff ? record.SelectMany(words.ForStaff).Distinct() : [])
        {
            page.Html.Add($"""<dd class="for-clinician">{line}</dd>""");
        }

        if (record.Count > 0)
        {
            foreach (var line in record.SelectMany(words.ForPatient).Distinct().Append(page.T(RecordTexts.Counts)))
            {
                page.Html.Add($"""<dd class="{(page.ForStaff ? "for-patient" : string.Empty)}">{line}</dd>""");
            }
        }
    }
}
