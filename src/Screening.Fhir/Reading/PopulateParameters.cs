using System.Globalization;
using Hl7.Fhir.Model;
using NodaTime;
using Screening.Fhir.Record;
using Screening.Rules;
using Instant = NodaTime.Instant;
using Parameter = Hl7.Fhir.Model.Parameters.ParameterComponent;

namespace Screening.Fhir.Reading;

/// <summary>
/// The parameters of <c>$populate</c> (http://hl7.org/fhir/uv/sdc/OperationDefinition/Questionnaire-populate), and the request made of them:
/// an intake without answers, reconciled with the record.
/// </summary>
public sealed class PopulateParameters
{
    private const string Root = NamedParameters.Root;
    private const string Subjects = "subject";
    private const string Local = "local";

    private static readonly string[] Own = [Subjects, Local, "timeZone", "asOf", ScreenBody.RecordParameter];

    // The form is that of the address: SDC has them ignored there.
    private static readonly string[] OfOtherForms = ["identifier", "canonical", "questionnaire", "questionnaireRef", "launchContext"];

    private readonly NamedParameters named;
    private readonly List<(Resource Resource, string At)> record = [];
    private readonly List<(ResourceReference Reference, string At)> references = [];

    private PopulateParameters(InputErrors errors)
    {
        Errors = errors;
        named = new NamedParameters([.. Own, .. OfOtherForms], FhirAccepted.Values([.. Own, ScreenBody.ContextParameter]), errors);
    }

    private static LocalizedText Parts => Accepted.Naming("fhir.parts", "values", ["name", ScreenBody.ContentPart]);

    /// <summary>Every error in the parameters, each at its FHIRPath.</summary>
    public InputErrors Errors { get; }

    /// <summary>The request; null when there is any error.</summary>
    public ScreeningRequest? Request { get; private set; }

    /// <summary>The patient.</summary>
    public ResourceReference? Subject { get; private set; }

    /// <summary>True when something of a record was sent, even an empty Bundle.</summary>
    public bool HasRecord => record.Count + references.Count > 0;

    /// <summary>True when the service is asked to add what it knows itself.</summary>
    public bool AsksForLocal { get; private set; }

    /// <summary>Reads the parameters of a request about a protocol.</summary>
    /// <param name="parameters">The parameters, valid in FHIR.</param>
    /// <param name="family">The protocol, whose version depends on the as-of date.</param>
    /// <param name="clinic">The clinic's zone, for requests without one; null when it is not known.</param>
    /// <param name="now">The request's single reading of the clock, used only when there is no <c>asOf</c>.</param>
    /// <param name="errors">Receives the errors; by default a new list.</param>
    public static PopulateParameters Read(
        Parameters parameters, ProtocolFamily family, DateTimeZone? clinic, Instant now, InputErrors? errors = null)
    {
        var read = new PopulateParameters(errors ?? ResourceReader.NewErrors());
        read.named.Find(parameters, read.TryAddContext);
        read.named.Require(clinic is null ? [Subjects, "timeZone"] : [Subjects]);
        read.Request = read.Validate(family, clinic, now);
        return read;
    }

    /// <summary>The gaps of the record, and what a context only refers to; only for a valid request.</summary>
    public IReadOnlyList<RecordGap> Gaps()
    {
        var sent = new RecordResources(record);
        var notSent = references.Where(one => one.Reference.Reference is not { } target || target.StartsWith('#') || !sent.FindAll(one.Reference, new Parameters()).Any())
            .Select(one => new RecordGap(RecordGapKind.NotSent, one.At));
        return [.. notSent, .. RecordGaps.OfSingle(record), .. RecordGaps.Of(record, Request!.Intake.Protocol.RecordVocabulary)];
    }

    private ScreeningRequest? Validate(ProtocolFamily family, DateTimeZone? clinic, Instant now)
    {
        Subject = ReadSubject();
        AsksForLocal = named.Value<FhirBoolean>(Local, "valueBoolean") is ({ Value: true }, _);
        if (named.Take<Bundle>(ScreenBody.RecordParameter) is (var bundle, var at))
        {
            record.Add((bundle, at));
        }

        if (Subject is { } subject)
        {
            Patients.Check(subject, record, Errors);
        }

        var stated = new StatedRequest
        {
            Protocol = new ProtocolSelector(family, null),
            Zone = named.At("timeZone") is null ? clinic : named.Zone() is { } zone ? ZoneStatement.Agreed([zone], Errors) : null,
            AsOf = named.AsOf(),
        };
        var places = new RequestPlaces { Protocol = named.At("asOf") ?? Root, Start = Root, End = Root };
        var validation = new RequestValidation(stated, places, now, Errors);
        return validation.Finish(
            validation.Protocol is { } protocol ? new AnswerSheet(protocol) : null,
            stated.Zone is { } recorded ? RecordReader.Read(record.Select(one => one.Resource), recorded) : null);
    }

    /// <summary>The patient by a reference that can be repeated in a response.</summary>
    private ResourceReference? ReadSubject()
    {
        if (named.Value<ResourceReference>(Subjects, "valueReference") is not (var subject, var at))
        {
            return null;
        }

        if (subject.Reference is not { } reference || !IsPatient(reference))
        {
            Errors.Add(at, ErrorCode.MissingMember, Words.Text("populate.subject"));
            return null;
        }

        return new ResourceReference(reference);
    }

    private static bool IsPatient(string reference) => PatientName.Of(reference) is { IsById: true, Id.Length: > 0, Server: var server }
        && (server is null || (Uri.TryCreate(server, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)));

    /// <summary>Takes a context: whatever its name, its content is part of the record.</summary>
    private bool TryAddContext(Parameter context, string at)
    {
        if (context.Name != ScreenBody.ContextParameter)
        {
            return false;
        }

        if (context is not { Value: null, Resource: null, Part.Count: > 0 })
        {
            Errors.Add(at, ErrorCode.WrongType, Parts);
        }

        foreach (var (i, part) in context.Part.Index())
        {
            var partAt = string.Create(CultureInfo.InvariantCulture, $"{at}.part[{i}]");
            Modifiers.Check(part.ModifierExtension, partAt, Errors);
            switch (part)
            {
                case { Name: ScreenBody.ContentPart, Resource: { } resource, Part.Count: 0 }:
                    record.Add((resource, partAt + ".resource"));
                    break;
                case { Name: ScreenBody.ContentPart, Value: ResourceReference reference, Part.Count: 0 }:
                    references.Add((reference, partAt + ".value"));
                    break;
                case { Name: "name", Value: FhirString or Code, Part.Count: 0 }:
                    break;
                case { Name: ScreenBody.ContentPart or "name" }:
                    Errors.Add(partAt, ErrorCode.WrongType, Words.Text("populate.part"));
                    break;
                default:
                    Errors.Add(partAt, ErrorCode.UnknownMember, Parts);
                    break;
            }
        }

        return true;
    }
}
