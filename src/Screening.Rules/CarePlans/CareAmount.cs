using System.Globalization;

namespace Screening.Rules;

/// <summary>How far a time of a care plan is from the appointment, in words.</summary>
public static class CareAmount
{
    /// <summary>So many days, without a sign.</summary>
    public static LocalizedText Days(int count) => Count(count, "care.oneDay", "care.days");

    /// <summary>The distance of a point from its anchor, without a sign, in the point's own unit.</summary>
    /// <param name="point">The point.</param>
    /// <param name="sign">Negative before the anchor, 0 at it, positive after it.</param>
    public static LocalizedText Of(ClockPoint point, out int sign)
    {
        sign = Math.Sign(point.Days ?? point.Hours ?? point.Minutes ?? 0);
        return point.Days is { } days ? Days(days)
            : point.Hours is { } hours ? Count(hours, "care.oneHour", "care.hours")
            : Count(point.Minutes ?? 0, "care.oneMinute", "care.minutes");
    }

    private static LocalizedText Count(int count, string one, string many)
    {
        var number = Math.Abs(count);
        return Words.Text(number == 1 ? one : many).With("n", number.ToString(CultureInfo.InvariantCulture));
    }
}
