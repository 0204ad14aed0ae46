using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// The result of one screening: the finding of every rule, and what follows. It holds indexes and dates; the texts are in the protocol and
/// the evidence is in the intake.
/// </summary>
public sealed class Decision
{
    /// <summary>The answers and clearances.</summary>
    public required Intake Intake { get; init; }

    /// <summary>The requested appointment.</summary>
    public required Appointment Appointment { get; init; }

    /// <summary>The as-of local date.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>The requested local date: the appointment's, or today.</summary>
    public required LocalDate Date { get; init; }

    public required Eligibility Eligibility { get; init; }

    /// <summary>The finding of each rule, in protocol order.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>The rules that are not clear: worst level first, then in protocol order.</summary>
    public required ImmutableArray<ushort> Reasons { get; init; }

    /// <summary>The waits, in protocol order, then in the order of the events.</summary>
    public required ImmutableArray<WaitingPeriod> WaitingPeriods { get; init; }

    /// <summary>What must still be done.</summary>
    public required ImmutableArray<Requirement> Requirements { get; init; }

    /// <summary>The free dates from the as-of date on; empty unless only dates prevent the appointment.</summary>
    public required ImmutableArray<Window> Windows { get; init; }

    /// <summary>The first unblocked date on or after the requested date, by the waits known so far.</summary>
    public required Day NotBefore { get; init; }

    /// <summary>The indexes of the needed questions that are unanswered, and of those whose answer nobody has confirmed.</summary>
    public required ImmutableArray<byte> Missing { get; init; }

    /// <summary>The status of each candidate slot.</summary>
    public required ImmutableArray<Eligibility> Slots { get; init; }

    /// <summary>True when the appointment may be confirmed.</summary>
    public bool Bookable => IsBookable(Eligibility);

    /// <summary><see cref="NotBefore"/> when only dates prevent the appointment; otherwise null.</summary>
    public Day? EarliestDate => Eligibility >= Eligibility.Deferred ? NotBefore : null;

    /// <summary>
    /// Orders decisions on one appointment, worst first: by status; for a refused date the longest wait, for an allowed one the earliest
    /// requirements.
    /// </summary>
    public (int Status, int Day) Rank => ((int)Eligibility, Bookable ? NotBefore.Number : -NotBefore.Number);

    /// <summary>True when a rule's finding is one of those that determine the status.</summary>
    public bool IsBinding(int rule) =>
        Findings[rule].Outcome is Outcome.Triggered or Outcome.Undetermined && Findings[rule].Level == Eligibility;

    /// <summary>
    /// The clearance of a rule's review; null without one. The finding is cleared, unless its days or requirements remain.
    /// </summary>
    public Clearance? ClearanceOf(int rule) => Intake.Clearances.FirstOrDefault(clearance => clearance.Rule == rule);

    /// <summary>True for the two statuses that allow the date.</summary>
    public static bool IsBookable(Eligibility eligibility) => eligibility is Eligibility.Conditional or Eligibility.Eligible;
}

/// <summary>The result of one rule.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Effect">Its effect or, when clear or unknown, the worst effect that the rule can have.</param>
/// <param name="Level">The status that it leads to by itself.</param>
/// <param name="CourseTooShort">True when a course ends before it should.</param>
public readonly record struct Finding(Outcome Outcome, Effect Effect, Eligibility Level, bool CourseTooShort = false);

/// <summary>What must be done before the date is allowed; a date that does not apply is null.</summary>
/// <param name="Rule">The rule's index.</param>
/// <param name="StopBy">The last day of use.</param>
/// <param name="StartBy">The latest first day of a course.</param>
/// <param name="ContinueThrough">The earliest last day of a course.</param>
public readonly record struct Requirement(ushort Rule, Day? StopBy, Day? StartBy, Day? ContinueThrough);
