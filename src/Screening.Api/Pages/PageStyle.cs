using System.Security.Cryptography;
using System.Text;

namespace Screening.Api.Pages;

/// <summary>The page's style: mostly black on white, so that printouts look like the screen.</summary>
internal static class PageStyle
{
    private const string Rules = """

        :root { color-scheme: light; font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; color: #111; background: #fff; }
        body { margin: 0; }
        main { max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: .25rem 0 .5rem; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #767676; }
        h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        p { margin: .4rem 0; }
        code { font: .9em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        header { border: 3px solid #111; border-radius: .4rem; padding: .75rem 1rem; }
        header.yes { border-style: double; border-width: 6px; border-color: #14532d; }
        header.no { border-color: #7f1d1d; }
        header .about { margin: 0; color: #444; }
        .sign { width: 1.6rem; height: 1.6rem; vertical-align: -.25rem; margin-right: .25rem; }
        .sign path { fill: none; stroke: currentcolor; stroke-width: 3.5; }
        .when { font-weight: 600; }
        .switch { border: 1px dashed #767676; margin: 0 0 1rem; padding: .25rem 1rem .5rem; }
        .switch label { margin-right: 1.5rem; }
        .findings { list-style: none; padding: 0; margin: 0; }
        .findings > li { border-left: 4px solid #444; padding: 0 0 0 1rem; margin: 1rem 0; }
        .by { font-weight: 700; }
        .kind, .source { font-size: .875rem; color: #444; }
        .note { white-space: pre-wrap; }
        dl { margin: .5rem 0; }
        dt { color: #333; font-size: .9rem; }
        dd { margin: 0 0 .25rem 1.25rem; font-weight: 600; }
        .options { list-style: none; padding: 0; margin: .25rem 0 .5rem; }
        .options li { margin: .15rem 0; padding-left: 1.6rem; position: relative; }
        .options li::before { content: ""; position: absolute; left: 0; top: .3rem; width: .8rem; height: .8rem; border: 1.5px solid #111; }
        .blank { border-bottom: 1px solid #111; width: 20rem; max-width: 100%; height: 1.6rem; }
        .findings > li > p + p.kind { margin-top: .9rem; }
        table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border: 1px solid #767676; }
        tbody th { font-weight: 600; width: 33%; }
        .waits { font-size: .9rem; min-width: 30rem; }
        .waits tbody th { width: auto; white-space: nowrap; }
        .waits td:nth-child(3) { min-width: 12rem; }
        .about table { font-size: .875rem; }
        .about td, .findings { overflow-wrap: anywhere; }
        .wide { overflow-x: auto; }
        .line svg { display: block; width: 100%; min-width: 32rem; }
        .line text { font-size: 13px; fill: #111; stroke: #fff; stroke-width: 4px; paint-order: stroke; }
        .line .tick { text-anchor: middle; font-size: 12px; }
        .line .axis { stroke: #111; stroke-width: 1.5; fill: none; }
        .stripe { stroke: #111; stroke-width: 5; }
        .blocked { fill: url(#stripes); stroke: #111; stroke-width: 1.5; }
        .ground { fill: #fff; }
        .free { fill: none; stroke: #14532d; stroke-width: 2.5; }
        .arrow, .solid, .required { fill: #111; }
        .ring { fill: #fff; stroke: #111; stroke-width: 2; }
        .requested, .first, .as-of, .course { fill: none; stroke: #111; stroke-width: 2; }
        .first { stroke-dasharray: 8 4; }
        .as-of { stroke-dasharray: 2 3; }
        .for-patient { display: none; }
        :root:has(#to-patient:checked) .for-patient { display: revert; }
        :root:has(#to-patient:checked) .for-clinician { display: none; }
        @supports not selector(:has(a)) { .switch { display: none; } }
        @page { margin: 15mm; }
        @media print {
          :root { font-size: 10pt; line-height: 1.35; }
          main { max-width: none; padding: 0 1px; }
          .switch { display: none; }
          h2 { margin-top: 1.1rem; }
          th, td { padding: .15rem .4rem; }
          .findings > li { margin: .6rem 0; }
          .wide { overflow: visible; }
          .line svg { min-width: 0; }
          .waits { min-width: 0; }
          .waits td:nth-child(3) { min-width: 9rem; }
          h2, h3 { break-after: avoid; }
          li, p, tr, dl div, svg, header, section.about { break-inside: avoid; }
          .findings > li { break-inside: auto; }
        }

        """;

    /// <summary>The style's digest, in the form of a content security policy.</summary>
    public static string Digest { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Rules.ReplaceLineEndings("\n"))));

    /// <summary>Adds exactly the style that <see cref="Digest"/> covers.</summary>
    public static void Write(Html html) => html.AddStyle(Rules.ReplaceLineEndings("\n"));
}
