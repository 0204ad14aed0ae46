using System.Text;
using System.Text.Json;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Requests;

public static class AnswersReaderErrorTests
{
    [Theory]
    [InlineData("""{ "pregnancy": null }""", "/answers/pregnancy null-value")]
    [InlineData("""{ "pregnancy": true }""", "/answers/pregnancy wrong-type")]
    [InlineData("""{ "pregnancy": 1 }""", "/answers/pregnancy wrong-type")]
    [InlineData("""{ "pregnancy": ["no"] }""", "/answers/pregnancy wrong-type")]
    [InlineData("""{ "pregnancy": { "code": "no" } }""", "/answers/pregnancy wrong-type")]
    [InlineData("""{ "pregnancy": "maybe" }""", "/answers/pregnancy unknown-code")]
    [InlineData("""{ "pregnancy": "No" }""", "/answers/pregnancy unknown-code")]
    [InlineData("""{ "pregnancy": "no " }""", "/answers/pregnancy unknown-code")]
    [InlineData("""{ "pregnancy": "" }""", "/answers/pregnancy unknown-code")]
    [InlineData("""{ "pregnancy": "no", "pregnancy": "no" }""", "/answers/pregnancy repeated-member")]
    [InlineData("""{ "pregnancy": "yes", "pregnancy": "no", "pregnancy": "no" }""", "/answers/pregnancy repeated-member", "/answers/pregnancy repeated-member")]
    [InlineData("""{ "pregnancy": "no", "pregnanc\u0079": "no" }""", "/answers/pregnancy repeated-member")]
    [InlineData("""{ "Pregnancy": "no" }""", "/answers/Pregnancy unknown-question")]
    [InlineData("""{ "": "no" }""", "/answers/ unknown-question")]
    [InlineData("""{ "a/b~c": { "d": [1, { "e": null }] } }""", "/answers/a~1b~0c unknown-question")]
    [InlineData("""{ "treatmentAreas": ["face"] }""", "/answers/treatmentAreas unknown-question")]
    public static void A_choice_is_one_of_its_codes(string json, params string[] errors) => Expect(json, errors);

    [Theory]
    [InlineData("""{ "metalPlates": null }""", "/answers/metalPlates null-value")]
    [InlineData("""{ "metalPlates": "face" }""", "/answers/metalPlates wrong-type")]
    [InlineData("""{ "metalPlates": "unknown" }""", "/answers/metalPlates wrong-type")]
    [InlineData("""{ "metalPlates": {} }""", "/answers/metalPlates wrong-type")]
    [InlineData("""{ "metalPlates": [null] }""", "/answers/metalPlates/0 null-value")]
    [InlineData("""{ "metalPlates": ["face", 1, true, ["neck"], { "a": "b" }] }""", "/answers/metalPlates/1 wrong-type", "/answers/metalPlates/2 wrong-type", "/answers/metalPlates/3 wrong-type", "/answers/metalPlates/4 wrong-type")]
    [InlineData("""{ "metalPlates": ["face", "knee"] }""", "/answers/metalPlates/1 unknown-code")]
    [InlineData("""{ "metalPlates": ["Face"] }""", "/answers/metalPlates/0 unknown-code")]
    [InlineData("""{ "metalPlates": ["face", "neck", "face"] }""", "/answers/metalPlates/2 repeated-code")]
    [InlineData("""{ "metalPlates": ["unknown", "unknown"] }""", "/answers/metalPlates/1 repeated-code")]
    [InlineData("""{ "metalPlates": ["face", "f\u0061ce"] }""", "/answers/metalPlates/1 repeated-code")]
    public static void A_list_holds_each_of_its_codes_at_most_once(string json, params string[] errors) => Expect(json, errors);

    [Theory]
    [InlineData("""{ "antiviralStart": null }""", "/answers/antiviralStart null-value")]
    [InlineData("""{ "antiviralStart": 20260601 }""", "/answers/antiviralStart wrong-type")]
    [InlineData("""{ "antiviralStart": "2026-06" }""", "/answers/antiviralStart invalid-date")]
    [InlineData("""{ "antiviralStart": "2026" }""", "/answers/antiviralStart invalid-date")]
    [InlineData("""{ "antiviralStart": "2026-06-31" }""", "/answers/antiviralStart invalid-date")]
    [InlineData("""{ "antiviralStart": "unknown" }""", "/answers/antiviralStart invalid-date")]
    [InlineData("""{ "topicalRetinoidLastUsed": null }""", "/answers/topicalRetinoidLastUsed null-value")]
    [InlineData("""{ "topicalRetinoidLastUsed": 2026 }""", "/answers/topicalRetinoidLastUsed wrong-type")]
    [InlineData("""{ "topicalRetinoidLastUsed": ["2026"] }""", "/answers/topicalRetinoidLastUsed wrong-type")]
    [InlineData("""{ "topicalRetinoidLastUsed": "2026-13" }""", "/answers/topicalRetinoidLastUsed invalid-date")]
    [InlineData("""{ "topicalRetinoidLastUsed": "Unknown" }""", "/answers/topicalRetinoidLastUsed invalid-date")]
    [InlineData("""{ "topicalRetinoidLastUsed": "" }""", "/answers/topicalRetinoidLastUsed invalid-date")]
    public static void A_date_is_one_that_exists(string json, params string[] errors) => Expect(json, errors);

    [Theory]
    [InlineData("""{ "injections": null }""", "/answers/injections null-value")]
    [InlineData("""{ "injections": "none" }""", "/answers/injections unknown-code")]
    [InlineData("""{ "injections": {} }""", "/answers/injections wrong-type")]
    [InlineData("""{ "injections": 0 }""", "/answers/injections wrong-type")]
    [InlineData("""{ "injections": [null, "filler", []] }""", "/answers/injections/0 null-value", "/answers/injections/1 wrong-type", "/answers/injections/2 wrong-type")]
    [InlineData("""{ "injections": [{}] }""", "/answers/injections/0/product missing-member", "/answers/injections/0/date missing-member")]
    [InlineData("""{ "injections": [{ "product": "filler" }] }""", "/answers/injections/0/date missing-member")]
    [InlineData("""{ "injections": [{ "date": "2026" }] }""", "/answers/injections/0/product missing-member")]
    [InlineData("""{ "injections": [{ "product": "filler", "date": "2026", "site": { "x": ["lip"] } }] }""", "/answers/injections/0/site unknown-member")]
    [InlineData("""{ "injections": [{ "product": "filler", "date": "2026", "a/b": 1 }] }""", "/answers/injections/0/a~1b unknown-member")]
    [InlineData("""{ "injections": [{ "product": "filler", "date": "2026", "product": "filler" }] }""", "/answers/injections/0/product repeated-member")]
    [InlineData("""{ "injections": [{ "date": "2026", "product": "filler", "date": "2025" }] }""", "/answers/injections/0/date repeated-member")]
    [InlineData("""{ "injections": [{ "product": null, "date": null }] }""", "/answers/injections/0/product null-value", "/answers/injections/0/date null-value")]
    [InlineData("""{ "injections": [{ "product": ["filler"], "date": 2026 }] }""", "/answers/injections/0/product wrong-type", "/answers/injections/0/date wrong-type")]
    [InlineData("""{ "injections": [{ "product": "unknown", "date": "unknown" }] }""", "/answers/injections/0/product unknown-code")]
    [InlineData("""{ "injections": [{ "product": "Filler", "date": "2026-02-30" }] }""", "/answers/injections/0/product unknown-code", "/answers/injections/0/date invalid-date")]
    [InlineData("""{ "injections": [{ "product": "filler", "date": "2026" }, { "product": "toxin", "date": "2026" }] }""", "/answers/injections/1/product unknown-code")]
    public static void Each_event_says_what_and_when(string json, params string[] errors) => Expect(json, errors);

    [Theory]
    [InlineData("null", "/answers null-value")]
    [InlineData("[]", "/answers wrong-type")]
    [InlineData("[{ \"pregnancy\": \"no\" }]", "/answers wrong-type")]
    [InlineData("\"none\"", "/answers wrong-type")]
    [InlineData("true", "/answers wrong-type")]
    public static void Answers_are_an_object(string json, string error)
    {
        var (_, unreadable, _) = Expect(json, error);

        Assert.Equal(ulong.MaxValue, unreadable);
    }

    [Fact]
    public static void Every_error_is_reported_and_the_rest_is_read()
    {
        var (answers, unreadable, protocol) = Expect(
            """{ "pregnancy": "maybe", "breastfeeding": "no", "nursing": 1, "metalPlates": ["knee", "face", "face"], "skinCancer": null, "skinAllergy": "yes" }""",
            "/answers/pregnancy unknown-code", "/answers/nursing unknown-question", "/answers/metalPlates/0 unknown-code", "/answers/metalPlates/2 repeated-code", "/answers/skinCancer null-value");

        Assert.Equal(["breastfeeding", "skinAllergy"], protocol.Questions.Where(q => answers[q.Index].Given).Select(q => q.Id));
        Assert.Equal(["pregnancy", "skinCancer", "metalPlates"], protocol.Questions.Where(q => (unreadable & (1UL << q.Index)) != 0).Select(q => q.Id));
    }

    [Fact]
    public static void After_a_hundred_errors_no_further_one_guesses_what_was_meant()
    {
        var protocol = Shipped.Protocol;
        var errors = new InputErrors();
        var misspelt = string.Join(',', Enumerable.Repeat("\"pregnancx\": 0", 102));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"{{{misspelt}}}"));
        reader.Read();

        AnswersReader.Read(ref reader, new AnswerSheet(protocol), errors);

        Assert.Equal(102, errors.All.Count);
        Assert.All(
            errors.All.Take(100),
            error => Assert.Contains("`pregnancy`?", error.Detail(Language.English), StringComparison.Ordinal));
        Assert.All(errors.All.Skip(100), error => Assert.Equal(protocol.AcceptedQuestions, error.Accepted));
    }

    private static (Answer[] Answers, ulong Unreadable, Protocol Protocol) Expect(string json, params string[] expected)
    {
        var protocol = Shipped.Protocol;
        var sheet = new AnswerSheet(protocol);
        var errors = new InputErrors();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{ "before": {{json}}, "after": 1 }"""));
        reader.Read();
        reader.Read();
        reader.Read();

        AnswersReader.Read(ref reader, sheet, errors);
        var unreadable = sheet.Unreadable;

        Assert.Equal(expected, errors.All.Select(error => $"{error.Place} {error.Code.Code}"));
        Assert.All(errors.All, error => Assert.Equal(error.Code.Explanation.Meaning, error.Meaning));
        Assert.All(errors.All.Where(error => error.Code != ErrorCode.RepeatedMember), error => Assert.NotNull(error.Accepted));
        Assert.All(protocol.Questions.Where(q => errors.All.Any(e => e.Place.StartsWith(q.Pointer, StringComparison.Ordinal))), q => Assert.True((unreadable & (1UL << q.Index)) != 0));

        // Whatever was wrong, the reader stands at the end of the value.
        Assert.True(reader.Read());
        Assert.True(reader.ValueTextEquals("after"));
        return (sheet.Answers.ToArray(), unreadable, protocol);
    }
}
