using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// The receipt of a decision, printed for whoever may have to prove it: last on the page, as it is long and nobody reads it. It is copied
/// or scanned as it stands, so nothing but the width of the line breaks it.
/// </summary>
internal static class ReceiptSection
{
    /// <summary>Adds the section.</summary>
    /// <param name="html">The page.</param>
    /// <param name="receipt">The receipt; null where none was made: the page has no such section then.</param>
    /// <param name="language">The language.</param>
    public static void Write(Html html, string? receipt, Language language)
    {
        if (receipt is null)
        {
            return;
        }

        html.Add($"""
            <section><h2>{PageTexts.Receipt.In(language)}</h2>
            <p>{PageTexts.ReceiptLead.In(language)}</p>
            <p>{PageTexts.ReceiptName.In(language)} <code>{ReceiptFormat.LeafOf(receipt[..receipt.LastIndexOf('.')])}</code></p>
            <div class="source"><code>{receipt}</code></div></section>

            """);
    }
}
