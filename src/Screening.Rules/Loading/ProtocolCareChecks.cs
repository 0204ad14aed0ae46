using System.Text.Json;

namespace Screening.Rules;

/// <summary>Checks care steps and risks.</summary>
internal sealed partial class ProtocolChecks
{
    private void CheckCare()
    {
        Unique("/careSteps", document.CareSteps.Select(step => step.Id));
        Each("/careSteps", document.CareSteps, CheckCareStep);
        Unique("/risks", document.Risks.Select(risk => risk.Id));
        Each("/risks", document.Risks, (at, risk) => Cited(at, "risk", risk.Id, risk.Line, risk.Text));
    }

    private void CheckCareStep(string pointer, CareStep step)
    {
        Cited(pointer, "step", step.Id, step.Line, step.Text);
        Require(
            step.ShownWhen is null || step.ShownUnless is null,
            pointer + "/shownUnless",
            "A step is shown when something holds, or unless it does, not both.");
        Holds(pointer + "/shownWhen", step.ShownWhen);
        Holds(pointer + "/shownUnless", step.ShownUnless);
        _ = step.Timing.Match(days => CheckDays(pointer + "/timing", days), clock => CheckClock(pointer + "/timing", clock));
        CheckCareExamples(pointer + "/examples", step);
    }

    private bool CheckDays(string pointer, DaysTiming days)
    {
        Require(days.From is not null || days.Through is not null, pointer, "A step begins or ends on some day.");
        Require(days.From is null or (>= -MostDays and <= MostDays), pointer + "/from", "Days are -3650 to 3650.");
        Require(days.Through is null or (>= -MostDays and <= MostDays), pointer + "/through", "Days are -3650 to 3650.");
        return Require(!(days.Through < days.From), pointer + "/through", "The last day is before the first.");
    }

    private bool CheckClock(string pointer, ClockTiming clock)
    {
        CheckPoint(pointer + "/from", clock.From);
        CheckPoint(pointer + "/through", clock.Through);
        Require(clock.From is not null || clock.Through is not null, pointer, "A step begins or ends at some time.");

        // The distance from start to end of an appointment varies, so only times with the same anchor can be compared.
        return Require(
            clock is not { From: { } from, Through: { } through } || from.Anchor != through.Anchor
                || CareDates.Minutes(from) <= CareDates.Minutes(through),
            pointer + "/through",
            "The end is before the beginning.");
    }

    private void CheckPoint(string pointer, ClockPoint? point)
    {
        if (point is not null)
        {
            int?[] given = [.. new[] { point.Days, point.Hours, point.Minutes }.Where(unit => unit is not null)];
            Require(given.Length == 1, pointer, "Exactly one of days, hours and minutes is given.");
            Require(CareDates.IsWithin(point, MostDays), pointer, "The time is at most 3650 days away.");
        }
    }

    private void CheckCareExamples(string pointer, CareStep step)
    {
        var examples = step.Examples ?? [];
        Each(pointer, examples, (at, example) =>
        {
            NotBlank(at + "/name", example.Name);
            Require(example.Answers is null or { ValueKind: JsonValueKind.Object }, at + "/answers", "Answers are an object.");
            Require((example.Without ?? []).All(id => Asked(id) is not null), at + "/without", NoSuchQuestion);
        });
        if ((step.ShownWhen ?? step.ShownUnless) is not null)
        {
            Require(examples.Any(example => example.Expect.Shown), pointer, "No example shows the step.");
            Require(examples.Any(example => !example.Expect.Shown), pointer, "No example leaves the step out.");
        }
    }
}
