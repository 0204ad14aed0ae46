using System.Globalization;
using System.Text.Json;
using Hl7.Fhir.Model;
using NodaTime;
using Screening.Api.Screenings;
using Screening.Fhir;
using Screening.Fhir.CdsHooks;
using Screening.Fhir.Reading;
using Screening.Fhir.Record;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Api.CdsHooks;

/// <summary>
/// Screens what a hook is about: each proposed appointment by itself, or, where none is proposed, whether it could be today. What came is rewritten to an
/// ordinary screening request and read by the one strict reader of those, so that the same facts give the same decision.
/// </summary>
public sealed class HookScreener(ScreeningRequestReader reader, ClinicZone clinic)
{
    private const string ResponseAt = nameof(QuestionnaireResponse);
    private const string AppointmentAt = nameof(Hl7.Fhir.Model.Appointment);

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
        var unreadable = new FhirErrors();
        var facts = new Facts(call, Response(call.Form, unreadable), unreadable, now);
        return call with { Screened = request.Appointments is { } appointments ? Appointments(facts, appointments) : [Worst(facts, 0, null)] };
    }

    /// <summary>The form as the SDK reads it, strictly: an answer that is misread could make somebody eligible.</summary>
    private static QuestionnaireResponse? Response(FilledInForm form, FhirErrors errors) =>
        form.Response is { } json ? ResourceReader.Read<QuestionnaireResponse>(JsonSerializer.SerializeToUtf8Bytes(json), FhirFormat.Json, errors) : null;

    private List<ScreenedAppointment> Appointments(Facts facts, IReadOnlyList<JsonElement> appointments)
    {
        if (appointments.Count == 0)
        {
            return [new ScreenedAppointment { Place = 0, Proposed = null }];
        }

        var screened = new List<ScreenedAppointment>();
        foreach (var (i, resource) in appointments.Index())
        {
            var proposed = ProposedAppointment.Read(resource, facts.Call.Request.Patient);
            screened.Add(proposed.Flaw is null ? Worst(facts, i + 1, proposed) : new ScreenedAppointment { Place = i + 1, Proposed = proposed });
        }

        return screened;
    }

    /// <summary>In the clinic's zone; where nobody knows it, in every zone that makes a difference, and the worst outcome counts.</summary>
    private ScreenedAppointment Worst(Facts facts, int place, ProposedAppointment? proposed)
    {
        if ((proposed?.Zone ?? clinic.Configured) is { } zone)
        {
            return Once(facts, place, proposed, zone);
        }

        var start = proposed?.Start is { Offset: { } offset } stated ? stated.Local.WithOffset(offset).ToInstant() : (Instant?)null;
        return PossibleZones.Of(facts.Now, start)
            .Select(possible => Once(facts, place, proposed, possible) with { ZoneAssumed = true })
            .MinBy(Badness)!;
    }

    /// <summary>
    /// The least is the worst: first by status; where the date is not allowed, the one that waits longest; where it is, the one whose requirements must be
    /// met earliest.
    /// </summary>
    private static (int Status, int Day) Badness(ScreenedAppointment screened) => screened.Decision is not { } decision ? (-1, 0)
        : ((int)decision.Eligibility, decision.Bookable ? decision.NotBefore.Number : -decision.NotBefore.Number);

    private ScreenedAppointment Once(Facts facts, int place, ProposedAppointment? proposed, DateTimeZone zone)
    {
        var family = facts.Call.Service.Family;
        var protocol = family.InForce(facts.Now.InZone(zone).Date) ?? facts.Call.Protocol;
        var rest = new RestRequest();
        rest.Say("/protocol", family.Id, ResponseAt + ".questionnaire");
        rest.Say("/appointment/timeZone", zone.Id, AppointmentAt);
        if (proposed?.StartText is { } start)
        {
            rest.Say("/appointment/start", start, AppointmentAt + ".start");
        }

        if (proposed?.EndText is { } end)
        {
            rest.Say("/appointment/end", end, AppointmentAt + ".end");
        }

        rest.Begin("/answers", ResponseAt);
        if (facts.Response is not null)
        {
            ResponseRewriter.Write(facts.Response, ResponseAt, family, protocol, rest);
        }

        var errors = new InputErrors();
        var request = reader.Read(rest.ToBytes(), facts.Now, errors);
        rest.Take(errors);
        var all = facts.Unreadable.All.Concat(rest.Errors.All).ToList();
        if (request is null || all.Count > 0)
        {
            return new ScreenedAppointment { Place = place, Proposed = proposed, Errors = [.. all.Select(error => (error, Asked(error, facts.Response, protocol)))] };
        }

        var raised = request with { Intake = RecordAnswers.Raise(request.Intake, RecordReader.Read(facts.Call.Record.Resources, zone), request.Today) };
        return new ScreenedAppointment
        {
            Place = place,
            Proposed = proposed,
            Request = raised,
            Decision = Screener.Screen(raised.Intake, raised.Appointment, raised.Today),
        };
    }

    /// <summary>The question whose item an error is about, if it is about one: staff are told that rather than the number of an item.</summary>
    private static CompiledQuestion? Asked(FhirError error, QuestionnaireResponse? response, Protocol protocol)
    {
        const string Item = ResponseAt + ".item[";
        if (response is null || !error.Expression.StartsWith(Item, StringComparison.Ordinal))
        {
            return null;
        }

        var number = error.Expression.AsSpan(Item.Length);
        var linkId = number.IndexOf(']') is var end and > 0 && int.TryParse(number[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < response.Item.Count ? response.Item[i].LinkId : null;
        return protocol.Questions.FirstOrDefault(question => linkId is not null && (linkId == question.Id || linkId.StartsWith(question.Id + ".", StringComparison.Ordinal)));
    }

    /// <summary>What is the same for every appointment of a call.</summary>
    private sealed record Facts(HookScreenings Call, QuestionnaireResponse? Response, FhirErrors Unreadable, Instant Now);
}
