using System.Globalization;
using System.Text;

namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// Splits a text into sentences of tokens: words in lower case without accents, numbers, and the signs that join or separate them. The dots
/// of an abbreviation (q.d.) are dropped; commas, colons and brackets separate.
/// </summary>
internal static class DosageTokens
{
    public const string Hyphen = "-";
    public const string Pause = ",";

    private const string Accented = "áàâäãåéèêëíìîïóòôöõúùûüñç";
    private const string Plain = "aaaaaaeeeeiiiiooooouuuunc";
    private const decimal Most = 1_000_000;

    public static IEnumerable<List<string>> Sentences(string text)
    {
        var sentence = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (char.IsLetter(text[at]))
            {
                sentence.Add(Word(text, ref at));
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                sentence.Add(Digits(text, ref at));
            }
            else if (text[at++] is '.' or ';' or '\n' or '\r')
            {
                yield return sentence;
                sentence = [];
            }
            else if (Sign(text[start]) is { } sign)
            {
                sentence.Add(sign);
            }
        }

        yield return sentence;
    }

    /// <summary>The number of a token; null for other tokens.</summary>
    public static decimal? Number(string token) =>
        !char.IsAsciiDigit(token[0]) ? null
        : decimal.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, Most)
        : Most;

    /// <summary>Reads a word, or the letters of an abbreviation with dots between and after them.</summary>
    private static string Word(string text, ref int at)
    {
        var word = new StringBuilder();
        while (true)
        {
            var start = at;
            while (at < text.Length && (char.IsLetter(text[at]) || char.GetUnicodeCategory(text[at]) == UnicodeCategory.NonSpacingMark))
            {
                if (char.IsLetter(text[at]))
                {
                    word.Append(Folded(text[at]));
                }

                at++;
            }

            var isInitial = at - start == 1 && at < text.Length && text[at] == '.';
            if (isInitial && at + 1 < text.Length && char.IsLetter(text[at + 1]))
            {
                at++;
                continue;
            }

            at += isInitial && word.Length > 1 ? 1 : 0;
            return word.ToString();
        }
    }

    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiDigit(text[at])
            || (text[at] is '.' or ',' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
        {
            at++;
        }

        return text[start..at].Replace(',', '.');
    }

    /// <summary>Uses its own table: in invariant globalization mode the runtime removes no accents.</summary>
    private static char Folded(char letter)
    {
        var small = char.ToLowerInvariant(letter);
        return Accented.IndexOf(small, StringComparison.Ordinal) is >= 0 and var place ? Plain[place] : small;
    }

    private static string? Sign(char sign) => sign switch
    {
        '/' => "/",
        '-' or '‐' or '‑' or '–' or '—' => Hyphen,
        ',' or ':' or ')' or '[' or ']' => Pause,
        '(' => "(",
        '&' or '+' => "and",
        _ => null,
    };
}
