using RulesEngine.Models;
using Rule = RulesEngine.Models.Rule;

namespace Screening.Benchmarks.Peers;

/// <summary>What the expressions see: the typed answers, and the waits' dates as numbers of days.</summary>
public sealed class Facts(TypedAnswers answers, Place[]? areas, DateOnly today, DateOnly date)
{
    public TypedAnswers Answers { get; } = answers;

    public int Day { get; } = date.DayNumber;

    public int RetinoidEnds { get; } = RetinoidLast(answers, today).DayNumber;

    public int AntiviralStarts { get; } = (answers.AntiviralStart ?? today).DayNumber;

    public bool InjectionsKnown { get; } = answers.Injections?.List is not null;

    public IReadOnlyList<Span> Injections { get; } = Array.ConvertAll(answers.Injections?.List ?? [], i => i.Date.IsUnknown
        ? new Span(int.MinValue / 2, today.DayNumber)
        : new Span(i.Date.First.DayNumber, i.Date.Last.DayNumber));

    /// <summary>True unless the list is there and says neither this nor <c>unknown</c>.</summary>
    public bool MaySay(SkinCondition condition) =>
        Answers.SkinConditions is not { } said || said.AsSpan().IndexOfAny(condition, SkinCondition.Unknown) >= 0;

    public bool MayLieInArea() => Answers.MetalPlates is not { } plates
        || Array.Exists(plates, plate => plate == Place.Unknown || (plate <= Place.Hands && (areas is null || Array.IndexOf(areas, plate) >= 0)));

    private static DateOnly RetinoidLast(TypedAnswers answers, DateOnly today)
    {
        var said = answers.TopicalRetinoidLastUsed;
        return said.Year == 0 || (answers.TopicalRetinoidUse == RetinoidUse.Stopped && said.Last > today) ? today : said.Last;
    }
}

/// <summary>The days that an event may mean.</summary>
public sealed record Span(int First, int Last);

/// <summary>
/// The 26 rules as lambda expressions of RulesEngine, one for each: true when the rule is not clear, so that nothing absent or unknown comes out
/// as clear. Which way it is not clear is told afterwards, only for those, by the same code as the hand-written peer's: the engine runs no
/// expression more than it must.
/// </summary>
public static class RulesEngineScreening
{
    private static readonly (string Id, string NotClear)[] Expressions =
    [
        ("topical-retinoid", "facts.Answers.TopicalRetinoidUse != RetinoidUse.Never && (facts.Answers.TopicalRetinoidUse != RetinoidUse.Stopped || facts.Answers.TopicalRetinoidLastUsed.IsAbsent || facts.Day < facts.RetinoidEnds + 14)"),
        ("isotretinoin", "facts.Answers.IsotretinoinUse != IsotretinoinUse.Never"),
        ("herpes-prophylaxis", "facts.Answers.HerpesSimplexHistory != YesNo.No"),
        ("immune-impairment", "facts.Answers.ImmuneImpairment != YesNo.No"),
        ("skin-allergy", "facts.Answers.SkinAllergy != YesNo.No"),
        ("pregnancy", "facts.Answers.Pregnancy != YesNo.No"),
        ("breastfeeding", "facts.Answers.Breastfeeding != YesNo.No"),
        ("skin-cancer", "facts.Answers.SkinCancer != SkinCancer.None && facts.Answers.SkinCancer != SkinCancer.Past && facts.Answers.SkinCancer != SkinCancer.Precancer"),
        ("skin-cancer-history", "facts.Answers.SkinCancer != SkinCancer.None && facts.Answers.SkinCancer != SkinCancer.Current && facts.Answers.SkinCancer != SkinCancer.Suspected"),
        ("bleeding-or-vascular-disorder", "facts.Answers.BleedingOrVascularDisorder != YesNo.No"),
        ("anticoagulant-daily", "facts.Answers.AnticoagulantUse == AnticoagulantUse.Daily || facts.Answers.AnticoagulantUse == AnticoagulantUse.Unknown || facts.Answers.AnticoagulantUse == AnticoagulantUse.Absent"),
        ("anticoagulant-other", "facts.Answers.AnticoagulantUse != AnticoagulantUse.None && facts.Answers.AnticoagulantUse != AnticoagulantUse.Daily"),
        ("keloid-scarring", "facts.MaySay(SkinCondition.KeloidScarring)"),
        ("abnormal-wound-healing", "facts.MaySay(SkinCondition.AbnormalWoundHealing)"),
        ("psoriasis", "facts.MaySay(SkinCondition.Psoriasis)"),
        ("eczema", "facts.MaySay(SkinCondition.Eczema)"),
        ("rash", "facts.MaySay(SkinCondition.Rash)"),
        ("skin-sores", "facts.MaySay(SkinCondition.Sores)"),
        ("open-wound", "facts.MaySay(SkinCondition.OpenWound)"),
        ("severe-active-acne", "facts.MaySay(SkinCondition.SevereActiveAcne)"),
        ("oral-herpes-outbreak", "facts.MaySay(SkinCondition.OralHerpesOutbreak)"),
        ("skin-infection", "facts.MaySay(SkinCondition.Infection)"),
        ("electronic-implant", "facts.Answers.ElectronicImplants == null || facts.Answers.ElectronicImplants.Length > 0"),
        ("metal-plate-in-area", "facts.MayLieInArea()"),
        ("filler-or-toxin-injection", "facts.InjectionsKnown == false || facts.Injections.Any(i => facts.Day > i.First - 14 && facts.Day < i.Last + 14)"),
        ("metal-allergy", "facts.Answers.MetalAllergy != YesNo.No"),
    ];

    private static readonly RuleEffect[] WorstEffects =
        [.. Expressions.Select(e => e.Id is "topical-retinoid" or "herpes-prophylaxis" or "filler-or-toxin-injection" ? RuleEffect.Defer
            : e.Id is "isotretinoin" or "skin-cancer-history" or "anticoagulant-other" ? RuleEffect.Review : RuleEffect.Exclude)];

    private static readonly RulesEngine.RulesEngine Engine = new(
        [new Workflow
        {
            WorkflowName = "sublative-rf",
            Rules = [.. Expressions.Select(e => new Rule { RuleName = e.Id, Expression = e.NotClear, RuleExpressionType = RuleExpressionType.LambdaExpression })],
        }],
        new ReSettings
        {
            CustomTypes = [typeof(YesNo), typeof(SkinCancer), typeof(AnticoagulantUse), typeof(SkinCondition), typeof(RetinoidUse), typeof(IsotretinoinUse), typeof(SaidDate), typeof(Span)],
            EnableFormattedErrorMessage = false,
            EnableScopedParams = false,
            UseFastExpressionCompiler = true,
        });

    /// <summary>Decides.</summary>
    public static TypedFindings Screen(TypedAnswers answers, Place[]? areas, DateOnly today, DateOnly date)
    {
        var run = Engine.ExecuteAllRulesAsync("sublative-rf", new RuleParameter("facts", new Facts(answers, areas, today, date)));

        // Nothing in it awaits: it has ended when it returns.
        return Conclude(run.AsTask().GetAwaiter().GetResult(), answers, areas, today, date);
    }

    private static TypedFindings Conclude(List<RuleResultTree> results, TypedAnswers answers, Place[]? areas, DateOnly today, DateOnly date)
    {
        var findings = new TypedFinding[HandWritten.Count];
        var situation = new DatedSituation(answers, today, date);
        for (var rule = 0; rule < findings.Length; rule++)
        {
            if (!string.IsNullOrEmpty(results[rule].ExceptionMessage))
            {
                throw new InvalidOperationException(results[rule].ExceptionMessage);
            }

            findings[rule] = rule switch
            {
                // These also leave their waits, clear or not.
                HandWritten.TopicalRetinoid => Agreed(situation.TopicalRetinoid(), results[rule]),
                HandWritten.HerpesProphylaxis => Agreed(situation.HerpesProphylaxis(), results[rule]),
                HandWritten.Injection => Agreed(situation.Injections(), results[rule]),
                _ when !results[rule].IsSuccess => new TypedFinding(RuleOutcome.Clear, WorstEffects[rule], Status.Eligible),
                _ => HandWritten.Finding(rule, answers, areas),
            };
        }

        return HandWritten.Finish(answers, areas, ref situation, findings);
    }

    private static TypedFinding Agreed(TypedFinding finding, RuleResultTree result) =>
        (finding.Outcome != RuleOutcome.Clear) == result.IsSuccess ? finding : throw new InvalidOperationException($"{result.Rule.RuleName} disagrees.");
}
