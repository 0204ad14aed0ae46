using Hl7.Fhir.Model;
using Screening.Rules;
using Answer = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Item = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Status = Hl7.Fhir.Model.QuestionnaireResponse.QuestionnaireResponseStatus;

namespace Screening.Fhir.Questionnaires;

/// <summary>Fills in a protocol's Questionnaire with answers, as a form would.</summary>
public static class ResponseBuilder
{
    private const string Source = "source";

    // https://hl7.org/fhir/us/davinci-dtr/CodeSystem-dtr-informationorigin-codes.html
    private const string Auto = "auto";

    /// <summary>The completed response with the patient's answers.</summary>
    public static QuestionnaireResponse Build(Intake intake) => new()
    {
        Questionnaire = Canonicals.Questionnaire(intake.Protocol.Id),
        Status = Status.Completed,
        Item =
        [
            .. intake.Protocol.Questions.Where(question => intake.PatientAnswers[question.Index].Given)
                .SelectMany(question => Items(intake.Protocol, question, intake.PatientAnswers[question.Index])),
        ],
    };

    /// <summary>
    /// A response to be completed by the patient, with suggested answers. Each has the extension that says so, and its linkId is listed.
    /// </summary>
    public static QuestionnaireResponse Suggest(Protocol protocol, IReadOnlyList<Suggestion> suggestions)
    {
        List<Item> items = [.. suggestions.SelectMany(one => Items(protocol, one.Question, one.Answer))];
        List<Item> answered = [.. items.Concat(items.SelectMany(item => item.Item)).Where(item => item.Answer.Count > 0)];
        foreach (var answer in answered.SelectMany(item => item.Answer))
        {
            answer.Extension.Add(new Extension { Url = Canonicals.InformationOrigin, Extension = [new Extension(Source, new Code(Auto))] });
        }

        FhirString[] linkIds = [.. answered.Select(item => item.LinkId!).Distinct(StringComparer.Ordinal).Select(linkId => new FhirString(linkId))];
        return new QuestionnaireResponse
        {
            Questionnaire = Canonicals.Questionnaire(protocol.Id) + "|" + protocol.Document.Version,
            Status = Status.InProgress,
            Item = linkIds.Length == 0 ? items : [.. items, New(LinkIds.FromRecord, [.. linkIds, new FhirString(LinkIds.Confirmed)])],
        };
    }

    private static IEnumerable<Item> Items(Protocol protocol, CompiledQuestion question, Rules.Answer answer) => question.Kind switch
    {
        AnswerKind.Code => [New(question.Id, Code(protocol, question.Id, question.Codes.Where((_, code) => question.Bit(code) == answer.Codes).First().Code))],
        AnswerKind.Codes when answer.GivenCodes.IsEmpty => [New(question.Id, General(GeneralAnswer.None))],
        AnswerKind.Codes => [New(question.Id, [.. answer.GivenCodes.ToArray().Select(code => Code(protocol, question.Id, question.Codes[code].Code))])],
        AnswerKind.Events => Events(protocol, question, answer),
        AnswerKind.Date => [New(question.Id, new Date(answer.Date.ToString()))],
        _ => [Dated(question.Id, answer.IsUnknown ? null : answer.Date)],
    };

    private static IEnumerable<Item> Events(Protocol protocol, CompiledQuestion question, Rules.Answer answer)
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
                    New(LinkIds.Member(question.Id, kind.Id), Code(protocol, LinkIds.Member(question.Id, kind.Id), kind.Options[one.Kind].Code)),
                    .. one.HasDate ? [Dated(LinkIds.Member(question.Id, date.Id), one.Date)] : Array.Empty<Item>(),
                ],
            };
        }
    }

    private static Item Dated(string linkId, PartialDate? date) => date is { } known ? New(linkId, new FhirString(known.ToString())) : New(LinkIds.Unknown(linkId), new FhirBoolean(true));

    private static Coding Code(Protocol protocol, string linkId, string code) => new(Canonicals.Codes(protocol.Id, linkId), code);

    private static Coding General(string code) => new(Canonicals.GeneralAnswers, code);

    private static Item New(string linkId, params DataType[] answers) => new() { LinkId = linkId, Answer = [.. answers.Select(answer => new Answer { Value = answer })] };
}
