using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>
/// The intake form as a page, made of the protocol's questions. Nothing is chosen beforehand, and nothing on it needs a script.
/// </summary>
internal static class FormPage
{
    private const string ZoneHint = "h-" + FormBlocks.Zone;

    private static readonly (Audience Audience, string Text)[] Readers =
        [(Audience.Patient, "intake.patient"), (Audience.Clinician, "intake.clinician")];

    /// <summary>Writes the page. Pure: the same arguments give the same page.</summary>
    /// <param name="content">What the page is made of.</param>
    /// <param name="style">The style, as <see cref="StyleOf"/> gives it.</param>
    public static byte[] Write(FormContent content, FormStyle style)
    {
        var html = new Html();
        var title = content.Protocol.Document.Title.In(content.Language);
        var name = PageTexts.IntakeForm.In(content.Language);
        PageFrame.Start(html, content.Language, $"{content.ToldFirst}{name} · {title}", style);
        RunningHead.Write(html, content.Language, asOf: null);
        html.Add($"""<form method="post" action="{content.Address}" accept-charset="utf-8" autocomplete="off" """);
        html.Add($"""class="intake" id="{FormBlocks.Page}">""");
        FollowUps.DefaultButton(html, FormAction.Decide, content.T("intake.decide"));
        html.Add($"""<input type="hidden" name="{FormNames.Language}" value="{content.Language.Tag}">""");
        FollowUps.Hidden(html, content, FormNames.IsOfSlot);
        Languages(html, content);
        html.Add($"""<header><p class="about">{title}</p><h1>{name}</h1><p>{content.T("intake.lead")}</p>""");
        html.Add($"<p>{content.T("intake.purpose")}</p><p>{content.T("intake.kept")}</p></header>");
        FormErrors.Write(html, content);
        var fields = new FormInputs(html, content);
        Who(html, content, fields);
        Appointment(html, content, fields);
        html.Add($"""<h2>{content.T("intake.questions")}</h2><ol class="questions">""");
        foreach (var question in content.Protocol.Questions)
        {
            QuestionFields.Write(html, content, fields, question);
        }

        html.Add($"</ol>\n");
        ClearanceBlocks.WriteSent(html, content, fields);
        Send(html, content);
        html.Add($"</form>");
        if (content.Form.Fields.Count > 0)
        {
            FollowUps.NextPerson(html, content);
        }

        html.Add($"""<p class="source">{content.Protocol.Reference}</p>""");
        PageFrame.End(html);
        return html.ToUtf8();
    }

    /// <summary>
    /// The page's style. A question that depends on another is hidden unless the other's answer asks for it, an answer stands in it, or
    /// something is wrong with it; a browser that cannot tell shows it, and so does paper, where a pen may give the other answer.
    /// </summary>
    public static FormStyle StyleOf(Protocol protocol)
    {
        var rules = new System.Text.StringBuilder("@media screen { @supports selector(:has(a)) {\n");
        foreach (var question in protocol.Questions.Where(question => QuestionFields.IsDependent(protocol, question)))
        {
            var when = (question.Document.AskedWhen ?? question.Document.NeededWhen)!;
            var asking = string.Join(", ", when.AnyOf.Select(code => $"#{QuestionFields.OptionId(when.Question, code)}:checked"));
            rules.Append(".intake:not(:has(").Append(asking).Append(")) #").Append(FormNames.Block(question))
                .Append(".asked:not(:has(:checked:not([value=\"\"]), input[type=text]:not(:placeholder-shown))) { display: none; }\n");
        }

        return FormStyle.With(rules.Append("} }\n").ToString());
    }

    /// <summary>Buttons, not links: what is typed is kept, on a form that was never sent too.</summary>
    private static void Languages(Html html, FormContent content)
    {
        html.Add($"""<p class="languages">""");
        foreach (var other in Language.All.Where(language => language != content.Language))
        {
            html.Add($"""<button name="{FormNames.Do}" value="{FormAction.In(other)}" lang="{other.Tag}">{other.Name}</button> """);
        }

        html.Add($"</p>\n");
    }

    private static void Who(Html html, FormContent content, FormInputs fields)
    {
        fields.Open("div", FormBlocks.Audience);
        fields.OpenGroup(FormBlocks.Audience, content.T("intake.who"));
        foreach (var (audience, text) in Readers)
        {
            var name = Audiences.NameOf(audience);
            fields.Option("radio", FormNames.Audience, name, content.T(text), FormBlocks.Audience + "-" + name);
        }

        html.Add($"</fieldset></div>\n");
    }

    private static void Appointment(Html html, FormContent content, FormInputs fields)
    {
        html.Add($"""<h2>{content.T("intake.appointment")}</h2>""");
        fields.Open("div", FormBlocks.When);
        fields.OpenGroup(FormBlocks.When, content.T("intake.appointmentLead"));
        fields.DateAndTime(FormNames.Date, FormNames.Time);
        html.Add($"</fieldset></div>\n");
        fields.Open("div", FormBlocks.Zone);
        fields.Error(FormBlocks.Zone);
        var value = content.Form.All(FormNames.Zone).Any() ? content.Typed(FormNames.Zone) : content.Zone;
        html.Add($"""<div class="parts"><label>{content.T("intake.zone")} <input type="text" name="{FormNames.Zone}" value="{value}" """);
        if (content.Zone.Length == 0)
        {
            html.Add($"""list="zones" """);
        }

        fields.Describe(FormBlocks.Zone, content.Zone.Length == 0 ? ZoneHint : null);
        html.Add($"></label></div>");
        if (content.Zone.Length == 0)
        {
            html.Add($"""<p class="kind" id="{ZoneHint}">{content.T("intake.zoneExample")}</p>""");
            html.Add($"""<datalist id="zones">""");
            foreach (var id in NodaTime.DateTimeZoneProviders.Tzdb.Ids.Where(id => id.Contains('/', StringComparison.Ordinal)))
            {
                html.Add($"""<option value="{id}">""");
            }

            html.Add($"</datalist>");
        }

        html.Add($"</div>\n");
    }

    private static void Send(Html html, FormContent content)
    {
        html.Add($"""<input type="hidden" name="{FormNames.End}" value="{FormNames.Yes}">""");
        FollowUps.MainButton(html, FormAction.Decide, content.T("intake.decide"));
        if (content is { Audience: Audience.Clinician, Errors.Count: > 0 }
            && content.Errors.All(error => error.Text == FormTexts.NotAnswered))
        {
            html.Add($"<p>{content.T("intake.decideAnywayLead")}</p>");
            FollowUps.Button(html, FormAction.DecideAnyway, content.T("intake.decideAnyway"));
        }
    }
}
