using System.Text.Json;

namespace Screening.Rules.Tests.Reports;

public static class PhraseTests
{
    private static readonly LocalizedText From = new() { En = "From {form}, filled in: {date}", Es = "{date}: {form}" };

    [Theory]
    [InlineData("en", "From <Form/1>, filled in: {form}")]
    [InlineData("es", "{form}: <Form/1>")]
    public static void What_is_put_in_is_put_in_once_and_an_id_stays_one(string tag, string told)
    {
        var phrase = Phrase.Of(From, Language.Find(tag)!, ("form", Phrase.Code("Form/1")), ("date", "{form}"));
        Assert.Equal(told, Format(phrase));
        Assert.Equal(told.Replace("<", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal), phrase.ToString());
    }

    [Fact]
    public static void Phrases_are_joined_at_texts_and_at_ids()
    {
        var code = Phrase.Code("c");
        Assert.Equal("<c><c>", Format(code + code));
        Assert.Equal("a<c>b", Format("a" + code + "b"));
        Assert.Equal([new PhrasePart("ab")], (new Phrase("a") + "b").Parts);
        Assert.Equal([new("a"), new("q", PhraseKind.Quote), new PhrasePart("b")], ("a" + Phrase.Quote("q") + "b").Parts);
    }

    [Fact]
    public static void A_phrase_is_written_and_read_as_its_parts()
    {
        var phrase = "a" + Phrase.Code("c");
        var json = JsonSerializer.Serialize(phrase);
        Assert.Equal("""["a","c"]""", json);
        Assert.Equal("""["aq","c","b"]""", JsonSerializer.Serialize("a" + Phrase.Quote("q") + Phrase.Code("c") + "b"));
        Assert.Equal("""[""]""", JsonSerializer.Serialize(new Phrase("")));
        Assert.Equal(phrase.Parts, JsonSerializer.Deserialize<Phrase>(json)!.Parts);
        Assert.All(["1", "[]", "[1]", "[\"a\"", "{}"], bad => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Phrase>(bad)));
    }

    [Theory]
    [InlineData("plain\n\ttext", "plain\n\ttext")]
    [InlineData("señal 😀 \u200Djoined", "señal 😀 \u200Djoined")]
    [InlineData("\u202Ea\u2066\u0000\u0085", "[U+202E]a[U+2066][U+0000][U+0085]")]
    [InlineData("\uFFFEa\uFFFF", "[U+FFFE]a[U+FFFF]")]
    public static void What_cannot_be_seen_is_marked(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    [Fact]
    public static void Half_a_character_is_marked() =>
        Assert.Equal("[U+D83D]a[U+DE00]", VisibleText.Of(string.Concat((char)0xD83D, "a", (char)0xDE00)));

    private static string Format(Phrase phrase) => phrase.Format(text => text, code => $"<{code}>");
}
