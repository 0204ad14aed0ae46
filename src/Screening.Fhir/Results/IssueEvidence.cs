using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>
/// The evidence of a finding: an answer of the patient in the response, or an entry of the record. The two are always separate.
/// </summary>
internal static class IssueEvidence
{
    /// <summary>An answer: the item's linkId, the patient's answer, and the response.</summary>
    public static DetectedIssue.EvidenceComponent Of(ScreenResult result, CompiledQuestion question) => new()
    {
        Code =
        [
            new CodeableConcept(Canonicals.Questionnaire(result.Protocol.Id), LinkIds.First(question), question.Document.Text.In(result.Language), null),
            .. Answer(result, question),
        ],
        Detail = [Response(result)],
    };

    /// <summary>A record entry: the code or words that matched, the answer that it implies, and its reference.</summary>
    public static DetectedIssue.EvidenceComponent Of(ScreenResult result, RecordEvidence evidence)
    {
        var question = result.Protocol.Questions[evidence.Question];
        return new DetectedIssue.EvidenceComponent
        {
            Code =
            [
                evidence.Coding is { } coding
                    ? Concept(coding.System, coding.Code, coding.Display)
                    : new CodeableConcept { Text = Text(result, evidence) },
                RecordAnswer(result, question, evidence),
            ],
            Detail = [Reference(result, evidence)],
        };
    }

    /// <summary>The reference to a record entry; to the response, for an answer in it that nobody has confirmed.</summary>
    public static ResourceReference Reference(ScreenResult result, RecordEvidence evidence) =>
        evidence.Text is null ? Response(result) : new ResourceReference(evidence.Reference);

    /// <summary>The record's name for an entry, or that nobody has confirmed the answer.</summary>
    public static string Text(ScreenResult result, RecordEvidence evidence) =>
        evidence.Text ?? RecordTexts.SuggestedEntry.In(result.Language);

    /// <summary>
    /// The answer that a record entry implies. Its text is the date in the record, or states that the record is unclear, which no patient
    /// said.
    /// </summary>
    public static CodeableConcept RecordAnswer(ScreenResult result, CompiledQuestion question, RecordEvidence evidence)
    {
        var kind = question.Events?.Kind;
        var option = question.OptionOf(evidence);
        if (option is null || option.Code == ReservedCode.Unknown)
        {
            var system = option is null ? Canonicals.GeneralAnswers : Canonicals.Codes(result.Protocol.Id, question.Id);
            return new CodeableConcept(system, ReservedCode.Unknown) { Text = FormTexts.NotClearInRecord.In(result.Language) };
        }

        var linkId = kind is null ? question.Id : LinkIds.Member(question.Id, kind.Id);
        if (evidence.LeavesHowOftenOpen)
        {
            // The code is what it counts as; its label would say how often.
            return new CodeableConcept(Canonicals.Codes(result.Protocol.Id, linkId), option.Code)
            {
                Text = RecordTexts.HowOftenNotStated.In(result.Language),
            };
        }

        var concept = Concept(Canonicals.Codes(result.Protocol.Id, linkId), option.Code, option.Label.In(result.Language));
        concept.Text = evidence.When is { } when ? When(result, when) : null;
        return concept;
    }

    /// <summary>The number of further record entries that are not listed.</summary>
    public static DetectedIssue.EvidenceComponent More(ScreenResult result, int count) => new()
    {
        Code = [new CodeableConcept { Text = FormTexts.MoreEntries.In(result.Language).Replace("{n}", count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) }],
    };

    private static ResourceReference Response(ScreenResult result) => result.ResponseId is { } id
        ? new ResourceReference(nameof(QuestionnaireResponse) + "/" + id)
        : new ResourceReference { Type = nameof(QuestionnaireResponse), Display = nameof(QuestionnaireResponse) };

    /// <summary>Both ends like a FHIR Period, empty where one is not stated.</summary>
    private static string When(ScreenResult result, RecordedTime when) =>
        when.Date?.ToString()
        ?? (when is { From: null, Through: null } ? FormTexts.DateNotInRecord.In(result.Language) : $"{when.From}/{when.Through}");

    /// <summary>The patient's answer, as one concept for each part.</summary>
    public static IEnumerable<CodeableConcept> Answer(ScreenResult result, CompiledQuestion question)
    {
        var answer = result.Decision.Intake.PatientAnswers[question.Index];
        return question.Kind switch
        {
            AnswerKind.Code => [Option(result, question, question.ShownCode(answer))],
            AnswerKind.Codes when answer.GivenCodes.IsEmpty => [General(result, GeneralAnswer.None, FormTexts.NoneOfThese)],
            AnswerKind.Codes => [.. answer.GivenCodes.ToArray().Select(code => Option(result, question, code))],
            AnswerKind.Events when answer.IsUnknown => [General(result, GeneralAnswer.Unknown, FormTexts.NotSure)],
            AnswerKind.Events when answer.Events.IsEmpty => [General(result, GeneralAnswer.No, FormTexts.No)],
            AnswerKind.Events => [.. answer.Events.ToArray().Select(one => Event(result, question, one))],
            _ => [answer.IsUnknown ? General(result, GeneralAnswer.Unknown, FormTexts.NotKnownWhen) : new CodeableConcept { Text = answer.Date.ToString() }],
        };
    }

    private static CodeableConcept Option(ScreenResult result, CompiledQuestion question, int code) =>
        Concept(Canonicals.Codes(result.Protocol.Id, question.Id), question.Codes[code].Code, question.Codes[code].Label.In(result.Language));

    private static CodeableConcept General(ScreenResult result, string code, LocalizedText label) => Concept(Canonicals.GeneralAnswers, code, label.In(result.Language));

    private static CodeableConcept Event(ScreenResult result, CompiledQuestion question, EventAnswer one)
    {
        var kind = question.Events!.Kind;
        var concept = Concept(Canonicals.Codes(result.Protocol.Id, LinkIds.Member(question.Id, kind.Id)), kind.Options[one.Kind].Code, kind.Options[one.Kind].Label.In(result.Language));
        concept.Text = one.Date?.ToString() ?? FormTexts.NotKnownWhen.In(result.Language);
        return concept;
    }

    private static CodeableConcept Concept(string system, string code, string display) => new(system, code, display, null);
}
