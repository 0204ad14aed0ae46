using System.Globalization;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Dates as people write them. The names stand here because the service runs without the machine's own, so that a text is the same
/// everywhere.
/// </summary>
public static class DateWords
{
    private static readonly LocalizedText Full = Words.Text("date.full");
    private static readonly LocalizedText OfMonth = Words.Text("date.month");
    private static readonly LocalizedText OnWeekday = Words.Text("date.weekday");
    private static readonly LocalizedText Shorter = Words.Text("date.short");

    /// <summary><c>24 December 2026</c>, <c>24 de diciembre de 2026</c>.</summary>
    public static string Of(LocalDate date, Language language) => Filled(Full, date, Month(date, language), language);

    /// <summary><c>Thursday 24 December 2026</c>, <c>jueves 24 de diciembre de 2026</c>.</summary>
    public static string WithWeekday(LocalDate date, Language language) => OnWeekday.In(language)
        .With("weekday", language.Words.Weekdays[(int)date.DayOfWeek - 1])
        .With("date", Of(date, language));

    /// <summary>As much as was said: <c>December 2026</c> for a month, <c>2026</c> for a year.</summary>
    public static string Of(PartialDate date, Language language)
    {
        var (first, last) = (date.First.ToLocalDate(), date.Last.ToLocalDate());
        return date.IsFull ? Of(first, language)
            : first.Month != last.Month ? Number(first.Year)
            : Filled(OfMonth, first, Month(first, language), language);
    }

    /// <summary>The months, January first.</summary>
    public static IReadOnlyList<string> MonthsOf(Language language) => language.Words.Months;

    /// <summary>For an axis: <c>24 Dec</c>, <c>24 dic</c>.</summary>
    public static string Short(LocalDate date, Language language) =>
        Filled(Shorter, date, ShortMonth(date, language), language);

    /// <summary>For an axis: <c>Dec</c>, <c>dic</c>.</summary>
    public static string ShortMonth(LocalDate date, Language language) => language.Words.ShortMonths[date.Month - 1];

    /// <summary>A clinic-local day and time: <c>Friday 18 December 2026, 10:30</c>.</summary>
    public static string Of(ZonedDateTime time, Language language) => Of(time.LocalDateTime, language);

    /// <inheritdoc cref="Of(ZonedDateTime, Language)"/>
    public static string Of(LocalDateTime time, Language language) =>
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

    private static string Filled(LocalizedText words, LocalDate date, string month, Language language) => words.In(language)
        .With("day", Number(date.Day)).With("month", month).With("year", Number(date.Year));

    private static string Month(LocalDate date, Language language) => language.Words.Months[date.Month - 1];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
