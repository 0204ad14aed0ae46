namespace Screening.Rules;

/// <summary>
/// The kinds of error in a request: the single catalogue behind responses, the pages at <c>/problems/{code}</c> and the documentation. A
/// code never changes its meaning.
/// </summary>
/// <param name="Code">The stable code.</param>
/// <param name="IsShape">
/// True when the body does not have the shape of a request (400); false when it does but cannot be screened (422).
/// </param>
/// <param name="Explanation">What is wrong, and how to correct it.</param>
public sealed record ErrorCode(string Code, bool IsShape, Explanation Explanation)
{
    // 400: not JSON, or not this shape.
    public static readonly ErrorCode InvalidJson = Shape("invalid-json", Words.Explanation("error.invalidJson"));
    public static readonly ErrorCode UnknownMember = Shape("unknown-member", Words.Explanation("error.unknownMember"));
    public static readonly ErrorCode RepeatedMember = Shape("repeated-member", Words.Explanation("error.repeatedMember"));
    public static readonly ErrorCode MissingMember = Shape("missing-member", Words.Explanation("error.missingMember"));
    public static readonly ErrorCode WrongType = Shape("wrong-type", Words.Explanation("error.wrongType"));
    public static readonly ErrorCode NullValue = Shape("null-value", Words.Explanation("error.nullValue"));

    public static readonly ErrorCode TooComplex = Shape("too-complex", Words.Explanation("error.tooComplex"));

    // 422: well-formed, but cannot be screened.
    public static readonly ErrorCode UnknownProtocol = Unscreenable("unknown-protocol", Words.Explanation("error.unknownProtocol"));
    public static readonly ErrorCode NoVersionInForce = Unscreenable("no-version-in-force", Words.Explanation("error.noVersionInForce"));
    public static readonly ErrorCode UnknownQuestion = Unscreenable("unknown-question", Words.Explanation("error.unknownQuestion"));
    public static readonly ErrorCode UnknownCode = Unscreenable("unknown-code", Words.Explanation("error.unknownCode"));
    public static readonly ErrorCode RepeatedCode = Unscreenable("repeated-code", Words.Explanation("error.repeatedCode"));
    public static readonly ErrorCode EmptyList = Unscreenable("empty-list", Words.Explanation("error.emptyList"));
    public static readonly ErrorCode UnknownTimeZone = Unscreenable("unknown-time-zone", Words.Explanation("error.unknownTimeZone"));
    public static readonly ErrorCode InvalidDate = Unscreenable("invalid-date", Words.Explanation("error.invalidDate"));
    public static readonly ErrorCode InvalidDateTime = Unscreenable("invalid-date-time", Words.Explanation("error.invalidDateTime"));
    public static readonly ErrorCode SkippedLocalTime = Unscreenable("skipped-local-time", Words.Explanation("error.skippedLocalTime"));
    public static readonly ErrorCode DateBeforeAsOf = Unscreenable("date-before-as-of", Words.Explanation("error.dateBeforeAsOf"));
    public static readonly ErrorCode DateAfterAsOf = Unscreenable("date-after-as-of", Words.Explanation("error.dateAfterAsOf"));
    public static readonly ErrorCode ContradictoryTimeZones = Unscreenable("contradictory-time-zones", Words.Explanation("error.contradictoryTimeZones"));
    public static readonly ErrorCode EndBeforeStart = Unscreenable("end-before-start", Words.Explanation("error.endBeforeStart"));
    public static readonly ErrorCode StartNeeded = Unscreenable("start-needed", Words.Explanation("error.startNeeded"));
    public static readonly ErrorCode ContradictoryAnswers = Unscreenable("contradictory-answers", Words.Explanation("error.contradictoryAnswers"));
    public static readonly ErrorCode NotReviewFinding = Unscreenable("not-a-review-finding", Words.Explanation("error.notReviewFinding"));
    public static readonly ErrorCode TooLong = Unscreenable("too-long", Words.Explanation("error.tooLong"));
    public static readonly ErrorCode TooMany = Unscreenable("too-many", Words.Explanation("error.tooMany"));
    public static readonly ErrorCode EmptyText = Unscreenable("empty-text", Words.Explanation("error.emptyText"));

    // Errors of a receipt, and of an appointment that is moved by one.
    public static readonly ErrorCode ReceiptNotGenuine = Unscreenable("receipt-not-genuine", Words.Explanation("error.receiptNotGenuine"));
    public static readonly ErrorCode ReceiptRevoked = Unscreenable("receipt-revoked", Words.Explanation("error.receiptRevoked"));
    public static readonly ErrorCode ReceiptOfDevelopment = Unscreenable(
        "receipt-of-development", Words.Explanation("error.receiptOfDevelopment"));

    public static readonly ErrorCode ReceiptIncomplete = Unscreenable("receipt-incomplete", Words.Explanation("error.receiptIncomplete"));
    public static readonly ErrorCode ReceiptNotApplicable = Unscreenable(
        "receipt-not-applicable", Words.Explanation("error.receiptNotApplicable"));

    public static readonly ErrorCode AnswersTooOld = Unscreenable("answers-too-old", Words.Explanation("error.answersTooOld"));
    public static readonly ErrorCode DatePassed = Unscreenable("date-passed", Words.Explanation("error.datePassed"));

    public static readonly ErrorCode UnknownValue = Unscreenable("unknown-value", Words.Explanation("error.unknownValue"));
    public static readonly ErrorCode InvalidId = Unscreenable("invalid-id", Words.Explanation("error.invalidId"));

    // Errors that only FHIR resources can have.
    public static readonly ErrorCode UnusableStatus = Unscreenable("unusable-status", Words.Explanation("error.unusableStatus"));
    public static readonly ErrorCode DifferentPatients = Unscreenable("different-patients", Words.Explanation("error.differentPatients"));

    /// <summary>Marks a truncated list of errors. It comes last and does not reveal the kind of the others.</summary>
    public static readonly ErrorCode MoreErrors = Unscreenable("more-errors", Words.Explanation("error.moreErrors"));

    /// <summary>Every code, in declaration order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        InvalidJson, UnknownMember, RepeatedMember, MissingMember, WrongType, NullValue, TooComplex,
        UnknownProtocol, NoVersionInForce, UnknownQuestion, UnknownCode, RepeatedCode, EmptyList, UnknownTimeZone,
        InvalidDate, InvalidDateTime, SkippedLocalTime, DateBeforeAsOf, DateAfterAsOf, ContradictoryTimeZones, EndBeforeStart, StartNeeded,
        ContradictoryAnswers, NotReviewFinding, TooLong, TooMany, EmptyText,
        ReceiptNotGenuine, ReceiptRevoked, ReceiptOfDevelopment, ReceiptIncomplete, ReceiptNotApplicable, AnswersTooOld, DatePassed,
        UnknownValue, InvalidId, UnusableStatus, DifferentPatients, MoreErrors,
    ];

    private static ErrorCode Shape(string code, Explanation explanation) => new(code, true, explanation);

    private static ErrorCode Unscreenable(string code, Explanation explanation) => new(code, false, explanation);
}
