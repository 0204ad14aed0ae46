using NodaTime;

namespace Screening.Rules;

/// <summary>A contradiction that an answer must not be part of, compiled from a question's <see cref="Check"/>.</summary>
public sealed class Contradiction
{
    private readonly CompiledQuestion question;
    private readonly ulong touched;
    private readonly Func<Answer, AnswerSheet, Day?, Explanation?> detail;

    private Contradiction(CompiledQuestion question, IEnumerable<CompiledQuestion> others, Func<Answer, AnswerSheet, Day?, Explanation?> detail)
    {
        this.question = question;
        this.detail = detail;
        touched = others.Append(question).Aggregate(0UL, (bits, q) => bits | (1UL << q.Index));
    }

    /// <summary>
    /// Reports every contradiction among the answers. Skips checks that involve an unreadable answer, or an unknown as-of date: those have
    /// errors of their own.
    /// </summary>
    internal static void Check(AnswerSheet sheet, LocalDate? today, InputErrors errors)
    {
        var asOf = today is { } date ? Day.Of(date) : (Day?)null;
        foreach (var contradiction in sheet.Protocol.Contradictions)
        {
            ref readonly var answer = ref sheet.Answers[contradiction.question.Index];
            if (answer.Given && sheet.IsReadable(contradiction.touched) && contradiction.detail(answer, sheet, asOf) is { } detail)
            {
                errors.Add(sheet.PlaceOf(contradiction.question), ErrorCode.ContradictoryAnswers, detail.Remedy, detail.Meaning);
            }
        }
    }

    internal static Contradiction Compile(Check check, CompiledQuestion question, Func<string, CompiledQuestion> find) => check.Match(
        contradicts =>
        {
            var other = find(contradicts.Answer.Question);
            var bits = other.Bits(contradicts.Answer.AnyOf);
            var rest = other.Codes.Select(option => option.Code).Except(contradicts.Answer.AnyOf, StringComparer.Ordinal);
            var contradicted = Explain(Words.Text("contradiction.other"), Accepted.Naming("accepted.besides", "values", [.. rest]), other);
            return new Contradiction(question, [other], (_, sheet, _) => (sheet.Answers[other.Index].Codes & bits) != 0 ? contradicted : null);
        },
        notAfter => Dated(question, notAfter.When, find, (date, today) => date.First > today, new(Words.Text("contradiction.afterAsOf"), Words.Text("accepted.untilAsOf"))),
        notBefore => Dated(question, notBefore.When, find, (date, today) => date.Last < today, new(Words.Text("contradiction.beforeAsOf"), Words.Text("accepted.fromAsOf"))),
        follows =>
        {
            var other = find(follows.Question);
            var accepted = Words.Text("accepted.from");
            var alone = Explain(Words.Text("contradiction.alone"), accepted, other);
            var before = Explain(Words.Text("contradiction.before"), accepted, other);
            return new Contradiction(question, [other], (answer, sheet, _) =>
                sheet.IsSuggested(other) ? null : !sheet.Answers[other.Index].Given ? alone : answer.Date.Last < sheet.Answers[other.Index].Date.First ? before : null);
        });

    private static Explanation Explain(LocalizedText told, LocalizedText accepted, CompiledQuestion other) =>
        new(told.With("question", $"`{other.Id}`"), accepted.With("question", $"`{other.Id}`"));

    private static Contradiction Dated(CompiledQuestion question, AnswerIs? when, Func<string, CompiledQuestion> find, Func<PartialDate, Day, bool> isWrong, Explanation reason)
    {
        var other = when is null ? null : find(when.Question);
        var bits = when is null ? 0 : other!.Bits(when.AnyOf);
        return new Contradiction(question, other is null ? [] : [other], (answer, sheet, today) =>
            today is { } t && !answer.IsUnknown && (other is null || (sheet.Answers[other.Index].Codes & bits) != 0) && isWrong(answer.Date, t) ? reason : null);
    }
}
