using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>The list of what is wrong with a form, at its top, with links to where it stands.</summary>
internal static class FormErrors
{
    /// <summary>Adds the list, in the order of the page.</summary>
    public static void Write(Html html, FormContent content)
    {
        if (content.Errors.Count == 0)
        {
            return;
        }

        html.Add($"""<section class="errors" role="alert" tabindex="-1" autofocus><h2>{content.T("intake.errors")}</h2>""");
        var told = content.Errors.Select(error => (error.Text, Place: PlaceOf(error.Block, content))).OrderBy(one => one.Place.Order)
            .ToLookup(one => one.Text == FormTexts.NotAnswered);
        List(told[false], text => ": " + content.T(text));
        if (told[true].Any())
        {
            // The same of each: said once.
            html.Add($"<p>{content.T("intake.notAnsweredYet")}</p>");
            List(told[true], _ => string.Empty);
        }

        html.Add($"</section>\n");

        void List(IEnumerable<(LocalizedText Text, (int Order, string Anchor, string Name) Place)> errors, Func<LocalizedText, string> says)
        {
            html.Add($"<ul>");
            foreach (var (text, place) in errors)
            {
                html.Add($"""<li><a href="#{place.Anchor}">{place.Name}</a>{says(text)}</li>""");
            }

            html.Add($"</ul>");
        }
    }

    private static (int Order, string Anchor, string Name) PlaceOf(string block, FormContent content) => block switch
    {
        FormBlocks.Audience => (1, block, content.T("intake.who")),
        FormBlocks.When => (2, block, content.T("intake.appointment")),
        FormBlocks.Zone => (3, block, content.T("intake.zone")),
        _ when FormNames.SlotOf(block) is { } slot => (slot, block, content.T("intake.dateN", slot)),
        _ when QuestionOf(block, content.Protocol) is { } question => (4 + question.Index, block, NameOf(block, question, content)),
        _ when ClearanceBlocks.PlaceOf(block, content) is { } place =>
            (4 + content.Protocol.Questions.Length + place.Order, block, place.Name),
        _ => (0, FormBlocks.Page, content.T("intake.atTop")),
    };

    /// <summary>A question; where one of its events is wrong, which.</summary>
    private static string NameOf(string block, CompiledQuestion question, FormContent content) =>
        content.Numbered(question) + (FormNames.RowOf(block, question) is { } row ? " · " + content.T("intake.entry", row) : string.Empty);

    private static CompiledQuestion? QuestionOf(string block, Protocol protocol) => protocol.Questions.FirstOrDefault(question =>
        block == FormNames.Block(question) || block.StartsWith(FormNames.Block(question) + "-", StringComparison.Ordinal));
}
