namespace Screening.Rules;

/// <summary>What a wait is counted from, in words: as the person said it or, where only the record tells it, as the record's.</summary>
internal static class WaitWords
{
    /// <summary>The question that tells it, where its answer does not speak for itself, and the words.</summary>
    public static (string? Asked, string Told) Of(Decision decision, WaitingPeriod wait, Language language)
    {
        var intake = decision.Intake;
        var question = intake.Protocol.Questions[wait.Question];
        var isOfRecord = DecisionBasis.IsOfRecord(intake, wait);
        if (wait.Event >= 0)
        {
            var happened = AnswerWords.Event(question, intake.Answers[wait.Question].Events[wait.Event], language);
            return (null, isOfRecord ? InRecord(happened, language) : happened);
        }

        var asked = question.Document.Text.In(language);
        return !isOfRecord
            ? (asked, string.Join(", ", AnswerWords.OrEmpty(question, intake.PatientAnswers[wait.Question], language)))
            : OfRecord(intake, wait, asked, language);
    }

    private static (string Asked, string Told) OfRecord(Intake intake, WaitingPeriod wait, string asked, Language language)
    {
        ref readonly var answer = ref intake.Answers[wait.Question];
        if (!answer.IsUnknown && answer.Date == default && DecisionBasis.UseOfRecord(intake, wait) is var (use, option))
        {
            // Of a use that goes on there is no date to tell.
            return (use.Document.Text.In(language), InRecord(option.Label.In(language), language));
        }

        return (asked, InRecord(answer.IsUnknown ? ReportTexts.DateNotKnown.In(language) : DateWords.Of(answer.Date, language), language));
    }

    private static string InRecord(string told, Language language) => RecordTexts.InRecord.In(language).With("answer", told);
}
