using Hl7.Fhir.Model;
using Screening.Rules;
using Answer = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Item = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Status = Hl7.Fhir.Model.QuestionnaireResponse.QuestionnaireResponseStatus;

namespace Screening.Fhir.Questionnaires;

/// <summary>Fills in a protocol's Questionnaire with the answers of an intake, as a form would.</summary>
public static class ResponseBuilder
{
    /// <summary>The completed response.</summary>
    public static QuestionnaireResponse Build(Intake intake) => new()
    {
        Questionnaire = Canonicals.Questionnaire(intake.Protocol.Id),
        Status = Status.Completed,
        Item = [.. intake.Protocol.Questions.Where(question => intake.PatientAnswers[question.Index].Given).SelectMany(question => Items(intake, question))],
    };

    private static IEnumerable<Item> Items(Intake intake, CompiledQuestion question)
    {
        var answer = intake.PatientAnswers[question.Index];
        return question.Kind switch
        {
            AnswerKind.Code => [New(question.Id, Code(intake, question.Id, question.Codes.Where((_, code) => question.Bit(code) == answer.Codes).First().Code))],
            AnswerKind.Codes when answer.GivenCodes.IsEmpty => [New(question.Id, General(GeneralAnswer.None))],
            AnswerKind.Codes => [New(question.Id, [.. answer.GivenCodes.ToArray().Select(code => Code(intake, question.Id, question.Codes[code].Code))])],
            AnswerKind.Events => Events(intake, question, answer),
            AnswerKind.Date => [New(question.Id, new Date(answer.Date.ToString()))],
            _ => [Dated(question.Id, answer.IsUnknown ? null : answer.Date)],
        };
    }

    private static IEnumerable<Item> Events(Intake intake, CompiledQuestion question, Rules.Answer answer)
    {
        var (kind, date) = (question.Events!.Kind, question.Events.Date);
        yield return New(LinkIds.Any(question.Id), General(answer.IsUnknown ? GeneralAnswer.Unknown : answer.Events.IsEmpty ? GeneralAnswer.No : GeneralAnswer.Yes));
        foreach (var one in answer.Events.ToArray())
        {
            yield return new Item
            {
                LinkId = question.Id,
                Item =
                [
                    New(LinkIds.Member(question.Id, kind.Id), Code(intake, LinkIds.Member(question.Id, kind.Id), kind.Options[one.Kind].Code)),
                    Dated(LinkIds.Member(question.Id, date.Id), one.Date),
                ],
            };
        }
    }

    private static Item Dated(string linkId, PartialDate? date) => date is { } known ? New(linkId, new FhirString(known.ToString())) : New(LinkIds.Unknown(linkId), new FhirBoolean(true));

    private static Coding Code(Intake intake, string linkId, string code) => new(Canonicals.Codes(intake.Protocol.Id, linkId), code);

    private static Coding General(string code) => new(Canonicals.GeneralAnswers, code);

    private static Item New(string linkId, params DataType[] answers) => new() { LinkId = linkId, Answer = [.. answers.Select(answer => new Answer { Value = answer })] };
}
