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
/// The content of a call as screening requests like those of every API. A call may hold a hundred appointments and a record of a mebibyte,
/// so everything that several of them share is read once.
/// </summary>
internal sealed class HookCallContext
{
    private const string ResponseAt = nameof(QuestionnaireResponse);
    private const string AppointmentAt = nameof(Hl7.Fhir.Model.Appointment);

    private static readonly RequestPlaces Places = new()
    {
        Protocol = ResponseAt + ".questionnaire",
        Start = AppointmentAt + ".start",
        End = AppointmentAt + ".end",
    };

    private readonly InputErrors formErrors = ResourceReader.NewErrors();
    private readonly QuestionnaireResponse? response;
    private readonly FormNames names;
    private readonly Dictionary<LocalDate, FormResult> answers = [];
    private readonly Dictionary<DateTimeZone, IReadOnlyList<RecordEntry>> recordsByZone = [];
    private readonly Dictionary<(LocalDate Today, IReadOnlyList<RecordEntry> Recorded), Intake> intakes = [];

    /// <summary>Prepares a call.</summary>
    /// <param name="call">The call, with the form whose answers count.</param>
    /// <param name="names">The accepted names of a form's questionnaire.</param>
    /// <param name="now">The call's single reading of the clock.</param>
    /// <param name="cancellation">Cancels the reading of the form.</param>
    public HookCallContext(HookScreenings call, FormNames names, Instant now, CancellationToken cancellation)
    {
        Call = call;
        AnsweredForm = call.AnsweredForm;
        Now = now;
        this.names = names;

        // Strictly: a misread answer could make a patient eligible.
        response = call.Form.Response is { } json
            ? ResourceReader.Read<QuestionnaireResponse>(
                JsonSerializer.SerializeToUtf8Bytes(json), FhirFormat.Json, formErrors, call.Protocol, cancellation)
            : null;
    }

    /// <summary>The call.</summary>
    public HookScreenings Call { get; }

    /// <summary>The form whose answers count, and what was not seen beside it.</summary>
    public AnsweredForm AnsweredForm { get; }

    /// <summary>The call's single reading of the clock.</summary>
    public Instant Now { get; }

    /// <summary>The error for answers with too many events for the number of appointments.</summary>
    public static IReadOnlyList<AnswerError> TooMany { get; } =
        [new(new InputError(ResponseAt, ErrorCode.TooMany), null)];

    /// <summary>The answers. They depend on the appointment only through today's date at the clinic.</summary>
    public FormResult Answers(DateTimeZone zone)
    {
        var today = zone.DateAt(Now);
        return answers.TryGetValue(today, out var known) ? known : answers[today] = Read(zone);
    }

    /// <summary>An appointment in the clinic's zone; null, with the errors reported, when its times are invalid.</summary>
    public Rules.Appointment? When(ProposedAppointment? proposed, DateTimeZone zone, InputErrors errors)
    {
        var appointment = new RequestValidation(Stated(zone, proposed), Places, Now, errors).Appointment;
        return errors.Any ? null : appointment;
    }

    /// <summary>The answers reconciled with the record; call only for valid answers.</summary>
    /// <param name="zone">The clinic's zone, which determines today's date.</param>
    /// <param name="zoneOfRecord">The zone in which times of the record become dates.</param>
    public Intake Reconciled(DateTimeZone zone, DateTimeZone zoneOfRecord)
    {
        var key = (Today: zone.DateAt(Now), Recorded: Recorded(zoneOfRecord));
        if (!intakes.TryGetValue(key, out var intake))
        {
            intakes.Add(key, intake = RecordReconciliation.Reconcile(Answers(zone).Request!.Intake, key.Recorded, key.Today));
        }

        return intake;
    }

    private FormResult Read(DateTimeZone zone)
    {
        var errors = ResourceReader.NewErrors();
        var validation = new RequestValidation(Stated(zone, null), Places, Now, errors);
        var protocol = validation.Protocol ?? Call.Protocol;
        var sheet = response is null
            ? new AnswerSheet(protocol)
            : ResponseReader.Read(response, ResponseAt, Call.Service.Family, protocol, names, errors);
        var request = validation.Finish(sheet);
        var all = formErrors.All.Concat(errors.All).Select(error => new AnswerError(error, Asked(error, protocol))).ToList();
        return new FormResult(all.Count == 0 ? request : null, all);
    }

    private StatedRequest Stated(DateTimeZone zone, ProposedAppointment? proposed) => new()
    {
        Protocol = new ProtocolSelector(Call.Service.Family, null),
        Zone = zone,
        Start = new(proposed?.Start is not null, proposed?.Start),
        End = new(proposed?.End is not null, proposed?.End),
    };

    /// <summary>The record. Returns the same list for every zone that gives the same dates, since a zone affects nothing else.</summary>
    private IReadOnlyList<RecordEntry> Recorded(DateTimeZone zone)
    {
        if (!recordsByZone.TryGetValue(zone, out var entries))
        {
            entries = RecordReader.Read(Call.Record.Resources, zone);
            var dates = entries.Select(Dates);
            entries = recordsByZone.Values.FirstOrDefault(known => known.Select(Dates).SequenceEqual(dates)) ?? entries;
            recordsByZone.Add(zone, entries);
        }

        return entries;

        static (PartialDate? Since, PartialDate? On, PartialDate? Ended) Dates(RecordEntry entry) => (entry.Since, entry.On, entry.Ended);
    }

    /// <summary>
    /// The question that an error is about, if any: staff see it instead of an item number. It is looked up in the form as received, which
    /// may be unreadable.
    /// </summary>
    private CompiledQuestion? Asked(InputError error, Protocol protocol)
    {
        const string Item = "item[";
        if (Call.Form.Response is not { } owner || !error.Place.StartsWith(ResponseAt + "." + Item, StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var step in error.Place.Split('.').Skip(1))
        {
            if (!step.StartsWith(Item, StringComparison.Ordinal)
                || !int.TryParse(step.AsSpan()[Item.Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var i)
                || !owner.TryGetProperty("item", out var items) || items.ValueKind != JsonValueKind.Array || i >= items.GetArrayLength()
                || items[i].ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // A group item leads to the item in question.
            owner = items[i];
            if (ResourceJson.Text(owner, "linkId") is { } linkId && protocol.Questions
                .FirstOrDefault(question => (linkId + ".").StartsWith(question.Id + ".", StringComparison.Ordinal)) is { } asked)
            {
                return asked;
            }
        }

        return null;
    }
}

/// <summary>The answers of a call's form on a day.</summary>
/// <param name="Request">Their request, without an appointment; null when they cannot be used.</param>
/// <param name="Errors">Their errors; empty when there are none.</param>
internal sealed record FormResult(ScreeningRequest? Request, IReadOnlyList<AnswerError> Errors);

/// <summary>An error in the input of a screening.</summary>
/// <param name="Error">The error and its location.</param>
/// <param name="Asked">The question that it is about, if any.</param>
public readonly record struct AnswerError(InputError Error, CompiledQuestion? Asked);
