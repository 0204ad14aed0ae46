using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Screening.Api.IntakeForms;
using Screening.Api.Pages;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>The fields of the intake form in words, and a filled-in form, made of the protocols' questions.</summary>
internal sealed class IntakeFormExamples(ProtocolCatalog catalog)
{
    /// <summary>The name of the example.</summary>
    public const string Name = "nothing-to-report";

    /// <summary>What it is.</summary>
    public const string Summary = "A form on which nothing speaks against the treatment, for today.";

    private const string Zone = "America/New_York";

    /// <summary>The schema: text, since a form may have a field several times, and programs have a request for all of it.</summary>
    public OpenApiSchema Schema => new()
    {
        Type = JsonSchemaType.String,
        Description = "The fields of the form's page, percent-encoded in UTF-8: `audience`, who reads the answer "
            + $"({string.Join(" or ", Enum.GetValues<Audience>().Select(one => $"`{Audiences.NameOf(one)}`"))}); `lang`; `do`, the button; `end`, always `yes`; "
            + "`appointment.timeZone`, `appointment.date`, `appointment.time`; "
            + "and those of the questions, named by their places in a request:\n"
            + string.Concat(catalog.Families.Select(family => family.Versions[^1])
                .SelectMany(protocol => protocol.Questions.Select(question => Line(protocol, question)))),
    };

    /// <summary>A filled-in form of the first protocol.</summary>
    public JsonNode Example
    {
        get
        {
            var protocol = catalog.Families[0].Versions[^1];
            (string Name, string Value)[] fields =
            [
                (FormNames.Language, Language.English.Tag),
                (FormNames.Audience, Audiences.NameOf(Audience.Clinician)),
                (FormNames.Do, FormAction.Decide),
                (FormNames.Zone, Zone),
                .. protocol.Questions.SelectMany(question => Harmless(protocol, question)),
                (FormNames.End, FormNames.Yes),
            ];
            return JsonValue.Create(
                string.Join('&', fields.Select(one => $"{Uri.EscapeDataString(one.Name)}={Uri.EscapeDataString(one.Value)}")));
        }
    }

    private static IEnumerable<(string Name, string Value)> Harmless(Protocol protocol, CompiledQuestion question) => question.Kind switch
    {
        _ when question.Document.Optional || question.Index == protocol.Areas.Index => [],
        AnswerKind.Code => question.Codes.Where(option => option.Harmless).Take(1)
            .Select(option => (FormNames.Answer(question), option.Code)),
        AnswerKind.Codes or AnswerKind.Events => [(FormNames.None(question), FormNames.Yes)],
        _ => [],
    };

    private static string Line(Protocol protocol, CompiledQuestion question)
    {
        var name = question.Index == protocol.Areas.Index ? FormNames.Areas : FormNames.Answer(question);
        var (day, month, year) = FormNames.Parts(question.Events is null ? name : FormNames.When(question, 1));
        string[] names = question.Kind switch
        {
            AnswerKind.Code => [name],
            AnswerKind.Codes when question.Index == protocol.Areas.Index => [name],
            AnswerKind.Codes => [name, FormNames.None(question)],
            AnswerKind.Date => [day, month, year],
            AnswerKind.PartialDate => [day, month, year, FormNames.Unknown(name)],
            _ =>
            [
                FormNames.Kind(question, 1), day, month, year, FormNames.Unknown(FormNames.When(question, 1)),
                FormNames.None(question), FormNames.Unknown(name),
            ],
        };
        return $"\n* {string.Join(", ", names.Select(one => $"`{one}`"))}: {question.Document.Text.En}";
    }
}
