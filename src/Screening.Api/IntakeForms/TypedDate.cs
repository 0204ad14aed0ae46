using System.Globalization;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>A date of which a person typed the year and, where they know them, the month and the day.</summary>
internal static class TypedDate
{
    /// <summary>The date as a request has it, to the precision that is filled in; null, with what is wrong, when it is none.</summary>
    /// <param name="parts">Year, month and day; empty where they are not filled in.</param>
    /// <param name="flaw">What is wrong.</param>
    public static string? Read(string[] parts, out LocalizedText? flaw)
    {
        flaw = !parts.All(part => part.All(char.IsAsciiDigit)) || parts[1].Length > 2 || parts[2].Length > 2 ? FormTexts.NoDate
            : parts[0].Length != 4 ? FormTexts.Year
            : parts is [_, { Length: 0 }, { Length: > 0 }] ? FormTexts.Month
            : IsBeyondItsMonth(parts) ? FormTexts.Of("intake.noSuchDay")
            : null;
        return flaw is null ? string.Join('-', parts.Where(part => part.Length > 0).Select(part => part.PadLeft(2, '0'))) : null;
    }

    /// <summary>True for a day that other months have.</summary>
    private static bool IsBeyondItsMonth(string[] parts) =>
        parts.Select(Number).ToArray() is [>= 1900 and <= 2199 and var year, >= 1 and <= 12 and var month, > 28 and <= 31 and var day]
            && day > CalendarSystem.Iso.GetDaysInMonth(year, month);

    private static int Number(string part) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
