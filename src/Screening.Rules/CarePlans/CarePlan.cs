using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>The dated instructions before and after one appointment of a patient.</summary>
/// <param name="Steps">Ordered by beginning; those without one first, ties in protocol order.</param>
public sealed record CarePlan(ImmutableArray<PlannedStep> Steps);

/// <summary>A care step with its dates.</summary>
/// <param name="Step">The step as written in the protocol.</param>
/// <param name="When">When it applies.</param>
public sealed record PlannedStep(CareStep Step, CareTime When);

/// <summary>When a planned step applies; a null end is open.</summary>
public abstract record CareTime
{
    /// <summary>Handles both kinds; deliberately without a default case.</summary>
    public abstract T Match<T>(Func<CareDays, T> days, Func<CareHours, T> hours);
}

/// <summary>Whole clinic-local days, both ends inclusive.</summary>
public sealed record CareDays(LocalDate? StartsOn, LocalDate? EndsOn) : CareTime
{
    /// <inheritdoc/>
    public override T Match<T>(Func<CareDays, T> days, Func<CareHours, T> hours) => days(this);
}

/// <summary>From one time to another, in the clinic's zone.</summary>
public sealed record CareHours(ZonedDateTime? StartsAt, ZonedDateTime? EndsAt) : CareTime
{
    /// <inheritdoc/>
    public override T Match<T>(Func<CareDays, T> days, Func<CareHours, T> hours) => hours(this);
}

/// <summary>Dates a protocol's care steps (<see cref="CareDates"/>). Pure: the same arguments give the same plan.</summary>
public static class CarePlanner
{
    /// <summary>Plans regardless of the decision: the caller decides whether the plan may be handed out.</summary>
    /// <param name="intake">The answers, with their protocol.</param>
    /// <param name="appointment">The requested appointment. Its start is required; an absent end is its start.</param>
    public static CarePlan Plan(Intake intake, Appointment appointment)
    {
        var start = appointment.Start
            ?? throw new ArgumentException("A care plan is dated by the appointment's start.", nameof(appointment));
        var end = appointment.End ?? start;
        var steps = new List<PlannedStep>();
        foreach (var step in intake.Protocol.CareSteps)
        {
            if (step.IsShown(intake.Answers))
            {
                steps.Add(new PlannedStep(step.Document, CareDates.At(step.Document.Timing, start, end)));
            }
        }

        // The sort is stable: steps that begin together stay in protocol order.
        return new CarePlan([.. steps.OrderBy(step => CareDates.Beginning(step.When, appointment.Zone))]);
    }
}
