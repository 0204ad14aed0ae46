namespace Screening.Benchmarks.Peers;

/// <summary>The rules that count days, and the waits and requirements that they leave.</summary>
internal struct DatedSituation(TypedAnswers answers, DateOnly today, DateOnly date)
{
    private static readonly TypedFinding Clear = new(RuleOutcome.Clear, RuleEffect.Defer, Status.Eligible);
    private static readonly TypedFinding Deferred = new(RuleOutcome.Triggered, RuleEffect.Defer, Status.Deferred);

    private int waitCount;
    private TypedRequirement? stop;
    private TypedRequirement? course;

    public readonly DateOnly Today => today;

    public readonly DateOnly Date => date;

    public bool RequiresWhenAllowed { get; private set; }

    public TypedWait[] Waits { get; } = NewWaits(answers);

    public readonly TypedRequirement[] Requirements => (stop, course) switch
    {
        ({ } first, { } second) => [first, second],
        ({ } only, null) => [only],
        (null, { } only) => [only],
        _ => [],
    };

    /// <summary>14 days without a topical retinoid.</summary>
    public TypedFinding TopicalRetinoid()
    {
        var last = answers.TopicalRetinoidLastUsed;
        switch (answers.TopicalRetinoidUse)
        {
            case RetinoidUse.Never:
                return Clear;
            case RetinoidUse.Stopped when last.IsAbsent:
                return HandWritten.NotKnown(RuleEffect.Defer, true);
            case RetinoidUse.Stopped:
                var ended = last.IsUnknown || last.Last > today ? today : last.Last;
                return Block(HandWritten.TopicalRetinoid, -1, DateOnly.MinValue, ended.AddDays(13), ended) ? Deferred : Clear;
            case RetinoidUse.Current:
                var ends = last.IsAbsent || last.IsUnknown ? today : last.Last;
                RequiresWhenAllowed = true;
                if (Block(HandWritten.TopicalRetinoid, -1, DateOnly.MinValue, ends.AddDays(13), ends))
                {
                    return Deferred;
                }

                stop = new TypedRequirement(HandWritten.TopicalRetinoid, date.AddDays(-14), null, null);
                return new TypedFinding(RuleOutcome.Triggered, RuleEffect.Require, Status.Conditional);
            default:
                return HandWritten.NotKnown(RuleEffect.Defer, answers.TopicalRetinoidUse == RetinoidUse.Absent);
        }
    }

    /// <summary>An antiviral from 5 days before through 5 days after, for anyone who ever had herpes simplex.</summary>
    public TypedFinding HerpesProphylaxis()
    {
        switch (answers.HerpesSimplexHistory)
        {
            case YesNo.No:
                return Clear;
            case YesNo.Yes:
                var first = answers.AntiviralStart ?? today;
                RequiresWhenAllowed = true;
                if (Block(HandWritten.HerpesProphylaxis, -1, DateOnly.MinValue, first.AddDays(4), first))
                {
                    return Deferred;
                }

                var through = date.AddDays(5);
                course = new TypedRequirement(HandWritten.HerpesProphylaxis, null, date.AddDays(-5), through);
                return new TypedFinding(RuleOutcome.Triggered, RuleEffect.Require, Status.Conditional, answers.AntiviralEnd < through);
            default:
                return HandWritten.NotKnown(RuleEffect.Defer, answers.HerpesSimplexHistory == YesNo.Absent);
        }
    }

    /// <summary>14 days from every injection, before and after.</summary>
    public TypedFinding Injections()
    {
        if (answers.Injections?.List is not { } list)
        {
            return HandWritten.NotKnown(RuleEffect.Defer, answers.Injections is null);
        }

        var blocked = false;
        for (var i = 0; i < list.Length; i++)
        {
            var said = list[i].Date;
            blocked |= said.IsUnknown
                ? Block(HandWritten.Injection, i, DateOnly.MinValue, today.AddDays(13), today)
                : Block(HandWritten.Injection, i, said.First.AddDays(-13), said.Last.AddDays(13), said.Last);
        }

        return blocked ? Deferred : Clear;
    }

    private bool Block(int rule, int index, DateOnly from, DateOnly through, DateOnly assumed)
    {
        ref var wait = ref Waits[waitCount++];
        wait = new TypedWait((byte)rule, (short)index, from, through, assumed);
        return wait.Contains(date);
    }

    /// <summary>Exactly as many as there will be.</summary>
    private static TypedWait[] NewWaits(TypedAnswers answers)
    {
        var count = (answers.Injections?.List?.Length ?? 0)
            + (answers.HerpesSimplexHistory == YesNo.Yes ? 1 : 0)
            + (answers.TopicalRetinoidUse == RetinoidUse.Current || (answers.TopicalRetinoidUse == RetinoidUse.Stopped && !answers.TopicalRetinoidLastUsed.IsAbsent) ? 1 : 0);
        return count == 0 ? [] : new TypedWait[count];
    }
}
