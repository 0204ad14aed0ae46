using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>What the cards themselves say, in every language. What is said of the treatment stands in the protocol. In braces: what a card puts in.</summary>
internal static class CardTexts
{
    public static readonly LocalizedText Summary = Words.Text("card.summary");
    public static readonly LocalizedText Today = Words.Text("card.today");
    public static readonly LocalizedText NoneProposed = Words.Text("card.noneProposed");
    public static readonly LocalizedText NumberedAppointment = Words.Text("card.numberedAppointment");
    public static readonly LocalizedText NoForm = Words.Text("card.noForm");
    public static readonly LocalizedText CouldNotScreen = Words.Text("card.couldNotScreen");
    public static readonly LocalizedText AnswersWrong = Words.Text("card.answersWrong");
    public static readonly LocalizedText DeferredWithoutZone = Words.Text("card.shortDeferredZone");
    public static readonly LocalizedText NotInFull = Words.Text("card.notInFull");
    public static readonly LocalizedText OldAnswers = Words.Text("card.oldAnswers");
    public static readonly LocalizedText UndatedAnswers = Words.Text("card.undatedAnswers");

    public static readonly LocalizedText CouldNotScreenLead = Words.Text("card.couldNotScreenLead");
    public static readonly LocalizedText CouldNotScreenTodayLead = Words.Text("card.couldNotScreenTodayLead");
    public static readonly LocalizedText NoAppointment = Words.Text("card.noAppointment");
    public static readonly LocalizedText AnswersUnusable = Words.Text("card.answersUnusable");
    public static readonly LocalizedText NoSuchOption = Words.Text("card.noSuchOption");
    public static readonly LocalizedText AnswerUnreadable = Words.Text("card.answerUnreadable");
    public static readonly LocalizedText StartInThePast = Words.Text("card.startInThePast");
    public static readonly LocalizedText ErrorAt = Words.Text("card.errorAt");

    public static readonly LocalizedText ZoneNotKnown = Words.Text("card.zoneNotKnown");

    public static readonly LocalizedText EndLeftOut = Words.Text("card.endLeftOut");

    public static readonly LocalizedText AboutOthers = Words.Text("card.aboutOthers");
    public static readonly LocalizedText UnreadableEntries = Words.Text("card.unreadableEntries");
    public static readonly LocalizedText DanglingEntries = Words.Text("card.danglingEntries");
    public static readonly LocalizedText UnnamedEntries = Words.Text("card.unnamedEntries");

    public static readonly LocalizedText AnswersFrom = Words.Text("card.answersFrom");
    public static readonly LocalizedText AnswersFromUndated = Words.Text("card.answersFromUndated");
    public static readonly LocalizedText TheForm = Words.Text("card.theForm");

    public static readonly LocalizedText FormLink = Words.Text("card.formLink");
    public static readonly LocalizedText PageLink = Words.Text("card.pageLink");

    // Where an answer would be many times its request.
    public static readonly LocalizedText OutcomeOnly = Words.Text("card.outcomeOnly");
    public static readonly LocalizedText LeftOut = Words.Text("card.leftOut");
    public static readonly LocalizedText LeftOutRemedy = Words.Text("card.leftOutRemedy");

    public static readonly LocalizedText ProtocolLink = Words.Text("card.protocolLink");

    /// <summary>The status in a few words, for a card's summary; <c>{date}</c> is the first possible date, <c>{n}</c> the number of answers that are missing.</summary>
    public static LocalizedText Short(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Words.Text("card.shortEligible"),
        Eligibility.Conditional => Words.Text("card.shortConditional"),
        Eligibility.Deferred => Words.Text("card.shortDeferred"),
        Eligibility.Review => Words.Text("card.shortReview"),
        Eligibility.Incomplete => Words.Text("card.shortIncomplete"),
        Eligibility.Ineligible => Words.Text("card.shortIneligible"),
    };

    /// <summary>Why an appointment cannot be screened, and what to do.</summary>
    public static LocalizedText Flaw(AppointmentFlaw flaw) => flaw switch
    {
        AppointmentFlaw.NotAnAppointment => Words.Text("card.flawNotAnAppointment"),
        AppointmentFlaw.Off => Words.Text("card.flawOff"),
        AppointmentFlaw.OtherPatient => Words.Text("card.flawOtherPatient"),
        AppointmentFlaw.DatesWanted => Words.Text("card.flawDatesWanted"),
        AppointmentFlaw.NotToCome => Words.Text("card.flawNotToCome"),
        AppointmentFlaw.NoStart => Words.Text("card.flawNoStart"),
        AppointmentFlaw.StartUnreadable => Words.Text("card.flawStartUnreadable"),
        AppointmentFlaw.MeaningUnknown => Words.Text("card.flawMeaningUnknown"),
        AppointmentFlaw.ZoneUnknown => Words.Text("card.flawZoneUnknown"),
    };

    /// <summary>How a part of the record was not seen; <c>{part}</c> is its name.</summary>
    public static LocalizedText State(PartState state) => state switch
    {
        PartState.Seen => Words.Text("card.stateSeen"),
        PartState.NotSent => Words.Text("card.stateNotSent"),
        PartState.NotAsked => Words.Text("card.stateNotAsked"),
        PartState.Failed => Words.Text("card.stateFailed"),
        PartState.Paged => Words.Text("card.statePaged"),
        PartState.Unreadable => Words.Text("card.stateUnreadable"),
    };

    /// <summary>What a server said beside what it found; <c>{part}</c> is what it was asked for.</summary>
    public static LocalizedText Remark(ServerRemark remark) => remark == ServerRemark.Warning
        ? Words.Text("card.remarkInformation")
        : Words.Text("card.remarkWarning");

    /// <summary>Why filled-in forms were not used; <c>{n}</c> is how many.</summary>
    public static LocalizedText Form(FormFlaw flaw) => flaw switch
    {
        FormFlaw.NotThePerson => Words.Text("card.formNotThePerson"),
        FormFlaw.OtherQuestionnaire => Words.Text("card.formOtherQuestionnaire"),
        FormFlaw.NotFinished => Words.Text("card.formNotFinished"),
        FormFlaw.InTheFuture => Words.Text("card.formInTheFuture"),
        FormFlaw.LaterMayBeMissing => Words.Text("card.formLaterMayBeMissing"),
        FormFlaw.OrderUnknown => Words.Text("card.formOrderUnknown"),
    };
}
