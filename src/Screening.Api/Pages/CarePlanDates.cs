using System.Globalization;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>When a step of a care plan holds, as the person who follows it reads it: with weekdays, and open ends in words.</summary>
internal static class CarePlanDates
{
    /// <summary>The words.</summary>
    public static string Of(CareTime when, Language language) => when.Match(days => Days(days, language), hours => Hours(hours, language));

    /// <summary>True when the step begins and ends on that day.</summary>
    public static bool IsWithin(CareTime when, LocalDate date) => when.Match(
        days => days.StartsOn == date && days.EndsOn == date,
        hours => hours.StartsAt?.Date == date && hours.EndsAt?.Date == date);

    /// <summary>True when the time of the step was over before that day; one without an end never is.</summary>
    public static bool IsOver(CareTime when, LocalDate today) =>
        when.Match(days => days.EndsOn < today, hours => hours.EndsAt?.Date < today);

    /// <summary>The time of day: <c>10:30</c>.</summary>
    public static string TimeOfDay(ZonedDateTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}");

    private static string Days(CareDays days, Language language) => (days.StartsOn, days.EndsOn) switch
    {
        ({ } first, { } last) when first == last => DateWords.WithWeekday(first, language),
        ({ } first, { } last) => CarePlanTexts.Days.In(language)
            .With("from", DateWords.WithWeekday(first, language)).With("through", DateWords.WithWeekday(last, language)),
        ({ } first, null) => CarePlanTexts.On.In(language).With("from", DateWords.WithWeekday(first, language)),
        (null, { } last) => CarePlanTexts.DaysUntil.In(language).With("through", DateWords.WithWeekday(last, language)),
        _ => throw Unbounded(),
    };

    private static string Hours(CareHours hours, Language language) => (hours.StartsAt, hours.EndsAt) switch
    {
        ({ } first, { } last) when first.Date == last.Date => CarePlanTexts.TimesOfDay.In(language)
            .With("date", DateWords.WithWeekday(first.Date, language)).With("from", TimeOfDay(first)).With("through", TimeOfDay(last)),
        ({ } first, { } last) => CarePlanTexts.Times.In(language)
            .With("from", DateWords.Of(first, language)).With("through", DateWords.Of(last, language)),
        ({ } first, null) => CarePlanTexts.On.In(language).With("from", DateWords.Of(first, language)),
        (null, { } last) => CarePlanTexts.TimesUntil.In(language).With("through", DateWords.Of(last, language)),
        _ => throw Unbounded(),
    };

    private static InvalidOperationException Unbounded() => new("A timing has one end at least.");
}
