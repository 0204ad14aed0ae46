using System.Globalization;
using System.Text;

namespace Screening.Rules;

/// <summary>Texts for people to read on a screen.</summary>
public static class VisibleText
{
    /// <summary>
    /// The text with marks in place of characters that turn the direction of writing or cannot be seen: on a screen such a character makes
    /// a text look like another. Line breaks and tabs stay. What comes out can stand in XML, which not all of those characters can.
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

    // Marks of direction, control characters, half a character, and what is no character at all. Joiners stay: some scripts need them.
    private static bool IsHidden(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFFFE' or '\uFFFF'
        || char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
