using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>One question of the form.</summary>
internal static class QuestionFields
{
    /// <summary>The id of an option, by which the style sees whether it is chosen.</summary>
    public static string OptionId(string question, string code) => $"o-{question}-{code}";

    /// <summary>
    /// True for a question that is asked only after some answers to another. The areas are not: whoever knows them may always say so.
    /// </summary>
    public static bool IsDependent(Protocol protocol, CompiledQuestion question) =>
        (question.Document.AskedWhen ?? question.Document.NeededWhen) is not null && question.Index != protocol.Areas.Index;

    /// <summary>Adds the question.</summary>
    public static void Write(Html html, FormContent content, FormInputs fields, CompiledQuestion question)
    {
        var block = FormNames.Block(question);
        var onlyIf = IsDependent(content.Protocol, question) ? IntakeFormPage.OnlyIf(content.Protocol, question, content.Language) : null;
        var isWrong = content.Errors.Any(error => error.Block == block);
        html.Add($"""<li id="{block}" class="{(isWrong ? "told" : onlyIf is null ? string.Empty : "asked")}">""");
        var hint = onlyIf is null ? null : "h-" + block;
        if (onlyIf is not null)
        {
            html.Add($"""<p class="kind" id="{hint}">{onlyIf}</p>""");
        }

        fields.OpenGroup(block, content.Numbered(question), hint);
        Answer(html, content, fields, question);
        html.Add($"</fieldset></li>\n");
    }

    private static void Answer(Html html, FormContent content, FormInputs fields, CompiledQuestion question)
    {
        var name = question.Index == content.Protocol.Areas.Index ? FormNames.Areas : FormNames.Answer(question);
        switch (question.Kind)
        {
            case AnswerKind.Code:
                Options(content, fields, question, "radio", name);
                break;
            case AnswerKind.Codes:
                Options(content, fields, question, "checkbox", name);
                if (question.Index != content.Protocol.Areas.Index)
                {
                    None(content, fields, question, "intake.none");
                }

                break;
            case AnswerKind.Date:
                fields.Date(name, canBeUnknown: false);
                break;
            case AnswerKind.PartialDate:
                fields.Date(name, canBeUnknown: true);
                break;
            default:
                Events(html, content, fields, question);
                break;
        }
    }

    private static void Options(FormContent content, FormInputs fields, CompiledQuestion question, string type, string name)
    {
        foreach (var option in question.Codes)
        {
            fields.Option(type, name, option.Code, content.T(option.Label), OptionId(question.Id, option.Code));
        }
    }

    private static void None(FormContent content, FormInputs fields, CompiledQuestion question, string text) =>
        fields.Option("checkbox", FormNames.None(question), FormNames.Yes, content.T(text), "o-" + FormNames.None(question));

    private static void Events(Html html, FormContent content, FormInputs fields, CompiledQuestion question)
    {
        None(content, fields, question, "intake.noneAtAll");
        var unknown = FormNames.Unknown(FormNames.Answer(question));
        fields.Option("checkbox", unknown, FormNames.Yes, content.T("intake.notSure"), "o-" + unknown);
        var rows = content.RowsOf(question);
        for (var row = 1; row <= rows; row++)
        {
            Event(html, content, fields, question, row);
        }

        if (rows < FormNames.MostRows)
        {
            // The page that comes back is shown where this one was.
            html.Add($"""<button name="{FormNames.Do}" value="{FormAction.More(question)}" """);
            html.Add($"""formaction="{content.Address}#{FormNames.Block(question, rows)}">{content.T("intake.more")}</button>""");
        }
    }

    private static void Event(Html html, FormContent content, FormInputs fields, CompiledQuestion question, int row)
    {
        var (block, kind) = (FormNames.Block(question, row), FormNames.Kind(question, row));
        fields.Open("div", block);
        html.Add($"""<fieldset class="row" """);
        fields.Describe(block);
        html.Add($"><legend>{content.T("intake.entry", row)}</legend>");
        fields.Error(block);
        html.Add($"""<div class="parts"><label>{content.T(question.Events!.Kind.Text)} """);
        fields.Select(kind, question.Events.Kind.Options.Select(option => (option.Code, content.T(option.Label))));
        html.Add($"</label></div><fieldset><legend>{content.T(question.Events.Date.Text)}</legend>");
        fields.Date(FormNames.When(question, row), canBeUnknown: true);
        html.Add($"</fieldset></fieldset></div>\n");
    }
}
