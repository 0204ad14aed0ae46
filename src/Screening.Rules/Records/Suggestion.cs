using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>
/// An answer that was filled in for the patient, and that the patient has not confirmed. Nobody said it: the question is unanswered. What it
/// says still makes the decision worse, like a finding of a record, and never better.
/// </summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">What was filled in; the default if it says nothing by itself.</param>
/// <param name="Reference">The reference to what it was filled in in; empty when that has no name.</param>
public sealed record Suggestion(CompiledQuestion Question, Answer Answer, string Reference);

/// <summary>The suggestions of an intake as findings of a record.</summary>
internal static class SuggestedFindings
{
    public static IEnumerable<RecordFinding> Of(Intake intake) => intake.Suggestions.SelectMany(one => one.Question.Kind switch
    {
        AnswerKind.Code or AnswerKind.Codes => Codes(intake, one),
        AnswerKind.PartialDate => LastUses(intake, one),
        AnswerKind.Events => Events(one),

        // The date of a course is not used: until it is confirmed the question is missing, and the course counts from today.
        _ => [],
    });

    private static IEnumerable<RecordFinding> Codes(Intake intake, Suggestion one) =>
        from code in Enumerable.Range(0, one.Question.Codes.Count)
        where (one.Answer.Codes & one.Question.Bit(code)) != 0 && !one.Question.Codes[code].Harmless
        let use = intake.Protocol.Uses.FirstOrDefault(use => use.IsUse(one.Question) && use.Stopped == code)
        select New(one, one.Question, code, use is null ? null : LastUse(intake, use));

    /// <summary>A last date implies that the use has stopped, unless the suggested use says so itself, with this date.</summary>
    private static IEnumerable<RecordFinding> LastUses(Intake intake, Suggestion one) =>
        from use in intake.Protocol.Uses
        where use.IsLastUse(one.Question) && one.Answer.Date != default
        where !intake.Suggestions.Any(other => use.IsUse(other.Question) && (other.Answer.Codes & other.Question.Bit(use.Stopped)) != 0)
        select New(one, use.Question, use.Stopped, one.Answer.Date);

    /// <summary>The last date, suggested or stated; null when neither is known.</summary>
    private static PartialDate? LastUse(Intake intake, ReconciledUse use)
    {
        var suggested = intake.Suggestions.Where(other => use.IsLastUse(other.Question)).Select(other => other.Answer.Date);
        var stated = intake.Protocol.Questions.Where(use.IsLastUse).Select(question => intake.PatientAnswers[question.Index].Date);
        return suggested.Concat(stated).Where(date => date != default).Select(date => (PartialDate?)date).FirstOrDefault();
    }

    private static IEnumerable<RecordFinding> Events(Suggestion one)
    {
        var events = one.Answer.Events.ToArray().Select(happened => happened.HasKind
            ? New(one, one.Question, happened.Kind, happened.Date)
            : New(one, one.Question, RecordFinding.Unknown, null));
        return one.Answer.IsUnknown ? events.Append(New(one, one.Question, RecordFinding.Unknown, null)) : events;
    }

    private static RecordFinding New(Suggestion one, CompiledQuestion question, int option, PartialDate? date) =>
        new(question, option, ImmutableArray.Create(date), one.Reference, Coding: null, Words: null);
}
