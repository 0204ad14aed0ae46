using System.Globalization;
using NodaTime;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>
/// Dates as people write them. The names stand here because the service runs without the machine's own, so that a text is the same everywhere.
/// </summary>
internal static class DateWords
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
    public static string WithWeekday(LocalDate date, Language language) => $"{Days[(int)language][(int)date.DayOfWeek - 1]} {Of(date, language)}";

    /// <summary>As much as was said: <c>December 2026</c> for a month, <c>2026</c> for a year.</summary>
    public static string Of(PartialDate date, Language language)
    {
        var (first, last) = (date.First.ToLocalDate(), date.Last.ToLocalDate());
        return date.IsFull ? Of(first, language)
            : first.Month != last.Month ? first.Year.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Month(first, language)}{(language == Language.Es ? " de " : " ")}{first.Year}");
    }

    /// <summary>For an axis: <c>24 Dec</c>, <c>24 dic</c>.</summary>
    public static string Short(LocalDate date, Language language) => string.Create(CultureInfo.InvariantCulture, $"{date.Day} {ShortMonth(date, language)}");

    /// <summary>For an axis: <c>Dec</c>, <c>dic</c>.</summary>
    public static string ShortMonth(LocalDate date, Language language) => Month(date, language)[..3];

    /// <summary>A clinic-local day and time: <c>Friday 18 December 2026, 10:30</c>.</summary>
    public static string Of(ZonedDateTime time, Language language) =>
        string.Create(CultureInfo.InvariantCulture, $"{WithWeekday(time.Date, language)}, {time.Hour:00}:{time.Minute:00}");

    /// <summary>A run of days, both ends inclusive; a missing end is open.</summary>
    public static string Interval(LocalDate? from, LocalDate? through, Language language) => (from, through) switch
    {
        ({ } first, { } last) => PageTexts.Through.In(language).With("from", Of(first, language)).With("through", Of(last, language)),
        (null, { } last) => PageTexts.Until.In(language).With("through", Of(last, language)),
        ({ } first, null) => PageTexts.From.In(language).With("from", Of(first, language)),
        _ => string.Empty,
    };

    private static string Month(LocalDate date, Language language) => Months[(int)language][date.Month - 1];
}
