using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// HTML in the making. What the source code spells out is markup; whatever stands in a hole of it, <c>{…}</c>, is text and is encoded. No
/// value can be added as markup, so none can slip in.
/// </summary>
internal sealed class Html
{
    // Letters of any script stay as they are: the page is UTF-8. What means something to HTML is encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new(16 * 1024);

    /// <summary>Adds markup with texts in its holes.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] Markup markup) => markup.End();

    /// <summary>Adds the page's one style sheet: not HTML, so nothing in it is encoded. It is a constant of the program.</summary>
    public void AddStyle(string rules) => text.Append("<style>").Append(rules).Append("</style>\n");

    /// <summary>Everything so far, in UTF-8.</summary>
    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(text.ToString());

    /// <summary>What the compiler makes of <c>$"…"</c>: the spelt-out parts are added as they are, the holes encoded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup(int literalLength, int holes, Html html)
    {
        private readonly StringBuilder text = html.text;

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(string? value) => text.Append(Encoder.Encode(VisibleText.Of(value ?? string.Empty)));

        /// <summary>On a page an id reads like the words around it.</summary>
        public void AppendFormatted(Phrase value) => AppendFormatted(value.ToString());

        public void AppendFormatted(int value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

        /// <summary>A place in a drawing.</summary>
        public void AppendFormatted(double value) => text.Append(CultureInfo.InvariantCulture, $"{Math.Round(value, 1)}");

        public void End() => _ = literalLength + holes;
    }
}
