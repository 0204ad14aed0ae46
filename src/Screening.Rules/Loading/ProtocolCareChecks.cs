using System.Text.Json;

namespace Screening.Rules;

/// <summary>The part of <see cref="ProtocolChecks"/> that looks at care steps and risks.</summary>
internal sealed partial class ProtocolChecks
{
    private void CheckCare()
    {
        Unique("/careSteps", document.CareSteps.Select(step => step.Id));
        for (var i = 0; i < document.CareSteps.Count; i++)
        {
            CheckCareStep(Pointer.To("/careSteps", i), document.CareSteps[i]);
        }

        Unique("/risks", document.Risks.Select(risk => risk.Id));
        for (var i = 0; i < document.Risks.Count; i++)
        {
            var pointer = Pointer.To("/risks", i);
            Require(IsKebabCase(document.Risks[i].Id), pointer + "/id", "A risk's id is kebab-case.");
            Require(document.Risks[i].Line > 0, pointer + "/line", "Lines are counted from 1.");
            Text(pointer + "/text", document.Risks[i].Text);
        }
    }

    private void CheckCareStep(string pointer, CareStep step)
    {
        Require(IsKebabCase(step.Id), pointer + "/id", "A step's id is kebab-case.");
        Require(step.Line > 0, pointer + "/line", "Lines are counted from 1.");
        Text(pointer + "/text", step.Text);
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

        // The start and the end of an appointment are any time apart: only times of the same one have an order.
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
        for (var i = 0; i < examples.Count; i++)
        {
            var at = Pointer.To(pointer, i);
            NotBlank(at + "/name", examples[i].Name);
            Require(examples[i].Answers is null or { ValueKind: JsonValueKind.Object }, at + "/answers", "Answers are an object.");
            Require((examples[i].Without ?? []).All(id => Asked(id) is not null), at + "/without", "There is no question of this id.");
        }

        if ((step.ShownWhen ?? step.ShownUnless) is not null)
        {
            Require(examples.Any(example => example.Expect.Shown), pointer, "No example shows the step.");
            Require(examples.Any(example => !example.Expect.Shown), pointer, "No example leaves the step out.");
        }
    }
}
