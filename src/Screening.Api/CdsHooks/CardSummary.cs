using System.Globalization;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The summary of a card and its urgency.</summary>
internal static class CardSummary
{
    /// <summary>A summary has fewer than 140 characters (<see href="https://cds-hooks.hl7.org/2.0.1/#card-attributes"/>).</summary>
    public const int MaxLength = 139;

    /// <summary>Returns the summary: which treatment, when, and the outcome.</summary>
    public static string Of(HookScreenings screenings, ScreenedAppointment screened, Language language)
    {
        var decision = screened.Decision;
        var outcome = decision is null ? (HasWrongAnswers(screened) ? CardTexts.AnswersWrong : CardTexts.CouldNotScreen).In(language)
            : IsWithoutForm(screenings, screened) && decision.Eligibility == Eligibility.Incomplete ? CardTexts.NoForm.In(language)
            : IsRefusedByZoneAlone(screened, decision) ? CardTexts.DeferredWithoutZone.In(language)
            : CardTexts.Short(decision.Eligibility).In(language)
                .With("date", DateWords.Of(decision.NotBefore, language))
                .With("n", decision.Missing.Length.ToString(CultureInfo.InvariantCulture));
        if (decision is { Bookable: true } && !IsSeenInFull(screenings))
        {
            outcome += CardTexts.NotInFull.In(language);
        }

        if (decision is { Bookable: true })
        {
            outcome += Age(screenings.Form, screened, language);
        }

        var template = CardTexts.Summary.In(language)
            .With("when", When(screenings, screened, language))
            .With("what", outcome);
        const string Title = "{title}";
        var title = Truncate(screenings.Protocol.Document.Title.In(language), MaxLength - (template.Length - Title.Length));
        return template.Replace(Title, title, StringComparison.Ordinal);
    }

    /// <summary>True when there is no form, so that all there is comes from the record: its card is short.</summary>
    public static bool IsWithoutForm(HookScreenings screenings, ScreenedAppointment screened) =>
        screened.Decision is not null && screenings.Form.Response is null;

    /// <summary>Returns <c>critical</c>, <c>warning</c> or <c>info</c>; <c>critical</c> when there is no decision.</summary>
    public static string Indicator(Decision? decision) => decision is null ? "critical" : decision.Eligibility switch
    {
        Eligibility.Ineligible or Eligibility.Incomplete => "critical",
        Eligibility.Review or Eligibility.Deferred => "warning",
        Eligibility.Conditional or Eligibility.Eligible => "info",
    };

    /// <summary>
    /// Also false when data about another person was sent: data of the right patient may be missing. Forms are excluded; they are reported
    /// separately.
    /// </summary>
    private static bool IsSeenInFull(HookScreenings screenings) =>
        !screenings.NotSeen.Any()
        && screenings.Record is { NotInFull: 0, Dangling: 0, Unnamed.Count: 0 }
        && screenings.Prefetch.Parts.All(part => part.AboutOthers == 0 || part.Template.Key == PrefetchTemplate.ResponsesKey);

    /// <summary>Returns the date of answers that may be outdated, to the form's precision; empty for answers of the last days.</summary>
    private static string Age(FilledInForm form, ScreenedAppointment screened, Language language) =>
        form.Authored is not { } authored ? CardTexts.UndatedAnswers.In(language)
        : FilledInTime.IsOld(authored, screened.Request!.Today)
            ? CardTexts.OldAnswers.In(language).With("date", authored.ToString())
        : string.Empty;

    /// <summary>True when answers of the form have errors, and not only the time of the appointment.</summary>
    private static bool HasWrongAnswers(ScreenedAppointment screened) =>
        screened.Proposed?.Flaw is null
        && screened.Errors.Any(error => error.Error.Place.StartsWith("QuestionnaireResponse.item[", StringComparison.Ordinal));

    /// <summary>
    /// True when the zone is unknown and the worst one refuses another local date than the summary names: that date, or any that is today
    /// somewhere, could then be possible.
    /// </summary>
    private static bool IsRefusedByZoneAlone(ScreenedAppointment screened, Decision decision) =>
        decision.Eligibility == Eligibility.Deferred && screened.ZoneAssumed
        && (screened.Proposed?.Start is { } start
            ? decision.Date != start.Local.Date
            : decision.NotBefore <= PossibleZones.LatestDate(screened.Request!.AsOf));

    private static string When(HookScreenings screenings, ScreenedAppointment screened, Language language) =>
        screened.Place == 0 ? (screenings.Request.Appointments is null ? CardTexts.Today : CardTexts.NoneProposed).In(language)
        : screened.Request?.Appointment.Start is { } start && !screened.ZoneAssumed ? DateWords.Of(start.Date, language)
        : screened.Proposed?.Start is { } proposedStart ? DateWords.Of(proposedStart.Local.Date, language)
        : CardTexts.NumberedAppointment.In(language).With("n", screened.Place.ToString(CultureInfo.InvariantCulture));

    private static string Truncate(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)] + "…";
}
