using Hl7.Fhir.Model;
using Screening.Rules;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Status = Hl7.Fhir.Model.QuestionnaireResponse.QuestionnaireResponseStatus;

namespace Screening.Fhir.Reading;

/// <summary>
/// Reads a QuestionnaireResponse: the answers to the questions of a protocol. The form is that of the protocol's Questionnaire: items by
/// linkId, at its top or in groups that only gather them. An item without an answer is an unanswered question.
/// </summary>
internal static class ResponseReader
{
    /// <summary>The answers; what is wrong with the response is noted.</summary>
    /// <param name="response">The response.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="family">The protocol that it must answer.</param>
    /// <param name="protocol">The version that it is screened by.</param>
    /// <param name="names">The names under which a form counts.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static AnswerSheet Read(
        QuestionnaireResponse response, string at, ProtocolFamily family, Protocol protocol, FormNames names, InputErrors errors)
    {
        Modifiers.Check(response, at, errors);
        if (response.Status is not (Status.Completed or Status.Amended))
        {
            errors.Add(at + ".status", ErrorCode.UnusableStatus);
        }

        if (response.Questionnaire is { } canonical && !names.IsOf(canonical, family))
        {
            errors.Add(
                at + ".questionnaire",
                ErrorCode.UnknownProtocol,
                "This does not name this protocol's Questionnaire, or names an unknown version of it.");
        }

        var sheet = new AnswerSheet(protocol);
        var items = Items(response.Item, at, protocol, errors);
        foreach (var question in protocol.Questions)
        {
            if (new QuestionReader(protocol, question, errors).Read(items) is not { } read)
            {
                continue;
            }

            if (read.IsReadable)
            {
                sheet.Take(question, read.Value, read.At);
            }
            else
            {
                sheet.MarkUnreadable(question);
            }
        }

        return sheet;
    }

    /// <summary>The items by linkId; what the Questionnaire does not have is an error, and so is what it has once.</summary>
    private static ItemsById Items(List<Answered> items, string at, Protocol protocol, InputErrors errors)
    {
        var known = protocol.Questions.SelectMany(LinkIdsOf).ToDictionary(link => link.LinkId, link => link.Repeats, StringComparer.Ordinal);
        return ItemsById.Of(items, at, known, errors);
    }

    private static IEnumerable<(string LinkId, bool Repeats)> LinkIdsOf(CompiledQuestion question) => question.Kind switch
    {
        AnswerKind.PartialDate => [(question.Id, false), (LinkIds.Unknown(question.Id), false)],
        AnswerKind.Events => [(LinkIds.Any(question.Id), false), (question.Id, true)],
        _ => [(question.Id, false)],
    };
}
