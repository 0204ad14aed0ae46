using System.Globalization;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// A calendar date in the precision that a person knows: a year, a month or a day. It covers every day of its range, both ends inclusive.
/// Only dates from 1900-01-01 through 2199-12-31 are supported: arithmetic on them stays inside the calendar, and a year outside is a
/// typing error.
/// </summary>
public readonly record struct PartialDate
{
    /// <summary>The first supported year.</summary>
    public const int MinYear = 1900;

    /// <summary>The last supported year.</summary>
    public const int MaxYear = 2199;

    private readonly short year;
    private readonly byte month;
    private readonly byte day;

    private PartialDate(int year, int month, int day)
    {
        this.year = (short)year;
        this.month = (byte)month;
        this.day = (byte)day;
    }

    /// <summary>True when the day is known.</summary>
    public bool IsFull => day != 0;

    /// <summary>The first day that it may mean.</summary>
    public Day First => Day.Of(year, Math.Max((int)month, 1), Math.Max((int)day, 1));

    /// <summary>The last day that it may mean.</summary>
    public Day Last => day != 0 ? Day.Of(year, month, day)
        : month is 0 or 12 ? Day.Of(year, 12, 31)
        : Day.Of(year, month + 1, 1).PlusDays(-1);

    /// <summary>The month of a day, the year of a month.</summary>
    public PartialDate Coarser => new(year, day != 0 ? month : 0, 0);

    /// <summary>The fewest dates that together cover every day of the range, and no other: whole years, whole months, days.</summary>
    public static IEnumerable<PartialDate> Cover(Day from, Day through)
    {
        while (from <= through)
        {
            var date = Of(from);
            foreach (var wider in new[] { date.Coarser, date.Coarser.Coarser })
            {
                date = wider.First == from && wider.Last <= through ? wider : date;
            }

            yield return date;
            from = date.Last.PlusDays(1);
        }
    }

    /// <summary>The partial date equal to a full date.</summary>
    public static PartialDate Of(LocalDate date) => new(date.Year, date.Month, date.Day);

    /// <summary>The partial date equal to a full date.</summary>
    public static PartialDate Of(Day date)
    {
        var (y, m, d) = date;
        return new PartialDate(y, m, d);
    }

    /// <summary>
    /// Reads <c>YYYY</c>, <c>YYYY-MM</c> or <c>YYYY-MM-DD</c> in ASCII digits and nothing else; false for any other text, for a day that the
    /// calendar does not have and for a year out of range.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out PartialDate date)
    {
        date = default;
        if (text.Length is not (4 or 7 or 10)
            || !Digits.TryRead(text[..4], out var y) || y is < MinYear or > MaxYear)
        {
            return false;
        }

        var m = 0;
        var d = 0;
        if (text.Length >= 7 && (text[4] != '-' || !Digits.TryRead(text[5..7], out m) || m is < 1 or > 12))
        {
            return false;
        }

        if (text.Length == 10 && (text[7] != '-' || !Digits.TryRead(text[8..10], out d) || d < 1 || d > CalendarSystem.Iso.GetDaysInMonth(y, m)))
        {
            return false;
        }

        date = new PartialDate(y, m, d);
        return true;
    }

    /// <summary>Writes the date in its own precision; returns the number of bytes (4, 7 or 10).</summary>
    public int Format(Span<byte> destination)
    {
        Digits.Write(destination[..4], year);
        if (month == 0)
        {
            return 4;
        }

        destination[4] = (byte)'-';
        Digits.Write(destination[5..7], month);
        if (day == 0)
        {
            return 7;
        }

        destination[7] = (byte)'-';
        Digits.Write(destination[8..10], day);
        return 10;
    }

    /// <summary>The date in its own precision.</summary>
    public override string ToString() => (month, day) switch
    {
        (0, _) => year.ToString("D4", CultureInfo.InvariantCulture),
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{month:D2}-{day:D2}"),
    };
}

/// <summary>Numbers of a fixed count of ASCII digits.</summary>
public static class Digits
{
    /// <summary>Reads a number of digits only: no sign, no space.</summary>
    public static bool TryRead(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>Fills the destination with the number's last digits, zero-padded.</summary>
    public static void Write(Span<byte> destination, int value)
    {
        var rest = (uint)value;
        for (var i = destination.Length - 1; i >= 0; i--)
        {
            var tens = rest / 10;
            destination[i] = (byte)('0' + (rest - (tens * 10)));
            rest = tens;
        }
    }
}
