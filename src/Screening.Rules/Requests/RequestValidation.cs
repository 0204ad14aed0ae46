using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// From what a request states to a request that can be decided on; the same steps for every door. First the as-of date, then the version that is in force
/// on it, then the appointment in the clinic's zone; the door reads the answers to that version's questions, and <see cref="Finish"/> checks them.
/// </summary>
public readonly ref struct RequestValidation
{
    private readonly StatedRequest stated;
    private readonly RequestPlaces places;
    private readonly InputErrors errors;
    private readonly Instant asOf;

    /// <summary>Takes the first steps; what is wrong is noted.</summary>
    /// <param name="stated">What the request states.</param>
    /// <param name="places">Where its errors are told.</param>
    /// <param name="now">The request's one reading of the clock; counts only when it states no as-of instant.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public RequestValidation(in StatedRequest stated, RequestPlaces places, Instant now, InputErrors errors)
    {
        this.stated = stated;
        this.places = places;
        this.errors = errors;
        asOf = stated.AsOf.Value?.ToInstant() ?? now;
        Today = stated.Zone is { } zone && (stated.AsOf.Value is not null || !stated.AsOf.IsThere) ? zone.DateAt(asOf) : null;
        Protocol = InForce();
        Appointment = InZone();
    }

    /// <summary>The as-of date at the clinic; null when it is not known.</summary>
    public LocalDate? Today { get; }

    /// <summary>The version whose questions the answers are to: while the as-of date is not known, the likeliest. Null when there is none.</summary>
    public Protocol? Protocol { get; }

    /// <summary>When it would be; null when the zone is not known.</summary>
    public Appointment? Appointment { get; }

    /// <summary>Checks the answers and the clearances; null when anything is wrong with the request.</summary>
    /// <param name="answers">The answers to the questions of <see cref="Protocol"/>; null when there is none.</param>
    /// <param name="record">
    /// The person's health record, which raises the answers; null when none came along. Clearances that are stated beside it were given
    /// knowing it: they may clear what it alone raised.
    /// </param>
    public ScreeningRequest? Finish(AnswerSheet? answers, IReadOnlyList<RecordEntry>? record = null)
    {
        answers?.CheckContradictions(Today, errors);
        CheckClearanceDates();
        if (answers is null)
        {
            return null;
        }

        // Answers with errors are not raised, and what a record would make of them is not known.
        var said = answers.ToIntake([]);
        var intake = record is null ? said : errors.Any || Today is not { } date ? null : RecordReconciliation.Reconcile(said, record, date);
        var clearances = Clearances(answers, intake);
        return errors.Any || intake is null || Appointment is null || Today is not { } today
            ? null
            : new ScreeningRequest(intake.WithClearances(clearances), Appointment, asOf, today, stated.Envelope?.Reference);
    }

    private Protocol? InForce()
    {
        if (stated.Protocol is not { } reference)
        {
            return null;
        }

        var protocol = Today is { } date ? reference.On(date) : reference.Likeliest;
        if (protocol is null)
        {
            errors.Add(places.Protocol, ErrorCode.NoVersionInForce);
        }

        return protocol;
    }

    private Appointment? InZone()
    {
        if (stated.Zone is not { } zone)
        {
            return null;
        }

        var start = InZone(stated.Start.Value, Today, null);
        var end = InZone(stated.End.Value, null, places.End);
        if (end is { } ends && (start is { } starts ? ends.ToInstant() < starts.ToInstant() : !stated.Start.IsThere && ends.Date < Today))
        {
            errors.Add(places.End, ErrorCode.EndBeforeStart);
        }

        return new Appointment(zone, start, end, Slots());
    }

    private ImmutableArray<ZonedDateTime> Slots()
    {
        if (stated.Envelope is not { Slots: { Count: > 0 } stating })
        {
            return [];
        }

        var slots = ImmutableArray.CreateBuilder<ZonedDateTime>(stating.Count);
        for (var i = 0; i < stating.Count; i++)
        {
            if (InZone(stating[i], Today, null, i) is { } slot)
            {
                slots.Add(slot);
            }
        }

        return slots.DrainToImmutable();
    }

    /// <summary>A stated time in the clinic's zone; null when it is absent or cannot be used, and then the errors say so at its place, which is made only then.</summary>
    private ZonedDateTime? InZone(StatedTime? time, LocalDate? notBefore, string? place, int? slot = null)
    {
        if (time is not { } known)
        {
            return null;
        }

        var error = !known.TryInZone(stated.Zone!, out var inZone) ? ErrorCode.SkippedLocalTime
            : inZone.Date < notBefore ? ErrorCode.DateBeforeAsOf
            : null;
        if (error is null)
        {
            return inZone;
        }

        errors.Add(place ?? (slot is { } index ? places.Slot(index) : places.Start), error);
        return null;
    }

    /// <summary>A clearance says that a clinician has cleared, not that one will.</summary>
    private void CheckClearanceDates()
    {
        for (var i = 0; i < (stated.Envelope?.Clearances.Count ?? 0); i++)
        {
            if (stated.Envelope!.Clearances[i].On > Today)
            {
                errors.Add(places.ClearanceDate(i), ErrorCode.DateAfterAsOf);
            }
        }
    }

    /// <summary>The clearances, now that it is known what they may clear; each that is of something else is an error.</summary>
    private ImmutableArray<Clearance> Clearances(AnswerSheet answers, Intake? intake)
    {
        if (stated.Envelope is not { Clearances: { Count: > 0 } stating })
        {
            return [];
        }

        var clearances = ImmutableArray.CreateBuilder<Clearance>(stating.Count);
        for (var i = 0; i < stating.Count; i++)
        {
            var one = stating[i];
            if (one.RuleId is not { } id)
            {
                continue;
            }

            var known = answers.Protocol.RuleIndexes.TryGetValue(id, out var rule);
            var error = !known ? ErrorCode.UnknownCode
                : clearances.Any(other => other.Rule == rule) ? ErrorCode.RepeatedCode
                : !MayBeCleared(answers, intake, rule) ? ErrorCode.NotReviewFinding
                : null;
            if (error is null)
            {
                clearances.Add(new Clearance(rule, one.By ?? string.Empty, one.On ?? default, one.Note));
            }
            else
            {
                errors.Add(places.ClearedRule(i), error);
            }
        }

        return clearances.DrainToImmutable();
    }

    /// <summary>True as well where an answer that the rule rests on could not be read: that error is told already.</summary>
    private bool MayBeCleared(AnswerSheet answers, Intake? intake, int rule) =>
        intake is null || !answers.IsReadable(answers.Protocol.Rules[rule].EvidenceBits)
        || Screener.CanClear(answers.Protocol, intake.Answers, rule, Today ?? answers.Protocol.EffectiveFrom);
}
