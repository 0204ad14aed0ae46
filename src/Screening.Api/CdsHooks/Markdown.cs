using System.Text;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// Builds GitHub Flavored Markdown. Text is always escaped: no client renders emphasis, links, automatic links or HTML from the words of a
/// request or a protocol.
/// </summary>
internal sealed class Markdown
{
    // Characters that start inline markup (https://github.github.com/gfm/), and the one that marks an e-mail address.
    private const string Special = "\\`*_[]<>#|~@";

    private readonly StringBuilder text = new();

    /// <summary>Adds a paragraph in bold: a heading at the client's normal text size.</summary>
    public void Heading(string value)
    {
        BlankLine();
        text.Append("**").Append(Text(value)).Append("**\n");
    }

    /// <summary>Adds a paragraph.</summary>
    public void Paragraph(Phrase phrase)
    {
        BlankLine();
        text.Append(phrase.Format(Text, Code)).Append('\n');
    }

    /// <summary>Adds a list item on the first or second level.</summary>
    public void Item(Phrase phrase, int level = 1)
    {
        if (level == 1 && !InList)
        {
            BlankLine();
        }

        text.Append(' ', (level - 1) * 2).Append("- ").Append(phrase.Format(Text, Code)).Append('\n');
        InList = true;
    }

    /// <summary>Escapes text.</summary>
    public static string Text(string value)
    {
        var escaped = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                escaped.Append(' ');
                continue;
            }

            if (Special.Contains(c, StringComparison.Ordinal)
                || StartsBlock(value, i)
                || StartsAutolink(value, i)
                || (c == '&' && i + 1 < value.Length && (char.IsAsciiLetter(value[i + 1]) || value[i + 1] == '#')))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>True for a character that would start a list, or underline the previous line, at the start of a line.</summary>
    private static bool StartsBlock(string value, int i) =>
        (i == 0 && value[i] is '-' or '+' or '=')
        || (value[i] is '.' or ')' && i > 0 && value.AsSpan(0, i).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <summary>
    /// True for a character by which clients recognise an address in plain text (https://github.github.com/gfm/#autolinks-extension-).
    /// </summary>
    private static bool StartsAutolink(string value, int i) => value[i] switch
    {
        ':' => value.AsSpan(i + 1).StartsWith("//", StringComparison.Ordinal)
            || value.AsSpan(0, i).EndsWith("mailto", StringComparison.OrdinalIgnoreCase)
            || value.AsSpan(0, i).EndsWith("xmpp", StringComparison.OrdinalIgnoreCase),
        '.' => value.AsSpan(0, i).EndsWith("www", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Formats an identifier as code; as escaped text when it contains a character that would end the code.</summary>
    public static string Code(string name) => name.Any(c => c is '`' or '\u2028' or '\u2029' || char.IsControl(c)) ? Text(name) : $"`{name}`";

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private bool InList { get; set; }

    private void BlankLine()
    {
        if (text.Length > 0)
        {
            text.Append('\n');
        }

        InList = false;
    }
}
