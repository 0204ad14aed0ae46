using System.Text.Json;

namespace Screening.Rules;

/// <summary>The part of <see cref="ProtocolChecks"/> that looks at rules and at what no rule looks at.</summary>
internal sealed partial class ProtocolChecks
{
    private const int MostDays = 3650;

    private void CheckRule(string pointer, Rule rule)
    {
        Require(IsKebabCase(rule.Id), pointer + "/id", "A rule's id is kebab-case.");
        Require(rule.Line > 0, pointer + "/line", "Lines are counted from 1.");

        var condition = rule.Condition;
        var question = Asked(condition.Question);
        Require(question is { Optional: false }, pointer + "/condition/question", "A rule is decided by a question that is not optional.");
        var dated = condition.Match(
            answer => Coded(answer.AnyOf, false),
            _ => CheckPlaces(pointer + "/condition/question", question),
            stoppedUse =>
            {
                Require(question is ChoiceQuestion && Asked(stoppedUse.LastUse) is PartialDateQuestion, pointer + "/condition/lastUse", "The use is a choice, the last use a partial date.");
                Require(Asked(stoppedUse.LastUse)?.NeededWhen is { } when && when.Question == condition.Question && when.AnyOf.Contains(stoppedUse.Stopped), pointer + "/condition/lastUse", "The last use is needed when the use has stopped.");
                Require(Bounds(stoppedUse.LastUse, stoppedUse.Stopped, stoppedUse.Current), pointer + "/condition/lastUse", "The last use needs the checks not-after-as-of when stopped and not-before-as-of when current: else a past plan or a future end would shorten the wait.");
                Days("days", stoppedUse.Days);
                return Coded([stoppedUse.Stopped, stoppedUse.Current], true);
            },
            course =>
            {
                Require(Asked(course.Start) is DateQuestion && Asked(course.End) is DateQuestion, pointer + "/condition/start", "A course starts and ends on a full date.");
                Days("daysBefore", course.DaysBefore);
                Days("daysAfter", course.DaysAfter);
                return Coded(course.AnyOf, true);
            },
            eventDistance =>
            {
                Require(question is EventsQuestion, pointer + "/condition/question", "The events are an events question.");
                Days("days", eventDistance.Days);
                return true;
            });

        Effect[][] allowed = condition.Match<Effect[][]>(
            _ => [[Effect.Exclude], [Effect.Review]],
            _ => [[Effect.Exclude], [Effect.Review]],
            _ => [[Effect.Defer, Effect.Require]],
            _ => [[Effect.Defer, Effect.Require]],
            _ => [[Effect.Defer]]);
        Require(allowed.Any(effects => effects.SequenceEqual(rule.Effects)), pointer + "/effects", "These are not the effects of this kind of condition.");
        Require(dated == (rule.Persistence == Persistence.UntilDate), pointer + "/persistence", "A rule that counts days lasts until a date, and only such a rule.");
        for (var i = 0; i < (rule.Evidence?.Count ?? 0); i++)
        {
            Require(Asked(rule.Evidence![i]) is not null, Pointer.To(pointer + "/evidence", i), "There is no question of this id.");
        }

        Unique(pointer + "/evidence", (rule.Evidence ?? []).Append(condition.Question));
        CheckMessages(pointer + "/messages", rule);
        CheckExamples(pointer + "/examples", rule);

        bool Coded(IReadOnlyList<string> codes, bool countsDays)
        {
            Require(question is ChoiceQuestion or CodesQuestion, pointer + "/condition/question", "The question is answered by code.");
            Codes(pointer + "/condition", condition.Question, codes);
            return countsDays;
        }

        void Days(string member, int days) => Require(days is > 0 and <= MostDays, pointer + "/condition/" + member, "Days are 1 to 3650.");
    }

    /// <summary>
    /// A place that is an area must be an answer of the question, under the same code, or it could never be found among the treated areas;
    /// and naming it must make the areas needed. Counts no days.
    /// </summary>
    private bool CheckPlaces(string pointer, Question? question)
    {
        var areas = document.TreatmentAreas.Options.Select(o => o.Code).ToList();
        Require(question is CodesQuestion, pointer, "Places are a list of codes.");
        Require(areas.All(area => question?.Codes.Any(o => o.Code == area) == true), pointer, "The question must offer every area of the treatment, under the same code.");
        var needed = document.TreatmentAreas.NeededWhen;
        Require(
            !document.TreatmentAreas.Optional && (needed is null || (needed.Question == question?.Id && areas.All(needed.AnyOf.Contains))),
            pointer,
            "The treated areas must be needed whenever a place that is one of them is named.");
        return false;
    }

    /// <summary>True when a last use that is stopped cannot be in the future, nor a planned one in the past.</summary>
    private bool Bounds(string lastUse, string stopped, string current)
    {
        var checks = Asked(lastUse)?.Checks ?? [];
        return checks.OfType<NotAfterAsOfCheck>().Any(check => check.When is null || check.When.AnyOf.Contains(stopped))
            && checks.OfType<NotBeforeAsOfCheck>().Any(check => check.When is null || check.When.AnyOf.Contains(current));
    }

    private void CheckMessages(string pointer, Rule rule)
    {
        var messages = rule.Messages;
        (string Name, Message? Message, bool Needed)[] all =
        [
            ("exclude", messages.Exclude, rule.Effects.Contains(Effect.Exclude)),
            ("review", messages.Review, rule.Effects.Contains(Effect.Review)),
            ("defer", messages.Defer, rule.Effects.Contains(Effect.Defer)),
            ("require", messages.Require, rule.Effects.Contains(Effect.Require)),
            ("requireLonger", messages.RequireLonger, rule.Condition is CourseCondition),
            ("undetermined", messages.Undetermined, true),
        ];
        foreach (var (name, message, needed) in all)
        {
            Require(needed == message is not null, pointer + "/" + name, needed ? "This message is missing." : "The rule has no such effect.");
            Said(pointer + "/" + name, message);
        }
    }

    private void CheckExamples(string pointer, Rule rule)
    {
        for (var i = 0; i < rule.Examples.Count; i++)
        {
            var example = rule.Examples[i];
            NotBlank(Pointer.To(pointer, i) + "/name", example.Name);
            Areas(Pointer.To(pointer, i) + "/areas", example.Areas);
            Require(example.Answers is null or { ValueKind: JsonValueKind.Object }, Pointer.To(pointer, i) + "/answers", "Answers are an object.");
            Require(example.Without is null || example.Answers is not { ValueKind: JsonValueKind.Object } || example.Without.All(id => !example.Answers.Value.TryGetProperty(id, out _)), Pointer.To(pointer, i) + "/without", "A question is answered or left out, not both.");
            Require(example.Without is null || example.Without.All(id => Asked(id) is not null), Pointer.To(pointer, i) + "/without", "There is no question of this id.");
        }

        var expected = rule.Examples.Select(e => e.Expect).ToList();
        Require(expected.Exists(e => e.Outcome == Outcome.Clear), pointer, "No example shows the rule clear.");
        Require(expected.Exists(e => e.Outcome == Outcome.Undetermined), pointer, "No example shows the rule undetermined.");
        foreach (var effect in rule.Effects)
        {
            Require(expected.Exists(e => e.Outcome == Outcome.Triggered && (e.Effect ?? (rule.Effects.Count == 1 ? effect : null)) == effect), pointer, $"No example shows the rule triggered with effect {WireName.Of(effect)}.");
        }
    }

    /// <summary>Every option is looked at by a rule or marked harmless, never both; every needed question has a part in some rule.</summary>
    private void CheckCoverage()
    {
        var areas = document.TreatmentAreas.Options.Select(o => o.Code).ToHashSet(StringComparer.Ordinal);
        var looked = document.Rules.SelectMany(rule => rule.Condition.Match<IEnumerable<string>>(
            answer => answer.AnyOf,
            _ => areas,
            stoppedUse => [stoppedUse.Stopped, stoppedUse.Current],
            course => course.AnyOf,
            _ => (Asked(rule.Condition.Question) as EventsQuestion)?.Kind.Options.Select(o => o.Code) ?? []).Select(code => (rule.Condition.Question, code))).ToHashSet();
        var used = document.Rules.SelectMany(rule => rule.Condition.Match<string[]>(
            _ => [],
            _ => [document.TreatmentAreas.Id],
            stoppedUse => [stoppedUse.LastUse],
            course => [course.Start, course.End],
            _ => []).Append(rule.Condition.Question)).ToHashSet(StringComparer.Ordinal);

        for (var i = 0; i < document.Questions.Count; i++)
        {
            var question = document.Questions[i];
            var pointer = Pointer.To("/questions", i);
            Require(question.Optional || used.Contains(question.Id), pointer, "The question is needed, but no rule looks at it.");
            var options = question is EventsQuestion events ? events.Kind.Options : question.Codes;
            pointer += question is EventsQuestion ? "/kind/options" : "/options";
            for (var o = 0; o < options.Count; o++)
            {
                var byRule = looked.Contains((question.Id, options[o].Code));
                Require(options[o].Code == ReservedCode.Unknown || byRule != options[o].Harmless, Pointer.To(pointer, o), byRule ? "A rule looks at this option, so it is not harmless." : "No rule looks at this option, and it is not marked harmless.");
            }
        }
    }
}
