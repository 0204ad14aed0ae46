namespace Screening.Rules;

/// <summary>
/// What of a decision the person's answers lead to by themselves, and what only their record does: whoever tells a decision says of each
/// which it is.
/// </summary>
public sealed class DecisionBasis
{
    private readonly Decision decision;
    private readonly Decision bySaid;

    private DecisionBasis(Decision decision)
    {
        this.decision = decision;
        bySaid = decision.Intake.IsReconciled
            ? Screener.Screen(decision.Intake.WithoutRecord(), decision.Appointment with { Slots = [] }, decision.Today)
            : decision;
    }

    /// <summary>Looks at a decision; where no record raised an answer, all of it is by the answers.</summary>
    public static DecisionBasis Of(Decision decision) => new(decision);

    /// <summary>
    /// True for a finding that only the record raised: by the answers alone the rule is clear, or comes to something else. What a clinician
    /// has cleared is no finding.
    /// </summary>
    public bool IsOfRecord(int rule)
    {
        var (finding, said) = (decision.Findings[rule], bySaid.Findings[rule]);
        return finding.Outcome is Outcome.Triggered or Outcome.Undetermined
            && (said.Outcome != finding.Outcome || said.Effect != finding.Effect);
    }

    /// <summary>What the reasons that determine the status rest on.</summary>
    public EvidenceBasis Basis
    {
        get
        {
            var binding = decision.Reasons.Where(rule => decision.IsBinding(rule)).ToList();
            return !binding.Exists(rule => IsOfRecord(rule)) ? EvidenceBasis.Answers
                : binding.TrueForAll(rule => IsOfRecord(rule)) ? EvidenceBasis.Record
                : EvidenceBasis.Both;
        }
    }

    /// <summary>
    /// True for a wait whose event, whose date, or the use that it is counted from only the record tells. A wait that is counted from
    /// nothing but the as-of date is nobody's.
    /// </summary>
    public static bool IsOfRecord(Intake intake, in WaitingPeriod wait)
    {
        if (!intake.IsReconciled)
        {
            return false;
        }

        ref readonly var said = ref intake.PatientAnswers[wait.Question];
        if (wait.Event >= 0)
        {
            return wait.Event >= said.Events.Length;
        }

        ref readonly var answer = ref intake.Answers[wait.Question];
        return answer.Codes != said.Codes || answer.Date != said.Date || UseOfRecord(intake, wait) is not null;
    }

    /// <summary>
    /// The use of which only the record tells what a wait is counted from: its question, and the option; null when the person told it, or
    /// when it is not counted from a use.
    /// </summary>
    public static (CompiledQuestion Question, Option Option)? UseOfRecord(Intake intake, in WaitingPeriod wait)
    {
        var rule = intake.Protocol.Rules[wait.Rule];
        foreach (var use in rule.Document.Condition.Uses)
        {
            var question = rule.Evidence.First(one => one.Id == use.Question);
            var findings = intake.Answers[question.Index].Codes & ~intake.PatientAnswers[question.Index].Codes;
            foreach (var code in (string[])[use.Stopped, use.Current])
            {
                if ((findings & question.Bits([code])) != 0)
                {
                    return (question, question.Codes.First(option => option.Code == code));
                }
            }
        }

        return null;
    }
}

/// <summary>What something rests on.</summary>
public enum EvidenceBasis
{
    /// <summary>What the person said, or did not.</summary>
    Answers,

    /// <summary>What only the record tells.</summary>
    Record,

    /// <summary>Either has a part.</summary>
    Both,
}
