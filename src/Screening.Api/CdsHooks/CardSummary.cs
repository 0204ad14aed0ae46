using System.Globalization;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The one sentence of a card, and how urgent it is.</summary>
internal static class CardSummary
{
    /// <summary>A summary has fewer than 140 characters (<see href="https://cds-hooks.hl7.org/2.0.1/#card-attributes"/>).</summary>
    public const int Longest = 139;

    /// <summary>The sentence: which treatment, when, and what came of it.</summary>
    public static string Of(HookScreenings screenings, ScreenedAppointment screened, Language language)
    {
        var decision = screened.Decision;
        var what = decision is null ? CardTexts.CouldNotScreen.In(language)
            : decision.Eligibility == Eligibility.Incomplete && screenings.Form.Response is null ? CardTexts.NoForm.In(language)
            : CardTexts.Short(decision.Eligibility).In(language)
                .With("date", DateWords.Of(decision.NotBefore, language))
                .With("n", decision.Missing.Length.ToString(CultureInfo.InvariantCulture));
        if (decision is { Bookable: true } && !IsSeenInFull(screenings))
        {
            what += CardTexts.NotInFull.In(language);
        }

        if (decision is { Bookable: true })
        {
            what += Age(screenings.Form, screened, language);
        }

        var rest = CardTexts.Summary.In(language)
            .With("when", When(screenings, screened, language))
            .With("what", what);
        const string Title = "{title}";
        return rest.Replace(Title, Shortened(screenings.Protocol.Document.Title.In(language), Longest - (rest.Length - Title.Length)), StringComparison.Ordinal);
    }

    /// <summary><c>critical</c>, <c>warning</c> or <c>info</c>; what could not be screened is never less than critical.</summary>
    public static string Indicator(Decision? decision) => decision is null ? "critical" : decision.Eligibility switch
    {
        Eligibility.Ineligible or Eligibility.Incomplete => "critical",
        Eligibility.Review or Eligibility.Deferred => "warning",
        Eligibility.Conditional or Eligibility.Eligible => "info",
    };

    /// <summary>
    /// The parts of the record that were not seen, or not in full, so that what is not in them means nothing; what was not asked for is
    /// none of them. The person's own data is none.
    /// </summary>
    public static IEnumerable<PrefetchedPart> NotSeen(HookScreenings screenings) =>
        screenings.Prefetch.Parts.Where(part =>
            part.State is not (PartState.Seen or PartState.NotAsked) && part.Template.Key != PrefetchTemplate.PatientKey);

    /// <summary>
    /// False as well where something came about somebody else: whoever sends one patient's record for another may have left out theirs.
    /// Forms are told apart from it.
    /// </summary>
    private static bool IsSeenInFull(HookScreenings screenings) =>
        !NotSeen(screenings).Any()
        && screenings.Record is { NotInFull: 0, Dangling: 0, Unnamed.Count: 0 }
        && screenings.Prefetch.Parts.All(part => part.AboutOthers == 0 || part.Template.Key == PrefetchTemplate.ResponsesKey);

    /// <summary>Of answers that may no longer be true: when they were given, as exactly as the form says; nothing for those of the last days.</summary>
    private static string Age(FilledInForm form, ScreenedAppointment screened, Language language) =>
        form.Authored is not { } authored ? CardTexts.UndatedAnswers.In(language)
        : FilledInTime.IsOld(authored, screened.Request!.Today)
            ? CardTexts.OldAnswers.In(language).With("date", authored.ToString())
        : string.Empty;

    private static string When(HookScreenings screenings, ScreenedAppointment screened, Language language) =>
        screened.Place == 0 ? (screenings.Request.Appointments is null ? CardTexts.Today : CardTexts.NoneProposed).In(language)
        : screened.Request?.Appointment.Start is { } start && !screened.ZoneAssumed ? DateWords.Of(start.Date, language)
        : screened.Proposed?.Start is { } stated ? DateWords.Of(stated.Local.Date, language)
        : CardTexts.NumberedAppointment.In(language).With("n", screened.Place.ToString(CultureInfo.InvariantCulture));

    private static string Shortened(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)] + "…";
}
