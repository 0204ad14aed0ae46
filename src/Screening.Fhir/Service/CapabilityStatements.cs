using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;
using TypeRestfulInteraction = Hl7.Fhir.Model.CapabilityStatement.TypeRestfulInteraction;

namespace Screening.Fhir.Service;

/// <summary>The service's FHIR CapabilityStatement.</summary>
public static class CapabilityStatements
{
    /// <summary>Update together with <see cref="Build"/>.</summary>
    private const string Date = "2026-11-28";

    /// <summary>The statement; the same for every caller.</summary>
    /// <param name="version">The service's version.</param>
    /// <param name="screen">The canonical URL of the definition of <c>$screen</c>.</param>
    /// <param name="address">The absolute URL that every FHIR address begins with; null where it is not known.</param>
    public static CapabilityStatement Build(string version, string screen = Canonicals.Screen, string? address = null)
    {
        var statement = Statement(version, screen, address);
        statement.Text = ResourceNarratives.Of(statement);
        return statement;
    }

    private static CapabilityStatement Statement(string version, string screen, string? address) => new()
    {
        Language = Language.English.Tag,
        Name = "ScreeningApi",
        Status = PublicationStatus.Active,
        Date = Date,
        Kind = CapabilityStatementKind.Instance,
        Software = new CapabilityStatement.SoftwareComponent { Name = "Screening API", Version = version },
        Implementation = new CapabilityStatement.ImplementationComponent
        {
            Description = "May this person have this treatment on this day? Intake forms as Questionnaires, and decisions on their responses. Nothing is kept.",
            Url = address,
        },
        FhirVersion = FHIRVersion.N4_0_1,
        Format = [FhirFormat.Json.MediaType(), FhirFormat.Xml.MediaType()],
        Rest =
        [
            new CapabilityStatement.RestComponent
            {
                Mode = CapabilityStatement.RestfulCapabilityMode.Server,
                Resource =
                [
                    new CapabilityStatement.ResourceComponent
                    {
                        Type = nameof(Questionnaire),
                        Documentation = $"One for each protocol, by the protocol's id: the version that is in force today, in {Language.Names} by Accept-Language.",
                        Interaction = [Interaction(TypeRestfulInteraction.Read), Interaction(TypeRestfulInteraction.SearchType)],
                        SearchParam =
                        [
                            Search(
                                "url",
                                SearchParamType.Uri,
                                "The form's canonical URL, perhaps with |version, or another name under which completed forms are "
                                + "accepted. Required."),
                            Search("version", SearchParamType.Token, "The form's version; the one that is in force today, if absent."),
                        ],
                        Versioning = CapabilityStatement.ResourceVersionPolicy.NoVersion,
                        Operation =
                        [
                            new CapabilityStatement.OperationComponent
                            {
                                Name = OperationDefinitions.Screen,
                                Definition = screen,
                                Documentation = "POST Questionnaire/[id]/$screen with Parameters: questionnaireResponse (QuestionnaireResponse), appointment (Appointment), timeZone (string, the clinic's IANA zone), "
                                    + "optionally asOf (instant), record (Bundle), slot (dateTime or instant, repeating) and clearance (parts ruleId, by, on, note, repeating). Returns a Bundle of a GuidanceResponse with the decision in its outputParameters, a DetectedIssue for each reason and, when bookable, a CarePlan; "
                                    + "with the header Prefer: receipt also a Provenance of the GuidanceResponse, whose signature is a proof of the decision.",
                            },
                            new CapabilityStatement.OperationComponent
                            {
                                Name = OperationDefinitions.Populate,
                                Definition = Canonicals.StandardPopulate,
                                Documentation = "POST Questionnaire/[id]/$populate with Parameters: subject (Reference), context (parts name and content, repeating), timeZone (string, the clinic's IANA zone, unless the "
                                    + "service is set up with one), optionally record (Bundle), asOf (instant) and local. Returns Parameters: response, a QuestionnaireResponse in progress with marked suggestions, and issues.",
                            },
                        ],
                    },
                    new CapabilityStatement.ResourceComponent
                    {
                        Type = nameof(OperationDefinition),
                        Documentation = "The definitions of $screen and $populate, the latter in terms of Structured Data Capture's.",
                        Interaction = [Interaction(TypeRestfulInteraction.Read)],
                        Versioning = CapabilityStatement.ResourceVersionPolicy.NoVersion,
                    },
                ],
            },
        ],
    };

    private static CapabilityStatement.ResourceInteractionComponent Interaction(TypeRestfulInteraction code) => new() { Code = code };

    private static CapabilityStatement.SearchParamComponent Search(string name, SearchParamType type, string documentation) =>
        new() { Name = name, Type = type, Documentation = documentation };
}
