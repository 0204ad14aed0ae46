using Screening.Api.CdsHooks;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Whatever is put in as text stays text.</summary>
public static class MarkdownTests
{
    [Theory]
    [InlineData("plain words, 14 days.", "plain words, 14 days.")]
    [InlineData("<script>alert(1)</script>", @"\<script\>alert(1)\</script\>")]
    [InlineData("[click](javascript:x)", @"\[click\](javascript:x)")]
    [InlineData("![i](http://evil.example/p.png)", @"!\[i\](http\://evil.example/p.png)")]
    [InlineData("https://evil.example and www.evil.example and a@evil.example", @"https\://evil.example and www\.evil.example and a\@evil.example")]
    [InlineData("MAILTO:x xmpp:y 10:30, a: b", @"MAILTO\:x xmpp\:y 10:30, a: b")]
    [InlineData("Tom & Ann, R&D, {x}, a=b, 1.5 (2)", @"Tom & Ann, R\&D, {x}, a=b, 1.5 (2)")]
    [InlineData("**b** _i_ `c` ~~s~~", @"\*\*b\*\* \_i\_ \`c\` \~\~s\~\~")]
    [InlineData("# h", @"\# h")]
    [InlineData("- one", @"\- one")]
    [InlineData("1. one", @"1\. one")]
    [InlineData("12) one", @"12\) one")]
    [InlineData("a\n\n# b\r\n| c |", @"a  \# b  \| c \|")]
    [InlineData("&lt;b&gt;", @"\&lt;b\&gt;")]
    [InlineData("a\\", @"a\\")]
    [InlineData("", "")]
    public static void Nothing_in_a_text_means_anything(string words, string markdown) => Assert.Equal(markdown, Markdown.Text(words));

    [Fact]
    public static void A_name_in_backticks_cannot_leave_them()
    {
        Assert.Equal("`pregnancy`", Markdown.Code("pregnancy"));
        Assert.Equal(@"\`\<b\>", Markdown.Code("`<b>"));
    }

    [Fact]
    public static void Paragraphs_and_lists_stand_apart()
    {
        var text = new Markdown();
        text.Heading("Why");
        text.Item("one");
        text.Item("of one", level: 2);
        text.Item("two");
        text.Paragraph("end");
        text.Item("three");
        Assert.Equal("**Why**\n\n- one\n  - of one\n- two\n\nend\n\n- three\n", text.ToString());
    }
}
