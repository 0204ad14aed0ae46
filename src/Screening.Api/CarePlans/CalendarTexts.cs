using System.Globalization;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>
/// What calendar entries say. Many calendars are shared at home or at work, so an entry names no condition, medicine or treatment unless the
/// caller asked for full detail: then the protocol's own words stand in it.
/// </summary>
internal static class CalendarTexts
{
    private static readonly LocalizedText Appointment = Words.Text("calendar.appointment");
    private static readonly LocalizedText Before = Words.Text("calendar.before");
    private static readonly LocalizedText After = Words.Text("calendar.after");
    private static readonly LocalizedText Do = Words.Text("calendar.do");
    private static readonly LocalizedText Avoid = Words.Text("calendar.avoid");
    private static readonly LocalizedText May = Words.Text("calendar.may");
    private static readonly LocalizedText Expect = Words.Text("calendar.expect");
    private static readonly LocalizedText Tell = Words.Text("calendar.tell");
    private static readonly LocalizedText Risks = Words.Text("calendar.risks");
    private static readonly LocalizedText Line = Words.Text("calendar.line");

    /// <summary>The title of the appointment itself.</summary>
    public static string TitleOf(Protocol protocol, bool full, Language language) => full ? protocol.Document.Title.In(language) : Appointment.In(language);

    /// <summary>What full detail says of the appointment: the risks, which belong to every plan.</summary>
    public static string? DescriptionOf(Protocol protocol, bool full, Language language) => full && protocol.Document.Risks.Count > 0
        ? string.Join('\n', protocol.Document.Risks.Select(risk => "- " + risk.Text.In(language)).Prepend(Risks.In(language)))
        : null;

    /// <summary>The title of a step.</summary>
    public static string TitleOf(CareStep step, bool full, Language language) => full ? step.Text.In(language) : Neutral(step, language);

    /// <summary>What full detail says of a step: what the title would cut off, and its source.</summary>
    public static string? DescriptionOf(Protocol protocol, CareStep step, bool full, Language language) => full
        ? string.Create(CultureInfo.InvariantCulture, $"{Neutral(step, language)}.\n{step.Text.In(language)}\n{protocol.Document.Source.Document}, {Line.In(language)} {step.Line}")
        : null;

    private static string Neutral(CareStep step, Language language) =>
        (step.Phase == CarePhase.Before ? Before : After).In(language) + ": " + (step.Kind switch
        {
            CareKind.Do => Do,
            CareKind.Avoid => Avoid,
            CareKind.May => May,
            CareKind.Expect => Expect,
            CareKind.Tell => Tell,
        }).In(language);
}
