using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Collects the answers of one request while it is read, question by question. An unreadable answer is neither an answer nor an absent one:
/// its error is reported, and nothing else is concluded from it.
/// </summary>
/// <param name="protocol">The protocol whose questions are answered.</param>
public sealed class AnswerSheet(Protocol protocol)
{
    private readonly Answer[] answers = new Answer[protocol.Questions.Length];
    private readonly List<Suggestion> suggestions = [];
    private string?[]? places;

    /// <summary>The protocol whose questions are answered.</summary>
    public Protocol Protocol { get; } = protocol;

    /// <summary>The answers so far, by question index; the treated areas are the last.</summary>
    public ReadOnlySpan<Answer> Answers => answers;

    /// <summary>Sets an answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer, which must be valid for the question.</param>
    /// <param name="place">The location for errors in it; null for the question's JSON pointer.</param>
    public void Take(CompiledQuestion question, in Answer answer, string? place = null)
    {
        answers[question.Index] = answer;
        if (place is not null)
        {
            (places ??= new string?[answers.Length])[question.Index] = place;
        }
    }

    /// <summary>Sets an answer that was filled in for the patient, in whole or in part, and that the patient has not confirmed.</summary>
    /// <param name="suggestion">What was filled in.</param>
    /// <param name="said">What the patient added to it; the default for nothing.</param>
    /// <param name="place">The location for errors in it.</param>
    public void Suggest(Suggestion suggestion, in Answer said, string place)
    {
        suggestions.Add(suggestion);
        Take(suggestion.Question, said.AsUnanswered(), place);
    }

    /// <summary>Marks a question as one that was filled in, without what was.</summary>
    internal void MarkSuggested(CompiledQuestion question) => suggestions.Add(new Suggestion(question, default, string.Empty));

    /// <summary>True when an answer to the question was filled in that the patient has not confirmed.</summary>
    internal bool IsSuggested(CompiledQuestion question) => suggestions.Exists(one => one.Question.Index == question.Index);

    /// <summary>True when something was filled in that the patient has not confirmed.</summary>
    internal bool HasSuggestions => suggestions.Count > 0;

    /// <summary>Marks the answer to a question as unreadable.</summary>
    public void MarkUnreadable(CompiledQuestion question) => Unreadable |= 1UL << question.Index;

    /// <summary>Marks every answer as unreadable.</summary>
    public void MarkAllUnreadable() => Unreadable = ulong.MaxValue;

    /// <summary>A bit for each question whose answer is unreadable.</summary>
    internal ulong Unreadable { get; private set; }

    /// <summary>True when the answers to all of these questions, one bit each, are readable.</summary>
    internal bool IsReadable(ulong questions) => (Unreadable & questions) == 0;

    /// <summary>The location for errors in the answer to a question.</summary>
    internal string PlaceOf(CompiledQuestion question) => places?[question.Index] ?? question.Pointer;

    /// <summary>The intake of these answers; valid only if no error was reported.</summary>
    internal Intake ToIntake(ImmutableArray<Clearance> clearances) =>
        new(Protocol, answers, clearances) { Suggestions = [.. suggestions] };

    /// <summary>Reports every contradiction among the answers and, if known, with the as-of date.</summary>
    public void CheckContradictions(LocalDate? today, InputErrors errors) => Contradiction.Check(this, today, errors);
}
