namespace Screening.Rules;

/// <summary>What evaluators see, and where they leave waits and requirements.</summary>
internal ref struct Situation
{
    public required ReadOnlySpan<Answer> Answers;
    public required Day Today;
    public required Day Date;
    public required Span<WaitingPeriod> Waits;
    public required Span<Requirement> Requirements;
    public int WaitCount;
    public int RequirementCount;
    public bool RequiresWhenAllowed;
}

/// <summary>
/// The codes of a rule's question that can keep the rule from being clear. An answer that is given and names none of them, as most do, is
/// all that the rule has to see.
/// </summary>
/// <param name="Question">The question's index.</param>
/// <param name="Telling">The bits of those codes; <c>unknown</c> is always one.</param>
internal readonly record struct Watch(int Question, ulong Telling)
{
    /// <summary>True when the answer surely leaves the rule clear.</summary>
    public bool IsHarmless(ReadOnlySpan<Answer> answers)
    {
        ref readonly var answer = ref answers[Question];
        return answer.Given && (answer.Codes & Telling) == 0;
    }
}

/// <summary>Decides one rule. Every rule is always evaluated; what is not known is never clear.</summary>
internal abstract class Evaluator(Effect worst, CompiledQuestion question, ulong telling)
{
    /// <summary>The finding of a rule that does not apply.</summary>
    public Finding Clear { get; } = new(Outcome.Clear, worst, Eligibility.Eligible);

    /// <summary>What the rule has to see.</summary>
    public Watch Watch { get; } = new(question.Index, telling | Answer.UnknownBit);

    protected Finding Absent { get; } = new(Outcome.Undetermined, worst, Eligibility.Incomplete);

    protected Finding Unknown { get; } = new(Outcome.Undetermined, worst, Eligibility.Review);

    protected int Question { get; } = question.Index;

    public abstract Finding Evaluate(ref Situation situation);

    /// <summary>The finding of a rule without dates that applies.</summary>
    protected static Finding Triggered(Effect effect) =>
        new(Outcome.Triggered, effect, effect == Effect.Exclude ? Eligibility.Ineligible : Eligibility.Review);

    /// <summary>The finding of a rule whose answer triggers nothing: clear only when the answer is known, or surely not needed.</summary>
    protected Finding Otherwise(ReadOnlySpan<Answer> answers)
    {
        ref readonly var answer = ref answers[Question];
        if (answer.Given)
        {
            return answer.IsUnknown ? Unknown : Clear;
        }

        return question.Need(answers) switch
        {
            Need.No => Clear,
            Need.DependsOnUnknown => Unknown,
            _ => Absent,
        };
    }

    /// <summary>
    /// The finding, unless leaving the question unanswered, or answering that one cannot say, is worse by itself: what a record adds to
    /// such an answer never makes it better.
    /// </summary>
    protected Finding NeverBetter(ReadOnlySpan<Answer> answers, Finding finding)
    {
        ref readonly var answer = ref answers[Question];
        if (answer.Given && !answer.IsUnknown)
        {
            return finding;
        }

        var alone = Otherwise(answers);
        return alone.Level < finding.Level ? alone : finding;
    }
}

/// <summary>Triggered by certain codes, whatever else the list says.</summary>
internal sealed class AnswerEvaluator(Effect effect, CompiledQuestion question, ulong codes) : Evaluator(effect, question, codes)
{
    private readonly ulong triggering = codes;
    private readonly Finding triggered = Triggered(effect);

    public override Finding Evaluate(ref Situation situation) =>
        (situation.Answers[Question].Codes & triggering) != 0 ? NeverBetter(situation.Answers, triggered) : Otherwise(situation.Answers);
}

/// <summary>Triggered when a place that was named is among the treated areas.</summary>
internal sealed class TreatedAreaEvaluator : Evaluator
{
    private readonly int areas;
    private readonly Finding triggered;
    private readonly (ulong Place, ulong Area)[] pairs;
    private readonly ulong places;

    public TreatedAreaEvaluator(Effect effect, CompiledQuestion question, CompiledQuestion areas)
        : base(effect, question, Places(question, areas))
    {
        this.areas = areas.Index;
        triggered = Triggered(effect);
        pairs = [.. Shared(question, areas).Select(area => (question.Bits([area]), areas.Bits([area])))];
        places = Places(question, areas);
    }

    public override Finding Evaluate(ref Situation situation)
    {
        ref readonly var answer = ref situation.Answers[Question];
        ref readonly var treated = ref situation.Answers[areas];
        if ((answer.Codes & places) == 0)
        {
            return Otherwise(situation.Answers);
        }

        if (!treated.Given)
        {
            return Absent;
        }

        foreach (var (place, area) in pairs)
        {
            if ((answer.Codes & place) != 0 && (treated.Codes & area) != 0)
            {
                return NeverBetter(situation.Answers, triggered);
            }
        }

        return Otherwise(situation.Answers);
    }

    /// <summary>The places of the question that are treated areas, too.</summary>
    private static IEnumerable<string> Shared(CompiledQuestion question, CompiledQuestion areas) =>
        areas.Codes.Select(area => area.Code).Intersect(question.Codes.Select(place => place.Code));

    private static ulong Places(CompiledQuestion question, CompiledQuestion areas) => question.Bits(Shared(question, areas));
}
