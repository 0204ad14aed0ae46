namespace Screening.Api.Http;

/// <summary>
/// The entries of a header that says what a client would rather have (RFC 9110, 12.4.2): <c>es-MX, en;q=0.5</c>. Read in place, without
/// allocating. An entry that is not well-formed is left out: a preference is never an error.
/// </summary>
internal ref struct QualityValues(ReadOnlySpan<char> header)
{
    /// <summary>The quality of an entry that names none.</summary>
    public const int Most = 1000;

    private ReadOnlySpan<char> rest = header;

    /// <summary>What is preferred, without its parameters.</summary>
    public ReadOnlySpan<char> Value { get; private set; }

    /// <summary>How much, in thousandths; 0 = not at all.</summary>
    public int Quality { get; private set; }

    /// <summary>Goes to the next entry; false when there is none.</summary>
    public bool MoveNext()
    {
        while (!rest.IsEmpty)
        {
            var entry = Cut(ref rest, ',');
            Value = Cut(ref entry, ';').Trim(" \t");
            Quality = Most;
            var good = !Value.IsEmpty;
            while (!entry.IsEmpty)
            {
                var parameter = Cut(ref entry, ';').Trim(" \t");
                if (parameter is ['q' or 'Q', '=', .. var number])
                {
                    good &= TryRead(number, out var quality);
                    Quality = quality;
                }
            }

            if (good)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes what stands before the separator, or all; a separator in quotes is none.</summary>
    private static ReadOnlySpan<char> Cut(scoped ref ReadOnlySpan<char> text, char separator)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
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

    /// <summary>0 to 1 with at most three decimals.</summary>
    private static bool TryRead(ReadOnlySpan<char> text, out int thousandths)
    {
        thousandths = 0;
        if (text is not (['0' or '1'] or ['0' or '1', '.', ..]) || text.Length > 5)
        {
            return false;
        }

        var unit = 1000;
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

        return thousandths <= Most && text[1..].LastIndexOf('.') <= 0;
    }
}
