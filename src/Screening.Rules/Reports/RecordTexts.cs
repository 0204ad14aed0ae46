namespace Screening.Rules;

/// <summary>
/// What a report says where a health record came along, in every language: who says what, the person or the record. In braces: what
/// is put in.
/// </summary>
public static class RecordTexts
{
    public static readonly Message Answered = Words.Message("record.answered");

    public static readonly Message NotAnswered = Words.Message("record.notAnswered");

    public static readonly LocalizedText FromRecord = Words.Text("record.fromRecord");
    public static readonly LocalizedText FromYourRecord = Words.Text("record.fromYourRecord");
    public static readonly LocalizedText InRecord = Words.Text("record.inRecord");

    /// <summary>What was filled in for the patient, and not confirmed.</summary>
    public static readonly Message Suggested = Words.Message("record.suggested");

    /// <summary>The same in place of an entry's name.</summary>
    public static readonly LocalizedText SuggestedEntry = Words.Text("record.suggestedEntry");

    /// <summary>In place of an option that says how often a medicine is taken, where the record does not.</summary>
    public static readonly LocalizedText HowOftenNotStated = Words.Text("record.howOftenNotStated");

    public static readonly LocalizedText NotClear = Words.Text("record.notClear");
    public static readonly LocalizedText Disagrees = Words.Text("record.disagrees");

    public static readonly LocalizedText MoreEntries = Words.Text("record.moreEntries");
    public static readonly LocalizedText ToldBefore = Words.Text("record.toldBefore");

    private static readonly LocalizedText UnnamedEntry = Words.Text("record.unnamedEntry");
    public static readonly LocalizedText Counts = Words.Text("record.counts");

    /// <summary>The same of what was filled in for the patient, where the record says nothing.</summary>
    public static readonly LocalizedText SuggestionCounts = Words.Text("record.suggestionCounts");

    public static readonly LocalizedText Record = Words.Text("record.record");
    public static readonly LocalizedText LookedAt = Words.Text("record.lookedAt");

    /// <summary>What the record calls an entry, if that is a name that can be told.</summary>
    public static Phrase Entry(string? reference, Language language) =>
        reference is null ? UnnamedEntry.In(language) : Phrase.Code(reference);

    /// <summary>The status as a heading, to each reader.</summary>
    public static Message Headline(Eligibility eligibility, EvidenceBasis basis) => (eligibility, basis) switch
    {
        (Eligibility.Review, EvidenceBasis.Record) => ReportTexts.Headline(eligibility) with
        {
            Patient = Words.Text("record.headlineReviewRecord.patient"),
        },
        (Eligibility.Ineligible, EvidenceBasis.FilledIn) => Words.Message("record.headlineFilledIn"),
        (Eligibility.Review, EvidenceBasis.Both) => ReportTexts.Headline(eligibility) with
        {
            Patient = Words.Text("record.headlineReviewBoth.patient"),
        },
        _ => ReportTexts.Headline(eligibility),
    };

    /// <summary>What the status means and what comes next; <c>{date}</c> is the first unblocked date.</summary>
    public static Message Lead(Eligibility eligibility, EvidenceBasis basis) => (eligibility, basis) switch
    {
        (Eligibility.Conditional, EvidenceBasis.Record or EvidenceBasis.Both) => ReportTexts.Lead(eligibility) with
        {
            Clinician = Words.Text("record.leadConditional.clinician"),
        },
        (Eligibility.Ineligible, EvidenceBasis.Record) => Words.Message("record.leadIneligibleRecord"),
        (Eligibility.Ineligible, EvidenceBasis.FilledIn) => Words.Message("record.leadFilledIn"),
        (Eligibility.Ineligible, EvidenceBasis.Both) => Words.Message("record.leadIneligibleBoth"),
        _ => ReportTexts.Lead(eligibility),
    };
}
