using System.Globalization;
using System.Text;

namespace Screening.Rules;

/// <summary>A word of a text and where it stands.</summary>
/// <param name="From">Where its letters begin among those of the text.</param>
/// <param name="Length">How many letters it has.</param>
/// <param name="At">The position of its first character in the text.</param>
/// <param name="Sentence">Counts what parts sentences: <c>; . ( ) [ ]</c>.</param>
/// <param name="Comma">Counts commas.</param>
/// <param name="Clause">Counts both, line breaks, and any other sign that stands for a pause.</param>
internal readonly record struct TextWord(int From, int Length, int At, int Sentence, int Comma, int Clause);

/// <summary>A text of a record, taken apart into words as they are compared.</summary>
internal sealed class RecordText
{
    private const int Before = 60;
    private const string Cut = "…";

    private readonly string letters;
    private readonly List<TextWord> words = [];

    /// <summary>
    /// Takes a text apart, as far as it is looked at. Whatever is neither letter nor digit parts words, but for marks that belong to the
    /// letter before and characters that are not seen, such as a soft hyphen.
    /// </summary>
    public RecordText(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, RecordVocabulary.MostLookedAt)];
        var plain = new StringBuilder(text.Length);
        var (from, at, sentence, comma, clause) = (0, 0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            at = plain.Length == from ? i : at;
            if (LetterFolding.Append(text[i], plain))
            {
                continue;
            }

            Take();
            if (!IsWithinNumber(text, i))
            {
                sentence += text[i] is ';' or '.' or '(' or ')' or '[' or ']' ? 1 : 0;
                comma += text[i] == ',' ? 1 : 0;
                clause += IsPause(text, i) ? 1 : 0;
            }
        }

        Take();
        letters = plain.ToString();

        void Take()
        {
            if (plain.Length > from)
            {
                words.Add(new TextWord(from, plain.Length - from, at, sentence, comma, clause));
                from = plain.Length;
            }
        }
    }

    /// <summary>How many words it has.</summary>
    public int Count => words.Count;

    /// <summary>A word by its position.</summary>
    public TextWord this[int index] => words[index];

    /// <summary>The letters and digits of a word, without case and accents.</summary>
    public ReadOnlySpan<char> Letters(int index) => letters.AsSpan(words[index].From, words[index].Length);

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

    /// <summary>
    /// True for whatever parts one thing that is said from the next: line breaks, tabs and nearly all signs. An apostrophe never does, nor does
    /// a colon ("family history: psoriasis"); what joins words, as a hyphen or a slash, does where there is a space beside it.
    /// </summary>
    private static bool IsPause(ReadOnlySpan<char> text, int i) => text[i] switch
    {
        '\'' or '\u2019' or '\u2018' or '`' or '\u00b4' or ':' => false,
        '-' or '/' or '\\' or '&' or '_' or '\u2010' or '\u2011' => IsSpace(text, i - 1) || IsSpace(text, i + 1),
        var c => char.GetUnicodeCategory(c) is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.Format or UnicodeCategory.Surrogate),
    };

    private static bool IsSpace(ReadOnlySpan<char> text, int i) => i < 0 || i >= text.Length || char.IsWhiteSpace(text[i]);

    private static bool IsShown(string text, int i) => char.GetUnicodeCategory(text[i]) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Surrogate => (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            || (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1])),
        _ => true,
    };
}
