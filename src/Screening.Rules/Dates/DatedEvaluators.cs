namespace Screening.Rules;

/// <summary>
/// Evaluates a rule that counts days. Day 0 is the event; a wait of n days after an event on L allows L+n and refuses L+n-1. R is the
/// requested local date, T the as-of local date.
/// </summary>
internal abstract class DatedEvaluator(int rule, CompiledQuestion question, ulong relevantCodes)
    : Evaluator(Effect.Defer, question, relevantCodes)
{
    private static readonly Finding Deferred = new(Outcome.Triggered, Effect.Defer, Eligibility.Deferred);

    /// <summary>Adds a wait; true when it contains R.</summary>
    protected bool Block(ref EvaluationContext context, int eventQuestion, int eventIndex, Day? from, Day through, Day assumed)
    {
        var wait = new WaitingPeriod((ushort)rule, (byte)eventQuestion, (short)eventIndex, from, through, assumed);
        context.Waits[context.WaitCount++] = wait;
        return wait.Contains(context.Date);
    }

    /// <summary>Deferred when blocked, otherwise clear.</summary>
    protected Finding DeferIf(ref EvaluationContext context, bool blocked) => WorseOf(ref context, blocked ? Deferred : Clear);

    /// <summary>Deferred without a requirement when blocked; otherwise allowed with the requirement.</summary>
    protected Finding DeferOrRequire(
        ref EvaluationContext context, bool blocked, Day? stopBy, Day? startBy, Day? continueThrough, bool courseTooShort)
    {
        // A candidate slot on another day may be outside this wait; the requirement then applies to that day.
        context.RequiresWhenAllowed = true;
        if (blocked)
        {
            return WorseOf(ref context, Deferred);
        }

        var required = new Finding(Outcome.Triggered, Effect.Require, Eligibility.Conditional, courseTooShort);
        var finding = WorseOf(ref context, required);
        if (finding.Effect == Effect.Require)
        {
            context.Requirements[context.RequirementCount++] = new Requirement((ushort)rule, stopBy, startBy, continueThrough);
        }

        return finding;
    }

    /// <summary>
    /// The finding, unless an absent or unknown answer is worse by itself. A clearance settles an unknown answer, and never the days: what
    /// is known of them then still counts.
    /// </summary>
    private Finding WorseOf(ref EvaluationContext context, Finding dated)
    {
        var worse = WorseOf(context.Answers, dated);
        return worse.Level == Eligibility.Review && dated.Outcome == Outcome.Triggered && IsCleared(context.Clearances) ? dated : worse;
    }

    private bool IsCleared(ReadOnlySpan<Clearance> clearances)
    {
        foreach (var clearance in clearances)
        {
            if (clearance.Rule == rule)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>
/// A wait of n days after the last use on L: blocked through L+n-1. Stopped: L is the last day that the stated date may mean, never after
/// T; unknown = T. Still in use: L is the last day that the planned end may mean, or T without a plan; when R is allowed, the last day of
/// use is R-n.
/// </summary>
internal sealed class StoppedUseEvaluator(int rule, StoppedUseCondition condition, CompiledQuestion question, CompiledQuestion lastUse)
    : DatedEvaluator(rule, question, question.Bits([condition.Stopped, condition.Current]))
{
    private readonly ulong stopped = question.Bits([condition.Stopped]);
    private readonly ulong current = question.Bits([condition.Current]);

    public override Finding Evaluate(ref EvaluationContext context)
    {
        var use = context.Answers[Question].Codes;
        ref readonly var last = ref context.Answers[lastUse.Index];
        var today = context.Today;
        if ((use & stopped) != 0)
        {
            // A last use known from the record alone counts for the dates, and the question stays unanswered.
            if (!last.Given && !last.IsFromRecordOnly)
            {
                return Absent;
            }

            var ended = last.IsUnknown ? today : Day.Min(last.Date.Last, today);
            var blockedSince = Block(ref context, lastUse.Index, -1, null, ended.PlusDays(condition.Days - 1), ended);
            return last.Given ? DeferIf(ref context, blockedSince) : Absent;
        }

        if ((use & current) != 0)
        {
            var ends = last.Given && !last.IsUnknown ? last.Date.Last : today;
            var blocked = Block(ref context, lastUse.Index, -1, null, ends.PlusDays(condition.Days - 1), ends);
            return DeferOrRequire(ref context, blocked, context.Date.PlusDays(-condition.Days), null, null, false);
        }

        return WhenNotTriggered(context.Answers);
    }
}

/// <summary>
/// A course that starts b days before R and lasts until a days after it. Started on S: blocked through S+b-1; not started: S = T, since it
/// could start today. When R is allowed: start by R-b, continue through R+a.
/// </summary>
internal sealed class CourseEvaluator(
    int rule, CourseCondition condition, CompiledQuestion question, CompiledQuestion start, CompiledQuestion end)
    : DatedEvaluator(rule, question, question.Bits(condition.AnyOf))
{
    private readonly ulong codes = question.Bits(condition.AnyOf);

    public override Finding Evaluate(ref EvaluationContext context)
    {
        if ((context.Answers[Question].Codes & codes) == 0)
        {
            return WhenNotTriggered(context.Answers);
        }

        ref readonly var started = ref context.Answers[start.Index];
        ref readonly var ended = ref context.Answers[end.Index];
        var first = started.Given ? started.Date.Last : context.Today;
        var continueThrough = context.Date.PlusDays(condition.DaysAfter);
        var blocked = Block(ref context, start.Index, -1, null, first.PlusDays(condition.DaysBefore - 1), first);
        var startBy = context.Date.PlusDays(-condition.DaysBefore);
        return DeferOrRequire(ref context, blocked, null, startBy, continueThrough, ended.Given && ended.Date.Last < continueThrough);
    }
}

/// <summary>
/// A distance of n days in both directions from every event: each blocks from n-1 days before the first day that it may mean through n-1
/// days after the last. An event of unknown date blocks everything through T+n-1. Events that a record adds to an absent or unknown answer
/// count for the dates, and the answer stays absent or unknown. An event whose date was not stated adds no wait: it may turn out to be
/// over, and the dates reported until then must be a lower bound.
/// </summary>
internal sealed class EventDistanceEvaluator(int rule, EventDistanceCondition condition, CompiledQuestion question)
    : DatedEvaluator(rule, question, relevantCodes: ulong.MaxValue)
{
    public override Finding Evaluate(ref EvaluationContext context)
    {
        ref readonly var answer = ref context.Answers[Question];
        if ((!answer.Given || answer.IsUnknown) && answer.Events.IsEmpty)
        {
            return WhenNotTriggered(context.Answers);
        }

        var reach = condition.Days - 1;
        var blocked = false;
        for (var i = 0; i < answer.Events.Length; i++)
        {
            if (!answer.Events[i].HasDate)
            {
                continue;
            }

            blocked |= answer.Events[i].Date is { } date
                ? Block(ref context, Question, i, date.First.PlusDays(-reach), date.Last.PlusDays(reach), date.Last)
                : Block(ref context, Question, i, null, context.Today.PlusDays(reach), context.Today);
        }

        return answer.AbsentParts is null ? DeferIf(ref context, blocked) : Absent;
    }
}
