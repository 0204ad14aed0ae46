using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// The sheet on which clinic staff check a protocol against its source: every question, rule, care step, record code, message and worked
/// example in words. Generated from the protocol alone, so that the two cannot differ. The digest is omitted: it changes with every comma.
/// </summary>
public static partial class ReviewSheet
{
    /// <summary>The sheet as Markdown, with LF line endings. The same protocol gives the same text.</summary>
    public static string Markdown(Protocol protocol) => string.Join('\n', Sheet(protocol.Document)) + "\n";

    private static IEnumerable<string> Sheet(ProtocolDocument document)
    {
        Question[] questions = [.. document.Questions, document.TreatmentAreas];
        return
        [
            $"# {document.Title.En}: review sheet", "",
            $"*{document.Title.Es}*", "",
            "Generated from the protocol's file; do not edit. It is for the clinic's staff, to be compared line by line with the source document.", "",
            "| | |", "|---|---|",
            $"| Protocol | `{document.Id}` |",
            $"| Version | {document.Version} |",
            $"| In force from | {Text(document.EffectiveFrom)} |",
            $"| Source | {Cell(document.Source.Document)} |", "",
            "## Contents", "",
            .. Contents("Questions", "Question", questions.Select(question => question.Id)),
            .. Contents("Rules", "Rule", document.Rules.Select(rule => rule.Id)),
            .. Contents("Care plan", "Step", document.CareSteps.Select(step => step.Id)),
            "- [Risks](#risks)",
            .. Contents("Record codes", "Codes", CodedQuestions(document)),
            "- [A finding that was cleared](#a-finding-that-was-cleared)",
            .. (document.OverrideReasons is null ? Array.Empty<string>() : ["- [Reasons to override](#reasons-to-override)"]),
            "- [The person of the worked examples](#the-person-of-the-worked-examples)",
            "- [Sign-off](#sign-off)", "",
            "## Words", "",
            "- **T** is the as-of date, on which the answers were true; **R** is the requested date. Both are dates at the clinic.",
            "- Day 0 is the event: a wait of n days after an event on L refuses L + (n − 1) and allows L + n.",
            "- An answer that is needed and absent makes the screening `incomplete`; one that is `unknown` makes it `review`.", "",
            "## Questions", "",
            .. questions.SelectMany(question => AboutQuestion(document, question)),
            "## Rules", "",
            .. document.Rules.SelectMany(rule => AboutRule(document, rule)),
            .. AboutCare(document),
            .. AboutCodes(document),
            "## A finding that was cleared", "",
            .. Messages([("cleared", document.Cleared)]),
            .. AboutOverrides(document.OverrideReasons ?? []),
            "## The person of the worked examples", "",
            $"Each example says only what differs from this person, on {Text(document.Baseline.Date)} (R) as of {Text(document.Baseline.AsOf)} (T), treated areas {Codes(document.Baseline.Areas, "and")}:", "",
            .. document.Baseline.Answers.EnumerateObject().Select(answer => $"- `{answer.Name}`: {Value(answer.Value)}"), "",
            "## Sign-off", "",
            $"I have compared every question, rule, care step, text and example of `{document.Id}` {document.Version} with the source document, and every record code with its published list.", "",
            "| Role | Name | Date | Signature | Remarks |", "|---|---|---|---|---|",
            "| Medical director | | | | |", "| Treating clinician | | | | |", "| Spanish texts | | | | |",
        ];
    }

    private static IEnumerable<string> Contents(string heading, string kind, IEnumerable<string> ids) =>
        [$"- [{heading}](#{heading.ToLowerInvariant().Replace(' ', '-')})", .. ids.Select(id => $"  - [{kind} `{id}`](#{kind.ToLowerInvariant()}-{id.ToLowerInvariant()})")];

    private static IEnumerable<string> AboutQuestion(ProtocolDocument document, Question question)
    {
        var needed = question.Optional ? "never; it may be left unanswered" : question.NeededWhen is { } when ? "when " + Holds(document, when) : "always";
        var answered = question.Match(
            _ => "exactly one code",
            _ => "a list of codes, each at most once; an empty list says none",
            _ => "a full date",
            _ => "a year, a month, a day or `unknown`",
            events => $"a list of events, past and planned, each with `{events.Kind.Id}` and `{events.Date.Id}` (a year, a month, a day or `unknown`); an empty list says none; `unknown` in place of the list: the person cannot say");
        return
        [
            $"### Question `{question.Id}`", "",
            .. Both(question.Text),
            $"- Answered by: {answered}",
            $"- Needed: {needed}",
            $"- A form asks it: {(question.AskedWhen is { } asked ? "when " + Holds(document, asked) : "always")}",
            .. (question.Checks ?? []).Select(check => "- Contradiction: " + Contradiction(document, check)), "",
            .. question.Match(
                choice => Options(document, choice, choice.Options),
                codes => Options(document, codes, codes.Options),
                _ => [],
                _ => [],
                events => [$"`{events.Kind.Id}`:", "", .. Both(events.Kind.Text), "", .. Options(document, events, events.Kind.Options), $"`{events.Date.Id}`:", "", .. Both(events.Date.Text), ""]),
        ];
    }

    private static string Contradiction(ProtocolDocument document, Check check)
    {
        string When(AnswerIs? when) => when is null ? "" : $", when {Holds(document, when)}";
        return check.Match(
            contradicts => $"nothing can be answered here when {Holds(document, contradicts.Answer)}",
            notAfter => "the date must not begin after T" + When(notAfter.When),
            notBefore => "the date must not end before T" + When(notBefore.When),
            follows => $"the date needs an answer to `{follows.Question}`, and must not be before it");
    }

    private static IEnumerable<string> Options(ProtocolDocument document, Question question, IReadOnlyList<Option> options) =>
    [
        "| Code | English | Español | Looked at by |", "|---|---|---|---|",
        .. options.Select(option => $"| `{option.Code}` | {Cell(option.Label.En)} | {Cell(option.Label.Es)} | {LookedAt(document, question, option)} |"), "",
    ];

    private static string LookedAt(ProtocolDocument document, Question question, Option option)
    {
        var rules = document.Rules.Where(rule => rule.Condition.Question == question.Id && rule.LooksAt(option.Code, document)).Select(rule => $"`{rule.Id}`").ToList();
        return rules.Count > 0 ? string.Join(", ", rules) : option.Harmless ? "no rule: harmless" : "every rule of the question: not known";
    }

    private static IEnumerable<string> AboutRule(ProtocolDocument document, Rule rule) =>
    [
        $"### Rule `{rule.Id}`", "",
        $"- Source: line {Text(rule.Line)}",
        .. Trigger(document, rule.Condition).Select(line => "- " + line),
        $"- Effect: {string.Join("; ", rule.Effects.Select(effect => $"`{WireName.Of(effect)}` ({InWords(effect)})"))}",
        $"- Lasts: `{WireName.Of(rule.Persistence)}`",
        .. (rule.Evidence is { Count: > 0 } evidence ? [$"- Shown as evidence, deciding nothing: {Codes(evidence, "and")}"] : Array.Empty<string>()), "",
        .. Messages([
            ("exclude", rule.Messages.Exclude), ("review", rule.Messages.Review), ("defer", rule.Messages.Defer), ("require", rule.Messages.Require),
            ("require, the course ends too early", rule.Messages.RequireLonger), ("not known", rule.Messages.Undetermined)]),
        "| Example | As of | Date | Areas | Answers | Expected |", "|---|---|---|---|---|---|",
        .. rule.Examples.Select(example => "| " + string.Join(" | ", Columns(document, example)) + " |"), "",
    ];

    private static string[] Trigger(ProtocolDocument document, Condition condition) => condition.Match<string[]>(
        answer => [$"Triggered when {Holds(document, new AnswerIs { Question = answer.Question, AnyOf = answer.AnyOf })}"],
        treatedArea => [$"Triggered when a place that `{treatedArea.Question}` names is among the treated areas"],
        stoppedUse =>
        [
            $"When `{stoppedUse.Question}` is `{stoppedUse.Stopped}`, and `{stoppedUse.LastUse}` says L: blocked through {Day("L", stoppedUse.Days - 1)}; {Day("L", stoppedUse.Days)} is the first allowed date",
            $"When `{stoppedUse.Question}` is `{stoppedUse.Current}`, and `{stoppedUse.LastUse}` says that the last use is planned for L: the same; without a plan L is T",
            $"When use goes on and R is allowed: the last day of use is {Day("R", -stoppedUse.Days)}",
            $"A year or a month means its last day, for a use that has ended never after T; `{ReservedCode.Unknown}` means T",
        ],
        course =>
        [
            $"When {Holds(document, new AnswerIs { Question = course.Question, AnyOf = course.AnyOf })}, and `{course.Start}` says S: blocked through {Day("S", course.DaysBefore - 1)}; {Day("S", course.DaysBefore)} is the first allowed date; without an answer S is T",
            $"When R is allowed: start by {Day("R", -course.DaysBefore)}, continue through {Day("R", course.DaysAfter)}",
            $"When `{course.End}` is before {Day("R", course.DaysAfter)}, the requirement says that the course must last longer",
        ],
        eventDistance =>
        [
            $"Each of `{eventDistance.Question}`, on D: blocked from {Day("D", 1 - eventDistance.Days)} through {Day("D", eventDistance.Days - 1)}; {Day("D", -eventDistance.Days)} and {Day("D", eventDistance.Days)} are allowed",
            $"A year or a month blocks around every day of it; a date that is `{ReservedCode.Unknown}` blocks everything through {Day("T", eventDistance.Days - 1)}",
        ]);

    private static string InWords(Effect effect) => effect switch
    {
        Effect.Exclude => "no treatment",
        Effect.Review => "a clinician decides",
        Effect.Defer => "not on this date",
        Effect.Require => "on this date, if something is done",
    };

    private static IEnumerable<string> Messages(IEnumerable<(string When, Message? Message)> messages) =>
    [
        "| Said when | To | English | Español |", "|---|---|---|---|",
        .. messages.SelectMany(m => m.Message is not { } message ? Array.Empty<string>() :
        [
            $"| {m.When} | clinician | {Cell(message.Clinician.En)} | {Cell(message.Clinician.Es)} |",
            $"| {m.When} | patient | {Cell(message.Patient.En)} | {Cell(message.Patient.Es)} |",
        ]), "",
    ];

    private static IEnumerable<string> AboutOverrides(IReadOnlyList<OverrideReason> reasons) => reasons.Count == 0 ? [] :
    [
        "## Reasons to override", "",
        "Offered to staff who put aside what the EHR was told. An override changes no decision.", "",
        "| Code | English | Español |", "|---|---|---|",
        .. reasons.Select(reason => $"| `{reason.Code}` | {Cell(reason.Text.En)} | {Cell(reason.Text.Es)} |"), "",
    ];

    private static string[] Columns(ProtocolDocument document, Example example)
    {
        IEnumerable<string> answers = example.Answers is { } own ? own.EnumerateObject().Select(answer => $"`{answer.Name}`: {Value(answer.Value)}") : [];
        var expect = example.Expect;
        string?[] expected =
        [
            $"`{WireName.Of(expect.Eligibility)}`",
            $"rule {WireName.Of(expect.Outcome)}" + (expect.Effect is { } effect ? $" ({WireName.Of(effect)})" : ""),
            On("not before", expect.NotBefore), On("blocked from", expect.BlockedFrom), On("blocked through", expect.BlockedThrough),
            On("stop by", expect.StopBy), On("start by", expect.StartBy), On("continue through", expect.ContinueThrough),
        ];
        return
        [
            Cell(example.Name),
            Text(example.AsOf ?? document.Baseline.AsOf),
            Text(example.Date ?? document.Baseline.Date),
            string.Join(", ", example.Without?.Contains(document.TreatmentAreas.Id) == true ? ["not said"] : example.Areas ?? document.Baseline.Areas),
            string.Join("; ", answers.Concat((example.Without ?? []).Where(id => id != document.TreatmentAreas.Id).Select(id => $"`{id}` unanswered"))),
            string.Join("; ", expected.Where(one => one is not null)),
        ];
    }

    private static string Holds(ProtocolDocument document, AnswerIs condition) =>
        $"`{condition.Question}` {(document.Questions.FirstOrDefault(q => q.Id == condition.Question) is null or CodesQuestion ? "names" : "is")} {Codes(condition.AnyOf, "or")}";

    private static string Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0 ? "none" : string.Join(" + ", value.EnumerateArray().Select(Value)),
        JsonValueKind.Object => string.Join(" ", value.EnumerateObject().Select(member => Value(member.Value))),
        _ => Cell(value.ToString()),
    };

    private static IEnumerable<string> Both(LocalizedText text) => ["- English: " + text.En, "- Español: " + text.Es];

    private static string Codes(IReadOnlyList<string> codes, string last) => codes.Count == 1
        ? $"`{codes[0]}`"
        : string.Join(", ", codes.SkipLast(1).Select(code => $"`{code}`")) + $" {last} `{codes[^1]}`";

    private static string Day(string day, int days) => days == 0 ? day : string.Create(CultureInfo.InvariantCulture, $"{day} {(days < 0 ? '−' : '+')} {Math.Abs(days)}");

    private static string? On(string what, LocalDate? date) => date is { } known ? $"{what} {Text(known)}" : null;

    private static string Text(LocalDate date) => PartialDate.Of(date).ToString();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Escapes a text for a table cell, on one line.</summary>
    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
