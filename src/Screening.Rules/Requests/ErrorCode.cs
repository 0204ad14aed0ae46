namespace Screening.Rules;

/// <summary>
/// The kinds of error in a request: the one catalogue from which answers, the pages at <c>/problems/{code}</c> and the documentation are made.
/// A code never changes its meaning.
/// </summary>
/// <param name="Code">The stable code.</param>
/// <param name="IsShape">True: the body has not the shape of a request (400). False: it has, but cannot be screened (422).</param>
/// <param name="Meaning">What is wrong, in plain words; never a value that was sent.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ErrorCode(string Code, bool IsShape, string Meaning, string Remedy)
{
    // 400: not JSON, or not this shape.
    public static readonly ErrorCode InvalidJson = Shape("invalid-json", "The body is not one JSON value in UTF-8.", "Send one JSON object in UTF-8, without comments, trailing commas or a byte order mark.");
    public static readonly ErrorCode UnknownMember = Shape("unknown-member", "There is no member of this name here.", "Check the spelling, capital letters included, or leave the member out. Nothing is skipped silently.");
    public static readonly ErrorCode RepeatedMember = Shape("repeated-member", "This member stands more than once.", "Send each member once; of two values neither is believed.");
    public static readonly ErrorCode MissingMember = Shape("missing-member", "This member is required.", "Add the member.");
    public static readonly ErrorCode WrongType = Shape("wrong-type", "The value has the wrong JSON type.", "Send the type that the documentation of this member names.");
    public static readonly ErrorCode NullValue = Shape("null-value", "null is not a value here.", "Leave the member out when there is nothing to say; an unanswered question is absent.");

    public static readonly ErrorCode TooComplex = Shape("too-complex", "The body has more parts, or more that is empty, than any honest one.", "Send less at a time: what the record holds of this person, without empty objects, in lists of ordinary length.");

    // 422: well-formed, but it cannot be screened.
    public static readonly ErrorCode UnknownProtocol = Unscreenable("unknown-protocol", "There is no protocol of this name and version.", "GET /v1/protocols lists what there is: `id` for the version in force, `id@version` for a certain one.");
    public static readonly ErrorCode NoVersionInForce = Unscreenable("no-version-in-force", "No version of this protocol was in force on the as-of date.", "Check `asOf`, or name a version as `id@version`.");
    public static readonly ErrorCode UnknownQuestion = Unscreenable("unknown-question", "This protocol asks no such question.", "Use the question ids of the protocol, in their exact spelling.");
    public static readonly ErrorCode UnknownCode = Unscreenable("unknown-code", "This is not one of the codes that the question offers.", "Use a code that the protocol lists for this question, in its exact spelling.");
    public static readonly ErrorCode RepeatedCode = Unscreenable("repeated-code", "This code stands in the list already.", "List each code once.");
    public static readonly ErrorCode EmptyList = Unscreenable("empty-list", "The list must name at least one.", "Name at least one, or leave the member out when it is not known.");
    public static readonly ErrorCode UnknownTimeZone = Unscreenable("unknown-time-zone", "This is not the name of an IANA time zone.", "Use a name such as `America/New_York`, in its exact spelling.");
    public static readonly ErrorCode InvalidDate = Unscreenable("invalid-date", "This is not a date that can be used here.", "Use YYYY-MM-DD, or YYYY-MM or YYYY where a partial date is allowed, for a day that exists in the years 1900 to 2199.");
    public static readonly ErrorCode InvalidDateTime = Unscreenable("invalid-date-time", "This is not a date and time that can be used here.", "Use YYYY-MM-DDTHH:MM:SS, with an offset such as `-05:00` or `Z` where one is wanted, in the years 1900 to 2199.");
    public static readonly ErrorCode SkippedLocalTime = Unscreenable("skipped-local-time", "The clinic's clocks skip this local time.", "Choose a time that exists on that day, or send it with its offset.");
    public static readonly ErrorCode DateBeforeAsOf = Unscreenable("date-before-as-of", "The requested date is before the as-of date.", "Ask for a date on or after the day on which the answers were given.");
    public static readonly ErrorCode EndBeforeStart = Unscreenable("end-before-start", "The appointment ends before it starts, or before the as-of date.", "Send an `end` that is not before `start`.");
    public static readonly ErrorCode StartNeeded = Unscreenable("start-needed", "A care plan is dated by the start of the appointment, and there is none.", "Add `start` to the appointment; a screening alone can do without it.");
    public static readonly ErrorCode ContradictoryAnswers = Unscreenable("contradictory-answers", "This answer contradicts another answer or the as-of date.", "Ask the person again: neither answer is believed until they agree.");
    public static readonly ErrorCode NotReviewFinding = Unscreenable("not-a-review-finding", "Only a finding that a clinician must review can be cleared; this rule has none.", "Leave the clearance out. An exclusion, a wait or an unanswered question cannot be cleared.");
    public static readonly ErrorCode TooLong = Unscreenable("too-long", "The text is too long.", "Shorten it to the length that the documentation of this member names.");
    public static readonly ErrorCode TooMany = Unscreenable("too-many", "The list is too long.", "Send at most the number that the documentation of this member names.");
    public static readonly ErrorCode EmptyText = Unscreenable("empty-text", "The text must not be blank.", "Say who or what it was.");

    public static readonly ErrorCode UnknownValue = Unscreenable("unknown-value", "This is not one of the values that this member takes.", "Use one of the values that the documentation of this member names, in its exact spelling.");
    public static readonly ErrorCode InvalidId = Unscreenable("invalid-id", "This is not an id of the form that is wanted here.", "Send a UUID, or the id of a FHIR resource without its type, as the documentation of this member says.");

    // What only FHIR resources can have wrong.
    public static readonly ErrorCode UnusableStatus = Unscreenable("unusable-status", "The status says that this resource does not count: it was cancelled, entered in error, is over, or is not finished.", "Send a resource that counts: a questionnaire response that is completed or amended, an appointment that is still to take place.");
    public static readonly ErrorCode DifferentPatients = Unscreenable("different-patients", "The resources are about different patients.", "Check which patient each of the resources belongs to.");

    /// <summary>Says that more is wrong than is told. It stands last, and says nothing of what kind the rest is.</summary>
    public static readonly ErrorCode MoreErrors = Unscreenable("more-errors", "There are more errors than are told here.", "Mend those that are told and send the request again: the next are told then.");

    /// <summary>Every code, in the order of this file.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        InvalidJson, UnknownMember, RepeatedMember, MissingMember, WrongType, NullValue, TooComplex,
        UnknownProtocol, NoVersionInForce, UnknownQuestion, UnknownCode, RepeatedCode, EmptyList, UnknownTimeZone, InvalidDate, InvalidDateTime,
        SkippedLocalTime, DateBeforeAsOf, EndBeforeStart, StartNeeded, ContradictoryAnswers, NotReviewFinding, TooLong, TooMany, EmptyText,
        UnknownValue, InvalidId, UnusableStatus, DifferentPatients, MoreErrors,
    ];

    private static ErrorCode Shape(string code, string meaning, string remedy) => new(code, true, meaning, remedy);

    private static ErrorCode Unscreenable(string code, string meaning, string remedy) => new(code, false, meaning, remedy);
}
