using System.Globalization;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Dates as people write them. The names stand here because the service runs without the machine's own, so that a text is the same
/// everywhere.
/// </summary>
public static class DateWords
{
    private static readonly string[][] Months =
    [
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
    ];

    private static readonly string[][] Days =
    [
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ];

    /// <summary><c>24 December 2026</c>, <c>24 de diciembre de 2026</c>.</summary>
    public static string Of(LocalDate date, Language language) => language == Language.Es
        ? string.Create(CultureInfo.InvariantCulture, $"{date.Day} de {Month(date, language)} de {date.Year}")
        : string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Month(date, language)} {date.Year}");

    /// <summary><c>Thursday 24 December 2026</c>, <c>jueves 24 de diciembre de 2026</c>.</summary>
    public static string WithWeekday(LocalDate date, Language language) =>
        $"{Days[(int)language][(int)date.DayOfWeek - 1]} {Of(date, language)}";

    /// <summary>As much as was said: <c>December 2026</c> for a month, <c>2026</c> for a year.</summary>
    public static string Of(PartialDate date, Language language)
    {
        var (first, last) = (date.First.ToLocalDate(), date.Last.ToLocalDate());
        return date.IsFull ? Of(first, language)
            : first.Month != last.Month ? first.Year.ToString(CultureInfo.InvariantCulture)
            : $"{Month(first, language)}{(language == Language.Es ? " de " : " ")}{first.Year.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>For an axis: <c>24 Dec</c>, <c>24 dic</c>.</summary>
    public static string Short(LocalDate date, Language language) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {ShortMonth(date, language)}");

    /// <summary>For an axis: <c>Dec</c>, <c>dic</c>.</summary>
    public static string ShortMonth(LocalDate date, Language language) => Month(date, language)[..3];

    /// <summary>A clinic-local day and time: <c>Friday 18 December 2026, 10:30</c>.</summary>
    public static string Of(ZonedDateTime time, Language language) =>
        string.Create(CultureInfo.InvariantCulture, $"{WithWeekday(time.Date, language)}, {time.Hour:00}:{time.Minute:00}");

    /// <summary>A run of days, both ends inclusive; a missing end is open.</summary>
    public static string Interval(LocalDate? from, LocalDate? through, Language language) =>
        Interval(from is { } first ? Of(first, language) : null, through is { } last ? Of(last, language) : null, language);

    /// <summary>When a step of a care plan holds.</summary>
    public static string Of(CareTime when, Language language) => when.Match(
        days => days.StartsOn is { } day && day == days.EndsOn ? Of(day, language) : Interval(days.StartsOn, days.EndsOn, language),
        hours => Interval(
            hours.StartsAt is { } start ? Of(start, language) : null,
            hours.EndsAt is { } end ? Of(end, language) : null,
            language));

    private static string Interval(string? from, string? through, Language language) => (from, through) switch
    {
        ({ } first, { } last) => ReportTexts.Through.In(language).With("from", first).With("through", last),
        (null, { } last) => ReportTexts.Until.In(language).With("through", last),
        ({ } first, null) => ReportTexts.From.In(language).With("from", first),
        _ => string.Empty,
    };

    private static string Month(LocalDate date, Language language) => Months[(int)language][date.Month - 1];
}
