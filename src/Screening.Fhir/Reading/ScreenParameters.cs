using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;
using NodaTime;
using Screening.Fhir.Record;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.Reading;

/// <summary>The parameters of <c>$screen</c>, and the screening request made of them.</summary>
public sealed class ScreenParameters
{
    private const string Root = NamedParameters.Root;

    private readonly NamedParameters named;

    private readonly EnvelopeParameters envelope;

    private ScreenParameters(InputErrors errors)
    {
        (Errors, envelope) = (errors, new EnvelopeParameters(errors));
        named = new NamedParameters(["questionnaireResponse", "appointment", "timeZone", "asOf", "record"], FhirAccepted.Parameters, errors);
    }

    /// <summary>Every error in the parameters, each at its FHIRPath.</summary>
    public InputErrors Errors { get; }

    /// <summary>The request, with its answers reconciled with the record; null when there is any error.</summary>
    public ScreeningRequest? Request { get; private set; }

    /// <summary>The screened response, if it was sent.</summary>
    public QuestionnaireResponse? Response { get; private set; }

    /// <summary>FHIRPath to <see cref="Response"/>.</summary>
    public string ResponseAt { get; private set; } = Root;

    /// <summary>The date on which the response was filled in, as precise as stated; null when not stated.</summary>
    public PartialDate? Authored => FilledInTime.DateOf(AuthoredText);

    /// <summary>The same with its time; null when not stated.</summary>
    public FilledInTime? FilledIn => FilledInTime.Read(AuthoredText);

    /// <summary>The appointment, if it was sent.</summary>
    public Hl7.Fhir.Model.Appointment? Appointment { get; private set; }

    /// <summary>The record; null when none was sent.</summary>
    public Bundle? Record { get; private set; }

    /// <summary>FHIRPath to <see cref="Record"/>.</summary>
    public string RecordAt { get; private set; } = Root;

    /// <summary>The patient; null when not stated.</summary>
    public ResourceReference? Subject { get; private set; }

    /// <summary>Reads the parameters of a request about a protocol.</summary>
    /// <param name="parameters">The parameters, valid in FHIR.</param>
    /// <param name="family">The protocol, whose version depends on the as-of date.</param>
    /// <param name="names">The accepted names of a form's questionnaire.</param>
    /// <param name="checkLimits">Checks the limits of the clearances and slots.</param>
    /// <param name="now">The request's single reading of the clock, used only when there is no <c>asOf</c>.</param>
    /// <param name="errors">Receives the errors; by default a new list.</param>
    public static ScreenParameters Read(
        Parameters parameters, ProtocolFamily family, FormNames names, EnvelopeLimits checkLimits, Instant now, InputErrors? errors = null)
    {
        var read = new ScreenParameters(errors ?? ResourceReader.NewErrors());
        read.named.Find(parameters, read.envelope.TryAdd);
        read.named.Require("questionnaireResponse", "appointment");
        read.Request = read.Validate(family, names, checkLimits, now);
        return read;
    }

    /// <summary>Bytes that are equal whenever the same is screened as of the same instant; only for a valid request.</summary>
    public byte[] Seed() =>
    [
        .. DecisionInputs.Of(Request!).ToBytes(),
        .. Record is null ? [] : FhirFormat.Json.Write(Record),
        .. Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"\n{Request!.AsOf.ToUnixTimeTicks()}\n{Subject?.Reference}\n{Response?.Id}")),
        .. envelope.Seed(),
    ];

    private string? AuthoredText => Response?.AuthoredElement?.JsonValue as string;

    private ScreeningRequest? Validate(ProtocolFamily family, FormNames names, EnvelopeLimits checkLimits, Instant now)
    {
        var appointmentAt = string.Empty;
        if (named.Take<Hl7.Fhir.Model.Appointment>("appointment") is (var appointment, var at))
        {
            (Appointment, appointmentAt) = (appointment, at);
        }

        if (named.Take<Bundle>("record") is (var record, var recordAt))
        {
            (Record, RecordAt) = (record, recordAt);
        }

        var stated = new StatedRequest
        {
            Protocol = new ProtocolSelector(family, null),
            Zone = ReadZone(appointmentAt),
            AsOf = named.AsOf(),
            Envelope = envelope.Read(checkLimits),
        };
        if (Appointment is { } booked)
        {
            var (start, end) = AppointmentReader.Read(booked, appointmentAt, Errors);
            stated = stated with { Start = start, End = end };
        }

        var places = new RequestPlaces
        {
            Protocol = named.At("asOf") ?? Root,
            Start = appointmentAt + ".start",
            End = appointmentAt + ".end",
            Slot = envelope.SlotAt,
            ClearedRule = envelope.ClearedRuleAt,
            ClearanceDate = envelope.ClearanceDateAt,
        };
        var validation = new RequestValidation(stated, places, now, Errors);
        var answers = validation.Protocol is { } protocol ? new AnswerSheet(protocol) : null;
        if (named.Take<QuestionnaireResponse>("questionnaireResponse") is (var response, var responseAt))
        {
            (Response, ResponseAt) = (response, responseAt);

            // Without a version in force the latest is the best guess for the answers' questions.
            var read = ResponseReader.Read(response, responseAt, family, validation.Protocol ?? family.Versions[^1], names, Errors);
            answers = answers is null ? null : read;
            // An unreadable as-of is an error of its own and cannot be compared with the date of the form.
            var asOfInstant = stated.AsOf.Value?.ToInstant() ?? now;
            if ((stated.AsOf.Value is not null || !stated.AsOf.IsPresent)
                && FilledIn?.MayBeBefore(asOfInstant) == false)
            {
                Errors.Add(responseAt + ".authored", ErrorCode.DateAfterAsOf);
            }
        }

        Subject = Patients.Subject(this, named.At("questionnaireResponse"), named.At("appointment"));
        return validation.Finish(
            answers, Record is not null && stated.Zone is { } recorded ? RecordReader.Read([Record], recorded) : null);
    }

    /// <summary>The clinic's zone, from the parameter, the Appointment, or the place of the Appointment.</summary>
    private DateTimeZone? ReadZone(string appointmentAt)
    {
        var statements = new List<ZoneStatement>();
        if (named.At("timeZone") is not null)
        {
            if (named.Zone() is not { } zone)
            {
                return null;
            }

            statements.Add(zone);
        }

        if (Appointment is { } appointment)
        {
            statements.AddRange(RecordPlaces.StatementsOf(appointment, appointmentAt, Record, RecordAt));
        }

        if (statements.Count == 0)
        {
            Errors.Add(Root, ErrorCode.MissingMember, Words.Text("fhir.zoneForm"), Words.Text("fhir.zoneNeeded"));
        }

        return ZoneStatement.Agreed(statements, Errors);
    }
}
