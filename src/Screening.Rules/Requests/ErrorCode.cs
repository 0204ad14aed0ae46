namespace Screening.Rules;

/// <summary>
/// The kinds of error in a request: the single catalogue behind responses, the pages at <c>/problems/{code}</c> and the documentation. A
/// code never changes its meaning.
/// </summary>
/// <param name="Code">The stable code.</param>
/// <param name="IsShape">
/// True when the body does not have the shape of a request (400); false when it does but cannot be screened (422).
/// </param>
/// <param name="Meaning">What is wrong, in plain words, without any value from the request.</param>
/// <param name="Remedy">How to correct it.</param>
public sealed record ErrorCode(string Code, bool IsShape, string Meaning, string Remedy)
{
    // 400: not JSON, or not this shape.
    public static readonly ErrorCode InvalidJson = Shape(
        "invalid-json",
        "The body is not one JSON value in UTF-8.",
        "Send one JSON object in UTF-8, without comments, trailing commas or a byte order mark.");
    public static readonly ErrorCode UnknownMember = Shape(
        "unknown-member",
        "No member of this name is expected here.",
        "Check the spelling, capital letters included, or leave the member out. Nothing is skipped silently.");
    public static readonly ErrorCode RepeatedMember = Shape(
        "repeated-member",
        "This member appears more than once.",
        "Send each member once. Of two values neither is used.");
    public static readonly ErrorCode MissingMember = Shape("missing-member", "This member is required.", "Add the member.");
    public static readonly ErrorCode WrongType = Shape(
        "wrong-type",
        "The value has the wrong JSON type.",
        "Send the type that the documentation of this member names.");
    public static readonly ErrorCode NullValue = Shape(
        "null-value",
        "null is not allowed here.",
        "Leave the member out when there is nothing to say; an unanswered question is absent.");

    public static readonly ErrorCode TooComplex = Shape(
        "too-complex",
        "The body has more elements, or more empty elements, than the service accepts.",
        "Send less at a time: this person's record only, without empty objects, in lists of ordinary length.");

    // 422: well-formed, but cannot be screened.
    public static readonly ErrorCode UnknownProtocol = Unscreenable(
        "unknown-protocol",
        "No protocol has this name and version.",
        "GET /v1/protocols lists the protocols: use `id` for the version in force, `id@version` for a specific one.");
    public static readonly ErrorCode NoVersionInForce = Unscreenable(
        "no-version-in-force",
        "No version of this protocol was in force on the as-of date.",
        "Check `asOf`, or name a version as `id@version`.");
    public static readonly ErrorCode UnknownQuestion = Unscreenable(
        "unknown-question",
        "This protocol has no question of this id.",
        "Use the question ids of the protocol, in their exact spelling.");
    public static readonly ErrorCode UnknownCode = Unscreenable(
        "unknown-code",
        "This is not one of the codes that the question offers.",
        "Use a code that the protocol lists for this question, in its exact spelling.");
    public static readonly ErrorCode RepeatedCode = Unscreenable(
        "repeated-code",
        "This code is already in the list.",
        "List each code once.");
    public static readonly ErrorCode EmptyList = Unscreenable(
        "empty-list",
        "The list must have at least one element.",
        "Add an element, or leave the member out when the answer is not known.");
    public static readonly ErrorCode UnknownTimeZone = Unscreenable(
        "unknown-time-zone",
        "This is not the name of an IANA time zone.",
        "Use a name such as `America/New_York`, in its exact spelling.");
    public static readonly ErrorCode InvalidDate = Unscreenable(
        "invalid-date",
        "This is not a valid date here.",
        "Use YYYY-MM-DD, or YYYY-MM or YYYY where a partial date is allowed, for a day that exists in the years 1900 to "
            + "2199.");
    public static readonly ErrorCode InvalidDateTime = Unscreenable(
        "invalid-date-time",
        "This is not a valid date and time here.",
        "Use YYYY-MM-DDTHH:MM:SS, with an offset such as `-05:00` or `Z` where one is required, in the years 1900 to 2199. "
            + "The start and the end of an appointment may leave out `:SS`.");
    public static readonly ErrorCode SkippedLocalTime = Unscreenable(
        "skipped-local-time",
        "The clinic's clocks skip this local time.",
        "Choose a time that exists on that day, or send it with its offset.");
    public static readonly ErrorCode DateBeforeAsOf = Unscreenable(
        "date-before-as-of",
        "The requested date is before the as-of date.",
        "Ask for a date on or after the day on which the answers were given.");
    public static readonly ErrorCode DateAfterAsOf = Unscreenable(
        "date-after-as-of",
        "This date is after the as-of date, but what it dates must already have happened.",
        "Check the date and `asOf`. A clearance has been given, and a form has been filled in, on or before the as-of date.");
    public static readonly ErrorCode ContradictoryTimeZones = Unscreenable(
        "contradictory-time-zones",
        "The request names two different time zones for the same appointment.",
        "Name one time zone, the clinic's. Of two neither is used.");
    public static readonly ErrorCode EndBeforeStart = Unscreenable(
        "end-before-start",
        "The appointment ends before it starts, or before the as-of date.",
        "Send an `end` that is not before `start`.");
    public static readonly ErrorCode StartNeeded = Unscreenable(
        "start-needed",
        "The appointment has no start, which is required here: a care plan is dated by it, and an appointment that names "
            + "other dates does not ask for today.",
        "Add `start` to the appointment. Only a screening that names no other date may omit it; it then asks for today.");
    public static readonly ErrorCode ContradictoryAnswers = Unscreenable(
        "contradictory-answers",
        "This answer contradicts another answer or the as-of date.",
        "Ask the person again. Neither answer is used until they agree.");
    public static readonly ErrorCode NotReviewFinding = Unscreenable(
        "not-a-review-finding",
        "Only a finding that a clinician must review can be cleared; this rule has none.",
        "Leave the clearance out. An exclusion, a wait or an unanswered question cannot be cleared.");
    public static readonly ErrorCode TooLong = Unscreenable(
        "too-long",
        "The text is too long.",
        "Shorten it to the length that the documentation of this member names.");
    public static readonly ErrorCode TooMany = Unscreenable(
        "too-many",
        "The list is too long.",
        "Send at most the number that the documentation of this member names.");
    public static readonly ErrorCode EmptyText = Unscreenable(
        "empty-text",
        "The text must not be blank.",
        "Add the text, or leave the member out where it is optional.");

    public static readonly ErrorCode UnknownValue = Unscreenable(
        "unknown-value",
        "This is not one of the values that this member accepts.",
        "Use one of the values that the documentation of this member names, in its exact spelling.");
    public static readonly ErrorCode InvalidId = Unscreenable(
        "invalid-id",
        "This is not an id of the required form.",
        "Send a UUID, or the id of a FHIR resource without its type, as the documentation of this member says.");

    // Errors that only FHIR resources can have.
    public static readonly ErrorCode UnusableStatus = Unscreenable(
        "unusable-status",
        "The status excludes this resource: it is cancelled, entered in error, over, or not finished.",
        "Send a questionnaire response that is completed or amended, and an appointment that is still to take place.");
    public static readonly ErrorCode DifferentPatients = Unscreenable(
        "different-patients",
        "The resources are about different patients.",
        "Check which patient each of the resources belongs to.");

    /// <summary>Marks a truncated list of errors. It comes last and does not reveal the kind of the others.</summary>
    public static readonly ErrorCode MoreErrors = Unscreenable(
        "more-errors",
        "There are more errors than are listed here.",
        "Correct the listed errors and send the request again; the next ones are listed then.");

    /// <summary>Every code, in declaration order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        InvalidJson, UnknownMember, RepeatedMember, MissingMember, WrongType, NullValue, TooComplex,
        UnknownProtocol, NoVersionInForce, UnknownQuestion, UnknownCode, RepeatedCode, EmptyList, UnknownTimeZone,
        InvalidDate, InvalidDateTime, SkippedLocalTime, DateBeforeAsOf, DateAfterAsOf, ContradictoryTimeZones, EndBeforeStart, StartNeeded,
        ContradictoryAnswers, NotReviewFinding, TooLong, TooMany, EmptyText, UnknownValue, InvalidId, UnusableStatus, DifferentPatients, MoreErrors,
    ];

    private static ErrorCode Shape(string code, string meaning, string remedy) => new(code, true, meaning, remedy);

    private static ErrorCode Unscreenable(string code, string meaning, string remedy) => new(code, false, meaning, remedy);
}
