using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>Where staff record that a clinician has cleared a finding: on a decision's page, and on the form to change it.</summary>
internal static class ClearanceBlocks
{
    /// <summary>
    /// The rules whose finding a clinician may still clear, for staff. Where an exclusion applies there are none, since it would not help.
    /// </summary>
    public static IReadOnlyList<CompiledRule> Offered(FormContent content, Decision decision) =>
        content.Audience != Audience.Clinician || decision.Eligibility == Eligibility.Ineligible
            ? []
            : [.. content.Protocol.Rules.Where(rule => decision.Findings[rule.Index].Level == Eligibility.Review)];

    /// <summary>Adds a closed entry for each rule that is offered, and the button that decides with what is filled in.</summary>
    public static void WriteOffers(Html html, FormContent content, IReadOnlyList<CompiledRule> offered, string decide)
    {
        html.Add($"""<div class="for-clinician"><h3>{content.T("intake.clearancesAsked")}</h3>""");
        html.Add($"<p>{content.T("intake.clearancesLead")}</p>");
        var fields = new FormInputs(html, content);
        foreach (var rule in offered)
        {
            html.Add($"""<details><summary>{NameOf(rule, content)}</summary>""");
            Fields(html, content, fields, rule);
            html.Add($"</details>\n");
        }

        html.Add($"<p>");
        FollowUps.Button(html, decide, content.T("intake.decideCleared"));
        html.Add($"</p></div>");
    }

    /// <summary>Adds the entries that were sent, filled in or wrong, so that they can be changed or emptied.</summary>
    public static void WriteSent(Html html, FormContent content, FormInputs fields)
    {
        List<CompiledRule> sent = [.. content.Protocol.Rules.Where(IsSent)];
        if (sent.Count == 0)
        {
            return;
        }

        html.Add($"""<h2>{content.T("intake.clearances")}</h2><p>{content.T("intake.clearancesSent")}</p>""");
        foreach (var rule in sent)
        {
            fields.Open("div", ClearanceFields.Block(rule));
            html.Add($"""<fieldset class="row" """);
            fields.Describe(ClearanceFields.Block(rule));
            html.Add($"><legend>{NameOf(rule, content)}</legend>");
            fields.Error(ClearanceFields.Block(rule));
            Fields(html, content, fields, rule);
            html.Add($"</fieldset></div>\n");
        }

        bool IsSent(CompiledRule rule) =>
            ClearanceFields.Names(rule).Any(name => content.Form.All(name).Any(field => field.Value.Length > 0))
            || ClearanceFields.Blocks(rule).Any(block => content.ErrorOf(block) is not null);
    }

    /// <summary>The entry that a part of the page belongs to, in words, and its place among them; null for any other part.</summary>
    public static (int Order, string Name)? PlaceOf(string block, FormContent content)
    {
        if (content.Protocol.Rules.FirstOrDefault(rule => ClearanceFields.Blocks(rule).Contains(block)) is not { } rule)
        {
            return null;
        }

        var part = Array.IndexOf(ClearanceFields.Blocks(rule), block);
        string[] parts = [string.Empty, "intake.clearedBy", "intake.clearedOn", "intake.clearedNote"];
        var name = content.T("intake.clearances") + " · " + NameOf(rule, content);
        return ((rule.Index * parts.Length) + part, part == 0 ? name : name + " · " + content.T(parts[part]));
    }

    private static void Fields(Html html, FormContent content, FormInputs fields, CompiledRule rule)
    {
        var (by, on, note) = (ClearanceFields.ByBlock(rule), ClearanceFields.OnBlock(rule), ClearanceFields.NoteBlock(rule));
        Part(by, () => fields.Text(ClearanceFields.By(rule), content.T("intake.clearedBy"), by, RequestLimits.LongestName));
        fields.Open("div", on);
        fields.OpenGroup(on, content.T("intake.clearedOn"));
        fields.Date(ClearanceFields.On(rule), canBeUnknown: false);
        html.Add($"</fieldset></div>");
        Part(note, () => fields.Lines(ClearanceFields.Note(rule), content.T("intake.clearedNote"), note, RequestLimits.LongestNote));

        void Part(string block, Action add)
        {
            fields.Open("div", block);
            fields.Error(block);
            html.Add($"""<div class="parts">""");
            add();
            html.Add($"</div></div>");
        }
    }

    /// <summary>What a rule is about: its question; where others rest on the same, the answers that it looks at come first.</summary>
    private static string NameOf(CompiledRule rule, FormContent content)
    {
        var question = rule.Evidence[0];
        var name = content.T(question.Document.Text);
        if (content.Protocol.Rules.Count(other => other.Evidence[0] == question) == 1)
        {
            return name;
        }

        var codes = rule.Document.Condition.LooksAt(content.Protocol.Document).ToHashSet(StringComparer.Ordinal);
        var labels = question.Codes.Where(option => codes.Contains(option.Code)).Select(option => content.T(option.Label));
        return string.Join(", ", labels) + " · " + name;
    }
}
