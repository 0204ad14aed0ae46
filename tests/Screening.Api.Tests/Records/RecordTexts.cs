using System.Text;

namespace Screening.Api.Tests.Records;

/// <summary>
/// Sentences of both languages with the protocol's words, with what makes them mean something else, and with what nearly is one.
/// </summary>
internal static class RecordTexts
{
    private static readonly string[] Sentences =
    [
        "{w}", "{w}", "{w}", "{p} {w}", "{p} {w}", "{p} {w}", "{p} {w}, {x}", "{w}, {p} {x}", "{w}; {p} {w}", "{p} something else, {w}",
        "Known {w} since 2019", "{w} (disorder)", "Patient with {w}. {p} {w}", "{p} severe {w}", "{w} and {p} {x}", "{p} {w} and {x}",
        "Paciente con {w}", "{w} en tratamiento", "{p} {w} (finding)", "{w} - left side", "No {w}", "Referred\n{p} {w}", "{p}, {w}",
        "{o}", "{o} and {w}", "{p} {o}", "hay fever", "{x} 5 MG Oral Tablet", "{w} 20 mg/ml", "{n}", "{p} {n}", "?",
    ];

    private static readonly string[] Strange = ["headache", "asthma", "Paracetamol", "control anual", "fractura de tobillo", "cough"];

    private static readonly string[] NoStop = ["family", "history off", "risk", "screening", "con", "acute", "family history of a"];

    private const string Letters = "aeioun";

    private static readonly string[] Accented = ["áàäâ", "éèëê", "íìïî", "óòöô", "úùüû", "ñ"];

    private static readonly string[] Endings = ["", "", "s", "cy", "ies", "ia", "9"];

    /// <summary>A text around a word of a set.</summary>
    public static string Of(RecordDraft draft, NaiveSet set)
    {
        string word = Word(draft, set);
        string other = draft.Chance(0.5) ? draft.Pick(Strange) : Word(draft, draft.Pick(NaiveProtocol.Sets));
        string text = draft.Pick(Sentences)
            .Replace("{p}", Stop(draft), StringComparison.Ordinal)
            .Replace("{o}", Written(draft, draft.Pick(NaiveProtocol.OtherMeaning)), StringComparison.Ordinal)
            .Replace("{n}", Nearly(draft, word), StringComparison.Ordinal)
            .Replace("{w}", word, StringComparison.Ordinal)
            .Replace("{x}", other, StringComparison.Ordinal);
        return draft.Chance(0.5) ? text : Dressed(draft, text);
    }

    /// <summary>A word of a set; of one without words, something else.</summary>
    private static string Word(RecordDraft draft, NaiveSet set) =>
        set.Phrases.Count > 0 ? Written(draft, draft.Pick(set.Phrases)) : draft.Pick(Strange);

    private static string Stop(RecordDraft draft) => draft.Between(0, 9) switch
    {
        < 5 => Written(draft, draft.Pick(NaiveProtocol.NotCounting)),
        < 8 => Written(draft, draft.Pick(NaiveProtocol.Past)),
        _ => draft.Pick(NoStop),
    };

    /// <summary>A phrase as people write it: its beginnings ended, its words parted by one thing or another.</summary>
    private static string Written(RecordDraft draft, string[] phrase)
    {
        IEnumerable<string> words = phrase.Select(word => word.EndsWith('*') ? word[..^1] + draft.Pick(Endings) : word);
        return string.Join(draft.Chance(0.8) ? " " : draft.Pick("-", "  ", "/", "\t", "'"), words);
    }

    private static string Nearly(RecordDraft draft, string word) => draft.Between(0, 3) switch
    {
        0 => "x" + word,
        1 => word + "x",
        2 => word.Remove(draft.Between(0, word.Length - 1), 1),
        _ => string.Join(' ', word.Split(' ').Reverse()),
    };

    /// <summary>In capitals here and there, and with accents, as one letter or as a letter and a mark.</summary>
    private static string Dressed(RecordDraft draft, string text)
    {
        bool capitals = draft.Chance(0.3);
        bool apart = draft.Chance(0.5);
        StringBuilder dressed = new();
        foreach (char c in text)
        {
            int letter = draft.Chance(0.15) ? Letters.IndexOf(c, StringComparison.Ordinal) : -1;
            string written = letter < 0 ? c.ToString()
                : apart ? c.ToString() + (c == 'n' ? '\u0303' : draft.Pick('\u0301', '\u0300', '\u0308', '\u0302'))
                : draft.Pick(Accented[letter].ToCharArray()).ToString();
            dressed.Append(capitals || draft.Chance(0.2) ? written.ToUpperInvariant() : written);
        }

        return dressed.ToString();
    }
}
