using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>Runs a protocol's own examples with the engine that decides.</summary>
public static partial class WorkedExamples
{
    private const string Open = "open";
    private const string Nothing = "nothing";

    /// <summary>The examples with another result than expected; empty when all are as expected.</summary>
    public static IEnumerable<(string Pointer, string Reason)> Run(Protocol protocol) =>
    [
        .. protocol.Document.Rules.SelectMany((rule, i) =>
            Each(Pointer.To("/rules", i), rule.Examples, example => Run(protocol, i, example))),
        .. protocol.Document.CareSteps.SelectMany((step, i) =>
            Each(Pointer.To("/careSteps", i), step.Examples ?? [], example => Run(protocol, step, example))),
    ];

    private static IEnumerable<(string Pointer, string Reason)> Each<T>(
        string owner, IReadOnlyList<T> examples, Func<T, IEnumerable<string>> run) =>
        examples.SelectMany((example, i) => run(example).Select(reason => (Pointer.To(owner + "/examples", i), reason)));

    private static IEnumerable<string> Run(Protocol protocol, int rule, Example example)
    {
        var baseline = protocol.Document.Baseline;
        var today = example.AsOf ?? baseline.AsOf;
        var date = example.Date ?? baseline.Date;
        var errors = new InputErrors();
        if (date < today)
        {
            errors.Add("/date", ErrorCode.DateBeforeAsOf);
        }

        var answers = Answers(protocol, example.Answers, example.Without, example.Areas, today, errors);
        if (errors.Any)
        {
            return errors.All.Select(e => $"Example '{example.Name}' cannot be screened: {e.Place}: {e.Meaning.En}");
        }

        var appointment = new Appointment(DateTimeZone.Utc, DateTimeZone.Utc.Noon(date), null, []);
        return Differences(Screener.Screen(answers.ToIntake([]), appointment, today), rule, example);
    }

    /// <summary>The answers of an example, read like those of a request.</summary>
    private static AnswerSheet Answers(
        Protocol protocol,
        JsonElement? own,
        IReadOnlyList<string>? without,
        IReadOnlyList<string>? ownAreas,
        LocalDate today,
        InputErrors errors)
    {
        var answers = new AnswerSheet(protocol);
        var reader = new Utf8JsonReader(ExampleAnswers.Merge(protocol.Document.Baseline, own, without), JsonText.Options);
        reader.Read();
        AnswersReader.Read(ref reader, answers, errors);
        answers.CheckContradictions(today, errors);

        var areas = ownAreas ?? protocol.Document.Baseline.Areas;
        if (without?.Contains(protocol.Areas.Id) != true)
        {
            byte[] indexes = [.. areas.Select(area => (byte)protocol.Areas.Codes.Select(o => o.Code).ToList().IndexOf(area))];
            answers.Take(protocol.Areas, Answer.List(protocol.Areas.Bits(areas), indexes));
        }

        return answers;
    }

    private static IEnumerable<string> Differences(Decision decision, int rule, Example example)
    {
        var expect = example.Expect;
        var finding = decision.Findings[rule];
        var wait = decision.WaitingPeriods.Where(w => w.Rule == rule).Select(w => (WaitingPeriod?)w).FirstOrDefault();
        var requirement = decision.Requirements.Where(r => r.Rule == rule).Select(r => (Requirement?)r).FirstOrDefault();
        return Differences(
            example.Name,
            ("eligibility", WireName.Of(expect.Eligibility), WireName.Of(decision.Eligibility)),
            ("outcome", WireName.Of(expect.Outcome), WireName.Of(finding.Outcome)),
            ("effect", expect.Effect is { } effect ? WireName.Of(effect) : null, WireName.Of(finding.Effect)),
            ("notBefore", Text(expect.NotBefore), Text(decision.NotBefore)!),
            ("blockedFrom", Text(expect.BlockedFrom), Text(wait?.BlockedFrom) ?? Open),
            ("blockedThrough", Text(expect.BlockedThrough), Text(wait?.BlockedThrough) ?? Nothing),
            ("stopBy", Text(expect.StopBy), Text(requirement?.StopBy) ?? Nothing),
            ("startBy", Text(expect.StartBy), Text(requirement?.StartBy) ?? Nothing),
            ("continueThrough", Text(expect.ContinueThrough), Text(requirement?.ContinueThrough) ?? Nothing));
    }

    private static IEnumerable<string> Differences(string example, params (string What, string? Expected, string Actual)[] compared) =>
        compared.Where(c => c.Expected is not null && c.Expected != c.Actual)
            .Select(c => $"Example '{example}' expects {c.What} {c.Expected}; it comes out as {c.Actual}.");

    private static string? Text(LocalDate? date) => date is { } known ? PartialDate.Of(known).ToString() : null;
}
