using System.Globalization;
using System.Text;

namespace Screening.Rules;

/// <summary>Text in which every character can be seen and written as XML.</summary>
public static class VisibleText
{
    /// <summary>
    /// Replaces characters that change the writing direction or are invisible by visible marks, since they make one text look like another.
    /// Line breaks and tabs are kept. The result is valid in XML, unlike some of those characters.
    /// </summary>
    public static string Of(string value)
    {
        if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return value;
        }

        var visible = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (i < value.Length - 1 && char.IsSurrogatePair(value[i], value[i + 1]))
            {
                visible.Append(value, i++, 2);
            }
            else
            {
                _ = IsHidden(value[i]) ? visible.Append(CultureInfo.InvariantCulture, $"[U+{(int)value[i]:X4}]") : visible.Append(value[i]);
            }
        }

        return visible.ToString();
    }

    /// <summary>False for a text that leaves nothing to read: spaces, control characters, characters without a width.</summary>
    public static bool IsIn(string text) => text.EnumerateRunes().Any(character => !Rune.IsWhiteSpace(character)
        && Rune.GetUnicodeCategory(character)
            is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned));

    // Direction marks, control characters, lone surrogates and noncharacters. Joiners are kept: some scripts need them.
    private static bool IsHidden(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFFFE' or '\uFFFF'
        || char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
