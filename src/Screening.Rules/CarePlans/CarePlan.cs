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

/// <summary>
/// Dates a protocol's care steps. Pure: the same arguments give the same plan. A is the appointment's local date, S its start, E its end. All
/// date arithmetic of care plans stands here, that of decisions in <see cref="DatedEvaluator"/>.
/// </summary>
public static class CarePlanner
{
    /// <summary>For a local time that the zone skips the first one after the gap, of two equal ones the earlier.</summary>
    private static readonly NodaTime.TimeZones.ZoneLocalMappingResolver ClockTime =
        NodaTime.TimeZones.Resolvers.CreateMappingResolver(NodaTime.TimeZones.Resolvers.ReturnEarlier, NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>Plans, whatever the decision is: whether a plan may be handed out is for the caller.</summary>
    /// <param name="intake">What was said, about the protocol that it names.</param>
    /// <param name="appointment">When it would be. Its start is needed; an absent end is its start.</param>
    public static CarePlan Plan(Intake intake, Appointment appointment)
    {
        var start = appointment.Start ?? throw new ArgumentException("A care plan is dated by the appointment's start.", nameof(appointment));
        var end = appointment.End ?? start;
        var steps = new List<PlannedStep>();
        foreach (var step in intake.Protocol.CareSteps)
        {
            if (step.IsShown(intake.Answers))
            {
                steps.Add(new PlannedStep(step.Document, At(step.Document.Timing, start, end)));
            }
        }

        // The sort is stable: what begins together stays in the order of the protocol.
        return new CarePlan([.. steps.OrderBy(step => Beginning(step.When, appointment.Zone))]);
    }

    private static CareTime At(Timing timing, ZonedDateTime start, ZonedDateTime end) => timing.Match<CareTime>(
        days => new CareDays(
            days.From is { } from ? start.Date.PlusDays(from) : null,
            days.Through is { } through ? start.Date.PlusDays(through) : null),
        clock => new CareHours(At(clock.From, start, end), At(clock.Through, start, end)));

    private static ZonedDateTime? At(ClockPoint? point, ZonedDateTime start, ZonedDateTime end)
    {
        if (point is null)
        {
            return null;
        }

        var anchor = point.Anchor == ClockAnchor.Start ? start : end;

        // 0 days is the anchor itself, also when it is the later of two equal clock times.
        return point.Days is { } days and not 0
            ? anchor.Zone.ResolveLocal(anchor.LocalDateTime.PlusDays(days), ClockTime)
            : anchor.PlusHours(point.Hours ?? 0).PlusMinutes(point.Minutes ?? 0);
    }

    /// <summary>A whole day begins at its local midnight; in a zone that skips the midnight, or the day, when the gap ends.</summary>
    private static Instant Beginning(CareTime when, DateTimeZone zone) => when.Match(
        days => days.StartsOn is { } date ? zone.ResolveLocal(date.AtMidnight(), ClockTime).ToInstant() : Instant.MinValue,
        hours => hours.StartsAt is { } time ? time.ToInstant() : Instant.MinValue);
}
