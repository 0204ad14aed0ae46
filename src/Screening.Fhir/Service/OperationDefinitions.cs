using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;
using Parameter = Hl7.Fhir.Model.OperationDefinition.ParameterComponent;

namespace Screening.Fhir.Service;

/// <summary>The definitions of the operations.</summary>
public static class OperationDefinitions
{
    /// <summary>The id of the definition of <c>$screen</c>, and the code of the operation.</summary>
    public const string Screen = "screen";

    /// <summary>The id of the definition of <c>$populate</c>, and the code of the operation.</summary>
    public const string Populate = "populate";

    /// <summary>The definition of <c>$screen</c>; the same for every caller.</summary>
    /// <param name="version">The service's version.</param>
    /// <param name="url">The canonical URL: the address of the definition where it is known.</param>
    public static OperationDefinition OfScreen(string version, string url) => New(
        Screen,
        version,
        url,
        "Screen a completed intake form",
        "May this person have this treatment on this day? Decides on the answers of an intake form, the appointment and, "
            + "if sent, a health record. Nothing is kept.",
        ScreenParameters());

    /// <summary>The definition of <c>$populate</c>: Structured Data Capture's, as far as this service goes along with it.</summary>
    /// <inheritdoc cref="OfScreen"/>
    public static OperationDefinition OfPopulate(string version, string url)
    {
        var definition = New(
            Populate,
            version,
            url,
            "Fill in an intake form from a health record",
            "What does a health record suggest for the answers of an intake form? Fills in only what makes a decision worse, and marks it; "
                + "no answer counts as the person's until the person confirms it. Nothing is kept, and nothing is fetched.",
            PopulateParameters());
        definition.Base = Canonicals.StandardPopulate;
        return definition;
    }

    private static OperationDefinition New(
        string code, string version, string url, string title, string description, IEnumerable<Parameter> parameters)
    {
        var definition = new OperationDefinition
        {
            Id = code,
            Language = Language.English.Tag,
            Url = url,
            Version = version,
            Name = char.ToUpperInvariant(code[0]) + code[1..],
            Title = title,
            Status = PublicationStatus.Active,
            Kind = OperationDefinition.OperationKind.Operation,
            Description = description,
            AffectsState = false,
            Code = code,
            Resource = [ResourceType.Questionnaire],
            System = false,
            Type = false,
            Instance = true,
            Parameter = [.. parameters],
        };
        definition.Text = ResourceNarratives.Of(definition);
        return definition;
    }

    private static IEnumerable<Parameter> PopulateParameters() =>
    [
        In("subject", 1, "1", FHIRAllTypes.Reference, "The patient."),
        new Parameter
        {
            Name = "context",
            Use = OperationParameterUse.In,
            Min = 0,
            Max = "*",
            Documentation = "A part of the health record.",
            Part =
            [
                In("name", 0, "*", FHIRAllTypes.String, "Any name."),
                In(
                    "content",
                    0,
                    "*",
                    FHIRAllTypes.Resource,
                    "A resource or a Bundle. A Reference to something that does not come as well is named as a gap."),
            ],
        },
        In("record", 0, "1", FHIRAllTypes.Bundle, "A health record, as for $screen."),
        In("local", 0, "1", FHIRAllTypes.Boolean, "Whether to add what the service knows itself, which is nothing."),
        In(
            "timeZone",
            0,
            "1",
            FHIRAllTypes.String,
            "The clinic's IANA time zone, such as America/New_York. Required where the service is not set up with one."),
        In("asOf", 0, "1", FHIRAllTypes.Instant, "The instant of the answers; now, if absent."),
        Out("response", FHIRAllTypes.QuestionnaireResponse, "The form with the suggested answers, for the person to check and complete."),
        Out("issues", FHIRAllTypes.OperationOutcome, "What each suggestion comes from, what is left open, and what could not be read."),
    ];

    private static IEnumerable<Parameter> ScreenParameters() =>
    [
        In("questionnaireResponse", 1, "1", FHIRAllTypes.QuestionnaireResponse, "The completed or amended intake form."),
        In("appointment", 1, "1", FHIRAllTypes.Appointment, "The appointment. Without a start the question is whether it could be today."),
        In(
            "timeZone",
            0,
            "1",
            FHIRAllTypes.String,
            "The clinic's IANA time zone, such as America/New_York. Required where the appointment does not name it."),
        In("asOf", 0, "1", FHIRAllTypes.Instant, "When the answers were true; now, if absent."),
        In("record", 0, "1", FHIRAllTypes.Bundle, "A health record. It can make an answer worse, never better."),
        In(
            "slot",
            0,
            "*",
            FHIRAllTypes.DateTime,
            "Another time, with an offset, for which the decision states whether it can be booked; at most 100."),
        new Parameter
        {
            Name = "clearance",
            Use = OperationParameterUse.In,
            Min = 0,
            Max = "*",
            Documentation = "A review finding that a clinician has cleared; at most 100.",
            Part =
            [
                In("ruleId", 1, "1", FHIRAllTypes.Code, "The rule whose finding is cleared."),
                In("by", 1, "1", FHIRAllTypes.String, "The clinician."),
                In("on", 1, "1", FHIRAllTypes.Date, "The date of the clearance, not after the as-of date."),
                In("note", 0, "1", FHIRAllTypes.String, "The clinician's note."),
            ],
        },
        Out(
            "return",
            FHIRAllTypes.Bundle,
            "A GuidanceResponse with the decision in its outputParameters, a DetectedIssue for each reason and, when the "
                + "appointment can be booked, a CarePlan. Where the request prefers a receipt (the header Prefer: receipt), a Provenance of "
                + "the GuidanceResponse as well, whose signature is a proof of the decision."),
    ];

    private static Parameter In(string name, int min, string max, FHIRAllTypes type, string documentation) => new()
    {
        Name = name,
        Use = OperationParameterUse.In,
        Min = min,
        Max = max,
        Type = type,
        Documentation = documentation,
    };

    private static Parameter Out(string name, FHIRAllTypes type, string documentation) => new()
    {
        Name = name,
        Use = OperationParameterUse.Out,
        Min = 1,
        Max = "1",
        Type = type,
        Documentation = documentation,
    };
}
