namespace Screening.Rules;

/// <summary>
/// Separates what the patient's answers lead to by themselves from what only the record adds, so that a report can label each finding.
/// </summary>
public sealed class DecisionBasis
{
    private readonly Decision decision;
    private readonly Decision answersOnly;
    private readonly IReadOnlyDictionary<int, RecordNotes> notes;

    private DecisionBasis(Decision decision, IReadOnlyDictionary<int, RecordNotes> notes)
    {
        this.notes = notes;
        this.decision = decision;
        answersOnly = decision.Intake.IsReconciled
            ? Screener.Screen(decision.Intake.WithoutRecord(), decision.Appointment with { Slots = [] }, decision.Today)
            : decision;
    }

    /// <summary>Analyses a decision. Where no record changed an answer, everything rests on the answers.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="notes">What the record says about each finding, which a decision that was stored does not hold itself.</param>
    public static DecisionBasis Of(Decision decision, IReadOnlyDictionary<int, RecordNotes>? notes = null) => new(decision, notes ?? ReportNotes.None.Record);

    /// <summary>
    /// True for a finding that rests on the record: by the answers alone the rule is clear or has another result. A finding that a
    /// clinician has cleared does not count.
    /// </summary>
    public bool IsOfRecord(int rule)
    {
        var (finding, byAnswers) = (decision.Findings[rule], answersOnly.Findings[rule]);
        return finding.Outcome is Outcome.Triggered or Outcome.Undetermined
            && (byAnswers.Outcome != finding.Outcome || byAnswers.Effect != finding.Effect);
    }

    /// <summary>What the reasons that determine the status rest on.</summary>
    public EvidenceBasis Basis
    {
        get
        {
            var binding = decision.Reasons.Where(rule => decision.IsBinding(rule)).ToList();
            var (ofRecord, isFilledIn) = (binding.Exists(rule => IsOfRecord(rule) && !IsFilledIn(rule)), binding.Exists(rule => IsFilledIn(rule)));
            return binding.Exists(rule => !IsOfRecord(rule)) || !(ofRecord || isFilledIn) ? ofRecord ? EvidenceBasis.Both : EvidenceBasis.Answers
                : ofRecord ? EvidenceBasis.Record
                : EvidenceBasis.FilledIn;
        }
    }

    /// <summary>
    /// True for a finding that rests only on what was filled in for the patient, who has not confirmed it: once it is corrected, it is gone.
    /// </summary>
    public bool IsFilledIn(int rule) => IsOfRecord(rule) && notes.TryGetValue(rule, out var told) && told.IsFilledIn;

    /// <summary>
    /// True for a wait whose event, date or underlying use comes from the record alone. A wait counted only from the as-of date rests on
    /// neither source.
    /// </summary>
    public static bool IsOfRecord(Intake intake, in WaitingPeriod wait)
    {
        if (!intake.IsReconciled)
        {
            return false;
        }

        ref readonly var patientAnswer = ref intake.PatientAnswers[wait.Question];
        if (wait.Event >= 0)
        {
            return wait.Event >= patientAnswer.Events.Length;
        }

        ref readonly var answer = ref intake.Answers[wait.Question];
        return answer.Codes != patientAnswer.Codes || answer.Date != patientAnswer.Date || UseOfRecord(intake, wait) is not null;
    }

    /// <summary>
    /// The use, known from the record alone, from which a wait is counted: its question and option. Null when the patient stated it, or
    /// when the wait is not counted from a use.
    /// </summary>
    public static (CompiledQuestion Question, Option Option)? UseOfRecord(Intake intake, in WaitingPeriod wait)
    {
        var rule = intake.Protocol.Rules[wait.Rule];
        foreach (var use in rule.Document.Condition.Uses)
        {
            var question = rule.Evidence.First(one => one.Id == use.Question);
            var added = intake.Answers[question.Index].Codes & ~intake.PatientAnswers[question.Index].Codes;
            foreach (var code in (string[])[use.Stopped, use.Current])
            {
                if ((added & question.Bits([code])) != 0)
                {
                    return (question, question.Codes.First(option => option.Code == code));
                }
            }
        }

        return null;
    }
}

/// <summary>The source that a result rests on.</summary>
public enum EvidenceBasis
{
    /// <summary>The patient's answers, or their absence.</summary>
    Answers,

    /// <summary>The record alone.</summary>
    Record,

    /// <summary>Both the answers and the record.</summary>
    Both,

    /// <summary>Only what was filled in for the patient, and not confirmed.</summary>
    FilledIn,
}
