using FastEndpoints;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>
/// What every endpoint has in common: it reads and writes bytes itself, and it is described in full. A query string can override a
/// body's members in the framework's own binding, which this does without.
/// </summary>
public abstract class ApiEndpoint : EndpointWithoutRequest
{
    /// <summary>The media type of the body, if there is one.</summary>
    private protected virtual string RequestMediaType => "application/json";

    /// <summary>Further media types that the body may have.</summary>
    private protected virtual string[] OtherRequestMediaTypes => [];

    /// <summary>How this endpoint's errors look.</summary>
    private protected virtual ResponseDescription Problem(ProblemKind kind, string meaning) => ResponseDescription.Problem(kind, meaning);

    /// <inheritdoc cref="Describe(string, string, string, string, Type?, IEnumerable{ResponseDescription})"/>
    private protected void Describe(
        string name, string tag, string summary, string description, params IEnumerable<ResponseDescription> answers) =>
        Describe(name, tag, summary, description, null, answers);

    /// <summary>Describes the operation for the OpenAPI document. That the service can fail with 500 is added.</summary>
    /// <param name="name">The operation's id, for code generators.</param>
    /// <param name="tag">The group that people find it in.</param>
    /// <param name="summary">One line.</param>
    /// <param name="description">What a caller should know.</param>
    /// <param name="request">The body's shape, if there is one.</param>
    /// <param name="answers">Every status that it answers with.</param>
    private protected void Describe(string name, string tag, string summary, string description, Type? request, params IEnumerable<ResponseDescription> answers)
    {
        ResponseDescription[] all = [.. answers, Problem(ProblemKind.InternalError, "The service failed; nothing was decided.")];
        AllowAnonymous();
        DontAutoSendResponse();
        Description(
            route =>
            {
                route.WithName(name).WithTags(tag);
                _ = request is null ? route.ClearDefaultAccepts() : route.Accepts(request, RequestMediaType, OtherRequestMediaTypes);
                foreach (var answer in all)
                {
                    route.WithMetadata(answer);
                }

                // Of several forms of a status the document's generator sees the last alone: it gets the first, OperationDetails adds the others.
                foreach (var answer in all.DistinctBy(answer => answer.Status))
                {
                    route.Produces(answer.Status, answer.Type, answer.MediaType);
                }
            },
            clearDefaults: true);
        Summary(s =>
        {
            s.Summary = summary;
            s.Description = description;
            foreach (var answer in all)
            {
                s.Responses[answer.Status] = answer.Meaning;
            }
        });
    }
}

/// <summary>One status that an operation answers with.</summary>
internal sealed record ResponseDescription(int Status, Type? Type, string? MediaType, string Meaning)
{
    /// <summary>The problem, if it is one.</summary>
    public ProblemKind? Kind { get; private init; }

    /// <summary>The problem that a FHIR OperationOutcome tells of, if it is one.</summary>
    public ProblemKind? Outcome { get; init; }

    /// <summary>The headers that a caller should know of.</summary>
    public IReadOnlyList<HeaderDescription> Headers { get; init; } = [];

    public static ResponseDescription Json<T>(string meaning) => new(StatusCodes.Status200OK, typeof(T), "application/json", meaning);

    public static ResponseDescription Problem(ProblemKind kind, string meaning) =>
        new(kind.Status, typeof(ProblemResponse), "application/problem+json", meaning) { Kind = kind };
}

/// <summary>A header of an answer.</summary>
internal sealed record HeaderDescription(string Name, string Meaning);

/// <summary>A parameter that is read from the query or from a header; those of the path are described in the endpoint's summary.</summary>
internal sealed record ParameterDescription(string Name, bool InHeader, string Meaning, IReadOnlyList<string>? Values = null)
{
    /// <summary>For routes whose answers have texts in them.</summary>
    public static ParameterDescription AcceptLanguage { get; } =
        new("Accept-Language", InHeader: true, $"The language of the texts: {Language.Names}, any region of it; English when none of these is asked for. Never an error.");
}
