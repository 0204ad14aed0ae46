using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// Builds HTML. Literal text in the source is markup; interpolated values, <c>{…}</c>, are encoded as text. No value can be added as
/// markup, so injection is impossible.
/// </summary>
internal sealed class Html
{
    // Letters of any script stay unencoded, since the page is UTF-8. Characters with a meaning in HTML are still encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new(16 * 1024);

    /// <summary>Adds markup with interpolated texts.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] Markup markup) => markup.End();

    /// <summary>Adds the page's style sheet, a constant. It is not HTML, so it is not encoded.</summary>
    public void AddStyle(string rules) => text.Append("<style>").Append(rules).Append("</style>\n");

    /// <summary>Returns the content so far in UTF-8.</summary>
    public byte[] ToUtf8() => Encoding.UTF8.GetBytes(text.ToString());

    /// <summary>The handler for <c>$"…"</c>: literal parts are added unchanged, interpolated values encoded.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup(int literalLength, int formattedCount, Html html)
    {
        private readonly StringBuilder text = html.text;

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(string? value) => text.Append(Encoder.Encode(VisibleText.Of(value ?? string.Empty)));

        /// <summary>
        /// Identifiers are formatted like ordinary text on a page; what is quoted is marked as being in an unknown language, so that it is
        /// not read aloud as if it were in the page's.
        /// </summary>
        public void AppendFormatted(Phrase value)
        {
            foreach (var part in value.Parts)
            {
                if (part.Kind == PhraseKind.Quote)
                {
                    AppendLiteral("<span lang=\"\">");
                    AppendFormatted(part.Text);
                    AppendLiteral("</span>");
                }
                else
                {
                    AppendFormatted(part.Text);
                }
            }
        }

        public void AppendFormatted(int value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

        /// <summary>A coordinate in a drawing.</summary>
        public void AppendFormatted(double value) => text.Append(CultureInfo.InvariantCulture, $"{Math.Round(value, 1)}");

        public void End() => _ = literalLength + formattedCount;
    }
}
