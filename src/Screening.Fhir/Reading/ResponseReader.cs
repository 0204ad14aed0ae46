using Hl7.Fhir.Model;
using Screening.Rules;
using Answer = Screening.Rules.Answer;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Status = Hl7.Fhir.Model.QuestionnaireResponse.QuestionnaireResponseStatus;

namespace Screening.Fhir.Reading;

/// <summary>
/// Reads a QuestionnaireResponse: the answers to the questions of a protocol. The items have the linkIds of the protocol's Questionnaire,
/// at the top or in groups. An item without an answer is an unanswered question; so is one whose answer was filled in for the patient, who
/// has not confirmed it: see <see cref="AnswerMarks"/>.
/// </summary>
internal static class ResponseReader
{
    /// <summary>The statuses of a response that was filled in, in words.</summary>
    public static LocalizedText AcceptedStatuses { get; } = FhirAccepted.Statuses("completed", "amended");

    /// <summary>The answers; errors in the response are reported.</summary>
    /// <param name="response">The response.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="family">The protocol that it must answer.</param>
    /// <param name="protocol">The version used for the screening.</param>
    /// <param name="names">The accepted names of a form's questionnaire.</param>
    /// <param name="errors">Receives the errors.</param>
    public static AnswerSheet Read(
        QuestionnaireResponse response, string at, ProtocolFamily family, Protocol protocol, FormNames names, InputErrors errors)
    {
        Modifiers.Check(response, at, errors);
        if (response.Status is not (Status.Completed or Status.Amended))
        {
            errors.Add(at + ".status", ErrorCode.UnusableStatus, AcceptedStatuses);
        }

        if (response.Questionnaire is { } canonical && !names.IsOf(canonical, family))
        {
            errors.Add(
                at + ".questionnaire",
                ErrorCode.UnknownProtocol,
                FormNames.AcceptedFor(family),
                Words.Text("fhir.form"));
        }

        var sheet = new AnswerSheet(protocol);
        var items = Items(response.Item, at, protocol, errors);
        var marks = AnswerMarks.Read(items, protocol, errors);
        var (said, filledIn) = (items.Where(marks, marked: false), items.Where(marks, marked: true));
        var reference = response.Id is { } id ? $"{nameof(QuestionnaireResponse)}/{id}" : string.Empty;
        foreach (var question in protocol.Questions)
        {
            if (new QuestionReader(protocol, question, errors).Read(items) is not { } read)
            {
                continue;
            }

            if (!read.IsReadable)
            {
                sheet.MarkUnreadable(question);
            }
            else if (LinkIds.Of(question).Any(one => filledIn[one.LinkId].Count > 0))
            {
                var suggestion = new Suggestion(question, Part(protocol, question, filledIn), reference);
                sheet.Suggest(suggestion, Part(protocol, question, said), read.At);
            }
            else
            {
                sheet.Take(question, read.Value, read.At);
            }
        }

        return sheet;
    }

    /// <summary>A part of an answer that is valid as a whole; the default for none.</summary>
    private static Answer Part(Protocol protocol, CompiledQuestion question, ItemsById items) =>
        new QuestionReader(protocol, question, ResourceReader.NewErrors()).Read(items) is { IsReadable: true } part ? part.Value : default;

    /// <summary>The items by linkId; unknown items, and repeated items that do not repeat, are errors.</summary>
    private static ItemsById Items(List<Answered> items, string at, Protocol protocol, InputErrors errors)
    {
        var known = protocol.Questions.SelectMany(LinkIds.Of).ToDictionary(link => link.LinkId, link => link.Repeats, StringComparer.Ordinal);
        known.Add(LinkIds.FromRecord, false);
        known.Add(LinkIds.Confirmed, false);
        return ItemsById.Of(items, at, known, errors);
    }
}
