using System.Collections.Immutable;
using CsCheck;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Screening;

/// <summary>How findings make a status, whatever was said, and whatever the protocol.</summary>
public static class StatusLawTests
{
    private static readonly Gen<Said> AnySaid = Gen.OneOf(SaidGenerator.Of(Shipped.Protocol), SaidGenerator.Of(MadeUp.Protocol));

    [Fact]
    public static void Generated_answers_lead_to_every_status_and_every_outcome_of_every_rule()
    {
        var rules = Shipped.Protocol.Rules.Concat(MadeUp.Protocol.Rules).ToList();
        var expected = rules.SelectMany(Outcomes).ToHashSet();
        var statuses = new HashSet<Eligibility>();
        var findings = new HashSet<(string, Outcome, Effect, bool)>();

        // The rarest come up within some thousands.
        for (var tried = 0; tried < 4000 || (tried < 40_000 && !findings.IsSupersetOf(expected)); tried += 1000)
        {
            AnySaid.Sample(
                said =>
                {
                    var decision = said.Screen();
                    statuses.Add(decision.Eligibility);
                    findings.UnionWith(decision.Findings.Select((f, i) => (said.Protocol.Rules[i].Id, f.Outcome, f.Effect, f.CourseTooShort)));
                }, iter: 1000, threads: 1);
        }

        Assert.Equal(Enum.GetValues<Eligibility>(), statuses.Order());
        Assert.All(rules, rule => Assert.Equal(Outcomes(rule).ToHashSet(), findings.Where(finding => finding.Item1 == rule.Id).ToHashSet()));
    }

    /// <summary>Every way in which a rule can come out.</summary>
    private static IEnumerable<(string Rule, Outcome Outcome, Effect Effect, bool CourseTooShort)> Outcomes(CompiledRule rule) =>
    [
        (rule.Id, Outcome.Clear, rule.Document.Effects[0], false),
        (rule.Id, Outcome.Undetermined, rule.Document.Effects[0], false),
        .. rule.Document.Effects.Select(effect => (rule.Id, Outcome.Triggered, effect, false)),
        .. rule.Document.Condition is CourseCondition ? [(rule.Id, Outcome.Triggered, Effect.Require, true)] : Array.Empty<(string, Outcome, Effect, bool)>(),
    ];

    [Fact]
    public static void The_status_is_the_worst_level_of_the_findings() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            Assert.Equal(decision.Findings.Min(finding => finding.Level), decision.Eligibility);
        });

    [Fact]
    public static void A_finding_has_the_level_that_its_outcome_and_effect_call_for() =>
        AnySaid.Sample(said => Assert.All(said.Screen().Findings, finding =>
        {
            Eligibility[] levels = finding switch
            {
                { Outcome: Outcome.Clear } => [Eligibility.Eligible],
                { Outcome: Outcome.Undetermined } => [Eligibility.Incomplete, Eligibility.Review],
                { Effect: Effect.Exclude } => [Eligibility.Ineligible],
                { Effect: Effect.Review } => [Eligibility.Review],
                { Effect: Effect.Defer } => [Eligibility.Deferred],
                _ => [Eligibility.Conditional],
            };
            Assert.Contains(finding.Level, levels);
        }));

    [Fact]
    public static void Binding_are_the_reasons_of_the_status_own_level() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            var binding = Enumerable.Range(0, decision.Findings.Length).Where(decision.IsBinding).ToList();
            Assert.All(decision.Reasons, rule => Assert.Equal(decision.Findings[rule].Level == decision.Eligibility, binding.Contains(rule)));
            Assert.Subset(decision.Reasons.Select(rule => (int)rule).ToHashSet(), binding.ToHashSet());
            Assert.Equal(decision.Eligibility == Eligibility.Eligible, binding.Count == 0);
        });

    [Fact]
    public static void Reasons_are_the_rules_that_are_not_clear_worst_level_first_then_in_protocol_order() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            var expected = decision.Findings.Select((finding, i) => (finding, i)).Where(f => f.finding.Outcome != Outcome.Clear)
                .OrderBy(f => f.finding.Level).ThenBy(f => f.i).Select(f => (ushort)f.i);
            Assert.Equal(expected, decision.Reasons);
        });

    [Fact]
    public static void The_trace_has_every_rule_once_at_its_place_in_the_protocol() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            Assert.Equal(said.Protocol.Document.Rules.Count, decision.Findings.Length);
            foreach (var (rule, finding) in said.Protocol.Document.Rules.Zip(decision.Findings))
            {
                Assert.Contains(finding.Effect, rule.Effects);
                if (rule.Condition is AnswerCondition condition)
                {
                    var answer = said.Answers.GetValueOrDefault(condition.Question, "");
                    Assert.Equal(condition.AnyOf.Any(code => answer.Contains($"\"{code}\"", StringComparison.Ordinal)), finding.Outcome == Outcome.Triggered);
                }
            }
        });

    [Fact]
    public static void Missing_are_the_needed_questions_without_an_answer_and_then_the_status_is_incomplete_or_worse() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            var expected = said.Protocol.Questions.Where(q => !said.Answers.ContainsKey(q.Id) && !q.Document.Optional
                && (q.Document.NeededWhen is not { } when || when.AnyOf.Any(code => said.Answers.GetValueOrDefault(when.Question, "").Contains($"\"{code}\"", StringComparison.Ordinal))));
            Assert.Equal(expected.Select(q => (byte)q.Index), decision.Missing);
            Assert.Equal(decision.Missing.Length > 0, decision.Findings.Any(f => f.Level == Eligibility.Incomplete));
            Assert.True(decision.Missing.IsEmpty || decision.Eligibility <= Eligibility.Incomplete);
        });

    [Fact]
    public static void Bookable_are_eligible_and_conditional_alone() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            Assert.Equal(decision.Eligibility is Eligibility.Eligible or Eligibility.Conditional, decision.Bookable);
            Assert.Equal(decision.Eligibility is Eligibility.Eligible or Eligibility.Conditional or Eligibility.Deferred ? decision.NotBefore : null, decision.EarliestDate);
            Assert.Equal(decision.Bookable, decision.EarliestDate == decision.Date);
        });

    [Fact]
    public static void Requirements_belong_to_the_rules_that_require_something() =>
        AnySaid.Sample(said =>
        {
            var decision = said.Screen();
            Assert.Equal(
                decision.Findings.Select((finding, i) => (finding, i)).Where(f => f.finding is { Outcome: Outcome.Triggered, Effect: Effect.Require }).Select(f => (ushort)f.i),
                decision.Requirements.Select(requirement => requirement.Rule));
        });

    [Fact]
    public static void The_same_intake_gives_the_same_decision() =>
        AnySaid.Sample(said => Assert.Equal(Decided.Of(said.Screen(said.Date.PlusDays(7))), Decided.Of(said.Screen(said.Date.PlusDays(7)))));

    [Fact]
    public static void A_clearance_takes_a_review_finding_away_and_nothing_else() =>
        AnySaid.Sample(said =>
        {
            var before = said.Screen();
            var rules = Enumerable.Range(0, before.Findings.Length).Where(i => before.Findings[i].Level == Eligibility.Review).ToList();
            Assert.Equal(rules, Enumerable.Range(0, before.Findings.Length).Where(i => Screener.CanClear(said.Protocol, said.Read(), i, said.Today)));

            var after = said.Screen([.. rules.Select(rule => new Clearance(rule, "Dr. Rivera", said.Today, null))]);

            Assert.Equal(before.Findings.Select((f, i) => rules.Contains(i) ? f with { Outcome = Outcome.Cleared, Level = Eligibility.Eligible } : f), after.Findings);
            Assert.Equal(before.Findings.Where((_, i) => !rules.Contains(i)).Select(f => f.Level).Append(Eligibility.Eligible).Min(), after.Eligibility);
            Assert.Equal(Decided.Of(before) with { Status = "", Reasons = "", Findings = "", Windows = "" }, Decided.Of(after) with { Status = "", Reasons = "", Findings = "", Windows = "" });
            Assert.Subset(after.Reasons.ToHashSet(), rules.Select(rule => (ushort)rule).ToHashSet());
            Assert.All(rules, rule => Assert.False(after.IsBinding(rule)));
        });
}
