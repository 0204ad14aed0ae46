using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;
using Parameter = Hl7.Fhir.Model.OperationDefinition.ParameterComponent;

namespace Screening.Fhir.Service;

/// <summary>The definition of the operation <c>$screen</c>.</summary>
public static class OperationDefinitions
{
    /// <summary>The id of the definition, and the code of the operation.</summary>
    public const string Screen = "screen";

    /// <summary>The definition; the same for every caller.</summary>
    /// <param name="version">The service's version.</param>
    /// <param name="url">The canonical URL: the address of the definition where it is known.</param>
    public static OperationDefinition Build(string version, string url)
    {
        var definition = new OperationDefinition
        {
            Id = Screen,
            Language = Language.English.Tag,
            Url = url,
            Version = version,
            Name = "Screen",
            Title = "Screen a completed intake form",
            Status = PublicationStatus.Active,
            Kind = OperationDefinition.OperationKind.Operation,
            Description = "May this person have this treatment on this day? Decides on the answers of an intake form, the appointment and, "
                + "if sent, a health record. Nothing is kept.",
            AffectsState = false,
            Code = Screen,
            Resource = [ResourceType.Questionnaire],
            System = false,
            Type = false,
            Instance = true,
            Parameter = [.. Parameters()],
        };
        definition.Text = ResourceNarratives.Of(definition);
        return definition;
    }

    private static IEnumerable<Parameter> Parameters() =>
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
        new Parameter
        {
            Name = "return",
            Use = OperationParameterUse.Out,
            Min = 1,
            Max = "1",
            Type = FHIRAllTypes.Bundle,
            Documentation = "A GuidanceResponse with the decision in its outputParameters, a DetectedIssue for each reason and, when the "
                + "appointment can be booked, a CarePlan.",
        },
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
}
