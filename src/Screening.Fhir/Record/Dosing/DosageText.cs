namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// Parses a text for how often a medicine is taken. The words are in <see cref="DosageVocabularies"/>; this class is the grammar: a number
/// of times per period, every period, days of the week. At each position the longest match counts.
/// </summary>
internal sealed class DosageText
{
    private const int Day = 24 * 60;
    private const int Sunday = 1 << 6;

    /// <summary>The most units of one dose in the notation for morning, noon and night.</summary>
    private const int MostAtOnce = 4;

    private static readonly DosageVocabulary[] Languages = [DosageVocabularies.English, DosageVocabularies.Spanish];
    private static readonly DosageLexicon InNames = new(Languages);
    private static readonly DosageLexicon Usual = new([DosageVocabularies.Abbreviations, .. Languages]);
    private static readonly DosageLexicon InCodes = new([DosageVocabularies.Codes, DosageVocabularies.Abbreviations, .. Languages]);

    private readonly DosageLexicon lexicon;
    private readonly List<string> tokens;

    private DosageText(DosageLexicon lexicon, List<string> tokens)
    {
        this.lexicon = lexicon;
        this.tokens = tokens;
    }

    /// <summary>Parses a text.</summary>
    public static DosageSense Of(string text) => Of(text, Usual);

    /// <summary>
    /// Parses the name of a medicine, which may contain a dosage. Abbreviations are ignored: they may stand for a manufacturer or a form.
    /// </summary>
    public static DosageSense OfName(string text) => Of(text, InNames);

    /// <summary>Parses a code of a timing, whatever its code system.</summary>
    public static DosageSense OfCode(string code) => Of(code, InCodes);

    private static DosageSense Of(string text, DosageLexicon lexicon) => text.Length == 0 ? default
        : DosageTokens.Sentences(text).Select(sentence => new DosageText(lexicon, sentence).Sense())
            .Aggregate(default(DosageSense), (sense, next) => sense | next);

    /// <summary>The meaning of a sentence. If it says "as needed", that is its only meaning.</summary>
    private DosageSense Sense()
    {
        var sense = default(DosageSense);
        for (var at = 0; at < tokens.Count;)
        {
            var statement = lexicon.Longest(tokens, at, DosageMeanings.Statement);
            if (statement?.Meaning == DosageMeanings.AsNeeded)
            {
                return DosageSense.LessThanDaily;
            }

            (DosageSense Sense, int End) next = (default, at + 1);
            if (statement is { } phrase)
            {
                next = (SenseOf(phrase.Meaning), phrase.End);
            }

            foreach (var other in new[] { Rate(at), OnWeekdays(at), AtTimesOfDay(at) })
            {
                next = other is { } found && (found.End > next.End || (statement is null && found.End == next.End)) ? found : next;
            }

            // "Daily on Mondays" is not daily; "daily, Mondays twice" is.
            if (next.Sense == DosageSense.EveryDay && OnWeekdays(After(next.End, DosageMeanings.On, "(")) is { } limited)
            {
                next = limited;
            }

            sense |= next.Sense;
            at = next.End;
        }

        return sense;
    }

    private static DosageSense SenseOf(DosageMeanings meaning) => meaning switch
    {
        DosageMeanings.Daily => DosageSense.EveryDay,
        DosageMeanings.PartOfDay => DosageSense.PartOfDay,
        DosageMeanings.LessThanDaily => DosageSense.LessThanDaily,
        _ => default,
    };

    /// <summary>A number of times per period: twice a day, 3 times a week, every 12 hours.</summary>
    private (DosageSense Sense, int End)? Rate(int at)
    {
        var (times, after) = (1m, at);
        var isCounted = false;
        if (lexicon.Longest(tokens, at, DosageMeanings.Often) is { } often)
        {
            (times, after, isCounted) = (often.Value, often.End, true);
        }
        else if (Numbers(at) is { } numbers)
        {
            (times, after) = (numbers.Most, numbers.End);
            isCounted = lexicon.Longest(tokens, after, DosageMeanings.Times) is not null;
            after = After(after, DosageMeanings.Times);
        }

        if (lexicon.Longest(tokens, after, DosageMeanings.Per) is { } per)
        {
            return (Often(times, per.Value), per.End);
        }

        // "2 every 48 hours" means 2 tablets: only a number of times counts.
        return lexicon.Longest(tokens, after, DosageMeanings.Every) is { } every && Length(every.End) is { } length
            ? (Often(isCounted ? times : 1, length.Minutes), length.End) : null;
    }

    private static DosageSense Often(decimal times, decimal minutes) =>
        times * Day >= minutes ? DosageSense.EveryDay : DosageSense.LessThanDaily;

    /// <summary>A period, with or without a number; of a range the smaller number.</summary>
    private (decimal Minutes, int End)? Length(int at)
    {
        var (number, after) = Numbers(at) is { } numbers ? (numbers.Least, numbers.End) : (1, at);
        return lexicon.Longest(tokens, after, DosageMeanings.Unit) is { } unit ? (number * unit.Value, unit.End) : null;
    }

    /// <summary>A number, or a range of two.</summary>
    private (decimal Least, decimal Most, int End)? Numbers(int at)
    {
        if (Number(at) is not { } one)
        {
            return null;
        }

        const DosageMeanings Joins = DosageMeanings.Through | DosageMeanings.Or;
        return IsJoined(one.End, Joins) && Number(After(one.End, Joins, DosageTokens.Hyphen)) is { } other
            ? (Math.Min(one.Value, other.Value), Math.Max(one.Value, other.Value), other.End)
            : (one.Value, one.Value, one.End);
    }

    private (decimal Value, int End)? Number(int at) =>
        lexicon.Longest(tokens, at, DosageMeanings.Number) is { } word ? (word.Value, word.End)
        : at < tokens.Count && DosageTokens.Number(tokens[at]) is { } number ? (number, at + 1)
        : null;

    /// <summary>Days of the week, as a list or a range.</summary>
    private (DosageSense Sense, int End)? OnWeekdays(int at)
    {
        if (lexicon.Longest(tokens, at, DosageMeanings.Weekdays) is not { } day)
        {
            return null;
        }

        var days = (int)day.Value;
        while (true)
        {
            var isRange = IsJoined(day.End, DosageMeanings.Through);
            var after = isRange
                ? After(day.End, DosageMeanings.Through, DosageTokens.Hyphen)
                : After(day.End, DosageMeanings.On, DosageTokens.Pause, "/");
            if (lexicon.Longest(tokens, after, DosageMeanings.Weekdays) is not { } next)
            {
                return (DosageSense.On(days), day.End);
            }

            days |= isRange ? From((int)day.Value, (int)next.Value) : (int)next.Value;
            day = next;
        }
    }

    private static int From(int first, int last)
    {
        var days = first | last;
        for (var day = first; day != last && int.IsPow2(day) && int.IsPow2(last); day = day == Sunday ? 1 : day << 1)
        {
            days |= day;
        }

        return days;
    }

    /// <summary>Doses for morning, noon and night, as in 1-0-1.</summary>
    private (DosageSense Sense, int End)? AtTimesOfDay(int at)
    {
        var end = at;
        while (end < tokens.Count && DosageTokens.Number(tokens[end]) is <= MostAtOnce)
        {
            end += end + 1 < tokens.Count && tokens[end + 1] == DosageTokens.Hyphen ? 2 : 1;
            if (tokens[end - 1] != DosageTokens.Hyphen)
            {
                break;
            }
        }

        const int ThreeNumbers = 5;
        var isAll = end == tokens.Count || DosageTokens.Number(tokens[end]) is null;
        return end - at >= ThreeNumbers && isAll ? (DosageSense.PartOfDay, end) : null;
    }

    /// <summary>True when a hyphen or a word at this position joins its neighbours.</summary>
    private bool IsJoined(int at, DosageMeanings joins) =>
        at < tokens.Count && (tokens[at] == DosageTokens.Hyphen || lexicon.Longest(tokens, at, joins) is not null);

    /// <summary>The position after all phrases of these meanings, and all these signs, from a position on.</summary>
    private int After(int at, DosageMeanings meanings, params ReadOnlySpan<string> signs)
    {
        while (at < tokens.Count)
        {
            if (signs.Contains(tokens[at]))
            {
                at++;
            }
            else if (lexicon.Longest(tokens, at, meanings) is { } phrase)
            {
                at = phrase.End;
            }
            else
            {
                break;
            }
        }

        return at;
    }
}
