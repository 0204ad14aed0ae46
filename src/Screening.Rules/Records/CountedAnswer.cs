using NodaTime;

namespace Screening.Rules;

/// <summary>
/// An answer of which a REST request can state only a part or nothing: a health record raised it, it was filled in for the patient, or the
/// patient gave only a part of it. It is enough to decide again without the record.
/// </summary>
/// <param name="Question">The question.</param>
/// <param name="Counted">The answer to decide on.</param>
/// <param name="Said">What the patient said of it, where that is a part of an answer; null where it is a whole one or none.</param>
/// <param name="IsUnconfirmed">True when it was filled in for the patient, who has not confirmed it.</param>
public sealed record CountedAnswer(CompiledQuestion Question, Answer Counted, Answer? Said, bool IsUnconfirmed)
{
    /// <summary>The entries of the record that changed the answer.</summary>
    public IReadOnlyList<RecordEvidence> Entries { get; init; } = [];

    /// <summary>All such answers of an intake, in the order of the questions.</summary>
    public static IEnumerable<CountedAnswer> Of(Intake intake)
    {
        foreach (var question in intake.Protocol.Questions)
        {
            var (counted, said) = (intake.Answers[question.Index], intake.PatientAnswers[question.Index]);
            var isUnconfirmed = (intake.Unconfirmed & (1UL << question.Index)) != 0;
            if (isUnconfirmed || said.IsFromRecordOnly || !counted.Parts.Equals(said.Parts))
            {
                yield return new CountedAnswer(question, counted, said.IsFromRecordOnly ? said : null, isUnconfirmed)
                {
                    Entries = [.. intake.Record.Where(entry => entry.Question == question.Index && entry is { ChangesAnswer: true, Text: not null })],
                };
            }
        }
    }

    /// <summary>The intake with these answers beside those that the patient gave as a whole.</summary>
    internal static Intake Added(Intake intake, IReadOnlyList<CountedAnswer> added)
    {
        var said = intake.PatientAnswers.ToArray();
        foreach (var one in added)
        {
            said[one.Question.Index] = one.Said ?? said[one.Question.Index];
        }

        var counted = said.ToArray();
        foreach (var one in added)
        {
            counted[one.Question.Index] = one.Counted;
        }

        return new Intake(intake.Protocol, said, counted, intake.Clearances)
        {
            Record = [.. added.SelectMany(one => one.Entries)],
            Suggestions = [.. added.Where(one => one.IsUnconfirmed).Select(one => new Suggestion(one.Question, default, string.Empty))],
        };
    }
}

/// <summary>
/// What the answers and the record come to in a zone with this date. A request without a clinic's zone has one for every date that it may
/// be and every date that the record may mean.
/// </summary>
/// <param name="Today">The date of the as-of instant in the zone.</param>
/// <param name="Intake">The answers, reconciled with the record.</param>
public sealed record ZoneReading(LocalDate Today, Intake Intake);
