using System.Globalization;
using System.Text;
using Hl7.Fhir.Model;
using NodaTime;
using Screening.Rules;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.Reading;

/// <summary>The parameters of <c>$screen</c>, rewritten to a screening request.</summary>
public sealed class ScreenParameters
{
    private const string Root = nameof(Parameters);

    private readonly Dictionary<string, (Parameters.ParameterComponent Parameter, string At)> found = new(StringComparer.Ordinal);

    private ScreenParameters()
    {
    }

    /// <summary>The request, with what is wrong so far.</summary>
    public RestRequest Request { get; } = new();

    /// <summary>The response that was screened, if it was there.</summary>
    public QuestionnaireResponse? Response { get; private set; }

    /// <summary>The appointment, if it was there.</summary>
    public Hl7.Fhir.Model.Appointment? Appointment { get; private set; }

    /// <summary>What the record holds; null when none was sent.</summary>
    public Bundle? Record { get; private set; }

    /// <summary>FHIRPath to <see cref="Record"/>.</summary>
    public string RecordAt { get; private set; } = Root;

    /// <summary>Who it is about; null when nothing says so.</summary>
    public ResourceReference? Subject { get; private set; }

    /// <summary>Reads the parameters of a request about a protocol.</summary>
    /// <param name="parameters">The parameters, free of what FHIR itself forbids.</param>
    /// <param name="family">The protocol; the as-of date picks the version.</param>
    /// <param name="now">The request's one reading of the clock; counts only when there is no <c>asOf</c>.</param>
    public static ScreenParameters Read(Parameters parameters, ProtocolFamily family, Instant now)
    {
        var read = new ScreenParameters();
        read.Find(parameters);
        read.Request.Say("/protocol", family.Id, read.found.TryGetValue("asOf", out var stated) ? stated.At : Root);
        var zone = read.ReadZone();
        var asOf = read.ReadAsOf(now);
        if (read.Take<Hl7.Fhir.Model.Appointment>("appointment", "/appointment") is (var appointment, var appointmentAt))
        {
            read.Appointment = appointment;
            AppointmentRewriter.Write(appointment, appointmentAt, read.Request);
        }

        if (read.Take<QuestionnaireResponse>("questionnaireResponse", "/answers") is (var response, var responseAt))
        {
            // While the date is not known, the latest version is the best guess at what the answers are to.
            var protocol = (zone is not null && asOf is { } instant ? family.InForce(instant.InZone(zone).Date) : null) ?? family.Versions[^1];
            read.Response = response;
            ResponseRewriter.Write(response, responseAt, family, protocol, read.Request);
        }

        if (read.found.ContainsKey("record") && read.Take<Bundle>("record", "/record") is (var record, var recordAt))
        {
            (read.Record, read.RecordAt) = (record, recordAt);
        }

        read.Subject = Patients.Subject(read, read.found.GetValueOrDefault("questionnaireResponse").At, read.found.GetValueOrDefault("appointment").At);
        return read;
    }

    /// <summary>Bytes that are the same whenever the same is screened as of the same instant.</summary>
    /// <param name="request">The request that was decided.</param>
    /// <param name="asOf">When its answers were true.</param>
    public byte[] Seed(ReadOnlySpan<byte> request, Instant asOf) =>
        [.. request, .. Record is null ? [] : FhirFormat.Json.Write(Record), .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{asOf.ToUnixTimeTicks()}\n{Subject?.Reference}\n{Response?.Id}"))];

    private void Find(Parameters parameters)
    {
        if (parameters.ImplicitRulesElement is not null)
        {
            Request.Errors.Add(Root + ".implicitRules", ErrorCode.UnknownMember, Modifiers.Detail);
        }

        for (var i = 0; i < parameters.Parameter.Count; i++)
        {
            var parameter = parameters.Parameter[i];
            var at = string.Create(CultureInfo.InvariantCulture, $"{Root}.parameter[{i}]");
            Modifiers.Check(parameter.ModifierExtension, at, Request.Errors);
            if (parameter.Name is not ("questionnaireResponse" or "appointment" or "timeZone" or "asOf" or "record"))
            {
                Request.Errors.Add(at, ErrorCode.UnknownMember, "The operation has no parameter of this name.");
            }
            else if (!found.TryAdd(parameter.Name, (parameter, at)))
            {
                Request.Errors.Add(at, ErrorCode.RepeatedMember, "This parameter stands more than once.");
            }
        }

        foreach (var (name, pointer) in new[] { ("questionnaireResponse", "/answers"), ("appointment", "/appointment"), ("timeZone", "/appointment/timeZone") })
        {
            if (!found.ContainsKey(name))
            {
                Request.Refuse(pointer, Root, ErrorCode.MissingMember);
            }
        }
    }

    private DateTimeZone? ReadZone()
    {
        if (!found.TryGetValue("timeZone", out var zone))
        {
            return null;
        }

        if (zone.Parameter is { Value: FhirString { Value: { } id }, Part.Count: 0 })
        {
            Request.Say("/appointment/timeZone", id, zone.At + ".value");
            return ClinicZones.Find(id);
        }

        Request.Say("/appointment/timeZone", null, zone.At);
        Request.Refuse("/appointment/timeZone", zone.At, ErrorCode.WrongType, "The parameter is a valueString.");
        return null;
    }

    private Instant? ReadAsOf(Instant now)
    {
        if (!found.TryGetValue("asOf", out var asOf))
        {
            return now;
        }

        if (asOf.Parameter is { Value: Hl7.Fhir.Model.Instant { JsonValue: string text }, Part.Count: 0 })
        {
            Request.Say("/asOf", text, asOf.At + ".value");
            return StatedTime.TryParse(Encoding.UTF8.GetBytes(text), out var time) && time.Offset is { } offset ? time.Local.WithOffset(offset).ToInstant() : null;
        }

        Request.Say("/asOf", null, asOf.At);
        Request.Refuse("/asOf", asOf.At, ErrorCode.WrongType, "The parameter is a valueInstant.");
        return null;
    }

    private (T Resource, string At)? Take<T>(string name, string pointer)
        where T : Resource
    {
        if (!found.TryGetValue(name, out var parameter))
        {
            return null;
        }

        if (parameter.Parameter is { Resource: T resource, Part.Count: 0 })
        {
            return (resource, parameter.At + ".resource");
        }

        Request.Refuse(pointer, parameter.At, ErrorCode.WrongType);
        return null;
    }
}
