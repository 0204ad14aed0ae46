using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// What was said: the answers to one protocol's questions and the clearances that clinicians gave. Every value is one that the
/// protocol offers; whether the answers contradict each other is for <see cref="Contradiction"/>.
/// </summary>
public sealed class Intake
{
    private readonly Answer[] said;
    private readonly Answer[] answers;

    /// <summary>Takes one answer for each question of the protocol, in its order, the treated areas last.</summary>
    public Intake(Protocol protocol, Answer[] answers, ImmutableArray<Clearance> clearances)
        : this(protocol, answers, answers, clearances)
    {
    }

    /// <summary>Takes the answers as they were said, and as a health record raised them; one and the same where it raised none.</summary>
    internal Intake(Protocol protocol, Answer[] said, Answer[] answers, ImmutableArray<Clearance> clearances)
    {
        if (answers.Length != protocol.Questions.Length)
        {
            throw new ArgumentException("There is one answer for each question.", nameof(answers));
        }

        Protocol = protocol;
        this.said = said;
        this.answers = answers;
        Clearances = clearances;
    }

    /// <summary>The protocol that was asked.</summary>
    public Protocol Protocol { get; }

    /// <summary>
    /// The answers that are decided on, by question index; the treated areas are the last. Those that a health record raised are not what
    /// anybody said.
    /// </summary>
    public ReadOnlySpan<Answer> Answers => answers;

    /// <summary>The answers as the person said them, by question index: what may be told as theirs.</summary>
    public ReadOnlySpan<Answer> PatientAnswers => said;

    /// <summary>False where the answers that are decided on are those that were said.</summary>
    public bool IsReconciled => !ReferenceEquals(said, answers);

    /// <summary>What clinicians have cleared.</summary>
    public ImmutableArray<Clearance> Clearances { get; }

    /// <summary>What a health record says about the questions, in the order of the questions; empty when there is none.</summary>
    public ImmutableArray<RecordEvidence> Record { get; init; } = [];

    /// <summary>How much of a health record there was; nothing when there is none.</summary>
    public RecordSummary RecordSummary { get; init; }

    /// <summary>
    /// The same with clearances that were given knowing all of it, what the record raised included; each must be of a finding that
    /// <see cref="Screener.CanClear"/> on these answers.
    /// </summary>
    public Intake WithClearances(ImmutableArray<Clearance> clearances) =>
        clearances.IsEmpty && Clearances.IsEmpty ? this : ReconciledWith(null, clearances, Record, RecordSummary);

    /// <summary>What was said alone, without a record, and without clearances, which may be of what the record raised.</summary>
    internal Intake WithoutRecord() => new(Protocol, said, []);

    /// <summary>The same words of the person with other answers to decide on; null: the same.</summary>
    internal Intake ReconciledWith(
        Answer[]? findings, ImmutableArray<Clearance> clearances, ImmutableArray<RecordEvidence> record, RecordSummary summary) =>
        new(Protocol, said, findings ?? answers, clearances) { Record = record, RecordSummary = summary };

    /// <summary>What the record says that has a part in a rule: of the codes that the rule looks at, and of what is not known.</summary>
    public IEnumerable<RecordEvidence> RecordOf(CompiledRule rule) => Record.Where(evidence =>
        Protocol.Questions[evidence.Question] is var question && question.Id == rule.Document.Condition.Question
        && (question.Events is not null || question.OptionOf(evidence) is not { } option || option.Code == ReservedCode.Unknown
            || rule.Document.LooksAt(option.Code, Protocol.Document)));
}

/// <summary>A named clinician has cleared a review finding.</summary>
/// <param name="Rule">The rule's index.</param>
/// <param name="By">Who.</param>
/// <param name="On">The date on which it was given, never after the as-of date.</param>
/// <param name="Note">The clinician's own words, if any.</param>
public sealed record Clearance(int Rule, string By, LocalDate On, string? Note);

/// <summary>When the treatment would be, in the clinic's zone.</summary>
/// <param name="Zone">The clinic's zone.</param>
/// <param name="Start">The start; null: the question is whether it could be today.</param>
/// <param name="End">The end, if it was told.</param>
/// <param name="Slots">Further candidate starts, in the order asked.</param>
public sealed record Appointment(DateTimeZone Zone, ZonedDateTime? Start, ZonedDateTime? End, ImmutableArray<ZonedDateTime> Slots);
