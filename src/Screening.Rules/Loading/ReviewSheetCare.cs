namespace Screening.Rules;

/// <summary>Care steps and risks.</summary>
public static partial class ReviewSheet
{
    private static IEnumerable<string> AboutCare(ProtocolDocument document) =>
    [
        "## Care plan", "",
        "- **A** is the appointment's date, **S** its start and **E** its end, all at the clinic; an appointment without an end ends when it starts.",
        "- Whole days count from the first through the last. Days added to a time keep the clock time; hours and minutes are elapsed time. What is open has no beginning or no end.", "",
        .. document.CareSteps.SelectMany(step => AboutCareStep(document, step)),
        "## Risks", "",
        "Told with every care plan.", "",
        "| Risk | Line | English | Español |", "|---|---|---|---|",
        .. document.Risks.Select(risk => $"| `{risk.Id}` | {Text(risk.Line)} | {Cell(risk.Text.En)} | {Cell(risk.Text.Es)} |"), "",
    ];

    private static IEnumerable<string> AboutCareStep(ProtocolDocument document, CareStep step) =>
    [
        $"### Step `{step.Id}`", "",
        $"- Source: line {Text(step.Line)}",
        $"- Kind: `{WireName.Of(step.Phase)}`, `{WireName.Of(step.Kind)}` ({InWords(step.Kind)})",
        $"- Shown: {Shown(document, step)}",
        $"- From {Ends(step.Timing).From} through {Ends(step.Timing).Through}",
        .. Both(step.Text), "",
        .. (step.Examples ?? []) is { Count: > 0 } examples ?
        [
            "| Example | Appointment | Answers | Expected |", "|---|---|---|---|",
            .. examples.Select(example => "| " + string.Join(" | ", Columns(document, example)) + " |"), "",
        ] : Array.Empty<string>(),
    ];

    private static string Shown(ProtocolDocument document, CareStep step) =>
        step.ShownWhen is { } when ? "when " + Holds(document, when)
        : step.ShownUnless is { } unless ? $"unless {Holds(document, unless)}; without an answer, and when it is `{ReservedCode.Unknown}`, it is shown"
        : "always";

    private static (string From, string Through) Ends(Timing timing) => timing.Match(
        days => (From: days.From is { } from ? Day("A", from) : "open", Through: days.Through is { } through ? Day("A", through) : "open"),
        clock => (From: Ends(clock.From), Through: Ends(clock.Through)));

    private static string Ends(ClockPoint? point)
    {
        if (point is null)
        {
            return "open";
        }

        var (count, unit) = point.Days is { } days ? (days, "days") : point.Hours is { } hours ? (hours, "hours") : (point.Minutes ?? 0, "minutes");
        return Day(point.Anchor == ClockAnchor.Start ? "S" : "E", count) + (count == 0 ? "" : " " + unit);
    }

    private static string InWords(CareKind kind) => kind switch
    {
        CareKind.Do => "to be done",
        CareKind.Avoid => "to be left alone",
        CareKind.May => "allowed",
        CareKind.Expect => "normal",
        CareKind.Tell => "contact the clinic",
    };

    private static string[] Columns(ProtocolDocument document, CareExample example)
    {
        IEnumerable<string> answers = example.Answers is { } own ? own.EnumerateObject().Select(answer => $"`{answer.Name}`: {Value(answer.Value)}") : [];
        var expect = example.Expect;
        string?[] expected =
        [
            expect.Shown ? "shown" : "not shown",
            expect.StartsOn is { } startsOn ? "from " + startsOn : null, expect.EndsOn is { } endsOn ? "through " + endsOn : null,
            expect.StartsAt is { } startsAt ? "from " + startsAt : null, expect.EndsAt is { } endsAt ? "through " + endsAt : null,
        ];
        return
        [
            Cell(example.Name),
            $"{example.Start ?? Text(document.Baseline.Date) + "T12:00:00"}{(example.End is { } end ? " to " + end : "")}, {example.TimeZone ?? "UTC"}",
            string.Join("; ", answers.Concat((example.Without ?? []).Select(id => $"`{id}` unanswered"))),
            string.Join("; ", expected.Where(one => one is not null)),
        ];
    }
}
