using System.Text;

namespace Screening.Api.CdsHooks;

/// <summary>
/// GitHub Flavored Markdown in the making. Whatever is put into it as text stays text: no client that shows it finds an emphasis, a link, an address to
/// turn into one, or HTML in what a request or a protocol says.
/// </summary>
internal sealed class Markdown
{
    // Everything that begins something inside a line, and the characters that addresses are found by (https://github.github.com/gfm/#autolinks-extension-).
    private const string Special = "\\`*_{}[]<>#|~!&@:";

    private readonly StringBuilder text = new();

    /// <summary>A paragraph in bold: a heading that is as large as the client's text.</summary>
    public void Heading(string words) => Paragraph($"**{Text(words)}**");

    /// <summary>A paragraph that is Markdown already.</summary>
    public void Paragraph(string markdown)
    {
        Blank();
        text.Append(markdown).Append('\n');
    }

    /// <summary>An entry of a list, on its first or its second level; what it says is Markdown already.</summary>
    public void Item(string markdown, int level = 1)
    {
        if (level == 1 && !InList)
        {
            Blank();
        }

        text.Append(' ', (level - 1) * 2).Append("- ").Append(markdown).Append('\n');
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

            // A line could begin here: with a bullet, a number, a quotation.
            var begins = escaped.Length == 0 && c is '-' or '+' or '=';
            var numbers = c is '.' or ')' && i > 0 && words.AsSpan(0, i).IndexOfAnyExceptInRange('0', '9') < 0;
            var address = c == '.' && i >= 3 && words.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase);
            if (begins || numbers || address || Special.Contains(c, StringComparison.Ordinal))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>A name of the machine's, as code; only for names that hold no backtick.</summary>
    public static string Code(string name) => name.Contains('`', StringComparison.Ordinal) ? Text(name) : $"`{name}`";

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
