using System.Text;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Loading;

public static class ReviewSheetTests
{
    private const string Committed = "src/Screening.Rules/Protocols/sublative-rf/1.0.0.md";
    private static readonly string Sheet = ReviewSheet.Markdown(Shipped.Protocol);

    [Fact]
    public static void The_committed_review_sheet_is_current() => GeneratedFile.IsCurrent(Committed, Sheet);

    [Fact]
    public static void The_sheet_is_the_same_for_the_same_rules_however_the_file_is_laid_out() =>
        Assert.Equal(Sheet, ReviewSheet.Markdown(Shipped.Load("compact.json", Encoding.UTF8.GetBytes(Shipped.Node().ToJsonString()))));

    [Fact]
    public static void Lines_end_in_LF_and_the_sheet_in_one()
    {
        Assert.DoesNotContain('\r', Sheet);
        Assert.EndsWith("|\n", Sheet, StringComparison.Ordinal);
        Assert.DoesNotContain(Sheet.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public static void The_digest_is_not_in_it() => Assert.DoesNotContain(Shipped.Protocol.Digest["sha256:".Length..], Sheet, StringComparison.Ordinal);

    [Fact]
    public static void Every_text_of_the_protocol_is_in_it_in_both_languages()
    {
        var texts = Texts(Shipped.Node()).ToList();

        Assert.True(texts.Count > 200, "The texts are those of every question, option and message.");
        Assert.All(texts, text => Assert.Contains(text, Sheet, StringComparison.Ordinal));
    }

    [Fact]
    public static void Every_rule_has_its_section_with_its_line_and_every_example_a_row()
    {
        foreach (var rule in Shipped.Protocol.Document.Rules)
        {
            var section = Sheet.Split($"\n### Rule `{rule.Id}`\n")[1].Split("\n### ")[0].Split("\n## ")[0];

            Assert.Contains($"\n- Source: line {rule.Line}\n", section, StringComparison.Ordinal);
            Assert.All(rule.Examples, example => Assert.Contains($"\n| {example.Name} | ", section, StringComparison.Ordinal));
        }
    }

    [Fact]
    public static void Every_care_step_has_its_section_with_its_line_and_every_example_a_row()
    {
        foreach (var step in Shipped.Protocol.Document.CareSteps)
        {
            var section = Sheet.Split($"\n### Step `{step.Id}`\n")[1].Split("\n### ")[0].Split("\n## ")[0];

            Assert.Contains($"\n- Source: line {step.Line}\n", section, StringComparison.Ordinal);
            Assert.All(step.Examples ?? [], example => Assert.Contains($"\n| {example.Name} | ", section, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("topical-retinoid-stop", "- Shown: always\n- From A − 13 through A\n")]
    [InlineData("isotretinoin-tell", "- Shown: unless `isotretinoinUse` is `never`; without an answer, and when it is `unknown`, it is shown\n- From open through A\n")]
    [InlineData("antiviral-course", "- Shown: when `herpesSimplexHistory` is `yes`\n- From A − 5 through A + 5\n")]
    [InlineData("numbing-cream-apply", "- From S − 30 minutes through S\n")]
    [InlineData("topical-retinoid-pause", "- From E through E + 7 days\n")]
    [InlineData("discomfort-persists", "- From E + 24 hours through open\n")]
    public static void A_care_step_says_when_it_holds(string step, string words) =>
        Assert.Contains(words, Sheet.Split($"\n### Step `{step}`\n")[1].Split("\n### ")[0], StringComparison.Ordinal);

    [Fact]
    public static void Every_entry_of_the_contents_leads_to_a_heading()
    {
        // A heading's anchor as code hosts make it: lower case, spaces as hyphens, no punctuation.
        var anchors = Sheet.Split('\n').Where(line => line.StartsWith('#'))
            .Select(line => "(#" + new string([.. line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-').Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]) + ")")
            .ToHashSet();

        var links = Sheet.Split('\n').Where(line => line.TrimStart().StartsWith("- [", StringComparison.Ordinal)).Select(line => line[line.IndexOf("](", StringComparison.Ordinal)..][1..]).ToList();

        Assert.True(links.Count > Shipped.Protocol.Rules.Length + Shipped.Protocol.Questions.Length);
        Assert.Subset(anchors, links.ToHashSet());
        Assert.Equal(links.Count, links.Distinct().Count());
    }

    [Theory]
    [InlineData("topical-retinoid", "says L: blocked through L + 13; L + 14 is the first allowed date")]
    [InlineData("topical-retinoid", "the last day of use is R − 14")]
    [InlineData("herpes-prophylaxis", "says S: blocked through S + 4; S + 5 is the first allowed date; without an answer S is T")]
    [InlineData("herpes-prophylaxis", "start by R − 5, continue through R + 5")]
    [InlineData("filler-or-toxin-injection", "blocked from D − 13 through D + 13; D − 14 and D + 14 are allowed")]
    [InlineData("filler-or-toxin-injection", "blocks everything through T + 13")]
    [InlineData("skin-cancer", "Triggered when `skinCancer` is `current` or `suspected`")]
    [InlineData("psoriasis", "Triggered when `skinConditions` names `psoriasis`")]
    [InlineData("metal-plate-in-area", "Triggered when a place that `metalPlates` names is among the treated areas")]
    [InlineData("isotretinoin", "Shown as evidence, deciding nothing: `isotretinoinLastTaken`")]
    public static void A_rule_says_what_triggers_it(string rule, string words) =>
        Assert.Contains(words, Sheet.Split($"\n### Rule `{rule}`\n")[1].Split("\n### ")[0], StringComparison.Ordinal);

    [Theory]
    [InlineData("pregnancy", "- Needed: always\n")]
    [InlineData("skincareKit", "- Needed: never; it may be left unanswered\n")]
    [InlineData("topicalRetinoidLastUsed", "- Needed: when `topicalRetinoidUse` is `stopped`\n- A form asks it: when `topicalRetinoidUse` is `stopped` or `current`\n")]
    [InlineData("topicalRetinoidLastUsed", "- Contradiction: nothing can be answered here when `topicalRetinoidUse` is `never`\n")]
    [InlineData("topicalRetinoidLastUsed", "- Contradiction: the date must not begin after T, when `topicalRetinoidUse` is `stopped`\n")]
    [InlineData("topicalRetinoidLastUsed", "- Contradiction: the date must not end before T, when `topicalRetinoidUse` is `current`\n")]
    [InlineData("isotretinoinLastTaken", "- Contradiction: the date must not begin after T\n")]
    [InlineData("antiviralEnd", "- Contradiction: the date needs an answer to `antiviralStart`, and must not be before it\n")]
    [InlineData("treatmentAreas", "- Needed: when `metalPlates` names `face`, `neck`, `chest` or `hands`\n")]
    [InlineData("metalPlates", "| no rule: harmless |\n")]
    [InlineData("skinCancer", "| every rule of the question: not known |\n")]
    public static void A_question_says_when_it_is_needed_and_what_contradicts_it(string question, string words) =>
        Assert.Contains(words, Sheet.Split($"\n### Question `{question}`\n")[1].Split("\n### ")[0], StringComparison.Ordinal);

    [Fact]
    public static void A_text_cannot_break_its_table()
    {
        var file = Shipped.Node();
        file.Set("/questions/{pregnancy}/options/{yes}/label/en", "\"Yes | or\\nso\"");

        var sheet = ReviewSheet.Markdown(Shipped.Load("pipes.json", Encoding.UTF8.GetBytes(file.ToJsonString())));

        Assert.Contains("| `yes` | Yes \\| or so | Sí | `pregnancy` |\n", sheet, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(System.Text.Json.Nodes.JsonNode? node) => node switch
    {
        System.Text.Json.Nodes.JsonObject { Count: 2 } words when words["en"] is System.Text.Json.Nodes.JsonArray =>
            words.SelectMany(language => language.Value!.AsArray()).Select(word => $"`{word!.GetValue<string>()}`"),
        System.Text.Json.Nodes.JsonObject { Count: 2 } text when text.ContainsKey("en") => [text["en"]!.GetValue<string>(), text["es"]!.GetValue<string>()],
        System.Text.Json.Nodes.JsonObject members => members.SelectMany(member => Texts(member.Value)),
        System.Text.Json.Nodes.JsonArray list => list.SelectMany(Texts),
        _ => [],
    };
}
