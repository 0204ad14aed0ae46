namespace Screening.Api.Http;

/// <summary>
/// Reads the entries of a content negotiation header with quality values (RFC 9110, 12.4.2): <c>es-MX, en;q=0.5</c>. Works in place,
/// without allocating. Skips malformed entries: a preference is never an error.
/// </summary>
internal ref struct QualityValues(ReadOnlySpan<char> header)
{
    /// <summary>The quality of an entry that states none; the maximum.</summary>
    public const int MaxQuality = 1000;

    private ReadOnlySpan<char> remaining = header;

    /// <summary>The entry's value, without its parameters.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>The quality in thousandths; 0 = not acceptable.</summary>
    public int Quality { get; private set; }

    /// <summary>Advances to the next entry; false at the end.</summary>
    public bool MoveNext()
    {
        while (!remaining.IsEmpty)
        {
            var entry = TakeUntil(ref remaining, ',');
            Value = TakeUntil(ref entry, ';').Trim(" \t");
            Quality = MaxQuality;
            var valid = !Value.IsEmpty;
            while (!entry.IsEmpty)
            {
                var parameter = TakeUntil(ref entry, ';').Trim(" \t");
                if (parameter is ['q' or 'Q', '=', .. var number])
                {
                    valid &= TryRead(number, out var quality);
                    Quality = quality;
                }
            }

            if (valid)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Removes and returns the text before the separator, or all of it. Separators in quotes are ignored.</summary>
    public static ReadOnlySpan<char> TakeUntil(scoped ref ReadOnlySpan<char> text, char separator)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\')
            {
                // What follows is of the text, a quote too.
                i++;
                continue;
            }

            quoted ^= text[i] == '"';
            if (text[i] == separator && !quoted)
            {
                var before = text[..i];
                text = text[(i + 1)..];
                return before;
            }
        }

        var all = text;
        text = [];
        return all;
    }

    /// <summary>Reads a number from 0 to 1 with at most three decimals; Java leaves out the zero before the point.</summary>
    private static bool TryRead(ReadOnlySpan<char> text, out int thousandths)
    {
        thousandths = 0;
        if (text is not (['0' or '1'] or ['0' or '1', '.', ..] or ['.', _, ..]) || text.Length > (text[0] == '.' ? 4 : 5))
        {
            return false;
        }

        var unit = text[0] == '.' ? 100 : 1000;
        foreach (var digit in text)
        {
            if (digit == '.')
            {
                continue;
            }

            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            thousandths += (digit - '0') * unit;
            unit /= 10;
        }

        return thousandths <= MaxQuality && text[1..].LastIndexOf('.') <= 0;
    }
}
