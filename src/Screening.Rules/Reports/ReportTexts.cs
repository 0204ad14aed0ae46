using System.Globalization;

namespace Screening.Rules;

/// <summary>
/// What a report says of a decision, in every language: headings, labels, and the status in plain words. What is said of the treatment
/// stands in the protocol. In braces: what is put in.
/// </summary>
public static class ReportTexts
{

    public static readonly LocalizedText Missing = Words.Text("report.missing");
    public static readonly LocalizedText MissingPatient = Words.Text("report.missingPatient");
    public static readonly LocalizedText MissingBesides = Words.Text("report.missingBesides");
    public static readonly LocalizedText Binding = Words.Text("report.binding");
    public static readonly LocalizedText Besides = Words.Text("report.besides");
    public static readonly LocalizedText Requirements = Words.Text("report.requirements");
    public static readonly LocalizedText RequirementsBesides = Words.Text("report.requirementsBesides");
    public static readonly LocalizedText RequirementsMoot = Words.Text("report.requirementsMoot");
    public static readonly LocalizedText StopBy = Words.Text("report.stopBy");
    public static readonly LocalizedText StartBy = Words.Text("report.startBy");
    public static readonly LocalizedText ContinueThrough = Words.Text("report.continueThrough");

    public static readonly LocalizedText NotAnswered = Words.Text("report.notAnswered");
    /// <summary>Of a question that may be left empty, and was.</summary>
    public static readonly LocalizedText LeftEmpty = Words.Text("report.leftEmpty");
    public static readonly LocalizedText NotKnown = Words.Text("report.notKnown");
    public static readonly LocalizedText DateNotKnown = Words.Text("report.dateNotKnown");
    public static readonly LocalizedText Moot = Words.Text("report.moot");
    public static readonly LocalizedText RequirementMoot = Words.Text("report.requirementMoot");
    public static readonly LocalizedText None = Words.Text("report.none");
    private static readonly LocalizedText Source = Words.Text("report.source");
    public static readonly LocalizedText ClearedBy = Words.Text("report.clearedBy");
    public static readonly LocalizedText ReviewClearedBy = Words.Text("report.reviewClearedBy");

    public static readonly LocalizedText Dates = Words.Text("report.dates");
    public static readonly LocalizedText RequestedDate = Words.Text("report.requestedDate");
    public static readonly LocalizedText AsOfDate = Words.Text("report.asOfDate");
    public static readonly LocalizedText FirstFree = Words.Text("report.firstFree");
    public static readonly LocalizedText NotBefore = Words.Text("report.notBefore");
    public static readonly LocalizedText Free = Words.Text("report.free");
    public static readonly LocalizedText RequiredLine = Words.Text("report.requiredLine");
    public static readonly LocalizedText RequiredBesides = Words.Text("report.requiredBesides");
    public static readonly LocalizedText Through = Words.Text("report.through");
    public static readonly LocalizedText Until = Words.Text("report.until");
    public static readonly LocalizedText From = Words.Text("report.from");
    public static readonly LocalizedText NoDates = Words.Text("report.noDates");

    public static readonly LocalizedText CountedAs = Words.Text("report.countedAs");
    public static readonly LocalizedText NotPossible = Words.Text("report.notPossible");
    public static readonly LocalizedText Blocked = Words.Text("report.blocked");
    public static readonly LocalizedText NotBlocked = Words.Text("report.notBlocked");
    public static readonly LocalizedText DaysLong = Words.Text("report.daysLong");
    public static readonly LocalizedText FreeAgain = Words.Text("report.freeAgain");

    public static readonly LocalizedText Slots = Words.Text("report.slots");
    public static readonly LocalizedText SlotsNote = Words.Text("report.slotsNote");

    public static readonly LocalizedText TodayQuestion = Words.Text("report.todayQuestion");
    private static readonly LocalizedText AndMore = Words.Text("report.andMore");

    public static readonly LocalizedText NotSeen = Words.Text("report.notSeen");
    public static readonly LocalizedText NotSeenLead = Words.Text("report.notSeenLead");

    public static readonly LocalizedText Appointment = Words.Text("report.appointment");
    public static readonly LocalizedText End = Words.Text("report.end");
    public static readonly LocalizedText Answers = Words.Text("report.answers");
    public static readonly LocalizedText TimeZone = Words.Text("report.timeZone");
    public static readonly LocalizedText Protocol = Words.Text("report.protocol");
    public static readonly LocalizedText Digest = Words.Text("report.digest");
    public static readonly LocalizedText DecisionId = Words.Text("report.decisionId");
    public static readonly LocalizedText Reference = Words.Text("report.reference");
    public static readonly LocalizedText Status = Words.Text("report.status");
    public static readonly LocalizedText RulesLookedAt = Words.Text("report.rulesLookedAt");
    public static readonly LocalizedText RulesClear = Words.Text("report.rulesClear");
    public static readonly LocalizedText ClinicTime = Words.Text("report.clinicTime");

    /// <summary>How many more there are than are told.</summary>
    public static string More(int count, Language language) => AndMore.In(language).With("n", count.ToString(CultureInfo.InvariantCulture));

    /// <summary>A line of the protocol's source, whose title is in its own language.</summary>
    public static Phrase SourceOf(Protocol protocol, int line, Language language) => Phrase.Of(
        Source,
        language,
        ("line", line.ToString(CultureInfo.InvariantCulture)),
        ("document", Phrase.Quote(protocol.Document.Source.Document)));

    /// <summary>The status as a heading, to each reader.</summary>
    public static Message Headline(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Words.Message("report.headlineEligible"),
        Eligibility.Conditional => Words.Message("report.headlineConditional"),
        Eligibility.Deferred => Words.Message("report.headlineDeferred"),
        Eligibility.Review => Words.Message("report.headlineReview"),
        Eligibility.Incomplete => Words.Message("report.headlineIncomplete"),
        Eligibility.Ineligible => Words.Message("report.headlineIneligible"),
    };

    /// <summary>What the status means and what comes next; <c>{date}</c> is the first unblocked date.</summary>
    public static Message Lead(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Words.Message("report.leadEligible"),
        Eligibility.Conditional => Words.Message("report.leadConditional"),
        Eligibility.Deferred => Words.Message("report.leadDeferred"),
        Eligibility.Review => Words.Message("report.leadReview"),
        Eligibility.Incomplete => Words.Message("report.leadIncomplete"),
        Eligibility.Ineligible => Words.Message("report.leadIneligible"),
    };

    /// <summary>
    /// The lead of a deferral where the zone is not known: the refused date <c>{asked}</c> may differ from the one that was asked for, so
    /// it is named; <c>{date}</c> is the first unblocked date.
    /// </summary>
    public static readonly Message DeferredWithoutZone = Words.Message("report.leadDeferredZone");

    /// <summary>The lower bound, where the status promises no date; <c>{date}</c> is the first unblocked date.</summary>
    public static readonly Message Bound = Words.Message("report.bound");

    /// <summary>A slot's status in a few words, the same to each reader.</summary>
    public static LocalizedText Short(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Words.Text("report.shortEligible"),
        Eligibility.Conditional => Words.Text("report.shortConditional"),
        Eligibility.Deferred => Words.Text("report.shortDeferred"),
        Eligibility.Review => Words.Text("report.shortReview"),
        Eligibility.Incomplete => Words.Text("report.shortIncomplete"),
        Eligibility.Ineligible => Words.Text("report.shortIneligible"),
    };

    /// <summary>What a finding is, for staff.</summary>
    public static LocalizedText Kind(Effect effect) => effect switch
    {
        Effect.Exclude => Words.Text("report.kindExclude"),
        Effect.Review => Words.Text("report.kindReview"),
        Effect.Defer => Words.Text("report.kindDefer"),
        Effect.Require => Words.Text("report.kindRequire"),
    };

    /// <summary>What a rule came to, for staff.</summary>
    public static LocalizedText Outcome(Outcome outcome) => outcome switch
    {
        Rules.Outcome.Triggered => Words.Text("report.outcomeTriggered"),
        Rules.Outcome.Undetermined => Words.Text("report.outcomeUndetermined"),
        Rules.Outcome.Cleared => Words.Text("report.outcomeCleared"),
        Rules.Outcome.Clear => Words.Text("report.outcomeClear"),
    };

    /// <summary>How long a finding lasts, for staff.</summary>
    public static LocalizedText Lasts(Persistence persistence) => persistence switch
    {
        Persistence.Indefinite => Words.Text("report.lastsIndefinite"),
        Persistence.UntilResolved => Words.Text("report.lastsUntilResolved"),
        Persistence.UntilDate => Words.Text("report.lastsUntilDate"),
    };
}
