namespace Screening.Rules;

/// <summary>
/// Decides a rule that counts days. Day 0 is the event; a wait of n days after an event on L allows L+n and refuses L+n-1. R is the
/// requested local date, T the as-of local date.
/// </summary>
internal abstract class DatedEvaluator(int rule, CompiledQuestion question, ulong telling) : Evaluator(Effect.Defer, question, telling)
{
    private static readonly Finding Deferred = new(Outcome.Triggered, Effect.Defer, Eligibility.Deferred);

    /// <summary>Notes a wait; true when it contains R.</summary>
    protected bool Block(ref Situation situation, int eventQuestion, int eventIndex, Day? from, Day through, Day assumed)
    {
        var wait = new WaitingPeriod((ushort)rule, (byte)eventQuestion, (short)eventIndex, from, through, assumed);
        situation.Waits[situation.WaitCount++] = wait;
        return wait.Contains(situation.Date);
    }

    /// <summary>Deferred when blocked, else clear.</summary>
    protected Finding DeferIf(ref Situation situation, bool blocked) => NeverBetter(situation.Answers, blocked ? Deferred : Clear);

    /// <summary>Deferred when blocked, without a requirement; else allowed under the requirement.</summary>
    protected Finding DeferOrRequire(
        ref Situation situation, bool blocked, Day? stopBy, Day? startBy, Day? continueThrough, bool courseTooShort)
    {
        // A candidate slot on another day may be free of this wait; then the requirement stands for that day.
        situation.RequiresWhenAllowed = true;
        if (blocked)
        {
            return NeverBetter(situation.Answers, Deferred);
        }

        var required = new Finding(Outcome.Triggered, Effect.Require, Eligibility.Conditional, courseTooShort);
        var finding = NeverBetter(situation.Answers, required);
        if (finding.Effect == Effect.Require)
        {
            situation.Requirements[situation.RequirementCount++] = new Requirement((ushort)rule, stopBy, startBy, continueThrough);
        }

        return finding;
    }
}

/// <summary>
/// A wait of n days after the last use on L: blocked through L+n-1. Stopped: L is the last possible day of what was said, never after T;
/// unknown = T. Still in use: L is the last possible day planned, without a plan T; and when R is allowed, the last day of use is R-n.
/// </summary>
internal sealed class StoppedUseEvaluator(int rule, StoppedUseCondition condition, CompiledQuestion question, CompiledQuestion lastUse)
    : DatedEvaluator(rule, question, question.Bits([condition.Stopped, condition.Current]))
{
    private readonly ulong stopped = question.Bits([condition.Stopped]);
    private readonly ulong current = question.Bits([condition.Current]);

    public override Finding Evaluate(ref Situation situation)
    {
        var use = situation.Answers[Question].Codes;
        ref readonly var last = ref situation.Answers[lastUse.Index];
        var today = situation.Today;
        if ((use & stopped) != 0)
        {
            // What a record alone tells of the last use counts for the dates, and the question stays unanswered.
            if (!last.Given && !last.IsOnRecordAlone)
            {
                return Absent;
            }

            var ended = last.IsUnknown ? today : Day.Min(last.Date.Last, today);
            var blockedSince = Block(ref situation, lastUse.Index, -1, null, ended.PlusDays(condition.Days - 1), ended);
            return last.Given ? DeferIf(ref situation, blockedSince) : Absent;
        }

        if ((use & current) != 0)
        {
            var ends = last.Given && !last.IsUnknown ? last.Date.Last : today;
            var blocked = Block(ref situation, lastUse.Index, -1, null, ends.PlusDays(condition.Days - 1), ends);
            return DeferOrRequire(ref situation, blocked, situation.Date.PlusDays(-condition.Days), null, null, false);
        }

        return Otherwise(situation.Answers);
    }
}

/// <summary>
/// A course that starts b days before R and lasts a days after it. Started on S: blocked through S+b-1; not started: S = T, since it could
/// start today. When R is allowed: start by R-b, continue through R+a.
/// </summary>
internal sealed class CourseEvaluator(
    int rule, CourseCondition condition, CompiledQuestion question, CompiledQuestion start, CompiledQuestion end)
    : DatedEvaluator(rule, question, question.Bits(condition.AnyOf))
{
    private readonly ulong codes = question.Bits(condition.AnyOf);

    public override Finding Evaluate(ref Situation situation)
    {
        if ((situation.Answers[Question].Codes & codes) == 0)
        {
            return Otherwise(situation.Answers);
        }

        ref readonly var started = ref situation.Answers[start.Index];
        ref readonly var ended = ref situation.Answers[end.Index];
        var first = started.Given ? started.Date.Last : situation.Today;
        var continueThrough = situation.Date.PlusDays(condition.DaysAfter);
        var blocked = Block(ref situation, start.Index, -1, null, first.PlusDays(condition.DaysBefore - 1), first);
        var startBy = situation.Date.PlusDays(-condition.DaysBefore);
        return DeferOrRequire(ref situation, blocked, null, startBy, continueThrough, ended.Given && ended.Date.Last < continueThrough);
    }
}

/// <summary>
/// A distance of n days in both directions from every event: each blocks from n-1 days before the first day that it may mean through n-1
/// days after the last. An event of unknown date blocks everything through T+n-1. Events that a record adds to an answer that is absent or
/// unknown count for the dates, and it stays so. Of an event whose date was not told no wait is known: once it is told it may have passed,
/// and what is told of dates until then must be a lower bound.
/// </summary>
internal sealed class EventDistanceEvaluator(int rule, EventDistanceCondition condition, CompiledQuestion question)
    : DatedEvaluator(rule, question, telling: ulong.MaxValue)
{
    public override Finding Evaluate(ref Situation situation)
    {
        ref readonly var answer = ref situation.Answers[Question];
        if ((!answer.Given || answer.IsUnknown) && answer.Events.IsEmpty)
        {
            return Otherwise(situation.Answers);
        }

        var reach = condition.Days - 1;
        var blocked = false;
        for (var i = 0; i < answer.Events.Length; i++)
        {
            if (!answer.Events[i].SaysWhen)
            {
                continue;
            }

            blocked |= answer.Events[i].Date is { } date
                ? Block(ref situation, Question, i, date.First.PlusDays(-reach), date.Last.PlusDays(reach), date.Last)
                : Block(ref situation, Question, i, null, situation.Today.PlusDays(reach), situation.Today);
        }

        return answer.AbsentParts is null ? DeferIf(ref situation, blocked) : Absent;
    }
}
