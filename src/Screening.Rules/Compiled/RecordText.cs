using System.Globalization;
using System.Text;

namespace Screening.Rules;

/// <summary>A word of a text and its position.</summary>
/// <param name="From">The start of its letters within the folded letters of the text.</param>
/// <param name="Length">Its number of letters.</param>
/// <param name="At">The position of its first character in the text.</param>
/// <param name="Sentence">The number of sentence separators before it: <c>; . ( ) [ ]</c>.</param>
/// <param name="Comma">The number of commas before it.</param>
/// <param name="Clause">The number of clause separators before it: those, line breaks and any other sign that marks a pause.</param>
internal readonly record struct TextWord(int From, int Length, int At, int Sentence, int Comma, int Clause);

/// <summary>A text of a record, split into words in the form in which they are compared.</summary>
internal sealed class RecordText
{
    private const int ContextBefore = 60;
    private const string Ellipsis = "…";

    private readonly string letters;
    private readonly List<TextWord> words = [];

    /// <summary>
    /// Splits a text, up to the length that is read. Any character that is neither letter nor digit separates words, except combining marks
    /// and invisible characters such as a soft hyphen.
    /// </summary>
    public RecordText(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, RecordVocabulary.MaxLengthRead)];
        var plain = new StringBuilder(text.Length);
        var (from, at, sentence, comma, clause) = (0, 0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            at = plain.Length == from ? i : at;
            if (LetterFolding.Append(text[i], plain))
            {
                continue;
            }

            AddWord();
            if (!IsWithinNumber(text, i))
            {
                sentence += text[i] is ';' or '.' or '(' or ')' or '[' or ']' ? 1 : 0;
                comma += text[i] == ',' ? 1 : 0;
                clause += IsPause(text, i) ? 1 : 0;
            }
        }

        AddWord();
        letters = plain.ToString();

        void AddWord()
        {
            if (plain.Length > from)
            {
                words.Add(new TextWord(from, plain.Length - from, at, sentence, comma, clause));
                from = plain.Length;
            }
        }
    }

    /// <summary>The number of words.</summary>
    public int Count => words.Count;

    /// <summary>A word by its position.</summary>
    public TextWord this[int index] => words[index];

    /// <summary>The letters and digits of a word, without case and accents.</summary>
    public ReadOnlySpan<char> Letters(int index) => letters.AsSpan(words[index].From, words[index].Length);

    /// <summary>
    /// The text on one line, cut around a position to the length that evidence holds. Line breaks and invisible characters, such as those
    /// that change the writing direction, become spaces.
    /// </summary>
    public static string Excerpt(string text, int at)
    {
        const int Most = RecordVocabulary.MaxExcerptLength;
        var line = string.Create(text.Length, text, (shown, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                shown[i] = IsVisible(from, i) ? from[i] : ' ';
            }
        });
        if (line.Length <= Most)
        {
            return line.Trim();
        }

        var first = Math.Clamp(at - ContextBefore, 0, line.Length - Most);
        var last = first + Most;
        first += first > 0 ? Ellipsis.Length : 0;
        last -= last < line.Length ? Ellipsis.Length : 0;

        // Do not split a surrogate pair.
        first += char.IsLowSurrogate(line[first]) ? 1 : 0;
        last -= char.IsHighSurrogate(line[last - 1]) ? 1 : 0;
        return (first > 0 ? Ellipsis : "") + line[first..last].Trim() + (last < line.Length ? Ellipsis : "");
    }

    private static bool IsWithinNumber(ReadOnlySpan<char> text, int i) =>
        text[i] is '.' or ',' && i > 0 && i + 1 < text.Length && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1]);

    /// <summary>
    /// True for characters that separate one statement from the next: line breaks, tabs and nearly all signs. An apostrophe or a colon
    /// ("family history: psoriasis") never does; a joining character such as a hyphen or a slash does when there is a space beside it.
    /// </summary>
    private static bool IsPause(ReadOnlySpan<char> text, int i) => text[i] switch
    {
        '\'' or '\u2019' or '\u2018' or '`' or '\u00b4' or ':' => false,
        '-' or '/' or '\\' or '&' or '_' or '\u2010' or '\u2011' => IsSpace(text, i - 1) || IsSpace(text, i + 1),
        var c => char.GetUnicodeCategory(c) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.Format or UnicodeCategory.Surrogate),
    };

    private static bool IsSpace(ReadOnlySpan<char> text, int i) => i < 0 || i >= text.Length || char.IsWhiteSpace(text[i]);

    private static bool IsVisible(string text, int i) => char.GetUnicodeCategory(text[i]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Surrogate => (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            || (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1])),
        _ => true,
    };
}
