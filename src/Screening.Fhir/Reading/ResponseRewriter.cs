using Hl7.Fhir.Model;
using Screening.Rules;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Status = Hl7.Fhir.Model.QuestionnaireResponse.QuestionnaireResponseStatus;

namespace Screening.Fhir.Reading;

/// <summary>
/// Rewrites a QuestionnaireResponse to the answers of a screening request. The form is that of the protocol's Questionnaire: items at its top, by
/// linkId. An item without an answer is an unanswered question.
/// </summary>
public static class ResponseRewriter
{
    /// <summary>Says every answer to the request.</summary>
    /// <param name="response">The response.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="family">The protocol that it must answer.</param>
    /// <param name="protocol">The version that it is screened by.</param>
    /// <param name="request">Takes the answers, and what is wrong.</param>
    public static void Write(QuestionnaireResponse response, string at, ProtocolFamily family, Protocol protocol, RestRequest request)
    {
        request.Begin("/answers", at);
        Modifiers.Check(response, at, request.Errors);
        if (response.Status is not (Status.Completed or Status.Amended))
        {
            request.Errors.Add(at + ".status", ErrorCode.UnusableStatus);
        }

        if (response.Questionnaire is { } canonical && !IsOf(canonical, family))
        {
            request.Errors.Add(at + ".questionnaire", ErrorCode.UnknownProtocol, "This is not the canonical URL of this protocol's Questionnaire, or not a version of it.");
        }

        var items = Items(response.Item, at, protocol, request);
        foreach (var question in protocol.Questions)
        {
            if (new AnswerRewriter(protocol, question, request).Read(items) is { } said)
            {
                request.Say(question.Pointer, said.Value, said.At);
            }
        }
    }

    /// <summary>The items by linkId; what the Questionnaire does not have is an error, and so is what it has once.</summary>
    private static ItemsById Items(List<Answered> items, string at, Protocol protocol, RestRequest request)
    {
        var known = protocol.Questions.SelectMany(LinkIdsOf).ToDictionary(link => link.LinkId, link => link.Repeats, StringComparer.Ordinal);
        return ItemsById.Of(items, at, known, request);
    }

    private static IEnumerable<(string LinkId, bool Repeats)> LinkIdsOf(CompiledQuestion question) => question.Kind switch
    {
        AnswerKind.PartialDate => [(question.Id, false), (LinkIds.Unknown(question.Id), false)],
        AnswerKind.Events => [(LinkIds.Any(question.Id), false), (question.Id, true)],
        _ => [(question.Id, false)],
    };

    /// <summary>
    /// The canonical URL may name any version that there is. It does not pick the one that decides: an exclusion that came into force after the
    /// form was filled in counts all the same.
    /// </summary>
    private static bool IsOf(string canonical, ProtocolFamily family)
    {
        var url = Canonicals.Questionnaire(family.Id);
        return canonical == url || family.Versions.Any(version => canonical == url + "|" + version.Document.Version);
    }
}
