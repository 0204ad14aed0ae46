using System.Security.Cryptography;
using System.Text;

namespace Screening.Api.Pages;

/// <summary>
/// The page's style: mostly black on white, so that printouts look like the screen; on a screen that prefers it light on dark.
/// </summary>
internal static class PageStyle
{
    private const string Rules = """

        :root {
          color-scheme: light; --ink: #111; --paper: #fff; --soft: #444; --edge: #767676; --yes: #14532d; --no: #7f1d1d;
          font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; color: var(--ink); background: var(--paper);
        }
        @media screen and (prefers-color-scheme: dark) {
          :root { color-scheme: dark; --ink: #eee; --paper: #121212; --soft: #bbb; --edge: #8a8a8a; --yes: #86efac; --no: #fca5a5; }
        }
        body { margin: 0; }
        main { max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: .25rem 0 .5rem; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--edge); }
        h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
        p { margin: .4rem 0; }
        code { font: .9em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
        header { border: 3px solid var(--ink); border-radius: .4rem; padding: .75rem 1rem; }
        header.yes { border-style: double; border-width: 6px; border-color: var(--yes); }
        header.no { border-color: var(--no); }
        header .about { margin: 0; color: var(--soft); }
        .sign { width: 1.6rem; height: 1.6rem; vertical-align: -.25rem; margin-right: .25rem; }
        .sign path { fill: none; stroke: currentcolor; stroke-width: 3.5; }
        .when { font-weight: 600; }
        .switch { border: 1px dashed var(--edge); margin: 0 0 1rem; padding: .25rem 1rem .5rem; }
        .switch label { margin-right: 1.5rem; }
        .findings { list-style: none; padding: 0; margin: 0; }
        .findings > li { border-left: 4px solid var(--soft); padding: 0 0 0 1rem; margin: 1rem 0; }
        .by { font-weight: 700; }
        .kind, .source { font-size: .875rem; color: var(--soft); }
        .note { white-space: pre-wrap; }
        dl { margin: .5rem 0; }
        dt { color: var(--soft); font-size: .9rem; }
        dd { margin: 0 0 .25rem 1.25rem; font-weight: 600; }
        .options { list-style: none; padding: 0; margin: .25rem 0 .5rem; }
        .options li { margin: .15rem 0; padding-left: 1.6rem; position: relative; }
        .options li::before {
          content: ""; position: absolute; left: 0; top: .3rem; width: .8rem; height: .8rem; border: 1.5px solid var(--ink);
        }
        .blank { border-bottom: 1px solid var(--ink); width: 20rem; max-width: 100%; height: 1.6rem; }
        .answers { margin: .25rem 0 .5rem; }
        .findings > li > p + p.kind { margin-top: .9rem; }
        table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border: 1px solid var(--edge); }
        tbody th { font-weight: 600; width: 33%; }
        .waits { font-size: .9rem; min-width: 30rem; }
        .waits tbody th { width: auto; white-space: nowrap; }
        .waits td:nth-child(3) { min-width: 12rem; }
        .about table { font-size: .875rem; }
        .about td, .findings { overflow-wrap: anywhere; }
        .wide { overflow-x: auto; }
        .line svg { display: block; width: 100%; }
        .days { display: none; list-style: none; margin: .5rem 0; padding: 0; border-left: 2px solid var(--ink); }
        .days li { margin: .75rem 0; padding-left: 1.5rem; position: relative; }
        .mark { position: absolute; left: -.6rem; top: .2rem; width: 1.1rem; height: 1.1rem; background: var(--paper); }
        .mark .stripe-line { stroke: var(--ink); stroke-width: 2.5; }
        .mark .ring-line { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
        @media (max-width: 36rem) { .line { display: none; } .days { display: block; } .waits { min-width: 42rem; } }
        .all dl, .read { columns: 21rem; column-gap: 2rem; }
        .all dl div, .read > li { break-inside: avoid; }
        .read { padding: 0; }
        .read > li { margin-left: 2rem; }
        .purpose { font-size: .875rem; color: var(--soft); }
        .steps li p, .warning li p { margin: .15rem 0; }
        .warning { border: 3px solid var(--no); border-radius: .4rem; margin-top: 2rem; padding: 0 1rem .5rem; }
        .warning h2 { margin-top: .75rem; }
        .preview {
          position: sticky; top: 0; z-index: 1; margin: 0 0 1rem; padding: .5rem 1rem; border: 3px solid var(--no);
          background: var(--paper); color: var(--no);
        }
        .on-paper { display: none; }
        .line text { font-size: 13px; fill: var(--ink); stroke: var(--paper); stroke-width: 4px; paint-order: stroke; }
        .line .tick { text-anchor: middle; font-size: 12px; }
        .line .axis { stroke: var(--ink); stroke-width: 1.5; fill: none; }
        .stripe { stroke: var(--ink); stroke-width: 5; }
        .blocked { fill: url(#stripes); stroke: var(--ink); stroke-width: 1.5; }
        .ground { fill: var(--paper); }
        .free { fill: none; stroke: var(--yes); stroke-width: 2.5; }
        .arrow, .solid, .required { fill: var(--ink); }
        .ring { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
        .requested, .first, .as-of, .course { fill: none; stroke: var(--ink); stroke-width: 2; }
        .first { stroke-dasharray: 8 4; }
        .as-of { stroke-dasharray: 2 3; }
        .for-patient { display: none; }
        :root:has(#to-patient:checked) .for-patient { display: revert; }
        :root:has(#to-patient:checked) .for-clinician { display: none; }
        @supports not selector(:has(a)) { .switch { display: none; } }
        @page { margin: 12mm 15mm 15mm; @bottom-right { content: counter(page) " / " counter(pages); font: 9pt sans-serif; } }
        @media print {
          :root { font-size: 10pt; line-height: 1.35; }
          main { max-width: none; padding: 0 1px; }
          .on-paper { display: revert; }
          .person { display: flex; gap: 1rem; margin: 0; border-bottom: 1px solid var(--edge); font-size: 9pt; }
          .person span { flex: 1 1 8rem; }
          .person span:not(:last-child) { border-right: 1px solid var(--edge); }
          .preview { position: static; margin: 0 0 .2rem; padding: .1rem .5rem; }
          .purpose { margin: .3rem 0; }
          /* The head repeats on each page where a box can keep room for it there; else it stands on the first alone. */
          @supports (box-decoration-break: clone) {
            .head { position: fixed; top: 0; left: 0; right: 0; }
            main:has(.head) { box-decoration-break: clone; padding-top: 9mm; }
            main:has(.preview) { padding-top: 17mm; }
          }
          .switch { display: none; }
          h2 { margin-top: 1.1rem; }
          th, td { padding: .15rem .4rem; }
          .findings > li { margin: .6rem 0; }
          .wide { overflow: visible; }
          .waits { min-width: 0; }
          .waits td:nth-child(3) { min-width: 9rem; }
          h2, h3 { break-after: avoid; }
          li, p, tr, dl div, svg, header, section.about, .warning, .risks { break-inside: avoid; }
          .findings > li { break-inside: auto; }
          .rules > li { break-inside: avoid; }
          .kind { break-after: avoid; }
          .source { break-before: avoid; }
        }

        """;

    /// <summary>The style's digest, in the form of a content security policy.</summary>
    public static string Digest { get; } = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Rules.ReplaceLineEndings("\n"))));

    /// <summary>Adds exactly the style that <see cref="Digest"/> covers.</summary>
    public static void Write(Html html) => html.AddStyle(Rules.ReplaceLineEndings("\n"));
}
