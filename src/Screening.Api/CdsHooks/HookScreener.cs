using NodaTime;
using Screening.Api.Screenings;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// Screens what a hook is about: each proposed appointment by itself, or, where none is proposed, whether it could be today. Every other door's reader
/// and engine, so that the same facts give the same decision.
/// </summary>
public sealed class HookScreener(ScreeningRequestReader reader, ClinicZone clinic)
{
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

        var form = FilledInForm.Choose(prefetch.Responses, service.Family, request.Patient);
        var protocol = service.Family.InForce(now.InUtc().Date) ?? service.Family.Versions[^1];
        var call = new HookScreenings(service, request, protocol, prefetch, form, []);
        return call with { Screened = request.Appointments is { } appointments ? Appointments(call, appointments, now) : [Worst(call, 0, null, now)] };
    }

    private List<ScreenedAppointment> Appointments(HookScreenings call, IReadOnlyList<System.Text.Json.JsonElement> appointments, Instant now)
    {
        if (appointments.Count == 0)
        {
            return [new ScreenedAppointment { Place = 0, Proposed = null }];
        }

        var screened = new List<ScreenedAppointment>();
        foreach (var (i, resource) in appointments.Index())
        {
            var proposed = ProposedAppointment.Read(resource, call.Request.Patient);
            screened.Add(proposed.Flaw is null ? Worst(call, i + 1, proposed, now) : new ScreenedAppointment { Place = i + 1, Proposed = proposed });
        }

        return screened;
    }

    /// <summary>In the clinic's zone; where nobody knows it, in every zone that makes a difference, and the worst outcome counts.</summary>
    private ScreenedAppointment Worst(HookScreenings call, int place, ProposedAppointment? proposed, Instant now)
    {
        if ((proposed?.Zone ?? clinic.Configured) is { } zone)
        {
            return Once(call, place, proposed, zone, now);
        }

        var start = proposed?.Start is { Offset: { } offset } stated ? stated.Local.WithOffset(offset).ToInstant() : (Instant?)null;
        return PossibleZones.Of(now, start)
            .Select(possible => Once(call, place, proposed, possible, now) with { ZoneAssumed = true })
            .MinBy(screened => screened.Decision is { } decision ? (int)decision.Eligibility : -1)!;
    }

    private ScreenedAppointment Once(HookScreenings call, int place, ProposedAppointment? proposed, DateTimeZone zone, Instant now)
    {
        var errors = new InputErrors();
        var body = System.Text.Encoding.UTF8.GetBytes(new System.Text.Json.Nodes.JsonObject
        {
            ["protocol"] = call.Service.Family.Id,
            ["appointment"] = new System.Text.Json.Nodes.JsonObject { ["timeZone"] = zone.Id },
            ["answers"] = new System.Text.Json.Nodes.JsonObject(),
        }.ToJsonString());
        var request = reader.Read(body, now, errors);
        return new ScreenedAppointment
        {
            Place = place,
            Proposed = proposed,
            Request = request,
            Decision = request is null ? null : Screener.Screen(request.Intake, request.Appointment, request.Today),
            Errors = [.. errors.All.Select(error => (error, error.Pointer))],
        };
    }
}
