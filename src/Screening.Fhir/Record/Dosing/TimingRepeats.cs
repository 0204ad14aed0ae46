using System.Numerics;
using Hl7.Fhir.Model;

namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// How often a Timing repeats (http://hl7.org/fhir/R4/datatypes.html#Timing). Computed in whole seconds and compared without rounding; of a
/// range the more frequent end counts, of months and years the shortest.
/// </summary>
internal static class TimingRepeats
{
    private const int Day = 86_400;
    private const int Week = 7 * Day;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static DosageSense Sense(Timing.RepeatComponent? repeat)
    {
        if (repeat is null)
        {
            return default;
        }

        // The count is the total number of occurrences: once is not every day, whatever the rest says.
        if (Concepts.Number(repeat.CountElement) is <= 1 && Concepts.Number(repeat.CountMaxElement) is null or <= 1)
        {
            return DosageSense.LessThanDaily;
        }

        HashSet<string> named = [.. repeat.DayOfWeekElement.Select(day => Concepts.Literal(day).Trim().ToLowerInvariant())];
        var unit = Seconds(Concepts.Literal(repeat.PeriodUnitElement));
        var period = Least(Concepts.Number(repeat.PeriodElement), Concepts.Number(repeat.PeriodMaxElement)) ?? 1;
        var isWithinWeek = unit is null || Product(period, unit.Value) <= Product(1, Week);
        if (named.Count > 0)
        {
            // An invalid day may be any of the missing days.
            return !isWithinWeek ? DosageSense.LessThanDaily
                : named.Count >= Days.Length ? DosageSense.EveryDay
                : DosageSense.On(Days.Index().Where(day => named.Contains(day.Item)).Aggregate(0, (bits, day) => bits | (1 << day.Index)));
        }

        var times = Most(Concepts.Number(repeat.FrequencyElement), Concepts.Number(repeat.FrequencyMaxElement)) ?? 1;
        return unit is { } seconds ? Often(times, period, seconds)
            : repeat.WhenElement.Count > 0 || repeat.TimeOfDayElement.Count > 0 ? DosageSense.EveryDay
            : InAll(repeat);
    }

    /// <summary>A total number of occurrences within a bounded period, without a frequency.</summary>
    private static DosageSense InAll(Timing.RepeatComponent repeat)
    {
        var quantity = repeat.Bounds is Hl7.Fhir.Model.Range range ? range.Low ?? range.High : repeat.Bounds as Quantity;
        var unit = Concepts.Literal(quantity?.CodeElement) is { Length: > 0 } code ? code : Concepts.Literal(quantity?.UnitElement);
        return Most(Concepts.Number(repeat.CountElement), Concepts.Number(repeat.CountMaxElement)) is { } count
            && Concepts.Number(quantity?.ValueElement) is { } length && Seconds(unit) is { } seconds
            ? Often(count, length, seconds) : default;
    }

    /// <summary>A number of times per period: at least once a day, or less often.</summary>
    private static DosageSense Often(decimal times, decimal period, int unit) =>
        Product(times, Day) >= Product(period, unit) ? DosageSense.EveryDay : DosageSense.LessThanDaily;

    /// <summary>The seconds of a UCUM unit or a common spelling of one; null for anything else.</summary>
    private static int? Seconds(string unit) => unit.Trim().ToLowerInvariant() switch
    {
        "s" or "sec" or "second" or "seconds" => 1,
        "min" or "minute" or "minutes" => 60,
        "h" or "hr" or "hrs" or "hour" or "hours" => 3600,
        "d" or "day" or "days" => Day,
        "wk" or "week" or "weeks" => Week,
        "mo" or "month" or "months" => 28 * Day,
        "a" or "y" or "yr" or "year" or "years" => 365 * Day,
        _ => null,
    };

    /// <summary>The exact product, in units of the smallest decimal place.</summary>
    private static BigInteger Product(decimal number, int factor)
    {
        const int Places = 28;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var whole = new BigInteger(number < 0 ? -1 : 1) * ((((((BigInteger)(uint)bits[2]) << 32) + (uint)bits[1]) << 32) + (uint)bits[0]);
        return whole * BigInteger.Pow(10, Places - number.Scale) * factor;
    }

    private static decimal? Most(decimal? one, decimal? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;

    private static decimal? Least(decimal? one, decimal? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
