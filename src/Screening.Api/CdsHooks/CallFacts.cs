using System.Globalization;
using System.Text.Json;
using Hl7.Fhir.Model;
using NodaTime;
using Screening.Fhir.Reading;
using Screening.Fhir.Record;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// What a call says, rewritten to ordinary screening requests and read by the one strict reader of those, so that the same facts give the same decision.
/// A call may hold a hundred appointments and a record of a mebibyte: what is the same for several of them is read once.
/// </summary>
internal sealed class CallFacts
{
    private const string ResponseAt = nameof(QuestionnaireResponse);
    private const string AppointmentAt = nameof(Hl7.Fhir.Model.Appointment);

    private readonly ScreeningRequestReader reader;
    private readonly FhirErrors unreadable = new();
    private readonly QuestionnaireResponse? response;
    private readonly Dictionary<LocalDate, SaidInCall> said = [];
    private readonly Dictionary<DateTimeZone, IReadOnlyList<RecordEntry>> recorded = [];
    private readonly Dictionary<(LocalDate Today, IReadOnlyList<RecordEntry> Recorded), Intake> raised = [];

    /// <summary>The facts of a call.</summary>
    /// <param name="reader">The reader of screening requests.</param>
    /// <param name="call">The call, with the form whose answers count.</param>
    /// <param name="now">The call's one reading of the clock.</param>
    public CallFacts(ScreeningRequestReader reader, HookScreenings call, Instant now)
    {
        this.reader = reader;
        Call = call;
        Now = now;

        // Strictly: an answer that is misread could make somebody eligible.
        response = call.Form.Response is { } json ? ResourceReader.Read<QuestionnaireResponse>(JsonSerializer.SerializeToUtf8Bytes(json), FhirFormat.Json, unreadable) : null;
    }

    /// <summary>The call.</summary>
    public HookScreenings Call { get; }

    /// <summary>The call's one reading of the clock.</summary>
    public Instant Now { get; }

    /// <summary>What is wrong where the answers tell of too many events for as many appointments.</summary>
    public IReadOnlyList<(FhirError Error, CompiledQuestion? Asked)> TooMany => [(new FhirError(ResponseAt, ErrorCode.TooMany, ErrorCode.TooMany.Meaning), null)];

    /// <summary>The answers: they hang on the appointment in nothing but what day it is at the clinic.</summary>
    public SaidInCall Said(DateTimeZone zone)
    {
        var today = Now.InZone(zone).Date;
        if (said.TryGetValue(today, out var known))
        {
            return known;
        }

        var protocol = Call.Service.Family.InForce(today) ?? Call.Protocol;
        var rest = Begin(zone);
        if (response is not null)
        {
            ResponseRewriter.Write(response, ResponseAt, Call.Service.Family, protocol, rest);
        }

        var request = Read(rest);
        var errors = unreadable.All.Concat(rest.Errors.All).Select(error => (error, Asked(error, protocol))).ToList();
        return said[today] = new SaidInCall(errors.Count == 0 ? request : null, errors);
    }

    /// <summary>When an appointment would be, in the clinic's zone; null when that makes no sense, and then the errors say why.</summary>
    public Rules.Appointment? When(ProposedAppointment? proposed, DateTimeZone zone, FhirErrors errors)
    {
        var rest = Begin(zone);
        if (proposed?.StartText is { } start)
        {
            rest.Say("/appointment/start", start, AppointmentAt + ".start");
        }

        if (proposed?.EndText is { } end)
        {
            rest.Say("/appointment/end", end, AppointmentAt + ".end");
        }

        var request = Read(rest);
        foreach (var error in rest.Errors.All)
        {
            errors.Add(error.Expression, error.Code, error.Detail);
        }

        return request?.Appointment;
    }

    /// <summary>The answers, raised by the record; only where they can be used.</summary>
    /// <param name="zone">The clinic's zone: what day it is.</param>
    /// <param name="zoneOfRecord">The zone in which a time in the record becomes a date.</param>
    public Intake Raised(DateTimeZone zone, DateTimeZone zoneOfRecord)
    {
        var key = (Today: Now.InZone(zone).Date, Recorded: Recorded(zoneOfRecord));
        if (!raised.TryGetValue(key, out var intake))
        {
            raised.Add(key, intake = RecordAnswers.Raise(Said(zone).Request!.Intake, key.Recorded, key.Today));
        }

        return intake;
    }

    /// <summary>The record; the same one where another zone gives all of it the same dates, since a zone changes nothing else.</summary>
    private IReadOnlyList<RecordEntry> Recorded(DateTimeZone zone)
    {
        if (!recorded.TryGetValue(zone, out var entries))
        {
            entries = RecordReader.Read(Call.Record.Resources, zone);
            var dates = entries.Select(Dates);
            recorded.Add(zone, entries = recorded.Values.FirstOrDefault(known => known.Select(Dates).SequenceEqual(dates)) ?? entries);
        }

        return entries;

        static (PartialDate? Since, PartialDate? On, PartialDate? Ended) Dates(RecordEntry entry) => (entry.Since, entry.On, entry.Ended);
    }

    private RestRequest Begin(DateTimeZone zone)
    {
        var rest = new RestRequest();
        rest.Say("/protocol", Call.Service.Family.Id, ResponseAt + ".questionnaire");
        rest.Say("/appointment/timeZone", zone.Id, AppointmentAt);
        rest.Begin("/answers", ResponseAt);
        return rest;
    }

    private ScreeningRequest? Read(RestRequest rest)
    {
        var errors = new InputErrors();
        var request = reader.Read(rest.ToBytes(), Now, errors);
        rest.Take(errors);
        return request;
    }

    /// <summary>The question whose item an error is about, if it is about one: staff are told that rather than the number of an item.</summary>
    private CompiledQuestion? Asked(FhirError error, Protocol protocol)
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
}

/// <summary>What the form of a call says on some day.</summary>
/// <param name="Request">The request that it comes to, about no appointment in particular; null when it cannot be used.</param>
/// <param name="Errors">What is wrong with it, each with the question that it is about, if it is about one; empty when nothing is.</param>
internal sealed record SaidInCall(ScreeningRequest? Request, IReadOnlyList<(FhirError Error, CompiledQuestion? Asked)> Errors);
