using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsCheck;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Requests;

public static partial class AnswersReaderTests
{
    private static readonly Gen<Said> AnySaid = SaidGenerator.Of(Shipped.Protocol);

    [Fact]
    public static void Codes_are_kept_in_the_order_in_which_they_were_said()
    {
        var answer = Read("""{ "metalPlates": ["neck", "unknown", "face"] }""", "metalPlates");

        var codes = Shipped.Protocol.Questions.Single(q => q.Id == "metalPlates").Codes;
        Assert.Equal(["neck", "unknown", "face"], answer.GivenCodes.ToArray().Select(i => codes[i].Code));
        Assert.True(answer.IsUnknown);
    }

    [Fact]
    public static void An_empty_list_is_an_answer()
    {
        Assert.True(Read("""{ "metalPlates": [] }""", "metalPlates").Given);
        Assert.True(Read("""{ "injections": [] }""", "injections").Given);
        Assert.False(Read("{}", "metalPlates").Given);
    }

    [Fact]
    public static void Events_are_kept_in_the_order_in_which_they_were_said_whatever_the_order_of_their_members()
    {
        var events = Read("""{ "injections": [{ "date": "2026-06", "product": "botulinum-toxin" }, { "product": "filler", "date": "unknown" }] }""", "injections").Events.ToArray();

        Assert.Equal([((byte)1, "2026-06"), ((byte)0, null)], events.Select(e => (e.Kind, e.Date?.ToString())));
    }

    [Theory]
    [InlineData("""{ "injections": "unknown" }""", "injections")]
    [InlineData("""{ "injections": "\u0075nknown" }""", "injections")]
    [InlineData("""{ "topicalRetinoidLastUsed": "unknown" }""", "topicalRetinoidLastUsed")]
    [InlineData("""{ "topicalRetinoidLastUsed": "unknow\u006e" }""", "topicalRetinoidLastUsed")]
    [InlineData("""{ "pregnancy": "unknown" }""", "pregnancy")]
    [InlineData("""{ "skinConditions": ["unknown"] }""", "skinConditions")]
    public static void Not_to_know_is_an_answer(string json, string question)
    {
        var answer = Read(json, question);

        Assert.True(answer.Given);
        Assert.True(answer.IsUnknown);
    }

    [Fact]
    public static void The_order_of_the_members_makes_no_difference() =>
        AnySaid.SelectMany(said => Gen.Shuffle(said.Answers.Keys.Where(id => id != "treatmentAreas").ToArray()).Select(order => (said, order))).Sample((said, order) =>
            Same(said, "{" + string.Join(",", order.Select(id => $"\"{id}\":{said.Answers[id]}")) + "}"));

    [Fact]
    public static void White_space_makes_no_difference() =>
        AnySaid.Sample(said => Same(said, Punctuation().Replace(said.Json(), " \t\r\n$0\n ")));

    [Fact]
    public static void Escapes_in_names_and_codes_and_dates_make_no_difference() =>
        Gen.Select(AnySaid, Gen.Int[1, 3]).Sample((said, every) =>
            Same(said, Letters().Replace(said.Json(), match => match.Index % every == 0 ? $"\\u{(int)match.Value[0]:x4}" : match.Value)));

    private static void Same(Said said, string json)
    {
        var expected = said.Read();
        var answers = Read(json);
        foreach (var question in said.Protocol.Questions.SkipLast(1))
        {
            var (a, b) = (expected[question.Index], answers[question.Index]);
            Assert.Equal((a.Given, a.Codes, a.Date, Convert.ToHexString(a.GivenCodes)), (b.Given, b.Codes, b.Date, Convert.ToHexString(b.GivenCodes)));
            Assert.Equal(a.Events, b.Events);
        }
    }

    private static Answer Read(string json, string question) => Read(json)[Shipped.Protocol.Questions.Single(q => q.Id == question).Index];

    private static Answer[] Read(string json)
    {
        var sheet = new AnswerSheet(Shipped.Protocol);
        var errors = new InputErrors();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        AnswersReader.Read(ref reader, sheet, errors);
        Assert.Equal(0UL, sheet.Unreadable);
        Assert.Empty(errors.All);
        return sheet.Answers.ToArray();
    }

    [GeneratedRegex("[{}:,\\[\\]]", RegexOptions.NonBacktracking)]
    private static partial Regex Punctuation();

    [GeneratedRegex("[A-Za-z0-9-]", RegexOptions.NonBacktracking)]
    private static partial Regex Letters();
}
