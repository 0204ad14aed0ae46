using Hl7.Fhir.Model;
using Screening.Rules;
using AnswerComponent = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;
using Parameter = Hl7.Fhir.Model.Parameters.ParameterComponent;

namespace Screening.Fhir.Reading;

/// <summary>
/// What a place of a body accepts, in words, where this service accepts less than FHIR R4 defines: the value of a parameter by its name,
/// that of an answer by its linkId, a status, a linkId.
/// </summary>
internal static class AcceptedAt
{
    /// <summary>The text; null where FHIR alone decides.</summary>
    /// <param name="root">The resource, as far as it could be read.</param>
    /// <param name="path">The FHIRPath.</param>
    /// <param name="protocol">The protocol whose form the body has; null when unknown.</param>
    public static LocalizedText? Of(Resource? root, string path, Protocol? protocol) =>
        root is not null && Parsing.Try(() => Find(FhirElement.Way(root, path), protocol), out var found) ? found : null;

    /// <summary>The resource of a parameter.</summary>
    public static LocalizedText ResourceOf(string? parameter) => parameter switch
    {
        "questionnaireResponse" => FhirAccepted.Resource(nameof(QuestionnaireResponse)),
        "appointment" => FhirAccepted.Resource(nameof(Hl7.Fhir.Model.Appointment)),
        "record" => FhirAccepted.Resource(nameof(Bundle)),
        _ => FhirAccepted.AnyResource,
    };

    private static LocalizedText? Find(IReadOnlyList<(string Name, object? Value)> way, Protocol? protocol)
    {
        // Also what is within a value, such as the code of a coding.
        for (var i = 1; i < way.Count; i++)
        {
            switch (way[i - 1].Value, way[i].Name)
            {
                case (Parameter parameter, "value"):
                    return ValueOf(TextOf(parameter.NameElement), protocol);
                case (Parameter parameter, "resource") when i == way.Count - 1:
                    return ResourceOf(TextOf(parameter.NameElement));
                case (Parameter { NameElement.JsonValue: "clearance" }, "part") when i == way.Count - 1:
                    return FhirAccepted.Parts;
                case (AnswerComponent, "value"):
                    return protocol is null ? null : AnswerTo(protocol, TextOf((way[i - 2].Value as Answered)?.LinkIdElement));
                case (Answered, "linkId") when protocol is not null:
                    return FhirAccepted.Items(LinkIdsIn(protocol, TextOf((way[i - 2].Value as Answered)?.LinkIdElement)), null);
                case (QuestionnaireResponse, "status"):
                    return ResponseReader.AcceptedStatuses;
                case (Hl7.Fhir.Model.Appointment, "status"):
                    return AppointmentStatuses.AcceptedBefore;
                default:
                    break;
            }
        }

        return null;
    }

    private static LocalizedText? ValueOf(string? parameter, Protocol? protocol) => parameter switch
    {
        "asOf" or "slot" => Accepted.Instant,
        "timeZone" => Accepted.Zone,
        "ruleId" => protocol?.AcceptedRules ?? Accepted.AnyRule,
        "by" => RequestLimits.Name,
        "on" => Accepted.Date,
        "note" => RequestLimits.Note,
        _ => null,
    };

    private static IReadOnlyList<string> LinkIdsIn(Protocol protocol, string? group) =>
        protocol.Questions.FirstOrDefault(question => question.Id == group && question.Events is not null) is { } events
            ? [.. LinkIds.Members(events)]
            : [.. protocol.Questions.SelectMany(LinkIds.Of).Select(link => link.LinkId)];

    private static LocalizedText? AnswerTo(Protocol protocol, string? linkId)
    {
        foreach (var question in protocol.Questions)
        {
            if (question.Events is { } events)
            {
                var (kind, date) = (LinkIds.Member(question.Id, events.Kind.Id), LinkIds.Member(question.Id, events.Date.Id));
                if (linkId == LinkIds.Any(question.Id))
                {
                    return FhirAccepted.GeneralCode;
                }

                if (linkId == kind)
                {
                    return FhirAccepted.Coding(Canonicals.Codes(protocol.Id, kind), events.Kind.Options);
                }

                if (linkId == date)
                {
                    return Accepted.PartialDate;
                }
            }
            else if (linkId == question.Id)
            {
                return question.Kind switch
                {
                    AnswerKind.Date => Accepted.Date,
                    AnswerKind.PartialDate => Accepted.PartialDate,
                    _ => FhirAccepted.CodingOf(protocol, question),
                };
            }
        }

        return null;
    }

    private static string? TextOf(PrimitiveType? element) => element?.JsonValue as string;
}
