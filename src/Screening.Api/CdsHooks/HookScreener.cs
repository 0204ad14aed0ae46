using System.Text.Json;
using NodaTime;
using Screening.Api.CdsHooks;
using Screening.Fhir.Reading;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// Screens what a hook is about: each proposed appointment by itself, or, where none is proposed, whether it could be today.
/// </summary>
public sealed class HookScreener(ScreeningRequestReader reader, ClinicZone clinic)
{
    /// <summary>
    /// The most waits that the cards of a call tell together: more events than people have, for fewer appointments than a call may propose. Every decision
    /// tells all of its own, so that many of them for many appointments would make an answer of any size; those that are left over are not screened, and say so.
    /// </summary>
    private const int MostWaits = 3_000;

    /// <summary>Screens a call; null when nothing came that anything could be concluded from.</summary>
    /// <param name="service">The service that was called.</param>
    /// <param name="request">The call.</param>
    /// <param name="now">The call's one reading of the clock.</param>
    internal HookScreenings? Screen(HookService service, HookRequest request, Instant now)
    {
        var prefetch = Prefetch.Read(request, PrefetchTemplate.For(service.Family));
        if (!prefetch.AnythingUsable)
        {
            return null;
        }

        var call = new HookScreenings
        {
            Service = service,
            Request = request,
            Protocol = service.Family.InForce(now.InUtc().Date) ?? service.Family.Versions[^1],
            Prefetch = prefetch,
            Form = FilledInForm.Choose(prefetch.Responses, service.Family, request.Patient, now),
            Record = PrefetchedRecord.Of(prefetch),
        };
        var facts = new CallFacts(reader, call, now);
        return call with { Screened = request.Appointments is { } appointments ? Appointments(facts, appointments) : [Worst(facts, 0, null)] };
    }

    private List<ScreenedAppointment> Appointments(CallFacts facts, IReadOnlyList<JsonElement> appointments)
    {
        if (appointments.Count == 0)
        {
            return [new ScreenedAppointment { Place = 0, Proposed = null }];
        }

        var screened = new List<ScreenedAppointment>();
        var waits = 0;
        foreach (var (i, resource) in appointments.Index())
        {
            var proposed = ProposedAppointment.Read(resource, facts.Call.Request.Patient);
            var one = proposed.Flaw is null ? Worst(facts, i + 1, proposed) : new ScreenedAppointment { Place = i + 1, Proposed = proposed };
            waits += one.Decision?.WaitingPeriods.Length ?? 0;
            screened.Add(waits > MostWaits ? new ScreenedAppointment { Place = i + 1, Proposed = proposed, Errors = facts.TooMany } : one);
        }

        return screened;
    }

    /// <summary>In the clinic's zone; where nobody knows it, in every zone that makes a difference, and the worst outcome counts.</summary>
    private ScreenedAppointment Worst(CallFacts facts, int place, ProposedAppointment? proposed)
    {
        if ((proposed?.Zone ?? clinic.Configured) is { } zone)
        {
            return Once(facts, place, proposed, zone, zone);
        }

        var start = proposed?.Start is { Offset: { } offset } stated ? stated.Local.WithOffset(offset).ToInstant() : (Instant?)null;
        return PossibleZones.Of(facts.Now, start)
            .SelectMany(possible => PossibleZones.OfRecord.Select(ofRecord => Once(facts, place, proposed, possible, ofRecord) with { ZoneAssumed = true }))
            .MinBy(Badness)!;
    }

    /// <summary>
    /// The least is the worst: first by status; where the date is not allowed, the one that waits longest; where it is, the one whose requirements must be
    /// met earliest.
    /// </summary>
    private static (int Status, int Day) Badness(ScreenedAppointment screened) => screened.Decision is not { } decision ? (-1, 0)
        : ((int)decision.Eligibility, decision.Bookable ? decision.NotBefore.Number : -decision.NotBefore.Number);

    private static ScreenedAppointment Once(CallFacts facts, int place, ProposedAppointment? proposed, DateTimeZone zone, DateTimeZone zoneOfRecord)
    {
        var screened = new ScreenedAppointment { Place = place, Proposed = proposed };
        var errors = new FhirErrors();
        var said = facts.Said(zone);
        if (facts.When(proposed, zone, errors) is not { } when || said.Request is not { } answered)
        {
            return screened with { Errors = [.. said.Errors.Concat(errors.All.Select(error => (Error: error, Asked: (CompiledQuestion?)null))).Distinct()] };
        }

        var request = answered with { Intake = facts.Raised(zone, zoneOfRecord), Appointment = when };
        return screened with { Request = request, Decision = Screener.Screen(request.Intake, request.Appointment, request.Today) };
    }
}
