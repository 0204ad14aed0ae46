namespace Screening.Rules;

/// <summary>The input of evaluators, and the buffers for their waits and requirements.</summary>
internal ref struct EvaluationContext
{
    public required ReadOnlySpan<Answer> Answers;
    public ReadOnlySpan<Clearance> Clearances;
    public required Day Today;
    public required Day Date;
    public required Span<WaitingPeriod> Waits;
    public required Span<Requirement> Requirements;
    public int WaitCount;
    public int RequirementCount;
    public bool RequiresWhenAllowed;
}

/// <summary>
/// The codes of a rule's question that can keep the rule from being clear. A given answer without any of them, the most common case, needs
/// no evaluation.
/// </summary>
/// <param name="Question">The question's index.</param>
/// <param name="Codes">The bits of those codes, always including <c>unknown</c>.</param>
internal readonly record struct RelevantCodes(int Question, ulong Codes)
{
    /// <summary>True when the answer surely leaves the rule clear.</summary>
    public bool CanSkip(ReadOnlySpan<Answer> answers)
    {
        ref readonly var answer = ref answers[Question];
        return answer.Given && (answer.Codes & Codes) == 0;
    }
}

/// <summary>Evaluates one rule. Every rule is always evaluated; an unknown answer is never clear.</summary>
internal abstract class Evaluator(Effect worst, CompiledQuestion question, ulong relevantCodes)
{
    /// <summary>The finding of a rule that does not apply.</summary>
    public Finding Clear { get; } = new(Outcome.Clear, worst, Eligibility.Eligible);

    /// <summary>The codes that need evaluation.</summary>
    public RelevantCodes RelevantCodes { get; } = new(question.Index, relevantCodes | Answer.UnknownBit);

    protected Finding Absent { get; } = new(Outcome.Undetermined, worst, Eligibility.Incomplete);

    protected Finding Unknown { get; } = new(Outcome.Undetermined, worst, Eligibility.Review);

    protected int Question { get; } = question.Index;

    public abstract Finding Evaluate(ref EvaluationContext context);

    /// <summary>The finding of an undated rule that applies.</summary>
    protected static Finding Triggered(Effect effect) =>
        new(Outcome.Triggered, effect, effect == Effect.Exclude ? Eligibility.Ineligible : Eligibility.Review);

    /// <summary>The finding of a rule whose answer triggers nothing: clear only when the answer is known, or surely not needed.</summary>
    protected Finding WhenNotTriggered(ReadOnlySpan<Answer> answers)
    {
        ref readonly var answer = ref answers[Question];
        if (answer.Given)
        {
            return answer.IsUnknown ? Unknown : Clear;
        }

        return question.Need(answers) switch
        {
            AnswerNeed.No => Clear,
            AnswerNeed.DependsOnUnknown => Unknown,
            _ => Absent,
        };
    }

    /// <summary>
    /// The finding, unless an absent or unknown answer is worse by itself: what a record adds to such an answer never improves it.
    /// </summary>
    protected Finding WorseOf(ReadOnlySpan<Answer> answers, Finding finding)
    {
        ref readonly var answer = ref answers[Question];
        if (answer.Given && !answer.IsUnknown)
        {
            return finding;
        }

        var alone = WhenNotTriggered(answers);
        return alone.Level < finding.Level ? alone : finding;
    }
}

/// <summary>Triggered by certain codes, whatever else the list contains.</summary>
internal sealed class AnswerEvaluator(Effect effect, CompiledQuestion question, ulong codes) : Evaluator(effect, question, codes)
{
    private readonly ulong triggering = codes;
    private readonly Finding triggered = Triggered(effect);

    public override Finding Evaluate(ref EvaluationContext context) =>
        (context.Answers[Question].Codes & triggering) != 0 ? WorseOf(context.Answers, triggered) : WhenNotTriggered(context.Answers);
}

/// <summary>Triggered when a named place is among the treated areas.</summary>
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

    public override Finding Evaluate(ref EvaluationContext context)
    {
        ref readonly var answer = ref context.Answers[Question];
        ref readonly var treated = ref context.Answers[areas];
        if ((answer.Codes & places) == 0)
        {
            return WhenNotTriggered(context.Answers);
        }

        if (!treated.Given)
        {
            return Absent;
        }

        foreach (var (place, area) in pairs)
        {
            if ((answer.Codes & place) != 0 && (treated.Codes & area) != 0)
            {
                return WorseOf(context.Answers, triggered);
            }
        }

        return WhenNotTriggered(context.Answers);
    }

    /// <summary>The places of the question that are also treated areas.</summary>
    private static IEnumerable<string> Shared(CompiledQuestion question, CompiledQuestion areas) =>
        areas.Codes.Select(area => area.Code).Intersect(question.Codes.Select(place => place.Code));

    private static ulong Places(CompiledQuestion question, CompiledQuestion areas) => question.Bits(Shared(question, areas));
}
