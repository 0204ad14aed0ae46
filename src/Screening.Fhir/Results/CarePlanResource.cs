using Hl7.Fhir.Model;
using Screening.Rules;
using Activity = Hl7.Fhir.Model.CarePlan.ActivityComponent;
using Detail = Hl7.Fhir.Model.CarePlan.DetailComponent;

namespace Screening.Fhir.Results;

/// <summary>The instructions before and after an appointment as a CarePlan, one activity for each step; the risks as notes.</summary>
internal static class CarePlanResource
{
    public static Hl7.Fhir.Model.CarePlan Of(ScreenResult result)
    {
        var document = result.Protocol.Document;
        var plan = CarePlanner.Plan(result.Decision.Intake, result.Decision.Appointment);
        return new Hl7.Fhir.Model.CarePlan
        {
            Language = result.Language.Tag,
            Status = RequestStatus.Draft,
            Intent = Hl7.Fhir.Model.CarePlan.CarePlanIntent.Proposal,
            Title = result.Language.In(document.Title),
            Subject = result.Subject?.Reference is { } subject ? new ResourceReference(subject) : new ResourceReference { Type = nameof(Patient), Display = nameof(Patient) },
            Activity = [.. plan.Steps.Select(step => new Activity { Detail = Step(result, step) })],
            Note = [.. document.Risks.Select(risk => new Annotation { TextElement = new Markdown(result.Language.In(risk.Text)) })],
        };
    }

    private static Detail Step(ScreenResult result, PlannedStep planned)
    {
        var step = planned.Step;
        return new Detail
        {
            Code = new CodeableConcept(Canonicals.CareSteps(result.Protocol.Id), step.Id),
            Status = Hl7.Fhir.Model.CarePlan.CarePlanActivityStatus.NotStarted,
            DoNotPerform = step.Kind == CareKind.Avoid,
            Scheduled = planned.When.Match(
                days => new Period
                {
                    StartElement = days.StartsOn is { } from ? FhirTimes.Day(from) : null,
                    EndElement = days.EndsOn is { } through ? FhirTimes.Day(through) : null,
                },
                hours => new Period
                {
                    StartElement = hours.StartsAt is { } from ? FhirTimes.Of(from) : null,
                    EndElement = hours.EndsAt is { } through ? FhirTimes.Of(through) : null,
                }),
            Description = result.Language.In(step.Text),
            Extension =
            [
                new Extension
                {
                    Url = Canonicals.CareStep,
                    Extension =
                    [
                        new("phase", new Code(WireName.Of(step.Phase))),
                        new("kind", new Code(WireName.Of(step.Kind))),
                        new("document", new FhirString(result.Protocol.Document.Source.Document)),
                        new("line", new Integer(step.Line)),
                    ],
                },
            ],
        };
    }
}
