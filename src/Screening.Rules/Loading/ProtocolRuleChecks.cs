using System.Text.Json;

namespace Screening.Rules;

/// <summary>Checks the rules, and that they cover every option.</summary>
internal sealed partial class ProtocolChecks
{
    private const int MostDays = 3650;

    private void CheckRule(string pointer, Rule rule)
    {
        Cited(pointer, "rule", rule.Id, rule.Line);
        var condition = rule.Condition;
        var question = Asked(condition.Question);
        Require(question is { Optional: false }, pointer + "/condition/question", "A rule is decided by a question that is not optional.");
        CheckCondition(pointer + "/condition", condition, question);
        Require(
            condition.AllowedEffects.Any(effects => effects.SequenceEqual(rule.Effects)),
            pointer + "/effects",
            "These are not the effects of this kind of condition.");
        Require(
            condition.WaitDays is not null == (rule.Persistence == Persistence.UntilDate),
            pointer + "/persistence",
            "A rule that counts days lasts until a date, and only such a rule.");
        Each(pointer + "/evidence", rule.Evidence, (at, id) => Require(Asked(id) is not null, at, NoSuchQuestion));
        Unique(pointer + "/evidence", (rule.Evidence ?? []).Append(condition.Question));
        CheckMessages(pointer + "/messages", rule);
        CheckExamples(pointer + "/examples", rule);
    }

    /// <summary>Checks a condition according to its kind.</summary>
    private bool CheckCondition(string pointer, Condition condition, Question? question)
    {
        return condition.Match(
            answer => Coded(answer.AnyOf),
            _ => CheckPlaces(pointer + "/question", question),
            use =>
            {
                var lastUse = Asked(use.LastUse);
                Require(
                    question is ChoiceQuestion && lastUse is PartialDateQuestion,
                    pointer + "/lastUse",
                    "The use is a choice, the last use a partial date.");
                Require(
                    lastUse?.NeededWhen is { } when && when.Question == use.Question && when.AnyOf.Contains(use.Stopped),
                    pointer + "/lastUse",
                    "The last use is needed when the use has stopped.");
                Require(
                    Bounds(lastUse?.Checks ?? [], use),
                    pointer + "/lastUse",
                    "The last use needs the checks not-after-as-of when stopped and not-before-as-of when current: "
                    + "else a past plan or a future end would shorten the wait.");
                Days("days", use.Days);
                return Coded([use.Stopped, use.Current]);
            },
            course =>
            {
                Require(
                    Asked(course.Start) is DateQuestion && Asked(course.End) is DateQuestion,
                    pointer + "/start",
                    "A course starts and ends on a full date.");
                Days("daysBefore", course.DaysBefore);
                Days("daysAfter", course.DaysAfter);
                return Coded(course.AnyOf);
            },
            distance =>
            {
                Require(question is EventsQuestion, pointer + "/question", "The events are an events question.");
                return Days("days", distance.Days);
            });

        bool Coded(IReadOnlyList<string> codes)
        {
            var isCoded = Require(question is ChoiceQuestion or CodesQuestion, pointer + "/question", "The question is answered by code.");
            Codes(pointer, condition.Question, codes);
            return isCoded;
        }

        bool Days(string member, int days) => Require(days is > 0 and <= MostDays, pointer + "/" + member, "Days are 1 to 3650.");
    }

    /// <summary>
    /// Every area must be an option of the question, with the same code, or it could never match the treated areas; and naming it must make
    /// the areas needed.
    /// </summary>
    private bool CheckPlaces(string pointer, Question? question)
    {
        var areas = document.TreatmentAreas.Options.Select(o => o.Code).ToList();
        Require(question is CodesQuestion, pointer, "Places are a list of codes.");
        Require(
            areas.All(area => question?.Codes.Any(o => o.Code == area) == true),
            pointer,
            "The question must offer every area of the treatment, under the same code.");
        var needed = document.TreatmentAreas.NeededWhen;
        return Require(
            !document.TreatmentAreas.Optional && (needed is null || (needed.Question == question?.Id && areas.All(needed.AnyOf.Contains))),
            pointer,
            "The treated areas must be needed whenever a place that is one of them is named.");
    }

    /// <summary>True when a stopped use cannot end in the future, nor a planned end be in the past.</summary>
    private static bool Bounds(IReadOnlyList<Check> checks, StoppedUseCondition use) =>
        checks.OfType<NotAfterAsOfCheck>().Any(check => check.When is null || check.When.AnyOf.Contains(use.Stopped))
        && checks.OfType<NotBeforeAsOfCheck>().Any(check => check.When is null || check.When.AnyOf.Contains(use.Current));

    private void CheckMessages(string pointer, Rule rule)
    {
        var messages = rule.Messages;
        (string Name, Message? Message, bool Needed)[] all =
        [
            ("/exclude", messages.Exclude, rule.Effects.Contains(Effect.Exclude)),
            ("/review", messages.Review, rule.Effects.Contains(Effect.Review)),
            ("/defer", messages.Defer, rule.Effects.Contains(Effect.Defer)),
            ("/require", messages.Require, rule.Effects.Contains(Effect.Require)),
            ("/requireLonger", messages.RequireLonger, rule.Condition.SaysRequireLonger),
            ("/undetermined", messages.Undetermined, true),
        ];
        foreach (var (name, message, needed) in all)
        {
            Require(needed == message is not null, pointer + name, needed ? "This message is missing." : "The rule has no such effect.");
            CheckMessage(pointer + name, message);
        }
    }

    private void CheckExamples(string pointer, Rule rule)
    {
        Each(pointer, rule.Examples, (at, example) =>
        {
            var without = example.Without ?? [];
            NotBlank(at + "/name", example.Name);
            Areas(at + "/areas", example.Areas);
            Require(example.Answers is null or { ValueKind: JsonValueKind.Object }, at + "/answers", "Answers are an object.");
            Require(
                example.Answers is not { ValueKind: JsonValueKind.Object } own || !without.Any(id => own.TryGetProperty(id, out _)),
                at + "/without",
                "A question is answered or left out, not both.");
            Require(without.All(id => Asked(id) is not null), at + "/without", NoSuchQuestion);
        });

        var expected = rule.Examples.Select(e => e.Expect).ToList();
        Require(expected.Exists(e => e.Outcome == Outcome.Clear), pointer, "No example shows the rule clear.");
        Require(expected.Exists(e => e.Outcome == Outcome.Undetermined), pointer, "No example shows the rule undetermined.");
        foreach (var effect in rule.Effects)
        {
            Require(
                expected.Exists(e => e.Outcome == Outcome.Triggered && (e.Effect ?? (rule.Effects.Count == 1 ? effect : null)) == effect),
                pointer,
                $"No example shows the rule triggered with effect {WireName.Of(effect)}.");
        }
    }

    /// <summary>
    /// Every option is either checked by a rule or marked harmless, never both; every needed question is used by some rule.
    /// </summary>
    private void CheckCoverage()
    {
        var conditions = document.Rules.Select(rule => rule.Condition).ToList();
        var checkedOptions = conditions.SelectMany(one => one.LooksAt(document).Select(code => (one.Question, code))).ToHashSet();
        var used = conditions.SelectMany(one => one.FurtherQuestions(document).Append(one.Question)).ToHashSet(StringComparer.Ordinal);

        Each("/questions", document.Questions, (pointer, question) =>
        {
            Require(question.Optional || used.Contains(question.Id), pointer, "The question is needed, but no rule looks at it.");
            var kinds = (question as EventsQuestion)?.Kind.Options;
            Each(pointer + (kinds is null ? "/options" : "/kind/options"), kinds ?? question.Codes, (at, option) =>
            {
                var byRule = checkedOptions.Contains((question.Id, option.Code));
                Require(
                    option.Code == ReservedCode.Unknown || byRule != option.Harmless,
                    at,
                    byRule
                        ? "A rule looks at this option, so it is not harmless."
                        : "No rule looks at this option, and it is not marked harmless.");
            });
        });
    }
}
