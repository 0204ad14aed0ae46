using System.Globalization;
using System.Text;

namespace Screening.Api.Tests.Records;

/// <summary>Which words a text of a record has, read as the contract's fourth ruling says it, word after word.</summary>
internal static class NaiveWords
{
    private sealed record Word(string Letters, int Clause);

    // The letters of the two languages with one mark; a mark of its own is left out where it stands.
    private const string Accented = "áàäâéèëêíìïîóòöôúùüûñ";
    private const string Plainer = "aaaaeeeeiiiioooouuuun";

    private static readonly List<string[]> EveryPhrase = [.. NaiveProtocol.Sets.SelectMany(set => set.Phrases)];

    /// <summary>
    /// True when a text has a word of a set that no phrase before it, and no phrase around it, makes mean something else, and that none
    /// of some names has.
    /// </summary>
    public static bool Name(string text, NaiveSet set, List<string> names)
    {
        List<Word> words = Split(text);
        List<string[]> phrases = set.Phrases.FindAll(phrase => !names.Exists(name => Find(Split(name), [phrase]).Count > 0));
        List<(int From, int To)> found = Find(words, phrases);
        if (found.Count == 0)
        {
            return false;
        }

        List<(int From, int To)> all = Find(words, EveryPhrase);
        foreach ((int from, int to) in found)
        {
            // What stands before a longer phrase stands before each word of it: a family history of contact dermatitis is no dermatitis.
            List<(int From, int To)> around = all.FindAll(longer => longer.From <= from && to <= longer.To);
            List<int> beginnings = [from, .. around.ConvertAll(longer => longer.From)];
            bool meansOther = MeansOther(words, from, to);
            bool stopped = beginnings.Exists(at => IsBehind(words, at, NaiveProtocol.NotCounting)
                || (set.PresentOnly && IsBehind(words, at, NaiveProtocol.Past)));
            if (!meansOther && !stopped)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a text has any word at all.</summary>
    public static bool HasAny(string text)
    {
        return Split(text).Count > 0;
    }

    /// <summary>True when a text has a word of some set, whatever it means there.</summary>
    public static bool HasAnyOfTheProtocol(string text)
    {
        return Find(Split(text), EveryPhrase).Count > 0;
    }

    /// <summary>A text in small letters without accents, its words parted by single blanks, a blank around it.</summary>
    public static string Plain(string text)
    {
        return " " + string.Join(' ', Split(text).Select(word => word.Letters)) + " ";
    }

    private static List<Word> Split(string text)
    {
        List<Word> words = [];
        StringBuilder letters = new();
        int clause = 0;
        string apart = text + " ";
        for (int i = 0; i < apart.Length; i++)
        {
            char c = apart[i];
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            if (char.IsLetterOrDigit(c))
            {
                char small = char.ToLowerInvariant(c);
                int accented = Accented.IndexOf(small, StringComparison.Ordinal);
                letters.Append(accented < 0 ? small : Plainer[accented]);
                continue;
            }

            if (letters.Length > 0)
            {
                words.Add(new Word(letters.ToString(), clause));
                letters.Clear();
            }

            // A full stop within an abbreviation ends nothing, nor does what joins two words.
            bool isBesideBlank = i == 0 || i + 1 == apart.Length || char.IsWhiteSpace(apart[i - 1]) || char.IsWhiteSpace(apart[i + 1]);
            if (c is not (' ' or '\'' or ':') && (c is not ('.' or '-' or '/') || isBesideBlank))
            {
                clause++;
            }
        }

        return words;
    }

    private static List<(int From, int To)> Find(List<Word> words, List<string[]> phrases)
    {
        List<(int From, int To)> found = [];
        for (int from = 0; from < words.Count; from++)
        {
            foreach (string[] phrase in phrases)
            {
                if (StandsAt(words, from, phrase))
                {
                    found.Add((from, from + phrase.Length));
                }
            }
        }

        return found;
    }

    private static bool IsBehind(List<Word> words, int at, List<string[]> phrases)
    {
        return phrases.Exists(phrase =>
        {
            int from = at - phrase.Length;
            return from >= 0 && StandsAt(words, from, phrase) && words[from].Clause == words[at].Clause
                && !MeansOther(words, from, at);
        });
    }

    /// <summary>True where a longer phrase around some words means something else: "not resolved" is not "resolved".</summary>
    private static bool MeansOther(List<Word> words, int from, int to) =>
        Find(words, NaiveProtocol.OtherMeaning).Exists(phrase => phrase.From <= from && to <= phrase.To && phrase.To - phrase.From > to - from);

    private static bool StandsAt(List<Word> words, int from, string[] phrase)
    {
        if (from + phrase.Length > words.Count)
        {
            return false;
        }

        for (int i = 0; i < phrase.Length; i++)
        {
            string letters = words[from + i].Letters;
            bool same = phrase[i].EndsWith('*') ? letters.StartsWith(phrase[i][..^1], StringComparison.Ordinal) : letters == phrase[i];
            if (!same)
            {
                return false;
            }
        }

        return true;
    }
}
