using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Compiled;

public static class CompiledProtocolTests
{
    public static TheoryData<Protocol> Protocols => [Shipped.Protocol, MadeUp.Protocol];

    [Theory]
    [MemberData(nameof(Protocols), DisableDiscoveryEnumeration = true)]
    public static void Questions_rules_and_codes_keep_the_order_of_the_file(Protocol protocol)
    {
        Assert.Equal([.. protocol.Document.Questions.Select(q => q.Id), protocol.Document.TreatmentAreas.Id], protocol.Questions.Select(q => q.Id));
        Assert.Equal(protocol.Document.Rules.Select(r => r.Id), protocol.Rules.Select(r => r.Id));
        Assert.All(protocol.Questions.Index(), q => Assert.Equal(q.Index, q.Item.Index));
        Assert.All(protocol.Rules.Index(), r => Assert.Equal((r.Index, r.Index), (r.Item.Index, protocol.RuleIndexes[r.Item.Id])));
        Assert.Equal(protocol.Rules.Length, protocol.RuleIndexes.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols), DisableDiscoveryEnumeration = true)]
    public static void Every_code_has_a_bit_of_its_own_and_unknown_the_last(Protocol protocol) =>
        Assert.All(protocol.Questions, question =>
        {
            var bits = Enumerable.Range(0, question.Codes.Count).Select(question.Bit).ToList();
            Assert.Equal(bits.Count, bits.Distinct().Count());
            Assert.All(bits, bit => Assert.Equal(1, System.Numerics.BitOperations.PopCount(bit)));
            Assert.All(question.Codes.Index(), code => Assert.Equal(code.Item.Code == "unknown", question.Bit(code.Index) == Answer.UnknownBit));
        });

    [Theory]
    [MemberData(nameof(Protocols), DisableDiscoveryEnumeration = true)]
    public static void A_question_points_to_where_a_request_answers_it(Protocol protocol)
    {
        Assert.All(protocol.Questions.SkipLast(1), question => Assert.Equal("/answers/" + question.Id, question.Pointer));
        Assert.Equal("/appointment/areas", protocol.Areas.Pointer);
    }

    [Theory]
    [InlineData("pregnancy", "pregnancy")]
    [InlineData("isotretinoin", "isotretinoinUse isotretinoinLastTaken")]
    [InlineData("metal-plate-in-area", "metalPlates treatmentAreas")]
    [InlineData("topical-retinoid", "topicalRetinoidUse topicalRetinoidLastUsed")]
    [InlineData("herpes-prophylaxis", "herpesSimplexHistory antiviralStart antiviralEnd")]
    [InlineData("filler-or-toxin-injection", "injections")]
    public static void The_evidence_of_a_rule_is_what_it_looks_at_the_deciding_question_first(string rule, string questions)
    {
        var compiled = Shipped.Protocol.Rules[Shipped.Protocol.RuleIndexes[rule]];

        Assert.Equal(questions, string.Join(' ', compiled.Evidence.Select(q => q.Id)));
        Assert.Equal(compiled.Evidence.Aggregate(0UL, (bits, q) => bits | (1UL << q.Index)), compiled.EvidenceBits);
    }

    [Fact]
    public static void A_finding_is_told_in_the_words_of_its_outcome_and_effect()
    {
        var rules = Shipped.Protocol.Rules;
        foreach (var rule in rules)
        {
            var messages = rule.Document.Messages;
            Assert.Same(messages.Undetermined, rule.Message(new Finding(Outcome.Undetermined, rule.Document.Effects[0], Eligibility.Review)));
            foreach (var effect in rule.Document.Effects)
            {
                var expected = effect switch { Effect.Exclude => messages.Exclude, Effect.Review => messages.Review, Effect.Defer => messages.Defer, _ => messages.Require };
                Assert.NotNull(expected);
                Assert.Same(expected, rule.Message(new Finding(Outcome.Triggered, effect, Eligibility.Review)));
            }
        }
    }

    [Fact]
    public static void An_intake_has_one_answer_for_each_question() =>
        Assert.Throws<ArgumentException>(() => new Intake(Shipped.Protocol, new Answer[Shipped.Protocol.Questions.Length - 1], []));
}
