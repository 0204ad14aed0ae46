using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// The answers to one protocol's questions, and the clearances of clinicians. Every value is valid for the protocol;
/// <see cref="Contradiction"/> checks whether answers contradict each other.
/// </summary>
public sealed class Intake
{
    private readonly Answer[] patientAnswers;
    private readonly Answer[] answers;

    /// <summary>Takes one answer for each question of the protocol, in order, the treated areas last.</summary>
    public Intake(Protocol protocol, Answer[] answers, ImmutableArray<Clearance> clearances)
        : this(protocol, answers, answers, clearances)
    {
    }

    /// <summary>Takes the patient's answers and the reconciled answers: the same array when the record changed none.</summary>
    internal Intake(Protocol protocol, Answer[] patientAnswers, Answer[] answers, ImmutableArray<Clearance> clearances)
    {
        if (answers.Length != protocol.Questions.Length)
        {
            throw new ArgumentException("There is one answer for each question.", nameof(answers));
        }

        Protocol = protocol;
        this.patientAnswers = patientAnswers;
        this.answers = answers;
        Clearances = clearances;
    }

    /// <summary>The protocol of the questions.</summary>
    public Protocol Protocol { get; }

    /// <summary>
    /// The answers to decide on, reconciled with the record, by question index; the treated areas are the last. The patient did not
    /// necessarily say them.
    /// </summary>
    public ReadOnlySpan<Answer> Answers => answers;

    /// <summary>The answers as the patient gave them, by question index: only these may be shown as the patient's.</summary>
    public ReadOnlySpan<Answer> PatientAnswers => patientAnswers;

    /// <summary>True when the record changed an answer.</summary>
    public bool IsReconciled => !ReferenceEquals(patientAnswers, answers);

    /// <summary>The clearances of clinicians.</summary>
    public ImmutableArray<Clearance> Clearances { get; }

    /// <summary>What the record implies about the questions, in the order of the questions; empty without a record.</summary>
    public ImmutableArray<RecordEvidence> Record { get; init; } = [];

    /// <summary>How much of a record was used; zero without one.</summary>
    public RecordSummary RecordSummary { get; init; }

    /// <summary>The answers that were filled in for the patient, who has not confirmed them: none of them is the patient's.</summary>
    public ImmutableArray<Suggestion> Suggestions { get; init; } = [];

    /// <summary>A bit for each question with a suggestion: it is missing, since nobody has answered it in full.</summary>
    internal ulong Unconfirmed => Suggestions.Aggregate(0UL, (bits, one) => bits | (1UL << one.Question.Index));

    /// <summary>
    /// The same intake with clearances that were given in full knowledge of the record; each must satisfy <see cref="Screener.CanClear"/>
    /// for the reconciled answers.
    /// </summary>
    public Intake WithClearances(ImmutableArray<Clearance> clearances) =>
        clearances.IsEmpty && Clearances.IsEmpty ? this : ReconciledWith(null, clearances, Record, RecordSummary);

    /// <summary>The patient's answers alone, without a record, and without clearances, which may depend on the record.</summary>
    internal Intake WithoutRecord() => new(Protocol, patientAnswers, []) { Suggestions = Suggestions };

    /// <summary>The same patient's answers with other answers to decide on; null keeps the present ones.</summary>
    internal Intake ReconciledWith(
        Answer[]? reconciled, ImmutableArray<Clearance> clearances, ImmutableArray<RecordEvidence> record, RecordSummary summary) =>
        new(Protocol, patientAnswers, reconciled ?? answers, clearances)
        {
            Suggestions = Suggestions,
            Record = record,
            RecordSummary = summary,
        };

    /// <summary>The record evidence that concerns a rule: the codes that it checks, and anything unknown.</summary>
    public IEnumerable<RecordEvidence> RecordOf(CompiledRule rule) => Record.Where(evidence =>
        Protocol.Questions[evidence.Question] is var question && question.Id == rule.Document.Condition.Question
        && (question.Events is not null || question.OptionOf(evidence) is not { } option || option.Code == ReservedCode.Unknown
            || rule.Document.LooksAt(option.Code, Protocol.Document)));
}

/// <summary>A review finding that a named clinician has cleared.</summary>
/// <param name="Rule">The rule's index.</param>
/// <param name="By">The clinician's name.</param>
/// <param name="On">The date of the clearance, never after the as-of date.</param>
/// <param name="Note">The clinician's note, if any.</param>
public sealed record Clearance(int Rule, string By, LocalDate On, string? Note);

/// <summary>The requested treatment, in the clinic's zone.</summary>
/// <param name="Zone">The clinic's zone.</param>
/// <param name="Start">The start; null asks for today.</param>
/// <param name="End">The end, if stated.</param>
/// <param name="Slots">Further candidate starts, in the order requested.</param>
public sealed record Appointment(DateTimeZone Zone, ZonedDateTime? Start, ZonedDateTime? End, ImmutableArray<ZonedDateTime> Slots);
