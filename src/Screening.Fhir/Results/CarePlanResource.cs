using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;
using Activity = Hl7.Fhir.Model.CarePlan.ActivityComponent;
using Detail = Hl7.Fhir.Model.CarePlan.DetailComponent;

namespace Screening.Fhir.Results;

/// <summary>
/// The instructions before and after an appointment as a CarePlan, one activity for each step, with the risks as notes. Without a start the
/// steps have no dates, and their timing is given in words.
/// </summary>
internal static class CarePlanResource
{
    public static Hl7.Fhir.Model.CarePlan Of(ScreenResult result)
    {
        var (document, language) = (result.Protocol.Document, result.Language);
        List<(CareStep Step, DataType Scheduled, string When)> steps = [.. Steps(result)];
        List<string> risks = [.. document.Risks.Select(risk => risk.Text.In(language))];
        var texts = steps.Select(step => $"{step.When}: {step.Step.Text.In(language)}");
        return new Hl7.Fhir.Model.CarePlan
        {
            Language = language.Tag,
            Text = ResourceNarratives.OfCarePlan(document.Title.In(language), texts, risks, language),
            Status = RequestStatus.Draft,
            Intent = Hl7.Fhir.Model.CarePlan.CarePlanIntent.Proposal,
            Title = document.Title.In(language),
            Subject = result.Subject?.Reference is { } subject
                ? new ResourceReference(subject)
                : new ResourceReference { Type = nameof(Patient), Display = nameof(Patient) },
            Activity = [.. steps.Select(step => new Activity { Detail = Detail(result, step.Step, step.Scheduled) })],
            Note = [.. risks.Select(risk => new Annotation { TextElement = new Markdown(risk) })],
        };
    }

    private static IEnumerable<(CareStep Step, DataType Scheduled, string When)> Steps(ScreenResult result)
    {
        var intake = result.Decision.Intake;
        if (result.Decision.Appointment.Start is not null)
        {
            return CarePlanner.Plan(intake, result.Decision.Appointment).Steps
                .Select(planned => (planned.Step, (DataType)Period(planned.When), DateWords.Of(planned.When, result.Language)));
        }

        return intake.Protocol.CareSteps.Where(step => step.IsShown(intake.Answers)).Select(step =>
        {
            var when = CareWords.Of(step.Document.Timing).In(result.Language);
            return (step.Document, (DataType)new FhirString(when), when);
        });
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

    private static Detail Detail(ScreenResult result, CareStep step, DataType scheduled) => new()
    {
        Code = new CodeableConcept(Canonicals.CareSteps(result.Protocol.Id), step.Id),
        Status = Hl7.Fhir.Model.CarePlan.CarePlanActivityStatus.NotStarted,
        DoNotPerform = step.Kind == CareKind.Avoid,
        Scheduled = scheduled,
        Description = step.Text.In(result.Language),
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
