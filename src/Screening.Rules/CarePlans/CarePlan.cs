using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>Every instruction before and after one appointment, for one person, with its dates.</summary>
/// <param name="Steps">In the order in which they begin; those without a beginning first, ties in protocol order.</param>
public sealed record CarePlan(ImmutableArray<PlannedStep> Steps);

/// <summary>A care step with its dates.</summary>
/// <param name="Step">The step as it stands in the protocol.</param>
/// <param name="When">When it holds.</param>
public sealed record PlannedStep(CareStep Step, CareTime When);

/// <summary>When a planned step holds; an end that is null is open.</summary>
public abstract record CareTime
{
    /// <summary>Handles both kinds; there is no default case on purpose.</summary>
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
    /// <summary>Plans, whatever the decision is: whether a plan may be handed out is for the caller.</summary>
    /// <param name="intake">What was said, about the protocol that it names.</param>
    /// <param name="appointment">When it would be. Its start is needed; an absent end is its start.</param>
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

        // The sort is stable: what begins together stays in the order of the protocol.
        return new CarePlan([.. steps.OrderBy(step => CareDates.Beginning(step.When, appointment.Zone))]);
    }
}
