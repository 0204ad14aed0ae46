namespace Screening.Rules;

/// <summary>
/// The answers that a health record suggests for a form that nobody has filled in: what makes a decision worse, and nothing else. Never that
/// there is nothing; nor that something is unknown, since the patient may know; nor an option that no entry states, only counts as.
/// </summary>
public static class SuggestedAnswers
{
    /// <summary>The most events to suggest. Of more, whole months or years are suggested, which cover the same days and more.</summary>
    private const int MostEvents = 20;

    /// <summary>The suggestions, in the order of the questions.</summary>
    /// <param name="intake">An intake without answers, reconciled with the record.</param>
    /// <param name="today">The as-of date.</param>
    public static IReadOnlyList<Suggestion> Of(Intake intake, NodaTime.LocalDate today) =>
        [.. intake.Protocol.Questions.Select(question => Of(intake, question, Day.Of(today))).OfType<Suggestion>()];

    private static Suggestion? Of(Intake intake, CompiledQuestion question, Day today)
    {
        ref readonly var answer = ref intake.Answers[question.Index];
        Answer? suggested = question.Kind switch
        {
            AnswerKind.Code or AnswerKind.Codes => Codes(intake, question, answer),
            AnswerKind.Events => Events(intake.Protocol, question, answer, today),
            _ => answer.Date == default ? null : Answer.Dated(answer.Date),
        };
        return suggested is { } known ? new Suggestion(question, known, string.Empty) : null;
    }

    /// <summary>All codes of a list; of a choice, which takes one, the worst, unless what the record leaves open may be worse.</summary>
    private static Answer? Codes(Intake intake, CompiledQuestion question, in Answer answer)
    {
        var open = intake.Record.Where(one => one.Question == question.Index && one.LeavesHowOftenOpen).ToList();
        byte[] raised = [.. answer.GivenCodes.ToArray().Where(code =>
            question.Codes[code] is { Harmless: false, Code: not ReservedCode.Unknown }
            && (!open.Exists(one => one.Option == code) || intake.Record.Any(one => one.Question == question.Index && one.Option == code && !one.LeavesHowOftenOpen)))];
        return raised.Length == 0 ? null
            : open.Count > 0 && question.Kind == AnswerKind.Code && intake.Protocol.Ranks.Of(question, raised[0]) != AnswerRanks.Rank.Exclude ? null
            : question.Kind == AnswerKind.Code ? Answer.Code(question.Bit(raised[0]))
            : Answer.List(raised.Aggregate(0UL, (bits, code) => bits | question.Bit(code)), raised);
    }

    /// <summary>The events that a rule may count days from; their dates are left open where the record does not state them.</summary>
    private static Answer? Events(Protocol protocol, CompiledQuestion question, in Answer answer, Day today)
    {
        var wait = protocol.Rules.Where(rule => rule.Document.Condition.Question == question.Id)
            .Select(rule => rule.WaitDays).DefaultIfEmpty().Max();
        List<EventAnswer> raised = answer.Events.ToArray().Where(one => !RecordedDates.IsOver(one.Date, wait - 1, today)).ToList();
        for (var wider = 0; wider < 2 && raised.Count > MostEvents; wider++)
        {
            raised = [.. raised.Select(one => one with { Date = one.Date?.Coarser }).Distinct()];
        }

        // So many that no form could show them: they are left to the patient.
        return raised.Count is 0 or > MostEvents ? null
            : Answer.Of([.. raised.Select(one => one.Date is null ? one with { Absent = EventParts.Date } : one)]);
    }
}
