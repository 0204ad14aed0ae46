using System.Globalization;
using System.Text;

namespace Screening.Rules;

/// <summary>A word of a text, as it is compared, and where it stands.</summary>
/// <param name="Letters">Its letters and digits, without case and accents.</param>
/// <param name="At">The position of its first character in the text.</param>
/// <param name="Sentence">Counts what parts sentences and their parts: <c>, ; . ( ) [ ]</c>.</param>
/// <param name="Clause">Counts line breaks as well.</param>
internal readonly record struct TextWord(string Letters, int At, int Sentence, int Clause);

/// <summary>Takes a text of a record apart into words, and shows it.</summary>
internal static class RecordText
{
    private const int Before = 60;
    private const string Cut = "…";

    /// <summary>
    /// The words of a text, as far as it is looked at. Whatever is neither letter nor digit parts them, but for marks that belong to the
    /// letter before and characters that are not seen, such as a soft hyphen.
    /// </summary>
    public static List<TextWord> Words(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, RecordVocabulary.MostLookedAt)];
        var words = new List<TextWord>();
        var letters = new StringBuilder();
        var (start, sentence, clause) = (0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var at = letters.Length;
            if (PlainLetters.Append(text[i], letters))
            {
                start = at == 0 ? i : start;
                continue;
            }

            Take();
            var isEnd = text[i] is ',' or ';' or '.' or '(' or ')' or '[' or ']' && !IsWithinNumber(text, i);
            sentence += isEnd ? 1 : 0;
            clause += isEnd || IsLineBreak(text[i]) ? 1 : 0;
        }

        Take();
        return words;

        void Take()
        {
            if (letters.Length > 0)
            {
                words.Add(new TextWord(letters.ToString(), start, sentence, clause));
                letters.Clear();
            }
        }
    }

    /// <summary>
    /// The text on one line, cut to what evidence holds around a position: line breaks and what is not seen, as characters that turn the
    /// direction of writing, become spaces.
    /// </summary>
    public static string Shown(string text, int at)
    {
        const int Most = RecordVocabulary.MostWords;
        var line = string.Create(text.Length, text, (shown, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                shown[i] = IsShown(from, i) ? from[i] : ' ';
            }
        });
        if (line.Length <= Most)
        {
            return line.Trim();
        }

        var first = Math.Clamp(at - Before, 0, line.Length - Most);
        var last = first + Most;
        first += first > 0 ? Cut.Length : 0;
        last -= last < line.Length ? Cut.Length : 0;

        // Half a character is none.
        first += char.IsLowSurrogate(line[first]) ? 1 : 0;
        last -= char.IsHighSurrogate(line[last - 1]) ? 1 : 0;
        return (first > 0 ? Cut : "") + line[first..last].Trim() + (last < line.Length ? Cut : "");
    }

    private static bool IsWithinNumber(ReadOnlySpan<char> text, int i) =>
        text[i] is '.' or ',' && i > 0 && i + 1 < text.Length && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]);

    private static bool IsLineBreak(char c) => c is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsShown(string text, int i) => char.GetUnicodeCategory(text[i]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Surrogate => (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            || (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1])),
        _ => true,
    };
}
