using FastEndpoints;
using Microsoft.Extensions.Primitives;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>
/// Base class of all endpoints: each reads and writes bytes itself and is described in full. The framework's model binding is not used,
/// because it lets a query string override members of the body.
/// </summary>
public abstract class ApiEndpoint : EndpointWithoutRequest
{
    /// <summary>The media type of the body, if there is one.</summary>
    private protected virtual string RequestMediaType => "application/json";

    /// <summary>Other media types that the body may have.</summary>
    private protected virtual string[] OtherRequestMediaTypes => [];

    /// <summary>True for what whoever reaches the service may call. Closed unless an endpoint says otherwise.</summary>
    private protected virtual bool IsOpenToAll => false;

    /// <summary>True for what CDS clients may call with a token of their own.</summary>
    private protected virtual bool IsOpenToCdsClients => false;

    /// <summary>When to come again.</summary>
    private protected static HeaderDescription RetryAfter { get; } = new("Retry-After", "How many seconds to wait before the next try.");

    /// <summary>Describes an error of this endpoint.</summary>
    private protected virtual ResponseDescription Problem(ProblemKind kind, string meaning) => ResponseDescription.Problem(kind, meaning);

    /// <summary>The errors of a request that is not let in.</summary>
    private ResponseDescription[] NotLetIn =>
    [
        Problem(ProblemKind.CredentialsMissing, "The request does not say who calls.")
            with { Headers = [new HeaderDescription("WWW-Authenticate", "`Bearer`.")] },
        Problem(ProblemKind.CredentialsInvalid, "What it says is not good, or not good any more."),
        Problem(ProblemKind.NotAllowed, "The client is known, and may not do this."),
        Problem(ProblemKind.TooManyRequests, "The client's permits are used up, or its address was refused too often of late.")
            with { Headers = [RetryAfter] },
    ];

    /// <inheritdoc cref="Describe(string, string, string, string, Type?, IEnumerable{ResponseDescription})"/>
    private protected void Describe(
        string name, string tag, string summary, string description, params IEnumerable<ResponseDescription> responses) =>
        Describe(name, tag, summary, description, null, responses);

    /// <summary>Describes the operation for the OpenAPI document and adds the responses that every operation has.</summary>
    /// <param name="name">The operation's id, for code generators.</param>
    /// <param name="tag">The group of operations in Swagger UI.</param>
    /// <param name="summary">One line.</param>
    /// <param name="description">What a client developer should know.</param>
    /// <param name="request">The body's shape, if there is one.</param>
    /// <param name="responses">Every response of the operation.</param>
    private protected void Describe(
        string name,
        string tag,
        string summary,
        string description,
        Type? request,
        params IEnumerable<ResponseDescription> responses)
    {
        ResponseDescription[] all =
        [
            .. responses,
            .. IsOpenToAll ? [] : NotLetIn,
            Problem(
                ProblemKind.InvalidParameter,
                "The query has a parameter that this address does not take, one of them twice, or one with another value."),
            Problem(ProblemKind.InternalError, "The service failed; nothing was decided."),
        ];
        AllowAnonymous();
        DontAutoSendResponse();
        Description(
            route =>
            {
                route.WithName(name).WithTags(tag);
                _ = request is null ? route.ClearDefaultAccepts() : route.Accepts(request, RequestMediaType, OtherRequestMediaTypes);
                if (IsOpenToAll)
                {
                    route.WithMetadata(OpenToAll.Instance);
                }

                if (IsOpenToCdsClients)
                {
                    route.WithMetadata(OpenToCdsClients.Instance);
                }

                foreach (var response in all)
                {
                    route.WithMetadata(response);
                }

                // The document's generator keeps one response per status: it gets the first, and OperationDetails adds the others.
                foreach (var response in all.DistinctBy(response => response.Status))
                {
                    route.Produces(response.Status, response.Type, response.MediaType);
                }
            },
            clearDefaults: true);
        Summary(s =>
        {
            s.Summary = summary;
            s.Description = description;
            foreach (var response in all)
            {
                s.Responses[response.Status] = response.Meaning;
            }
        });
    }
}

/// <summary>One response of an operation.</summary>
internal sealed record ResponseDescription(int Status, Type? Type, string? MediaType, string Meaning)
{
    /// <summary>The problem kind, if the response is a problem document.</summary>
    public ProblemKind? Kind { get; private init; }

    /// <summary>The problem kind, if the response is a FHIR OperationOutcome.</summary>
    public ProblemKind? Outcome { get; init; }

    /// <summary>The documented headers.</summary>
    public IReadOnlyList<HeaderDescription> Headers { get; init; } = [];

    public static ResponseDescription Json<T>(string meaning) => new(StatusCodes.Status200OK, typeof(T), "application/json", meaning);

    /// <summary>The response of a service that has too much to do.</summary>
    public static ResponseDescription Overloaded { get; } = Problem(
        ProblemKind.Overloaded, "Too much is under way; or the body is one of too many that are being sent.") with
    {
        Headers = [new HeaderDescription("Retry-After", "How many seconds to wait before the next try.")],
    };

    public static ResponseDescription Problem(ProblemKind kind, string meaning) =>
        new(kind.Status, typeof(ProblemResponse), "application/problem+json", meaning) { Kind = kind };
}

/// <summary>A response header.</summary>
internal sealed record HeaderDescription(string Name, string Meaning)
{
    /// <summary>For responses with texts.</summary>
    public static HeaderDescription ContentLanguage { get; } = new(
        "Content-Language", $"The language of the texts, {Language.Names}. Codes, dates and order are the same in each.");
}

/// <summary>A query or header parameter; path parameters are described in the endpoint's summary.</summary>
internal sealed record ParameterDescription(string Name, bool InHeader, string Meaning, IReadOnlyList<string>? Values = null, bool IsRequired = false)
{
    /// <summary>True when the values are `true` and `false`.</summary>
    public bool IsBoolean { get; private init; }

    /// <summary>True where the address refuses an unknown value as a format that it does not have.</summary>
    public bool IsFormat { get; init; }

    /// <summary>True for one value, and one of those that are listed.</summary>
    public bool Accepts(StringValues values) =>
        values is [{ Length: > 0 } value] && Values?.Contains(value, StringComparer.Ordinal) != false;

    /// <summary>For routes whose responses contain texts.</summary>
    public static ParameterDescription AcceptLanguage { get; } =
        new("Accept-Language", InHeader: true, $"The language of the texts: {Language.Names}, any region of it; English when none of these is asked for. Never an error.");

    /// <summary>A query parameter that is `true` or `false`.</summary>
    public static ParameterDescription Boolean(string name, string meaning) =>
        new(name, InHeader: false, meaning, ["true", "false"]) { IsBoolean = true };
}
