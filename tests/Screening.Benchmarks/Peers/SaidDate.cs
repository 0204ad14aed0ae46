using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Benchmarks.Peers;

/// <summary>A full or partial date, or <c>unknown</c>; the default value was not said.</summary>
[JsonConverter(typeof(SaidDateConverter))]
public readonly record struct SaidDate(short Year, byte Month, byte Day, bool IsUnknown)
{
    public bool IsAbsent => Year == 0 && !IsUnknown;

    public DateOnly First => new(Year, Math.Max((int)Month, 1), Math.Max((int)Day, 1));

    public DateOnly Last => Month == 0 ? new DateOnly(Year, 12, 31) : new DateOnly(Year, Month, Day != 0 ? Day : DateTime.DaysInMonth(Year, Month));
}

/// <summary>Reads and writes a date as it was said, from and to its digits.</summary>
public sealed class SaidDateConverter : JsonConverter<SaidDate>
{
    public override SaidDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        ReadOnlySpan<byte> said = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        if (said.SequenceEqual("unknown"u8))
        {
            return new SaidDate(0, 0, 0, true);
        }

        var (year, month, day) = (0, 0, 0);
        var valid = said.Length is 4 or 7 or 10 && TryNumber(said[..4], out year) && year is >= 1900 and <= 2199;
        if (valid && said.Length >= 7)
        {
            valid = said[4] == '-' && TryNumber(said[5..7], out month) && month is >= 1 and <= 12;
        }

        if (valid && said.Length == 10)
        {
            valid = said[7] == '-' && TryNumber(said[8..10], out day) && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        }

        return valid ? new SaidDate((short)year, (byte)month, (byte)day, false) : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, SaidDate value, JsonSerializerOptions options)
    {
        if (value.Year == 0)
        {
            writer.WriteStringValue("unknown"u8);
            return;
        }

        Span<byte> text = stackalloc byte[10];
        Digits(text[..4], value.Year);
        text[4] = text[7] = (byte)'-';
        Digits(text[5..7], value.Month);
        Digits(text[8..10], value.Day);
        writer.WriteStringValue(text[..(value.Month == 0 ? 4 : value.Day == 0 ? 7 : 10)]);
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }

    private static void Digits(Span<byte> text, int number)
    {
        for (var i = text.Length - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            text[i] = (byte)('0' + digit);
        }
    }
}
