using System.Globalization;
using System.Text;

namespace Screening.Rules;

/// <summary>
/// Letters without case, accents and ligatures, for comparing words. The runtime's own normalization has no effect in invariant
/// globalization mode, which this program uses, so the table for Latin letters is part of the code.
/// </summary>
internal static class LetterFolding
{
    private const char FirstAccented = '\u00C0';
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';

    /// <summary>The base letters of U+00C0 through U+017F; a bar marks a character that is not a letter or expands to two.</summary>
    private const string Accented =
        "aaaaaa|ceeeeiiiidnooooo|ouuuuy||aaaaaa|ceeeeiiiidnooooo|ouuuuy|y"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii||jjkkklllllll"
        + "lllnnnnnnnnnoooooo||rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>Appends to a word what a character contributes, if anything; false when the character separates words.</summary>
    public static bool Append(char c, StringBuilder word)
    {
        // Full-width forms of East Asian typography.
        c = c is >= FirstFullWidth and <= LastFullWidth ? (char)(c - FirstFullWidth + '!') : c;
        if (char.IsAsciiLetterOrDigit(c))
        {
            word.Append(char.ToLowerInvariant(c));
            return true;
        }

        if (c < '\u0080')
        {
            return false;
        }

        var plain = c - FirstAccented;
        if (plain >= 0 && plain < Accented.Length && Accented[plain] != '|')
        {
            word.Append(Accented[plain]);
            return true;
        }

        if (Expansion(c) is { } expansion)
        {
            word.Append(expansion);
            return true;
        }

        switch (char.GetUnicodeCategory(c))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                return true;
            case UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber:
                word.Append(char.ToLowerInvariant(c));
                return true;
            default:
                return false;
        }
    }

    private static string? Expansion(char c) => c switch
    {
        'Æ' or 'æ' => "ae",
        'Þ' or 'þ' => "th",
        'ß' => "ss",
        'Ĳ' or 'ĳ' => "ij",
        'Œ' or 'œ' => "oe",
        '\uFB00' => "ff",
        '\uFB01' => "fi",
        '\uFB02' => "fl",
        '\uFB03' => "ffi",
        '\uFB04' => "ffl",
        '\uFB05' or '\uFB06' => "st",
        _ => null,
    };
}
