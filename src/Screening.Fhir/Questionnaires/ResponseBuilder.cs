using Hl7.Fhir.Model;
using Screening.Rules;
using Answer = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Item = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Status = Hl7.Fhir.Model.QuestionnaireResponse.QuestionnaireResponseStatus;

namespace Screening.Fhir.Questionnaires;

/// <summary>
/// Fills in a protocol's Questionnaire with answers, as a form would: each coding is the Questionnaire's option in the same language, since
/// some forms show no other as chosen.
/// </summary>
public static class ResponseBuilder
{
    private const string Source = "source";

    // https://hl7.org/fhir/us/davinci-dtr/CodeSystem-dtr-informationorigin-codes.html
    private const string Auto = "auto";

    /// <summary>The completed response with the patient's answers.</summary>
    public static QuestionnaireResponse Build(Intake intake, Language language) => new()
    {
        Questionnaire = Canonicals.Questionnaire(intake.Protocol.Id),
        Status = Status.Completed,
        Item =
        [
            .. intake.Protocol.Questions.Where(question => intake.PatientAnswers[question.Index].Given)
                .SelectMany(question => Items(Texts(intake.Protocol, language), question, intake.PatientAnswers[question.Index])),
        ],
    };

    /// <summary>
    /// A response to be completed by the patient, with suggested answers. Each has the extension that says so, and its linkId is listed.
    /// </summary>
    public static QuestionnaireResponse Suggest(Protocol protocol, IReadOnlyList<Suggestion> suggestions, Language language)
    {
        List<Item> items = [.. suggestions.SelectMany(one => Items(Texts(protocol, language), one.Question, one.Answer))];
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

    private static QuestionnaireTexts Texts(Protocol protocol, Language language) => new(protocol.Id, language);

    private static IEnumerable<Item> Items(QuestionnaireTexts texts, CompiledQuestion question, Rules.Answer answer) => question.Kind switch
    {
        AnswerKind.Code =>
            [New(question.Id, texts.Option(question.Id, question.Codes.Where((_, code) => question.Bit(code) == answer.Codes).First()))],
        AnswerKind.Codes when answer.GivenCodes.IsEmpty => [New(question.Id, texts.General(GeneralAnswer.None, FormTexts.NoneOfThese))],
        AnswerKind.Codes =>
            [New(question.Id, [.. answer.GivenCodes.ToArray().Select(code => texts.Option(question.Id, question.Codes[code]))])],
        AnswerKind.Events => Events(texts, question, answer),
        AnswerKind.Date => [New(question.Id, new Date(answer.Date.ToString()))],
        _ => [Dated(question.Id, answer.IsUnknown ? null : answer.Date)],
    };

    private static IEnumerable<Item> Events(QuestionnaireTexts texts, CompiledQuestion question, Rules.Answer answer)
    {
        var (kind, date) = (question.Events!.Kind, question.Events.Date);
        yield return New(
            LinkIds.Any(question.Id),
            answer.IsUnknown ? texts.General(GeneralAnswer.Unknown, FormTexts.NotSure)
                : answer.Events.IsEmpty ? texts.General(GeneralAnswer.No, FormTexts.No)
                : texts.General(GeneralAnswer.Yes, FormTexts.Yes));
        foreach (var one in answer.Events.ToArray())
        {
            yield return new Item
            {
                LinkId = question.Id,
                Item =
                [
                    New(LinkIds.Member(question.Id, kind.Id), texts.Option(LinkIds.Member(question.Id, kind.Id), kind.Options[one.Kind])),
                    .. one.HasDate ? [Dated(LinkIds.Member(question.Id, date.Id), one.Date)] : Array.Empty<Item>(),
                ],
            };
        }
    }

    private static Item Dated(string linkId, PartialDate? date) => date is { } known ? New(linkId, new FhirString(known.ToString())) : New(LinkIds.Unknown(linkId), new FhirBoolean(true));

    private static Item New(string linkId, params DataType[] answers) => new() { LinkId = linkId, Answer = [.. answers.Select(answer => new Answer { Value = answer })] };
}
