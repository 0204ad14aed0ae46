using System.Text.Json;
using NodaTime;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// Screens the subject of a hook: each proposed appointment separately or, if there are none, whether treatment is possible today.
/// </summary>
public static class HookScreener
{
    /// <summary>
    /// The most waits in the cards of a call: more events than patients have, for fewer appointments than a call may propose. Each decision
    /// lists all of its waits, so that many events for many appointments could make a response of any size; the remaining appointments are
    /// not screened, and their cards say so.
    /// </summary>
    private const int MostWaits = 3_000;

    /// <summary>Screens a call; null when none of the requested data was sent.</summary>
    /// <param name="service">The called service.</param>
    /// <param name="request">The call.</param>
    /// <param name="settings">The settings of the clinic.</param>
    /// <param name="now">The call's single reading of the clock.</param>
    /// <param name="cancellation">Cancels the screening.</param>
    public static HookScreenings? Screen(HookService service, HookRequest request, HookSettings settings, Instant now, CancellationToken cancellation = default)
    {
        var prefetch = Prefetch.Read(request, PrefetchTemplate.For(service.Family, settings.Prefetch));
        if (!prefetch.AnySent)
        {
            return null;
        }

        var protocol = service.Family.InForce(DateTimeZone.Utc.DateAt(now)) ?? service.Family.Versions[^1];
        var call = new HookScreenings
        {
            Service = service,
            Request = request,
            Protocol = protocol,
            Prefetch = prefetch,
            Form = FilledInForm.Choose(prefetch.Responses, service.Family, settings.Forms, request.Patient, now),
            Record = PrefetchedRecord.Of(prefetch, protocol.RecordVocabulary, cancellation),
        };
        var context = new HookCallContext(call, settings.Forms, now, cancellation);
        return call with
        {
            Screened = request.Appointments is { } appointments
                ? Appointments(context, settings.Clinic, appointments, cancellation)
                : [Worst(context, settings.Clinic, 0, null)],
        };
    }

    /// <summary>The result for each appointment, except those that were cancelled, missed or entered in error.</summary>
    private static List<ScreenedAppointment> Appointments(
        HookCallContext context, DateTimeZone? clinic, IReadOnlyList<JsonElement> appointments, CancellationToken cancellation)
    {
        if (appointments.Count == 0)
        {
            return [new ScreenedAppointment { Place = 0, Proposed = null }];
        }

        var screened = new List<ScreenedAppointment>();
        var waits = 0;
        var beside = Beside(context.Call.Request);
        var people = People(context.Call);
        foreach (var (i, resource) in appointments.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            var proposed = ProposedAppointment.Read(resource, people, beside);
            if (proposed.Flaw == AppointmentFlaw.Off)
            {
                continue;
            }

            var one = proposed.Flaw is null
                ? Worst(context, clinic, i + 1, proposed)
                : new ScreenedAppointment { Place = i + 1, Proposed = proposed };
            waits += one.Decision?.WaitingPeriods.Length ?? 0;
            screened.Add(waits > MostWaits ? new ScreenedAppointment { Place = i + 1, Proposed = proposed, Errors = HookCallContext.TooMany } : one);
        }

        return screened;
    }

    /// <summary>The patient, by the names used in the call and in the chosen form.</summary>
    private static List<PatientName> People(HookScreenings call)
    {
        var person = new PatientName(null, call.Request.Patient, true);
        return call.Form.Response is { } form && ResourceJson.ServerOfPerson(form) is { } server
            ? [person, person with { Server = server }] : [person];
    }

    /// <summary>The resources sent with the appointments, and all prefetched ones under any key.</summary>
    private static Places Beside(HookRequest request)
    {
        var beside = new Places();
        foreach (var (resource, fullUrl) in request.Beside)
        {
            beside.Add(resource, fullUrl, string.Empty, isBesideAppointments: true);
        }

        var prefetch = request.Prefetch;
        foreach (var fetched in prefetch.ValueKind == JsonValueKind.Object ? prefetch.EnumerateObject().Select(key => key.Value) : [])
        {
            AddFetched(beside, fetched, null);
        }

        return beside;
    }

    private static void AddFetched(Places beside, JsonElement fetched, string? fullUrl)
    {
        beside.Add(fetched, fullUrl, string.Empty, isBesideAppointments: false);
        foreach (var entry in ResourceJson.Objects(fetched, "entry").Where(entry => entry.TryGetProperty("resource", out _)))
        {
            AddFetched(beside, entry.GetProperty("resource"), ResourceJson.Text(entry, "fullUrl"));
        }
    }

    /// <summary>
    /// Screens in the clinic's zone or, if it is unknown, in every zone that makes a difference, and returns the worst result.
    /// </summary>
    private static ScreenedAppointment Worst(HookCallContext context, DateTimeZone? clinic, int place, ProposedAppointment? proposed)
    {
        if ((proposed?.Zone ?? clinic) is { } zone)
        {
            return ScreenOne(context, place, proposed, zone, zone);
        }

        List<ScreenedAppointment> all =
        [
            .. PossibleZones.Of(context.Now, proposed?.Start?.ToInstant())
                .SelectMany(possible => PossibleZones.OfRecord.Select(ofRecord => ScreenOne(context, place, proposed, possible, ofRecord))),
        ];
        var readings = all.Select(one => one.Request).OfType<ScreeningRequest>()
            .Select(request => new ZoneReading(request.Today, request.Intake)).Distinct();
        var worst = all.MinBy(Rank)!;
        return worst with
        {
            ZoneAssumed = true,
            Request = worst.Request is { } request ? request with { InAnyZone = [.. readings] } : null,
        };
    }

    /// <summary>
    /// Orders results, worst first. Of equal ones the date that the appointment itself states comes first, since that is the one that is
    /// shown.
    /// </summary>
    private static ((int Status, int Day) Rank, bool IsOtherDate) Rank(ScreenedAppointment screened) =>
        screened.Decision is not { } decision ? ((-1, 0), false) : (decision.Rank, decision.Date != screened.Proposed?.Start?.Local.Date);

    private static ScreenedAppointment ScreenOne(
        HookCallContext context, int place, ProposedAppointment? proposed, DateTimeZone zone, DateTimeZone zoneOfRecord)
    {
        var screened = new ScreenedAppointment { Place = place, Proposed = proposed };
        var errors = ResourceReader.NewErrors();
        var answers = context.Answers(zone);
        if (context.When(proposed, zone, errors) is not { } when || answers.Request is not { } answered)
        {
            return screened with { Errors = [.. answers.Errors.Concat(errors.All.Select(error => new AnswerError(error, null))).Distinct()] };
        }

        var request = answered with
        {
            Intake = context.Reconciled(zone, zoneOfRecord),
            Appointment = when,
            Form = context.AnsweredForm,
        };
        return screened with { Request = request, Decision = Screener.Screen(request.Intake, request.Appointment, request.Today) };
    }
}
