using CsCheck;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Screening;

/// <summary>Bad news never helps: the laws of an exclusion list, whatever else was said.</summary>
public static class MonotonyLawTests
{
    private static readonly Gen<Said> AnySaid = Gen.OneOf(SaidGenerator.Of(Shipped.Protocol), SaidGenerator.Of(MadeUp.Protocol));

    [Fact]
    public static void Adding_a_code_to_a_list_never_improves_the_status() =>
        Picked(AnySaid, (said, question) => question.Document is CodesQuestion { Optional: false } && said.Answers.ContainsKey(question.Id), question => question.Codes.Select(o => o.Code)).Sample((said, question, code) =>
        {
            var list = said.Answers[question];
            var more = list.Contains($"\"{code}\"", StringComparison.Ordinal) ? said
                : said.With(question, list == "[]" ? $"[\"{code}\"]" : list.Replace("]", $",\"{code}\"]", StringComparison.Ordinal));
            NotBetter(said, more);
        });

    [Fact]
    public static void Adding_an_event_never_improves_the_status() =>
        Picked(AnySaid, (said, question) => question.Events is not null && said.Answers.GetValueOrDefault(question.Id, "").StartsWith('['), _ => ["2026", "2026-06", "2026-06-10", "2027-01-15", "unknown"]).Sample((said, question, date) =>
        {
            var events = said.Protocol.Questions.Single(q => q.Id == question).Events!;
            var one = $$"""{"{{events.Kind.Id}}":"{{events.Kind.Options[0].Code}}","{{events.Date.Id}}":"{{date}}"}""";
            var list = said.Answers[question];
            NotBetter(said, said.With(question, list == "[]" ? $"[{one}]" : $"[{one},{list[1..]}"));
        });

    [Fact]
    public static void Changing_a_harmless_choice_to_one_that_is_not_never_improves_the_status() =>
        Picked(AnySaid, (said, question) => question.Document is ChoiceQuestion { Optional: false } && IsHarmless(said, question), question => question.Codes.Where(o => !o.Harmless).Select(o => o.Code)).Sample((said, question, code) =>
            NotBetter(said, said.With(question, $"\"{code}\"").WithoutContradictions()));

    [Fact]
    public static void A_triggered_exclusion_makes_ineligible_whatever_else_is_said() =>
        Picked(AnySaid, (said, question) => Exclusion(said.Protocol, question) is not null, question => [question.Id]).Sample((said, question, _) =>
        {
            var compiled = said.Protocol.Questions.Single(q => q.Id == question);
            var code = Exclusion(said.Protocol, compiled)!.AnyOf[0];
            var excluded = said.With(question, compiled.Document is CodesQuestion ? $"[\"unknown\",\"{code}\"]" : $"\"{code}\"").WithoutContradictions();
            Assert.Equal(Eligibility.Ineligible, excluded.Screen().Eligibility);
        });

    [Fact]
    public static void Removing_a_needed_answer_never_lets_anyone_through() =>
        Picked(AnySaid, (said, question) => said.Answers.ContainsKey(question.Id) && question.Need(said.Read()) == AnswerNeed.Yes, question => [question.Id]).Sample((said, question, _) =>
        {
            var before = said.Screen();
            var without = said.Without(question);
            var after = without.Screen();

            // Without the answer that excluded, nobody is excluded any more; but no status is better than incomplete.
            Assert.Contains((byte)said.Protocol.Questions.Single(q => q.Id == question).Index, after.Missing);
            Assert.True(after.Eligibility <= Eligibility.Incomplete, $"{WireName.Of(before.Eligibility)} became {WireName.Of(after.Eligibility)}");
            Assert.True(before.Eligibility == Eligibility.Ineligible || after.Eligibility <= before.Eligibility);
        });

    [Fact]
    public static void A_needed_code_or_list_that_is_unknown_is_never_bookable() =>
        Picked(AnySaid, (said, question) => question.Document is ChoiceQuestion or CodesQuestion or EventsQuestion && question.Id != said.Protocol.Areas.Id && question.Need(said.Read()) == AnswerNeed.Yes, question => [question.Id]).Sample((said, question, _) =>
        {
            var unknown = said.Protocol.Questions.Single(q => q.Id == question).Document is CodesQuestion ? "[\"unknown\"]" : "\"unknown\"";
            var after = said.With(question, unknown).WithoutContradictions().Screen();
            Assert.True(after.Eligibility <= Eligibility.Review, WireName.Of(after.Eligibility));
            Assert.False(after.Bookable);
        });

    [Fact]
    public static void A_later_last_use_never_improves_the_status() =>
        Gen.Select(SaidGenerator.Of(Shipped.Protocol), Gen.Int[0, 60], Gen.Int[0, 60]).Sample((said, ago, less) =>
        {
            var earlier = said.With("topicalRetinoidUse", "\"stopped\"").With("topicalRetinoidLastUsed", $"\"{PartialDate.Of(said.Today.PlusDays(-ago - less))}\"");
            NotBetter(earlier, earlier.With("topicalRetinoidLastUsed", $"\"{PartialDate.Of(said.Today.PlusDays(-ago))}\""));
        });

    [Fact]
    public static void Knowing_less_of_a_date_never_improves_the_status() =>
        Gen.Select(SaidGenerator.Of(Shipped.Protocol), Gen.Int[0, 60], Gen.OneOf(4, 7)).Sample((said, ago, length) =>
        {
            var last = PartialDate.Of(said.Today.PlusDays(-ago)).ToString();
            var exact = said.With("topicalRetinoidUse", "\"stopped\"").With("topicalRetinoidLastUsed", $"\"{last}\"").With("injections", $$"""[{"product":"filler","date":"{{last}}"}]""");
            var vague = exact.With("topicalRetinoidLastUsed", $"\"{last[..length]}\"").With("injections", $$"""[{"product":"filler","date":"{{last[..length]}}"}]""");
            NotBetter(exact, vague);
            NotBetter(vague with { Answers = exact.Answers.SetItem("topicalRetinoidLastUsed", vague.Answers["topicalRetinoidLastUsed"]) }, exact.With("topicalRetinoidLastUsed", "\"unknown\""));
        });

    private static AnswerCondition? Exclusion(Protocol protocol, CompiledQuestion question) =>
        protocol.Document.Rules.Where(rule => rule.Effects[0] == Effect.Exclude).Select(rule => rule.Condition).OfType<AnswerCondition>().FirstOrDefault(c => c.Question == question.Id);

    /// <summary>A harmless answer that does not make another one needed.</summary>
    private static bool IsHarmless(Said said, CompiledQuestion question) =>
        question.Codes.Any(option => option.Harmless && said.Answers.GetValueOrDefault(question.Id) == $"\"{option.Code}\""
            && !said.Protocol.Questions.Any(other => other.Document.NeededWhen is { } when && when.Question == question.Id && when.AnyOf.Contains(option.Code)));

    /// <summary>Generated answers with one question that fits, and one text for it.</summary>
    private static Gen<(Said Said, string Question, string Text)> Picked(Gen<Said> gen, Func<Said, CompiledQuestion, bool> fits, Func<CompiledQuestion, IEnumerable<string>> texts) =>
        gen.Select(said => (Said: said, Questions: said.Protocol.Questions.Where(question => fits(said, question)).ToArray()))
            .Where(e => e.Questions.Length > 0)
            .SelectMany(e => Gen.OneOf(e.Questions).SelectMany(question => Gen.OneOf(texts(question).ToArray()).Select(text => (e.Said, question.Id, text))));

    private static void NotBetter(Said before, Said after)
    {
        var (a, b) = (before.Screen().Eligibility, after.Screen().Eligibility);
        Assert.True(b <= a, $"{WireName.Of(a)} became {WireName.Of(b)}: {after}");
    }
}
