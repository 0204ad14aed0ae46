namespace Screening.Rules;

/// <summary>Checks the words of health records.</summary>
internal sealed partial class ProtocolChecks
{
    private readonly HashSet<(string Question, RecordKind Kind, string Word)> raising = [];

    private void CheckWords(string pointer, RecordCodes codes, Question question)
    {
        Require(!codes.PresentOnly || codes.Words is not null, pointer + "/presentOnly", "Only words can be of the past; there are none.");
        if (codes.Words is not { } words)
        {
            return;
        }

        Require(words.All.Any(), pointer + "/words", "Name at least one word, or leave the words out.");
        CheckSpelling(pointer + "/words", words);
        Unique(pointer + "/words", words.All);
        Require(
            !codes.Entries.Contains(RecordKind.Observation),
            pointer + "/words",
            "What was observed is told by codes and values; no word of it counts.");
        Require(
            codes.Entries.All(kind => kind == RecordKind.Medication) || question is EventsQuestion
                || question.Codes.Any(option => option.Code == ReservedCode.Unknown),
            pointer + "/words",
            "The question offers no `unknown`, which is what a word raises in any entry but a medicine.");
        foreach (var word in words.All.Distinct(StringComparer.Ordinal))
        {
            Require(
                codes.Entries.Distinct().All(kind => raising.Add((codes.Question, kind, word))),
                pointer + "/words",
                $"'{word}' raises the same question already.");
        }
    }

    private void CheckRecordWords()
    {
        const string At = "/recordWords";
        (string Member, LocalizedWords? Words)[] lists =
        [
            ("notCounting", document.RecordWords?.NotCounting), ("past", document.RecordWords?.Past),
            ("otherMeaning", document.RecordWords?.OtherMeaning),
        ];
        foreach (var (member, words) in lists)
        {
            if (words is not null)
            {
                CheckSpelling(Pointer.To(At, member), words);
            }
        }

        Unique(At, lists.SelectMany(list => list.Words?.All ?? []));
    }

    private void CheckSpelling(string pointer, LocalizedWords words)
    {
        (string Language, IReadOnlyList<string> Words)[] lists = [("en", words.En), ("es", words.Es)];
        foreach (var (language, list) in lists)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Require(
                    list[i].Split(' ').All(IsWord),
                    Pointer.To(Pointer.To(pointer, language), i),
                    "A word is small letters without accents and digits, and a star may end it; words of a phrase are one space apart.");
            }
        }
    }

    private static bool IsWord(string word) => (word.EndsWith('*') ? word[..^1] : word) is { Length: > 0 } letters
        && letters.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
