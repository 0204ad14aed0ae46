using System.Text;
using System.Text.Json;
using NodaTime;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Compiled;

/// <summary>T is 2026-06-15 throughout.</summary>
public static class ContradictionTests
{
    private static readonly LocalDate Today = new(2026, 6, 15);

    [Theory]
    [InlineData("""{ "topicalRetinoidUse": "never", "topicalRetinoidLastUsed": "2020" }""", "topicalRetinoidLastUsed", "An answer here contradicts the answer to `topicalRetinoidUse`.")]
    [InlineData("""{ "topicalRetinoidUse": "never", "topicalRetinoidLastUsed": "unknown" }""", "topicalRetinoidLastUsed", "An answer here contradicts the answer to `topicalRetinoidUse`.")]
    [InlineData("""{ "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "2026-06-16" }""", "topicalRetinoidLastUsed", "This date begins after the as-of date.")]
    [InlineData("""{ "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "2026-07" }""", "topicalRetinoidLastUsed", "This date begins after the as-of date.")]
    [InlineData("""{ "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "2027" }""", "topicalRetinoidLastUsed", "This date begins after the as-of date.")]
    [InlineData("""{ "topicalRetinoidUse": "current", "topicalRetinoidLastUsed": "2026-06-14" }""", "topicalRetinoidLastUsed", "This planned date ends before the as-of date.")]
    [InlineData("""{ "topicalRetinoidUse": "current", "topicalRetinoidLastUsed": "2026-05" }""", "topicalRetinoidLastUsed", "This planned date ends before the as-of date.")]
    [InlineData("""{ "topicalRetinoidUse": "current", "topicalRetinoidLastUsed": "2025" }""", "topicalRetinoidLastUsed", "This planned date ends before the as-of date.")]
    [InlineData("""{ "isotretinoinUse": "never", "isotretinoinLastTaken": "2001" }""", "isotretinoinLastTaken", "An answer here contradicts the answer to `isotretinoinUse`.")]
    [InlineData("""{ "isotretinoinUse": "past", "isotretinoinLastTaken": "2026-06-16" }""", "isotretinoinLastTaken", "This date begins after the as-of date.")]
    [InlineData("""{ "isotretinoinLastTaken": "2027" }""", "isotretinoinLastTaken", "This date begins after the as-of date.")]
    [InlineData("""{ "herpesSimplexHistory": "no", "antiviralStart": "2026-06-10" }""", "antiviralStart", "An answer here contradicts the answer to `herpesSimplexHistory`.")]
    [InlineData("""{ "herpesSimplexHistory": "yes", "antiviralEnd": "2026-06-10" }""", "antiviralEnd", "This date needs an answer to `antiviralStart`.")]
    [InlineData("""{ "herpesSimplexHistory": "yes", "antiviralStart": "2026-06-10", "antiviralEnd": "2026-06-09" }""", "antiviralEnd", "This date is before the answer to `antiviralStart`.")]
    public static void A_contradiction_is_reported_at_the_answer_that_cannot_stand(string json, string question, string detail) =>
        Assert.Equal([("/answers/" + question, ErrorCode.ContradictoryAnswers, detail)], Check(json, 0, Today).Select(e => (e.Place, e.Code, e.Meaning.En)));

    [Theory]
    [InlineData("""{ "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "2026-06-15" }""")]
    [InlineData("""{ "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "2026-06" }""")]
    [InlineData("""{ "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "unknown" }""")]
    [InlineData("""{ "topicalRetinoidUse": "current", "topicalRetinoidLastUsed": "2026-06-15" }""")]
    [InlineData("""{ "topicalRetinoidUse": "current", "topicalRetinoidLastUsed": "2026-06" }""")]
    [InlineData("""{ "topicalRetinoidUse": "current", "topicalRetinoidLastUsed": "2026" }""")]
    [InlineData("""{ "topicalRetinoidUse": "current", "topicalRetinoidLastUsed": "unknown" }""")]
    [InlineData("""{ "topicalRetinoidUse": "unknown", "topicalRetinoidLastUsed": "2027" }""")]
    [InlineData("""{ "topicalRetinoidLastUsed": "2020" }""")]
    [InlineData("""{ "topicalRetinoidUse": "never" }""")]
    [InlineData("""{ "isotretinoinUse": "past", "isotretinoinLastTaken": "2026" }""")]
    [InlineData("""{ "isotretinoinUse": "past", "isotretinoinLastTaken": "unknown" }""")]
    [InlineData("""{ "herpesSimplexHistory": "unknown", "antiviralStart": "2026-06-10" }""")]
    [InlineData("""{ "herpesSimplexHistory": "yes", "antiviralStart": "2026-06-10", "antiviralEnd": "2026-06-10" }""")]
    [InlineData("""{ "herpesSimplexHistory": "yes", "antiviralStart": "2030-06-10" }""")]
    [InlineData("""{ "injections": [{ "product": "filler", "date": "2030" }, { "product": "filler", "date": "1999" }] }""")]
    public static void What_may_both_be_true_is_no_contradiction(string json) => Assert.Empty(Check(json, 0, Today));

    [Fact]
    public static void Every_contradiction_is_reported() =>
        Assert.Equal(
            ["/answers/isotretinoinLastTaken", "/answers/antiviralStart", "/answers/antiviralEnd", "/answers/antiviralEnd"],
            Check("""{ "antiviralEnd": "2026-06-09", "antiviralStart": "2026-06-10", "herpesSimplexHistory": "no", "isotretinoinUse": "never", "isotretinoinLastTaken": "2001" }""", 0, Today).Select(e => e.Place));

    [Fact]
    public static void None_is_looked_for_where_an_answer_could_not_be_read()
    {
        const string Json = """{ "herpesSimplexHistory": "no", "antiviralStart": "2026-06-10" }""";
        var bit = 1UL << Shipped.Protocol.Questions.Single(q => q.Id == "herpesSimplexHistory").Index;

        Assert.Empty(Check(Json, bit, Today));
        Assert.Empty(Check(Json, ulong.MaxValue, Today));
        Assert.Single(Check(Json, ~bit & ~(1UL << Shipped.Protocol.Questions.Single(q => q.Id == "antiviralStart").Index), Today));
    }

    [Fact]
    public static void None_with_the_as_of_date_is_looked_for_when_that_is_not_known()
    {
        Assert.Empty(Check("""{ "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "2199" }""", 0, null));
        Assert.Single(Check("""{ "topicalRetinoidUse": "never", "topicalRetinoidLastUsed": "2199" }""", 0, null));
    }

    private static IReadOnlyList<InputError> Check(string json, ulong unreadable, LocalDate? today)
    {
        var answers = new AnswerSheet(Shipped.Protocol);
        var errors = new InputErrors();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        AnswersReader.Read(ref reader, answers, errors);
        Assert.Empty(errors.All);
        foreach (var question in Shipped.Protocol.Questions.Where(q => (unreadable & (1UL << q.Index)) != 0))
        {
            answers.MarkUnreadable(question);
        }

        answers.CheckContradictions(today, errors);
        return errors.All;
    }
}
