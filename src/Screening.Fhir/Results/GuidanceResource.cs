using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>
/// The decision as a GuidanceResponse: <c>data-required</c> when it is incomplete, with a data requirement for each missing answer,
/// otherwise <c>success</c>. The decision itself is its <c>outputParameters</c>; gaps of the record, and the age of the answers, are its
/// <c>evaluationMessage</c>.
/// </summary>
internal static class GuidanceResource
{
    private const string Uris = "urn:ietf:rfc:3986";
    private const string Output = "decision";

    public static GuidanceResponse Of(ScreenResult result, IReadOnlyList<OperationOutcome> messages)
    {
        var decision = result.Decision;
        var parameters = DecisionParameters.Of(result);
        parameters.Id = Output;
        return new GuidanceResponse
        {
            Language = result.Language.Tag,
            Contained = [parameters, .. messages],
            Identifier = [new Identifier(Uris, "urn:uuid:" + result.Id.ToString("D"))],
            Module = new Canonical(Canonicals.Questionnaire(result.Protocol.Id) + "|" + result.Protocol.Document.Version),
            Status = decision.Eligibility == Eligibility.Incomplete ? GuidanceResponse.GuidanceResponseStatus.DataRequired : GuidanceResponse.GuidanceResponseStatus.Success,
            Subject = result.Subject,
            OccurrenceDateTimeElement = FhirTimes.Of(result.AsOf.InZone(decision.Appointment.Zone)),
            EvaluationMessage = [.. messages.Select(message => new ResourceReference("#" + message.Id))],
            OutputParameters = new ResourceReference("#" + Output),
            DataRequirement =
            [
                .. decision.Missing.SelectMany(question => LinkIds.Missing(result.Protocol.Questions[question], decision.Intake.Answers[question]))
                    .Select(item => Missing(result, item.LinkId, item.Text)),
            ],
        };
    }

    private static DataRequirement Missing(ScreenResult result, string linkId, LocalizedText text) => new()
    {
        Type = FHIRAllTypes.QuestionnaireResponse,
        CodeFilter =
        [
            new DataRequirement.CodeFilterComponent
            {
                Path = "item.linkId",
                Code = [new Coding(Canonicals.Questionnaire(result.Protocol.Id), linkId, text.In(result.Language))],
            },
        ],
    };
}
