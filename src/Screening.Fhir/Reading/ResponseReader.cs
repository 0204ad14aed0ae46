using Hl7.Fhir.Model;
using Screening.Rules;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Status = Hl7.Fhir.Model.QuestionnaireResponse.QuestionnaireResponseStatus;

namespace Screening.Fhir.Reading;

/// <summary>
/// Reads a QuestionnaireResponse: the answers to the questions of a protocol. The items have the linkIds of the protocol's Questionnaire,
/// at the top or in groups. An item without an answer is an unanswered question.
/// </summary>
internal static class ResponseReader
{
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
            errors.Add(at + ".status", ErrorCode.UnusableStatus, FhirAccepted.Statuses("completed", "amended"));
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

    /// <summary>The items by linkId; unknown items, and repeated items that do not repeat, are errors.</summary>
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
