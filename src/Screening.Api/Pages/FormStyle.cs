using System.Security.Cryptography;
using System.Text;

namespace Screening.Api.Pages;

/// <summary>The style of pages with a form, beside <see cref="PageStyle"/>.</summary>
internal sealed class FormStyle
{
    // The colours are those of the page, so that they fit any scheme.
    private const string Rules = """

        .intake fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
        .intake fieldset.row { border-left: 3px solid #767676; padding-left: .75rem; margin: .75rem 0; }
        .intake legend, .intake .label { font-weight: 600; padding: 0; }
        .intake .questions { list-style: none; padding: 0; }
        .intake .questions > li { margin: 1.5rem 0; }
        .intake .option { display: flex; gap: .5rem; align-items: baseline; padding: .3rem 0; }
        .intake .option input { flex: none; width: 1.15rem; height: 1.15rem; margin: 0; transform: translateY(.15rem); }
        .intake .parts { display: flex; flex-wrap: wrap; gap: .5rem 1rem; margin: .25rem 0; }
        .intake .parts label {
          display: grid; grid-template-columns: minmax(0, max-content); gap: .1rem; max-width: 100%; font-size: .9rem; }
        .intake input:not([type=radio], [type=checkbox]), .intake select, .intake textarea, .intake button {
          font: inherit; color: inherit; background: transparent; border: 1.5px solid currentcolor; border-radius: .25rem;
          padding: .4rem .5rem; min-height: 2.75rem; max-width: 100%; box-sizing: border-box; }
        .intake select option { color: #111; background: #fff; }
        .intake button { padding: .4rem 1rem; font-weight: 600; cursor: pointer; margin: .25rem .5rem .25rem 0; }
        .intake summary { font-weight: 600; padding: .6rem 0; cursor: pointer; }
        .intake details { border-left: 3px solid #767676; padding-left: .75rem; margin: .5rem 0; }
        .intake button.main { border-width: 3px; }
        .intake button.default { position: absolute; left: -100rem; }
        .intake :focus-visible, .errors a:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
        .errors { border: 3px solid currentcolor; border-radius: .4rem; padding: .5rem 1rem; margin: 1rem 0; }
        .errors a, .fresh a { color: inherit; }
        .told { border-left: 5px solid currentcolor; padding-left: .75rem; }
        .told .error { font-weight: 700; margin: .25rem 0; }
        .languages { text-align: right; margin: 0; }
        @media print { .intake button, .followup, .fresh { display: none; } }

        """;

    private FormStyle(string text)
    {
        Text = text.ReplaceLineEndings("\n");
        Digest = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    /// <summary>The style without further rules.</summary>
    public static FormStyle Plain { get; } = new(Rules);

    /// <summary>The rules.</summary>
    public string Text { get; }

    /// <summary>Their digest, in the form of a content security policy.</summary>
    public string Digest { get; }

    /// <summary>The style with further rules, of names of ours alone.</summary>
    public static FormStyle With(string rules) => new(Rules + rules);
}
