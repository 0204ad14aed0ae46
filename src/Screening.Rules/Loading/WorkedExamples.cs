using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Runs a protocol's own examples through the engine that will decide by it; those of care steps stand in a file of their own.
/// </summary>
public static partial class WorkedExamples
{
    /// <summary>What did not come out; empty when every example did.</summary>
    public static IEnumerable<(string Pointer, string Reason)> Run(Protocol protocol)
    {
        foreach (var rule in protocol.Rules)
        {
            for (var i = 0; i < rule.Document.Examples.Count; i++)
            {
                var pointer = Pointer.To(Pointer.To(Pointer.To("/rules", rule.Index), "examples"), i);
                foreach (var reason in Run(protocol, rule, rule.Document.Examples[i]))
                {
                    yield return (pointer, reason);
                }
            }
        }

        foreach (var flaw in RunCare(protocol))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<string> Run(Protocol protocol, CompiledRule rule, Example example)
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
            return errors.All.Select(e => $"Example '{example.Name}' cannot be screened: {e.Place}: {e.Detail}");
        }

        var appointment = new Appointment(DateTimeZone.Utc, DateTimeZone.Utc.Noon(date), null, []);
        return Differences(Screener.Screen(answers.ToIntake([]), appointment, today), rule.Index, example);
    }

    /// <summary>What an example answers, read as a request's answers are.</summary>
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
            byte[] said = [.. areas.Select(area => (byte)protocol.Areas.Codes.Select(o => o.Code).ToList().IndexOf(area))];
            answers.Take(protocol.Areas, Answer.List(protocol.Areas.Bits(areas), said));
        }

        return answers;
    }

    private static IEnumerable<string> Differences(Decision decision, int rule, Example example)
    {
        var expect = example.Expect;
        var finding = decision.Findings[rule];
        var wait = decision.WaitingPeriods.Where(w => w.Rule == rule).Select(w => (WaitingPeriod?)w).FirstOrDefault();
        var requirement = decision.Requirements.Where(r => r.Rule == rule).Select(r => (Requirement?)r).FirstOrDefault();
        ImmutableArray<(string What, string? Expected, string Actual)> compared =
        [
            ("eligibility", WireName.Of(expect.Eligibility), WireName.Of(decision.Eligibility)),
            ("outcome", WireName.Of(expect.Outcome), WireName.Of(finding.Outcome)),
            ("effect", expect.Effect is { } effect ? WireName.Of(effect) : null, WireName.Of(finding.Effect)),
            ("notBefore", Text(expect.NotBefore), Text(decision.NotBefore)!),
            ("blockedFrom", Text(expect.BlockedFrom), Text(wait?.BlockedFrom) ?? "open"),
            ("blockedThrough", Text(expect.BlockedThrough), Text(wait?.BlockedThrough) ?? "nothing"),
            ("stopBy", Text(expect.StopBy), Text(requirement?.StopBy) ?? "nothing"),
            ("startBy", Text(expect.StartBy), Text(requirement?.StartBy) ?? "nothing"),
            ("continueThrough", Text(expect.ContinueThrough), Text(requirement?.ContinueThrough) ?? "nothing"),
        ];
        return compared.Where(c => c.Expected is not null && c.Expected != c.Actual)
            .Select(c => $"Example '{example.Name}' expects {c.What} {c.Expected}; it comes out as {c.Actual}.");
    }

    private static string? Text(LocalDate? date) => date is { } known ? PartialDate.Of(known).ToString() : null;
}
