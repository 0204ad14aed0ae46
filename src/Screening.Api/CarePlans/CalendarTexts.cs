using System.Globalization;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>
/// What calendar entries say. Many calendars are shared at home or at work, so an entry names no condition, medicine or treatment unless the
/// caller asked for full detail: then the protocol's own words stand in it.
/// </summary>
internal static class CalendarTexts
{
    private static readonly LocalizedText Appointment = new() { En = "Appointment", Es = "Cita" };
    private static readonly LocalizedText Before = new() { En = "Before your appointment", Es = "Antes de su cita" };
    private static readonly LocalizedText After = new() { En = "After your appointment", Es = "Después de su cita" };
    private static readonly LocalizedText Do = new() { En = "to do", Es = "qué hacer" };
    private static readonly LocalizedText Avoid = new() { En = "to avoid", Es = "qué evitar" };
    private static readonly LocalizedText May = new() { En = "allowed if you wish", Es = "permitido si lo desea" };
    private static readonly LocalizedText Expect = new() { En = "what to expect", Es = "qué esperar" };
    private static readonly LocalizedText Tell = new() { En = "tell the clinic", Es = "avise a la clínica" };
    private static readonly LocalizedText Risks = new() { En = "What can come of the treatment:", Es = "Lo que puede resultar del tratamiento:" };
    private static readonly LocalizedText Line = new() { En = "line", Es = "línea" };

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
