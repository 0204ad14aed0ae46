using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// The answers of one request while a door reads them, question by question. An answer that cannot be read is neither an answer nor the absence of one:
/// the door notes its error, and nothing else is concluded from it.
/// </summary>
/// <param name="protocol">The protocol whose questions are answered.</param>
public sealed class AnswerSheet(Protocol protocol)
{
    private readonly Answer[] answers = new Answer[protocol.Questions.Length];
    private string?[]? places;

    /// <summary>The protocol whose questions are answered.</summary>
    public Protocol Protocol { get; } = protocol;

    /// <summary>The answers so far, by question index; the treated areas are the last.</summary>
    public ReadOnlySpan<Answer> Answers => answers;

    /// <summary>Takes an answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer, one that the question offers.</param>
    /// <param name="place">Where an error of it is told; null: at the question's JSON pointer.</param>
    public void Take(CompiledQuestion question, in Answer answer, string? place = null)
    {
        answers[question.Index] = answer;
        if (place is not null)
        {
            (places ??= new string?[answers.Length])[question.Index] = place;
        }
    }

    /// <summary>Notes that the answer to a question cannot be read.</summary>
    public void MarkUnreadable(CompiledQuestion question) => Unreadable |= 1UL << question.Index;

    /// <summary>Notes that no answer can be read.</summary>
    public void MarkAllUnreadable() => Unreadable = ulong.MaxValue;

    /// <summary>A bit for each question whose answer cannot be read.</summary>
    internal ulong Unreadable { get; private set; }

    /// <summary>True when the answers to all of these questions, each a bit, could be read.</summary>
    internal bool IsReadable(ulong questions) => (Unreadable & questions) == 0;

    /// <summary>Where an error in the answer to a question is told.</summary>
    internal string PlaceOf(CompiledQuestion question) => places?[question.Index] ?? question.Pointer;

    /// <summary>The intake that the answers make; free of errors only if none was noted.</summary>
    internal Intake ToIntake(ImmutableArray<Clearance> clearances) => new(Protocol, answers, clearances);

    /// <summary>Notes every contradiction among the answers, and with the as-of date where that is known.</summary>
    public void CheckContradictions(LocalDate? today, InputErrors errors) => Contradiction.Check(this, today, errors);
}
