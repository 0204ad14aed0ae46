using System.Globalization;
using System.Text;

namespace Screening.Rules;

/// <summary>
/// Letters without case, accents and ligatures, as words are compared. The runtime's own normalization does nothing where a program runs
/// without the data of cultures, as this one does, so what Latin letters come from stands here.
/// </summary>
internal static class LetterFolding
{
    private const char FirstAccented = '\u00C0';
    private const char FirstWide = '\uFF01';
    private const char LastWide = '\uFF5E';

    /// <summary>
    /// The letters that those from U+00C0 through U+017F come from; a bar stands for what is no letter, or comes from two.
    /// </summary>
    private const string Accented =
        "aaaaaa|ceeeeiiiidnooooo|ouuuuy||aaaaaa|ceeeeiiiidnooooo|ouuuuy|y"
        + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii||jjkkklllllll"
        + "lllnnnnnnnnnoooooo||rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    /// <summary>Adds to a word what a character brings to it, if anything; false when it parts words.</summary>
    public static bool Append(char c, StringBuilder word)
    {
        // The same letters and signs, as wide as those of East Asia.
        c = c is >= FirstWide and <= LastWide ? (char)(c - FirstWide + '!') : c;
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

        if (Two(c) is { } two)
        {
            word.Append(two);
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

    private static string? Two(char c) => c switch
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
