using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>An answer as the person would say it: the labels of the protocol in place of codes, dates in words.</summary>
internal static class AnswerWords
{
    /// <summary>The parts of an answer, one for each thing that was said; never empty.</summary>
    public static IReadOnlyList<string> Of(CompiledQuestion question, in Answer answer, Language language)
    {
        if (!answer.Given)
        {
            return [PageTexts.NotAnswered.In(language)];
        }

        switch (question.Kind)
        {
            case AnswerKind.Code:
                return [question.Codes[question.ShownCode(answer)].Label.In(language)];
            case AnswerKind.Codes:
                var said = new List<string>();
                foreach (var one in answer.Said)
                {
                    said.Add(question.Codes[one].Label.In(language));
                }

                return said.Count > 0 ? said : [PageTexts.None.In(language)];
            case AnswerKind.Date or AnswerKind.PartialDate:
                return [answer.IsUnknown ? PageTexts.NotKnown.In(language) : DateWords.Of(answer.Date, language)];
            default:
                return Events(question, answer, language);
        }
    }

    /// <summary>What happened, or will, and when.</summary>
    public static string Event(CompiledQuestion question, EventAnswer one, Language language) =>
        $"{(one.SaysWhat ? question.Events!.Kind.Options[one.Kind].Label : PageTexts.NotAnswered).In(language)}, "
        + $"{(one.Date is { } date ? DateWords.Of(date, language) : PageTexts.DateNotKnown.In(language))}";

    private static List<string> Events(CompiledQuestion question, in Answer answer, Language language)
    {
        if (answer.IsUnknown)
        {
            return [PageTexts.NotKnown.In(language)];
        }

        var events = new List<string>();
        foreach (var one in answer.Events)
        {
            events.Add(Event(question, one, language));
        }

        return events.Count > 0 ? events : [PageTexts.None.In(language)];
    }
}
