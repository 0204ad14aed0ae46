using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>A rule with its condition compiled: one evaluator for each kind of condition.</summary>
public sealed class CompiledRule
{
    private readonly Evaluator evaluator;

    internal CompiledRule(Rule document, int index, ProtocolDocument protocol, Func<string, CompiledQuestion> find)
    {
        Document = document;
        Index = index;
        var question = find(document.Condition.Question);
        evaluator = document.Condition.Match<Evaluator>(
            answer => new AnswerEvaluator(document.Effects[0], question, question.Bits(answer.AnyOf)),
            treatedArea => new TreatedAreaEvaluator(document.Effects[0], question, find(protocol.TreatmentAreas.Id)),
            stoppedUse => new StoppedUseEvaluator(index, stoppedUse, question, find(stoppedUse.LastUse)),
            course => new CourseEvaluator(index, course, question, find(course.Start), find(course.End)),
            eventDistance => new EventDistanceEvaluator(index, eventDistance, question));

        Evidence = [question, .. document.Condition.FurtherQuestions(protocol).Concat(document.Evidence ?? []).Select(find)];
        EvidenceBits = Evidence.Aggregate(0UL, (bits, q) => bits | (1UL << q.Index));
    }

    /// <summary>The rule as written in the protocol file.</summary>
    public Rule Document { get; }

    /// <summary>Its position in the protocol.</summary>
    public int Index { get; }

    public string Id => Document.Id;

    /// <summary>The days of its wait; 0 when it has none.</summary>
    public int WaitDays => Document.Condition.WaitDays ?? 0;

    /// <summary>The questions whose answers are shown with a finding, the deciding question first.</summary>
    public ImmutableArray<CompiledQuestion> Evidence { get; }

    /// <summary>A bit for each question of the evidence.</summary>
    public ulong EvidenceBits { get; }

    /// <summary>The finding of the rule when it does not apply.</summary>
    public Finding Clear => evaluator.Clear;

    /// <summary>The codes that can keep the rule from being clear.</summary>
    internal RelevantCodes RelevantCodes => evaluator.RelevantCodes;

    internal Finding Evaluate(ref EvaluationContext context) => evaluator.Evaluate(ref context);

    /// <summary>The message for a finding of this rule.</summary>
    public Message Message(Finding finding) => finding switch
    {
        { Outcome: Outcome.Undetermined } => Document.Messages.Undetermined,
        { Effect: Effect.Exclude } => Document.Messages.Exclude!,
        { Effect: Effect.Review } => Document.Messages.Review!,
        { Effect: Effect.Defer } => Document.Messages.Defer!,
        { CourseTooShort: true } => Document.Messages.RequireLonger!,
        _ => Document.Messages.Require!,
    };
}
