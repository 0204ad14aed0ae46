using System.Globalization;
using Screening.Rules;

namespace Screening.Fhir.Results;

/// <summary>When a care step holds, in words: for an appointment that nobody has given a time yet, so that there is no date to tell.</summary>
internal static class CareWords
{
    private static readonly LocalizedText Day = Text("the day of the appointment", "el día de la cita");
    private static readonly LocalizedText DaysBefore = Text("{n} before the appointment", "{n} antes de la cita");
    private static readonly LocalizedText DaysAfter = Text("{n} after the appointment", "{n} después de la cita");

    /// <summary>The words.</summary>
    public static LocalizedText Of(Timing timing) => timing.Match(
        days => days.From is { } day && day == days.Through ? Point(day) : Range(days.From is { } from ? Point(from) : null, days.Through is { } through ? Point(through) : null),
        clock => Range(clock.From is { } from ? Point(from) : null, clock.Through is { } through ? Point(through) : null));

    private static LocalizedText Range(LocalizedText? from, LocalizedText? through) => (from, through) switch
    {
        ({ } first, { } last) => Text($"from {first.En} through {last.En}", $"desde {first.Es} hasta {last.Es}"),
        ({ } first, null) => Text($"from {first.En}", $"desde {first.Es}"),
        (null, { } last) => Text($"through {last.En}", $"hasta {last.Es}"),
        _ => throw new InvalidOperationException("A timing has one end at least."),
    };

    private static LocalizedText Point(int day) => day == 0 ? Day : Filled(day < 0 ? DaysBefore : DaysAfter, Count(day, "day", "día"));

    private static LocalizedText Point(ClockPoint point)
    {
        var (count, unit) = point.Days is { } days ? (days, Count(days, "day", "día"))
            : point.Hours is { } hours ? (hours, Count(hours, "hour", "hora"))
            : (point.Minutes ?? 0, Count(point.Minutes ?? 0, "minute", "minuto"));
        return (point.Anchor, Math.Sign(count)) switch
        {
            (ClockAnchor.Start, 0) => Text("the start of the appointment", "el comienzo de la cita"),
            (ClockAnchor.Start, < 0) => Filled(Text("{n} before the start of the appointment", "{n} antes del comienzo de la cita"), unit),
            (ClockAnchor.Start, _) => Filled(Text("{n} after the start of the appointment", "{n} después del comienzo de la cita"), unit),
            (ClockAnchor.End, 0) => Text("the end of the appointment", "el final de la cita"),
            (ClockAnchor.End, < 0) => Filled(Text("{n} before the end of the appointment", "{n} antes del final de la cita"), unit),
            (ClockAnchor.End, _) => Filled(Text("{n} after the end of the appointment", "{n} después del final de la cita"), unit),
        };
    }

    private static LocalizedText Filled(LocalizedText words, LocalizedText count) =>
        Text(words.En.Replace("{n}", count.En, StringComparison.Ordinal), words.Es.Replace("{n}", count.Es, StringComparison.Ordinal));

    private static LocalizedText Count(int count, string en, string es)
    {
        var number = Math.Abs(count).ToString(CultureInfo.InvariantCulture);
        var plural = number == "1" ? string.Empty : "s";
        return Text($"{number} {en}{plural}", $"{number} {es}{plural}");
    }

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };
}
