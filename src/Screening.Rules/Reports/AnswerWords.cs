namespace Screening.Rules;

/// <summary>An answer as the person would say it: the labels of the protocol in place of codes, dates in words.</summary>
public static class AnswerWords
{
    /// <summary>The parts of an answer, one for each thing that was said; never empty.</summary>
    public static IReadOnlyList<string> Of(CompiledQuestion question, in Answer answer, Language language)
    {
        if (!answer.Given)
        {
            return [ReportTexts.NotAnswered.In(language)];
        }

        return question.Kind switch
        {
            AnswerKind.Code => [question.Codes[question.ShownCode(answer)].Label.In(language)],
            AnswerKind.Codes => OrNone(answer.GivenCodes.ToArray().Select(one => question.Codes[one].Label.In(language)), language),
            AnswerKind.Date or AnswerKind.PartialDate or AnswerKind.Events when answer.IsUnknown => [ReportTexts.NotKnown.In(language)],
            AnswerKind.Date or AnswerKind.PartialDate => [DateWords.Of(answer.Date, language)],
            AnswerKind.Events => OrNone(answer.Events.ToArray().Select(one => Event(question, one, language)), language),
        };
    }

    /// <summary>The same, where an absent answer is one that was not needed: the question itself may say to leave it empty.</summary>
    public static IReadOnlyList<string> OrEmpty(CompiledQuestion question, in Answer answer, Language language) =>
        answer.Given ? Of(question, answer, language) : [ReportTexts.LeftEmpty.In(language)];

    /// <summary>The parts of a suggested answer. Where it leaves a part open, it says so.</summary>
    public static IReadOnlyList<string> Suggested(Suggestion suggestion, Language language) =>
        Of(suggestion.Question, Answer.Of(suggestion.Answer.Parts with { Given = true }), language);

    /// <summary>What happened, or will, and when.</summary>
    public static string Event(CompiledQuestion question, EventAnswer one, Language language) =>
        $"{(one.HasKind ? question.Events!.Kind.Options[one.Kind].Label : ReportTexts.NotAnswered).In(language)}, "
        + $"{(one.Date is { } date ? DateWords.Of(date, language) : ReportTexts.DateNotKnown.In(language))}";

    private static IReadOnlyList<string> OrNone(IEnumerable<string> said, Language language) =>
        [.. said.DefaultIfEmpty(ReportTexts.None.In(language))];
}
