namespace Screening.Fhir.Record.Dosing;

/// <summary>The meanings of a vocabulary's phrases, one bit each.</summary>
[Flags]
internal enum DosageMeanings
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><see cref="DosageVocabulary.Daily"/>.</summary>
    Daily = 1,

    /// <summary><see cref="DosageVocabulary.PartOfDay"/>.</summary>
    PartOfDay = 1 << 1,

    /// <summary><see cref="DosageVocabulary.LessThanDaily"/>.</summary>
    LessThanDaily = 1 << 2,

    /// <summary><see cref="DosageVocabulary.AsNeeded"/>.</summary>
    AsNeeded = 1 << 3,

    /// <summary><see cref="DosageVocabulary.Nothing"/>.</summary>
    Nothing = 1 << 4,

    /// <summary><see cref="DosageVocabulary.Every"/>.</summary>
    Every = 1 << 5,

    /// <summary><see cref="DosageVocabulary.Times"/>.</summary>
    Times = 1 << 6,

    /// <summary><see cref="DosageVocabulary.Through"/>.</summary>
    Through = 1 << 7,

    /// <summary><see cref="DosageVocabulary.Or"/>.</summary>
    Or = 1 << 8,

    /// <summary><see cref="DosageVocabulary.On"/>.</summary>
    On = 1 << 9,

    /// <summary><see cref="DosageVocabulary.Numbers"/>.</summary>
    Number = 1 << 10,

    /// <summary><see cref="DosageVocabulary.Often"/>.</summary>
    Often = 1 << 11,

    /// <summary><see cref="DosageVocabulary.Units"/>.</summary>
    Unit = 1 << 12,

    /// <summary><see cref="DosageVocabulary.Per"/>.</summary>
    Per = 1 << 13,

    /// <summary><see cref="DosageVocabulary.Weekdays"/>.</summary>
    Weekdays = 1 << 14,

    /// <summary>The meanings that are complete statements.</summary>
    Statement = Daily | PartOfDay | LessThanDaily | AsNeeded | Nothing,
}

/// <summary>A phrase found in a text.</summary>
/// <param name="Meaning">Its meaning.</param>
/// <param name="Value">Its number; 0 when it has none.</param>
/// <param name="End">The position after it.</param>
internal readonly record struct DosagePhrase(DosageMeanings Meaning, decimal Value, int End);

/// <summary>The phrases of vocabularies, looked up by their first token.</summary>
internal sealed class DosageLexicon
{
    private const string AnyNumber = "#";

    private readonly Dictionary<string, List<(string[] Tokens, DosageMeanings Meaning, int Value)>> phrases = new(StringComparer.Ordinal);

    public DosageLexicon(params DosageVocabulary[] vocabularies)
    {
        foreach (var words in vocabularies)
        {
            Add(DosageMeanings.Daily, words.Daily);
            Add(DosageMeanings.PartOfDay, words.PartOfDay);
            Add(DosageMeanings.LessThanDaily, words.LessThanDaily);
            Add(DosageMeanings.AsNeeded, words.AsNeeded);
            Add(DosageMeanings.Nothing, words.Nothing);
            Add(DosageMeanings.Every, words.Every);
            Add(DosageMeanings.Times, words.Times);
            Add(DosageMeanings.Through, words.Through);
            Add(DosageMeanings.Or, words.Or);
            Add(DosageMeanings.On, words.On);
            Add(DosageMeanings.Number, words.Numbers);
            Add(DosageMeanings.Often, words.Often);
            Add(DosageMeanings.Unit, words.Units);
            Add(DosageMeanings.Per, words.Per);
            Add(DosageMeanings.Weekdays, words.Weekdays);
        }
    }

    /// <summary>
    /// The longest phrase at a position with one of these meanings; null when there is none. Hyphens before and within it are ignored.
    /// </summary>
    public DosagePhrase? Longest(IReadOnlyList<string> tokens, int at, DosageMeanings meanings)
    {
        at = SkipHyphens(tokens, at);
        DosagePhrase? longest = null;
        foreach (var (phrase, meaning, value) in at < tokens.Count ? BeginningWith(tokens[at]) : [])
        {
            if ((meanings & meaning) != 0 && End(tokens, at, phrase) is { } end && end > (longest?.End ?? 0))
            {
                longest = new DosagePhrase(meaning, value, end);
            }
        }

        return longest;
    }

    private List<(string[] Tokens, DosageMeanings Meaning, int Value)> BeginningWith(string token) =>
        phrases.GetValueOrDefault(DosageTokens.Number(token) is null ? token : AnyNumber) ?? [];

    private static int SkipHyphens(IReadOnlyList<string> tokens, int at)
    {
        while (at < tokens.Count && tokens[at] == DosageTokens.Hyphen)
        {
            at++;
        }

        return at;
    }

    private static int? End(IReadOnlyList<string> tokens, int at, string[] phrase)
    {
        foreach (var expected in phrase)
        {
            at = SkipHyphens(tokens, at);
            if (at == tokens.Count || !(expected == AnyNumber ? DosageTokens.Number(tokens[at]) is not null : tokens[at] == expected))
            {
                return null;
            }

            at++;
        }

        return at;
    }

    private void Add(DosageMeanings meaning, (int Value, string[] Phrases)[] groups)
    {
        foreach (var (value, all) in groups)
        {
            Add(meaning, all, value);
        }
    }

    private void Add(DosageMeanings meaning, string[] all, int value = 0)
    {
        foreach (var tokens in all.Select(phrase => phrase.Split(' ')))
        {
            if (!phrases.TryGetValue(tokens[0], out var same))
            {
                phrases.Add(tokens[0], same = []);
            }

            same.Add((tokens, meaning, value));
        }
    }
}
