using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Microsoft.OpenApi;
using NodaTime.Text;
using Screening.Api.Fhir;
using Screening.Api.Http;
using Screening.Api.Screenings;
using Screening.Fhir;
using Screening.Fhir.Narratives;
using Screening.Fhir.Questionnaires;
using Screening.Fhir.Reading;
using Screening.Fhir.Results;
using Screening.Fhir.Service;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>Examples of FHIR resources, produced by the service's own code from the example of a deferred screening request.</summary>
internal sealed class FhirExamples(ProtocolCatalog catalog, RequestExamples requests, PublicAddress address)
{
    private static readonly EnvelopeLimits Limits = new ScreeningEnvelopeValidator().Validate;

    /// <summary>The name of the screening example.</summary>
    public static string Name { get; } = WireName.Of(Eligibility.Deferred);

    /// <summary>The name of the example of <c>$populate</c>.</summary>
    public const string PopulateName = "from-record";

    /// <summary>A one-sentence summary of that example.</summary>
    public const string PopulateSummary = "An order of a medicine suggests an answer.";

    /// <summary>The placeholders for FHIR's own schemas.</summary>
    public static IReadOnlyList<Type> Shapes { get; } =
    [
        typeof(FhirCapabilityStatement), typeof(FhirOperationDefinition), typeof(FhirQuestionnaire), typeof(FhirSearchBundle),
        typeof(FhirParameters), typeof(FhirPopulateParameters), typeof(FhirPopulatedForm), typeof(FhirBundle), typeof(FhirOutcome),
    ];

    /// <summary>A one-sentence summary of the screening example.</summary>
    public string Summary => Request.Summary;

    private (string Name, string Summary, JsonObject Request) Request => requests.All.Find(example => example.Name == Name);

    /// <summary>
    /// Returns the schema of a placeholder: an object with the name of its resource. A request body has no type, since it may be XML.
    /// </summary>
    public static OpenApiSchema SchemaOf(Type shape) => new()
    {
        Description = $"A FHIR R4 resource: {ResourceOf(shape)}.",
        Type = shape == typeof(FhirParameters) || shape == typeof(FhirPopulateParameters) ? null : JsonSchemaType.Object,
    };

    private static string ResourceOf(Type shape) =>
        shape == typeof(FhirSearchBundle) ? nameof(Bundle)
        : shape == typeof(FhirPopulateParameters) || shape == typeof(FhirPopulatedForm) ? nameof(Hl7.Fhir.Model.Parameters)
        : shape.Name["Fhir".Length..];

    /// <summary>Returns the body of a screening in a media type.</summary>
    public JsonNode Parameters(string mediaType) => In(mediaType, ParametersOf(Read()));

    /// <summary>Returns the body of a call of <c>$populate</c> in a media type.</summary>
    public JsonNode PopulateParameters(string mediaType) => In(mediaType, PopulateParameters());

    /// <summary>Returns an example of a response, its name and a one-sentence summary; null when it is not a FHIR response.</summary>
    public (string Name, string Summary, JsonNode Value)? Of(ResponseDescription response, Type? body) =>
        response.Outcome is { } kind ? (kind.Code, kind.Explanation.Meaning.En, Json(body == typeof(FhirPopulateParameters) ? PopulateOutcome(kind) : Outcome(kind)))
        : response.Type == typeof(FhirPopulatedForm) ? (PopulateName, PopulateSummary, Json(Populated()))
        : response.Type == typeof(FhirCapabilityStatement)
            ? ("capabilities", "What the service can do.", Json(CapabilityStatements.Build(ServiceVersion.Text)))
        : response.Type == typeof(FhirOperationDefinition)
            ? ("screen", "The parameters of the operation.", Json(OperationDefinitions.OfScreen(ServiceVersion.Text, Canonicals.Screen)))
        : response.Type == typeof(FhirSearchBundle)
            ? ("none",
                "No form has this name.",
                Json(QuestionnaireSearch.Bundle(address.Configured + "/fhir/Questionnaire?url=urn%3Aexample", [])))
        : response.Type == typeof(FhirQuestionnaire)
            ? ("shortened",
                "The first item, with its first option.",
                Json(Shortened(QuestionnaireBuilder.Build(catalog.Families[0].Versions[^1], Language.English))))
        : response.Type == typeof(FhirBundle) ? (Name, Summary, Json(Bundle(Read())))
        : null;

    /// <summary>Creates the parameters of a screening.</summary>
    public static Parameters ParametersOf(ScreeningRequest request)
    {
        var start = request.Appointment.Start!.Value;
        return new Parameters
        {
            Parameter =
            [
                new() { Name = "questionnaireResponse", Resource = Response(request) },
                new()
                {
                    Name = "appointment",
                    Resource = new Hl7.Fhir.Model.Appointment
                    {
                        Status = Hl7.Fhir.Model.Appointment.AppointmentStatus.Booked,
                        StartElement = new() { JsonValue = OffsetDateTimePattern.Rfc3339.Format(start.ToOffsetDateTime()) },
                        EndElement = new() { JsonValue = OffsetDateTimePattern.Rfc3339.Format(start.PlusHours(1).ToOffsetDateTime()) },
                        Participant = [new() { Actor = new ResourceReference("Patient/example"), Status = ParticipationStatus.Accepted }],
                    },
                },
                new() { Name = "timeZone", Value = new FhirString(request.Appointment.Zone.Id) },
                new() { Name = "asOf", Value = new Instant { JsonValue = InstantPattern.ExtendedIso.Format(request.AsOf) } },
            ],
        };
    }

    private static QuestionnaireResponse Response(ScreeningRequest request)
    {
        var response = ResponseBuilder.Build(request.Intake, Language.English);
        response.AuthoredElement = new FhirDateTime(InstantPattern.General.Format(request.AsOf));
        return response;
    }

    private Bundle Bundle(ScreeningRequest example)
    {
        var family = catalog.Find(example.Intake.Protocol.Id)!;
        var read = ScreenParameters.Read(ParametersOf(example), family, FormNames.OwnAlone, Limits, example.AsOf);

        // The version in force at the example's as-of date may be an older one that does not have all of its questions.
        var request = read.Request ?? example;
        return ScreenBundle.Of(new ScreenResult
        {
            Decision = Screener.Screen(request.Intake, request.Appointment, request.Today),
            Id = ResponseExamples.DecisionId,
            AsOf = request.AsOf,
            Language = Language.English,
            Seed = read.Request is null ? DecisionInputs.Of(example).ToBytes() : read.Seed(),
            Subject = read.Subject,
            ResponseAt = read.ResponseAt,
            Authored = read.Authored,
        });
    }

    /// <summary>Creates the outcome of a problem. For errors in the body: all parameters are missing, or an item is unknown.</summary>
    private OperationOutcome Outcome(ProblemKind kind)
    {
        if (kind != ProblemKind.InvalidRequest && kind != ProblemKind.UnscreenableRequest)
        {
            return OperationOutcomes.Of(kind.Code, kind.Status, kind.Explanation, ResponseExamples.TraceId, Language.English);
        }

        var request = Read();
        var parameters = kind == ProblemKind.InvalidRequest ? new Parameters() : ParametersOf(request);
        if (kind == ProblemKind.UnscreenableRequest)
        {
            ((QuestionnaireResponse)parameters.Parameter[0].Resource!).Item[0].LinkId += "s";
        }

        var family = catalog.Find(request.Intake.Protocol.Id)!;
        var read = ScreenParameters.Read(parameters, family, FormNames.OwnAlone, Limits, NodaTime.Instant.FromUnixTimeSeconds(0));
        return OperationOutcomes.Of(read.Errors, ResponseExamples.TraceId, Language.English);
    }

    /// <summary>Creates the outcome of a problem of <c>$populate</c>. For errors in the body: all parameters are missing, or the zone is unknown.</summary>
    private OperationOutcome PopulateOutcome(ProblemKind kind)
    {
        if (kind != ProblemKind.InvalidRequest && kind != ProblemKind.UnscreenableRequest)
        {
            return Outcome(kind);
        }

        var parameters = kind == ProblemKind.InvalidRequest ? new Parameters() : PopulateParameters();
        foreach (var zone in parameters.Parameter.Where(parameter => parameter.Name == "timeZone"))
        {
            zone.Value = new FhirString("New York");
        }

        return OperationOutcomes.Of(Read(parameters).Errors, ResponseExamples.TraceId, Language.English);
    }

    /// <summary>Creates a call with one medicine of the protocol in the record.</summary>
    private Parameters PopulateParameters()
    {
        var coding = catalog.Families[0].Versions[^1].Document.Codes.Where(codes => codes.Entries.Contains(RecordKind.Medication))
            .SelectMany(codes => codes.Codings).FirstOrDefault();
        var order = new MedicationRequest
        {
            Id = "order-1",
            Status = MedicationRequest.MedicationrequestStatus.Active,
            Intent = MedicationRequest.MedicationRequestIntent.Order,
            Subject = new ResourceReference("Patient/example"),
            Medication = coding is null ? new CodeableConcept { Text = "-" } : new CodeableConcept(coding.System, coding.Code, coding.Display, null),
        };
        return new Parameters
        {
            Parameter =
            [
                new() { Name = "subject", Value = new ResourceReference("Patient/example") },
                new()
                {
                    Name = "context",
                    Part = [new() { Name = "name", Value = new FhirString("medications") }, new() { Name = "content", Resource = order }],
                },
                new() { Name = "timeZone", Value = new FhirString("America/New_York") },
                new() { Name = "asOf", Value = new Instant { JsonValue = InstantPattern.ExtendedIso.Format(Read().AsOf) } },
            ],
        };
    }

    private Screening.Fhir.Reading.PopulateParameters Read(Parameters parameters) =>
        Screening.Fhir.Reading.PopulateParameters.Read(parameters, catalog.Families[0], null, NodaTime.Instant.FromUnixTimeSeconds(0));

    private Parameters Populated()
    {
        var read = Read(PopulateParameters());
        return read.Request is not { } request ? new Parameters() : new PopulatedForm
        {
            Request = request,
            Subject = read.Subject!,
            Language = Language.English,
            HasRecord = read.HasRecord,
        }.ToParameters();
    }

    /// <summary>Reads the example of a screening.</summary>
    private ScreeningRequest Read() => requests.Read(Request.Request, new InputErrors())!;

    private static Questionnaire Shortened(Questionnaire questionnaire)
    {
        questionnaire.Item = questionnaire.Item[..1];
        questionnaire.Item[0].AnswerOption = questionnaire.Item[0].AnswerOption[..1];
        questionnaire.Text = ResourceNarratives.Of(questionnaire, Language.English);
        return questionnaire;
    }

    private static JsonNode In(string mediaType, Parameters parameters) => mediaType.EndsWith("xml", StringComparison.Ordinal)
        ? JsonValue.Create(Encoding.UTF8.GetString(FhirFormat.Xml.Write(parameters)))
        : Json(parameters);

    private static JsonNode Json(Resource resource) => JsonNode.Parse(FhirFormat.Json.Write(resource))!;
}
