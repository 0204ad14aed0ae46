using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Validates a stated request into one that can be decided on, in the same steps for every API: the as-of date, the version in force on it,
/// the appointment in the clinic's zone. The API then reads the answers to that version's questions, and <see cref="Finish"/> checks them.
/// </summary>
public readonly ref struct RequestValidation
{
    private static readonly LocalizedText UnknownRule = Words.Text("clearance.unknownRule");

    private readonly StatedRequest stated;
    private readonly RequestPlaces places;
    private readonly InputErrors errors;
    private readonly Instant asOf;
    private readonly ImmutableArray<RefusedSlot>.Builder? refused;

    /// <summary>Takes the first steps and reports their errors.</summary>
    /// <param name="stated">What the request states.</param>
    /// <param name="places">The locations for its errors.</param>
    /// <param name="now">The request's single reading of the clock, used only when it states no as-of instant.</param>
    /// <param name="errors">Receives the errors.</param>
    public RequestValidation(in StatedRequest stated, RequestPlaces places, Instant now, InputErrors errors)
    {
        this.stated = stated;
        this.places = places;
        this.errors = errors;
        refused = stated.Options.EachSlot ? ImmutableArray.CreateBuilder<RefusedSlot>() : null;
        asOf = stated.AsOf.Value?.ToInstant() ?? (stated.Options.PastAppointment ? NotAfterStart(stated, now) : now);
        Today = stated.Zone is { } zone && (stated.AsOf.Value is not null || !stated.AsOf.IsPresent) ? zone.DateAt(asOf) : null;
        Protocol = InForce();
        Appointment = InZone();
    }

    /// <summary>The as-of date at the clinic; null when unknown.</summary>
    public LocalDate? Today { get; }

    /// <summary>
    /// The version that the answers belong to, or the likeliest one while the as-of date is unknown; null when there is no version.
    /// </summary>
    public Protocol? Protocol { get; }

    /// <summary>The requested appointment; null when the zone is unknown.</summary>
    public Appointment? Appointment { get; }

    /// <summary>Checks the answers and the clearances; null when the request has any error.</summary>
    /// <param name="answers">The answers to the questions of <see cref="Protocol"/>; null without a protocol.</param>
    /// <param name="record">
    /// The patient's health record, to reconcile the answers with; null without one. Clearances stated beside it were given in knowledge of
    /// it, so they may clear findings that rest on it alone.
    /// </param>
    public ScreeningRequest? Finish(AnswerSheet? answers, IReadOnlyList<RecordEntry>? record = null)
    {
        foreach (var counted in answers is null ? [] : stated.Options.Counted ?? [])
        {
            // It was there when the door looked for contradictions, and the form of REST does not state it.
            if (counted.IsUnconfirmed)
            {
                answers!.MarkSuggested(counted.Question);
            }
        }

        answers?.CheckContradictions(Today, errors);
        CheckClearanceDates();
        if (answers is null)
        {
            return null;
        }

        // Answers with errors cannot be reconciled with the record.
        var patientIntake = answers.ToIntake([]);
        var intake = stated.Options.Counted is { } added ? CountedAnswer.Added(patientIntake, added)
            : record is null && !answers.HasSuggestions ? patientIntake
            : errors.Any || Today is not { } date ? null
            : RecordReconciliation.Reconcile(patientIntake, record ?? [], date);
        var clearances = Clearances(answers, intake);
        return errors.Any || intake is null || Appointment is null || Today is not { } today
            ? null
            : new ScreeningRequest(intake.WithClearances(clearances), Appointment, asOf, today, stated.Envelope?.Reference)
            {
                IsPinned = stated.Protocol?.Pinned is not null,
                RefusedSlots = refused?.DrainToImmutable() ?? [],
            };
    }

    private static Instant NotAfterStart(in StatedRequest stated, Instant now) =>
        stated is { Zone: { } zone, Start.Value: { } start } && start.TryInZone(zone, out var known) && known.ToInstant() < now
            ? known.ToInstant()
            : now;

    private Protocol? InForce()
    {
        if (stated.Protocol is not { } reference)
        {
            return null;
        }

        var protocol = Today is { } date ? reference.On(date) : reference.Likeliest;
        if (protocol is null)
        {
            errors.Add(places.Protocol, ErrorCode.NoVersionInForce, Accepted.VersionOf(reference.Family, places.NamesVersions));
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
        if (end is { } ends && (start is { } starts ? ends.ToInstant() < starts.ToInstant() : !stated.Start.IsPresent && ends.Date < Today))
        {
            errors.Add(places.End, ErrorCode.EndBeforeStart);
        }

        return new Appointment(zone, start, end, Slots());
    }

    private ImmutableArray<ZonedDateTime> Slots()
    {
        if (stated.Envelope is not { Slots: { Count: > 0 } requested })
        {
            return [];
        }

        var slots = ImmutableArray.CreateBuilder<ZonedDateTime>(requested.Count);
        for (var i = 0; i < requested.Count; i++)
        {
            if (InZone(requested[i], Today, null, i) is { } slot)
            {
                slots.Add(slot);
            }
            else if (requested[i] is null)
            {
                refused?.Add(new RefusedSlot(i, null, new InputError(places.Slot(i), ErrorCode.InvalidDateTime, Accepted.Time)));
            }
        }

        return slots.DrainToImmutable();
    }

    /// <summary>
    /// A stated time in the clinic's zone; null when it is absent or invalid. An error is reported at its location, which is computed only
    /// then.
    /// </summary>
    private ZonedDateTime? InZone(StatedTime? time, LocalDate? notBefore, string? place, int? slot = null)
    {
        if (time is not { } known)
        {
            return null;
        }

        var error = !known.TryInZone(stated.Zone!, out var inZone) ? ErrorCode.SkippedLocalTime
            : notBefore is not null && stated.Options.MovedAt is { } present && inZone.Date < stated.Zone!.DateAt(present) ? ErrorCode.DatePassed
            : inZone.Date < notBefore ? ErrorCode.DateBeforeAsOf
            : null;
        if (error is null)
        {
            return inZone;
        }

        if (slot is { } index && refused is not null)
        {
            refused.Add(new RefusedSlot(index, known, new InputError(places.Slot(index), error)));
        }
        else
        {
            errors.Add(place ?? (slot is { } at ? places.Slot(at) : places.Start), error);
        }

        return null;
    }

    /// <summary>A clearance must not be dated in the future.</summary>
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

    /// <summary>The clearances, once it is known which findings may be cleared; any other clearance is an error.</summary>
    private ImmutableArray<Clearance> Clearances(AnswerSheet answers, Intake? intake)
    {
        if (stated.Envelope is not { Clearances: { Count: > 0 } requested })
        {
            return [];
        }

        var clearances = ImmutableArray.CreateBuilder<Clearance>(requested.Count);
        for (var i = 0; i < requested.Count; i++)
        {
            var one = requested[i];
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
                errors.Add(places.ClearedRule(i), error, known ? null : answers.Protocol.AcceptedRules, known ? null : UnknownRule);
            }
        }

        return clearances.DrainToImmutable();
    }

    /// <summary>Also true when an answer that the rule depends on is unreadable: that error has already been reported.</summary>
    private bool MayBeCleared(AnswerSheet answers, Intake? intake, int rule) =>
        intake is null || !answers.IsReadable(answers.Protocol.Rules[rule].EvidenceBits)
        || Screener.CanClear(answers.Protocol, intake.Answers, rule, Today ?? answers.Protocol.EffectiveFrom);
}
