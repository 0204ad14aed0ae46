using System.Text;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// GitHub Flavored Markdown in the making. Whatever is put into it as text stays text: no client that shows it finds an emphasis, a link, an address to
/// turn into one, or HTML in what a request or a protocol says.
/// </summary>
internal sealed class Markdown
{
    // Everything that begins something inside a line (https://github.github.com/gfm/), and what an e-mail address is found by.
    private const string Special = "\\`*_[]<>#|~@";

    private readonly StringBuilder text = new();

    /// <summary>A paragraph in bold: a heading that is as large as the client's text.</summary>
    public void Heading(string words)
    {
        Blank();
        text.Append("**").Append(Text(words)).Append("**\n");
    }

    /// <summary>A paragraph.</summary>
    public void Paragraph(Phrase phrase)
    {
        Blank();
        text.Append(phrase.Format(Text, Code)).Append('\n');
    }

    /// <summary>An entry of a list, on its first or its second level.</summary>
    public void Item(Phrase phrase, int level = 1)
    {
        if (level == 1 && !InList)
        {
            Blank();
        }

        text.Append(' ', (level - 1) * 2).Append("- ").Append(phrase.Format(Text, Code)).Append('\n');
        InList = true;
    }

    /// <summary>Words as they are.</summary>
    public static string Text(string words)
    {
        var escaped = new StringBuilder(words.Length + 8);
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                escaped.Append(' ');
                continue;
            }

            if (Special.Contains(c, StringComparison.Ordinal) || Begins(words, i) || IsOfAddress(words, i) || (c == '&' && i + 1 < words.Length && (char.IsAsciiLetter(words[i + 1]) || words[i + 1] == '#')))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>True for what would begin a list, or underline the line before, where a line may begin.</summary>
    private static bool Begins(string words, int i) =>
        (i == 0 && words[i] is '-' or '+' or '=') || (words[i] is '.' or ')' && i > 0 && words.AsSpan(0, i).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <summary>True for what clients find an address by that stands in a text (https://github.github.com/gfm/#autolinks-extension-).</summary>
    private static bool IsOfAddress(string words, int i) => words[i] switch
    {
        ':' => words.AsSpan(i + 1).StartsWith("//", StringComparison.Ordinal) || words.AsSpan(0, i).EndsWith("mailto", StringComparison.OrdinalIgnoreCase) || words.AsSpan(0, i).EndsWith("xmpp", StringComparison.OrdinalIgnoreCase),
        '.' => words.AsSpan(0, i).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>A name of the machine's, as code; words as they are when it holds what would end the code.</summary>
    public static string Code(string name) => name.Any(c => c is '`' or '\u2028' or '\u2029' || char.IsControl(c)) ? Text(name) : $"`{name}`";

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private bool InList { get; set; }

    private void Blank()
    {
        if (text.Length > 0)
        {
            text.Append('\n');
        }

        InList = false;
    }
}
