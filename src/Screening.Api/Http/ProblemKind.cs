using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>What went wrong with a request as a whole; the <c>type</c> of its problem document.</summary>
/// <param name="Code">The last part of the problem's type, <c>/problems/{code}</c>.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Explanation">A short title that never varies, and what the client should do.</param>
public sealed record ProblemKind(string Code, int Status, Explanation Explanation)
{
    public static readonly ProblemKind InvalidRequest = new("invalid-request", 400, Words.Explanation("problem.invalidRequest"));
    public static readonly ProblemKind BadRequest = new("bad-request", 400, Words.Explanation("problem.badRequest"));
    public static readonly ProblemKind UnknownHost = new("unknown-host", 400, Words.Explanation("problem.unknownHost"));
    public static readonly ProblemKind InvalidParameter = new("invalid-parameter", 400, Words.Explanation("problem.invalidParameter"));
    public static readonly ProblemKind CredentialsMissing = new(
        "credentials-missing", 401, Words.Explanation("problem.credentialsMissing"));
    public static readonly ProblemKind CredentialsInvalid = new(
        "credentials-invalid", 401, Words.Explanation("problem.credentialsInvalid"));
    public static readonly ProblemKind ForeignForm = new("foreign-form", 403, Words.Explanation("problem.foreignForm"));

    public static readonly ProblemKind FormClosed = new("form-closed", 403, Words.Explanation("problem.formClosed"));

    public static readonly ProblemKind NotAllowed = new("not-allowed", 403, Words.Explanation("problem.notAllowed"));
    public static readonly ProblemKind NotFound = new("not-found", 404, Words.Explanation("problem.notFound"));
    public static readonly ProblemKind LinkUnreadable = new("link-unreadable", 404, Words.Explanation("problem.linkUnreadable"));
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, Words.Explanation("problem.methodNotAllowed"));
    public static readonly ProblemKind NotAcceptable = new("not-acceptable", 406, Words.Explanation("problem.notAcceptable"));
    public static readonly ProblemKind RequestTimeout = new("request-timeout", 408, Words.Explanation("problem.requestTimeout"));
    public static readonly ProblemKind LinkEnded = new("link-ended", 410, Words.Explanation("problem.linkEnded"));
    public static readonly ProblemKind PreconditionFailed = new("precondition-failed", 412, Words.Explanation("problem.preconditionFailed"));
    public static readonly ProblemKind BodyTooLarge = new("body-too-large", 413, Words.Explanation("problem.bodyTooLarge"));
    public static readonly ProblemKind UnsupportedMediaType = new("unsupported-media-type", 415, Words.Explanation("problem.unsupportedMediaType"));
    public static readonly ProblemKind UnscreenableRequest = new("unscreenable-request", 422, Words.Explanation("problem.unscreenableRequest"));
    public static readonly ProblemKind NotBookable = new("not-bookable", 422, Words.Explanation("problem.notBookable"));
    public static readonly ProblemKind ReceiptTooLong = new("receipt-too-long", 422, Words.Explanation("problem.receiptTooLong"));
    public static readonly ProblemKind TooManyRequests = new("too-many-requests", 429, Words.Explanation("problem.tooManyRequests"));
    public static readonly ProblemKind InternalError = new("internal-error", 500, Words.Explanation("problem.internalError"));
    public static readonly ProblemKind Overloaded = new("overloaded", 503, Words.Explanation("problem.overloaded"));

    public static readonly ProblemKind ReceiptUnavailable = new(
        "receipt-unavailable", 503, Words.Explanation("problem.receiptUnavailable"));

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<ProblemKind> All { get; } =
        [
            InvalidRequest, BadRequest, UnknownHost, InvalidParameter, CredentialsMissing, CredentialsInvalid, NotAllowed, ForeignForm,
            FormClosed, NotFound,
            LinkUnreadable, MethodNotAllowed, NotAcceptable, RequestTimeout, LinkEnded, PreconditionFailed, BodyTooLarge,
            UnsupportedMediaType, UnscreenableRequest, NotBookable, ReceiptTooLong, TooManyRequests, InternalError, Overloaded,
            ReceiptUnavailable,
        ];

    /// <summary>The same, which also says what this address accepts.</summary>
    public ProblemKind Naming(LocalizedText accepted) =>
        this with { Explanation = Explanation with { Remedy = LocalizedText.Joined(accepted, Explanation.Remedy) } };

    /// <summary>The same, which also lists the names that this place in the address accepts, if any.</summary>
    public ProblemKind Naming(IReadOnlyList<string> names) => names.Count == 0 ? this : Naming(Accepted.OneOf(names));

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
