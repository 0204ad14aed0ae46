using Hl7.Fhir.Model;
using Screening.Rules;
using Activity = Hl7.Fhir.Model.CarePlan.ActivityComponent;
using Detail = Hl7.Fhir.Model.CarePlan.DetailComponent;

namespace Screening.Fhir.Results;

/// <summary>The instructions before and after an appointment as a CarePlan, one activity for each step; the risks as notes. Without a start no step has a date, and its timing is told in words.</summary>
internal static class CarePlanResource
{
    public static Hl7.Fhir.Model.CarePlan Of(ScreenResult result)
    {
        var document = result.Protocol.Document;
        return new Hl7.Fhir.Model.CarePlan
        {
            Language = result.Language.Tag,
            Status = RequestStatus.Draft,
            Intent = Hl7.Fhir.Model.CarePlan.CarePlanIntent.Proposal,
            Title = result.Language.In(document.Title),
            Subject = result.Subject?.Reference is { } subject ? new ResourceReference(subject) : new ResourceReference { Type = nameof(Patient), Display = nameof(Patient) },
            Activity = [.. Steps(result).Select(detail => new Activity { Detail = detail })],
            Note = [.. document.Risks.Select(risk => new Annotation { TextElement = new Markdown(result.Language.In(risk.Text)) })],
        };
    }

    private static IEnumerable<Detail> Steps(ScreenResult result)
    {
        var intake = result.Decision.Intake;
        return result.Decision.Appointment.Start is null
            ? intake.Protocol.CareSteps.Where(step => step.IsShown(intake.Answers)).Select(step => Step(result, step.Document, new FhirString(result.Language.In(CareWords.Of(step.Document.Timing)))))
            : CarePlanner.Plan(intake, result.Decision.Appointment).Steps.Select(planned => Step(result, planned.Step, Period(planned.When)));
    }

    private static Period Period(CareTime when) => when.Match(
        days => new Period
        {
            StartElement = days.StartsOn is { } from ? FhirTimes.Day(from) : null,
            EndElement = days.EndsOn is { } through ? FhirTimes.Day(through) : null,
        },
        hours => new Period
        {
            StartElement = hours.StartsAt is { } from ? FhirTimes.Of(from) : null,
            EndElement = hours.EndsAt is { } through ? FhirTimes.Of(through) : null,
        });

    private static Detail Step(ScreenResult result, CareStep step, DataType scheduled) => new()
    {
        Code = new CodeableConcept(Canonicals.CareSteps(result.Protocol.Id), step.Id),
        Status = Hl7.Fhir.Model.CarePlan.CarePlanActivityStatus.NotStarted,
        DoNotPerform = step.Kind == CareKind.Avoid,
        Scheduled = scheduled,
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
