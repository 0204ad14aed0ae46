using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>What went wrong with a request as a whole; the <c>type</c> of its problem document.</summary>
/// <param name="Code">The last part of the problem's type, <c>/problems/{code}</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short title that never varies.</param>
/// <param name="Remedy">What the client should do.</param>
public sealed record ProblemKind(string Code, int Status, string Title, string Remedy)
{
    public static readonly ProblemKind InvalidRequest = new(
        "invalid-request", 400,
        "The body does not have the shape of a request.",
        "Correct everything that `errors` lists and send the request again.");
    public static readonly ProblemKind BadRequest = new(
        "bad-request", 400,
        "The request is not valid HTTP.",
        "Check the client's framing of the body and its headers.");
    public static readonly ProblemKind UnknownHost = new(
        "unknown-host", 400,
        "The service is not known by the host name that the request was sent to.",
        "Send the request to the service's own address. Its operator names it by the setting `Service__PublicUrl`, and further "
            + "host names by `AllowedHosts`.");
    public static readonly ProblemKind InvalidParameter = new(
        "invalid-parameter", 400,
        "The query string has a parameter or a value that this address does not accept.",
        "Send each parameter at most once, spelt and with a value as documented for this address.");
    public static readonly ProblemKind NotFound = new(
        "not-found", 404,
        "There is nothing at this address.",
        "GET /swagger shows every address; GET /v1/protocols lists the protocols and their versions.");
    public static readonly ProblemKind LinkUnreadable = new(
        "link-unreadable", 404,
        "This link cannot be opened.",
        "Open the whole link, exactly as it is in the card. If it was made before the service was last started, or by "
            + "another service, ask for the card again: it has a new link.");
    public static readonly ProblemKind MethodNotAllowed = new(
        "method-not-allowed", 405,
        "This address does not support this method.",
        "The Allow header lists the supported methods.");
    public static readonly ProblemKind NotAcceptable = new(
        "not-acceptable", 406,
        "The response is not available in a media type that the request accepts.",
        "Accept `application/fhir+json` or `application/fhir+xml`, or ask for one of them by `_format`.");
    public static readonly ProblemKind RequestTimeout = new(
        "request-timeout", 408,
        "The body took too long to arrive.",
        "Send the request again.");
    public static readonly ProblemKind LinkEnded = new(
        "link-ended", 410,
        "This link has expired.",
        "Ask for the card again: it is made from the record as it is now, and has a new link. The service keeps no decision.");
    public static readonly ProblemKind PreconditionFailed = new(
        "precondition-failed", 412,
        "The prefetch contains no usable data.",
        "Send the `prefetch` that discovery describes, with `null` where the record has nothing. Nobody was screened.");
    public static readonly ProblemKind BodyTooLarge = new(
        "body-too-large", 413,
        "The body is too large.",
        "Send at most 64 KiB; in a batch, at most 64 KiB on each line; with part of a health record, at most 1 MiB.");
    public static readonly ProblemKind UnsupportedMediaType = new(
        "unsupported-media-type", 415,
        "This address does not accept the media type of the body.",
        "Send `Content-Type: application/json`, or `application/x-ndjson` for a batch, or FHIR's own types for FHIR, in "
            + "UTF-8, not compressed.");
    public static readonly ProblemKind UnscreenableRequest = new(
        "unscreenable-request", 422,
        "The request is well-formed, but it cannot be screened.",
        "Correct everything that `errors` lists and send the request again. Until then nobody is eligible.");
    public static readonly ProblemKind NotBookable = new(
        "not-bookable", 422,
        "The appointment cannot be booked, so there is no care plan to hand out.",
        "Send the same request to /v1/screenings: the decision says why. `?preview=true` shows the plan all the same.");
    public static readonly ProblemKind TooManyRequests = new(
        "too-many-requests", 429,
        "Too many requests.",
        "Wait as long as the Retry-After header says.");
    public static readonly ProblemKind InternalError = new(
        "internal-error", 500,
        "The service failed. Nothing was decided.",
        "Treat the person as not bookable; try again, and report the trace id if it happens again.");

    public static readonly ProblemKind Overloaded = new(
        "overloaded", 503,
        "The service has too much to do. Nothing was decided.",
        "Send the request again after as many seconds as the Retry-After header says.");

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
        [
            InvalidRequest, BadRequest, UnknownHost, InvalidParameter, NotFound, LinkUnreadable, MethodNotAllowed, NotAcceptable, RequestTimeout, LinkEnded,
            PreconditionFailed, BodyTooLarge, UnsupportedMediaType, UnscreenableRequest, NotBookable, TooManyRequests, InternalError, Overloaded,
        ];

    /// <summary>Returns the kind for a set of errors.</summary>
    public static ProblemKind Of(InputErrors errors) => errors.AnyOfShape ? InvalidRequest : UnscreenableRequest;

    /// <summary>Returns the kind for a status without further details.</summary>
    public static ProblemKind OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status406NotAcceptable => NotAcceptable,
        StatusCodes.Status408RequestTimeout => RequestTimeout,
        StatusCodes.Status412PreconditionFailed => PreconditionFailed,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status503ServiceUnavailable => Overloaded,
        >= 400 and < 500 => BadRequest with { Status = status },
        _ => InternalError with { Status = status },
    };
}
