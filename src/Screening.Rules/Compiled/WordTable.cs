using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>A word of a protocol found in a text.</summary>
/// <param name="Set">The index of the set that contains the word.</param>
/// <param name="Phrase">The word or phrase, as spelled in the protocol.</param>
/// <param name="At">The position in the text.</param>
internal readonly record struct WordMatch(int Set, string Phrase, int At);

/// <summary>
/// The words and phrases of a protocol in one table, keyed by their first word, so that a text is scanned once. Of overlapping phrases the
/// longest counts, and a word directly after a phrase about another person or about fear does not count.
/// </summary>
internal sealed class WordTable
{
    private readonly ImmutableArray<RecordCodes> sets;
    private readonly Dictionary<string, List<Phrase>> whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Phrase>> beginnings = new(StringComparer.Ordinal);
    private readonly ImmutableArray<int> lengths;
    private readonly int longest;

    internal WordTable(IReadOnlyList<RecordCodes> codes, RecordWords? stops)
    {
        sets = [.. codes];
        foreach (var (i, set) in codes.Index())
        {
            Add(set.Words, PhraseRole.Match, i);
        }

        Add(stops?.NotCounting, PhraseRole.NotCounting);
        Add(stops?.Past, PhraseRole.Past);
        Add(stops?.OtherMeaning, PhraseRole.OtherMeaning);
        lengths = [.. beginnings.Keys.Select(beginning => beginning.Length).Distinct().Order()];
        longest = whole.Values.Concat(beginnings.Values).SelectMany(phrases => phrases)
            .Select(phrase => phrase.Parts.Length).DefaultIfEmpty().Max();
    }

    /// <summary>The effect of a phrase in a text.</summary>
    private enum PhraseRole
    {
        Match,
        NotCounting,
        Past,
        OtherMeaning,
    }

    /// <summary>The words that count in a text for a kind of entry, each once.</summary>
    public IEnumerable<WordMatch> Find(string text, RecordKind kind)
    {
        var words = new RecordText(text);
        var places = Places(words);
        if (!places.Exists(place => place.Phrase.Role == PhraseRole.Match))
        {
            return [];
        }

        var stops = Stops(words, places);
        List<Place> counting = [.. places.Where((place, i) => Counts(places, i, stops, kind))];
        return counting
            .Where((place, i) => !Containing(counting, i)
                .Any(other => other.Length > place.Length && ConcernSameQuestion(other, place)))
            .DistinctBy(place => place.Phrase)
            .Select(place => new WordMatch(place.Phrase.Set, place.Phrase.Text, words[place.Start].At));
    }

    /// <summary>The words of the protocol that a text contains, whatever their meaning there.</summary>
    public IEnumerable<string> Mentioned(string text) => Places(new RecordText(text))
        .Where(place => place.Phrase.Role == PhraseRole.Match).Select(place => place.Phrase.Text);

    /// <summary>Every occurrence of a phrase, in the order of the words.</summary>
    private List<Place> Places(RecordText words)
    {
        var places = new List<Place>();
        var byWhole = whole.GetAlternateLookup<ReadOnlySpan<char>>();
        var byBeginning = beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < words.Count; i++)
        {
            var letters = words.Letters(i);
            if (byWhole.TryGetValue(letters, out var found))
            {
                AddOccurrences(found, i);
            }

            foreach (var length in lengths)
            {
                if (length > letters.Length)
                {
                    break;
                }

                if (byBeginning.TryGetValue(letters[..length], out found))
                {
                    AddOccurrences(found, i);
                }
            }
        }

        return places;

        void AddOccurrences(List<Phrase> phrases, int at) =>
            places.AddRange(phrases.Where(phrase => phrase.OccursAt(words, at)).Select(phrase => new Place(phrase, at)));
    }

    /// <summary>
    /// For each word, the roles of the phrases directly before it in its clause, one bit for each role. "Not resolved" is a longer phrase
    /// whose meaning differs from "resolved".
    /// </summary>
    private int[] Stops(RecordText words, List<Place> places)
    {
        var stops = new int[words.Count];
        foreach (var (i, place) in places.Index())
        {
            if (place.Phrase.Role is PhraseRole.NotCounting or PhraseRole.Past
                && place.End < words.Count && words[place.End].Clause == words[place.Start].Clause
                && !Containing(places, i).Any(other => other.Phrase.Role == PhraseRole.OtherMeaning && other.Length > place.Length))
            {
                stops[place.End] |= 1 << (int)place.Phrase.Role;
            }
        }

        return stops;
    }

    /// <summary>
    /// True for a word of a set that counts in this kind of entry, unless a longer phrase of another meaning contains it. A phrase that
    /// stops a longer word also stops the words within it.
    /// </summary>
    private bool Counts(List<Place> places, int index, int[] stops, RecordKind kind)
    {
        var place = places[index];
        if (place.Phrase.Role != PhraseRole.Match || !sets[place.Phrase.Set].Entries.Contains(kind))
        {
            return false;
        }

        var stopping = 1 << (int)PhraseRole.NotCounting | (sets[place.Phrase.Set].PresentOnly ? 1 << (int)PhraseRole.Past : 0);
        return (stops[place.Start] & stopping) == 0 && !Containing(places, index).Any(other => other.Phrase.Role switch
        {
            PhraseRole.OtherMeaning => other.Length > place.Length,
            PhraseRole.Match => (stops[other.Start] & stopping) != 0,
            PhraseRole.NotCounting or PhraseRole.Past => false,
        });
    }

    /// <summary>The other occurrences that contain this one; they begin at most a few words before it.</summary>
    private IEnumerable<Place> Containing(List<Place> places, int index)
    {
        var place = places[index];
        for (var i = index - 1; i >= 0 && places[i].Start > place.Start - longest; i--)
        {
            if (places[i].End >= place.End)
            {
                yield return places[i];
            }
        }

        for (var i = index + 1; i < places.Count && places[i].Start == place.Start; i++)
        {
            if (places[i].End >= place.End)
            {
                yield return places[i];
            }
        }
    }

    private bool ConcernSameQuestion(Place one, Place other) => sets[one.Phrase.Set].Question == sets[other.Phrase.Set].Question;

    private void Add(LocalizedWords? words, PhraseRole role, int set = 0)
    {
        foreach (var text in words?.All ?? [])
        {
            var phrase = new Phrase(role, set, text, [.. text.Split(' ').Select(word => (word.TrimEnd('*'), word.EndsWith('*')))]);
            var (first, isBeginning) = phrase.Parts[0];
            var table = isBeginning ? beginnings : whole;
            table.TryAdd(first, []);
            table[first].Add(phrase);
        }
    }

    private sealed record Phrase(PhraseRole Role, int Set, string Text, ImmutableArray<(string Letters, bool IsBeginning)> Parts)
    {
        /// <summary>
        /// Phrases of this many words are matched even across commas, as in "pregnancy test, result positive": they hardly occur by
        /// accident.
        /// </summary>
        private const int LongPhrase = 3;

        /// <summary>
        /// True when the words of the phrase occur in a row from a position. They may cross a line break, as in wrapped text, unless the
        /// phrase stops other words from counting.
        /// </summary>
        public bool OccursAt(RecordText words, int at)
        {
            if (at + Parts.Length > words.Count)
            {
                return false;
            }

            for (var i = 0; i < Parts.Length; i++)
            {
                var (word, part) = (words[at + i], Parts[i]);
                var letters = words.Letters(at + i);
                if (word.Sentence != words[at].Sentence
                    || (word.Comma != words[at].Comma && Parts.Length < LongPhrase)
                    || (word.Clause != words[at].Clause && Role is PhraseRole.NotCounting or PhraseRole.Past)
                    || !letters.StartsWith(part.Letters, StringComparison.Ordinal)
                    || (letters.Length > part.Letters.Length && !part.IsBeginning))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>An occurrence of a phrase.</summary>
    private readonly record struct Place(Phrase Phrase, int Start)
    {
        public int Length => Phrase.Parts.Length;

        public int End => Start + Length;
    }
}
