using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Screening.Api.Contract;
using Screening.Rules;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>The schema of one protocol's answers, derived from its questions.</summary>
/// <param name="protocol">The protocol.</param>
/// <param name="prefix">The prefix of the component names.</param>
/// <param name="repository">Receives the components.</param>
internal sealed class AnswersSchema(Protocol protocol, string prefix, SchemaRepository repository)
{
    /// <summary>
    /// Adds the object of the answers. No member is required: an answer may be absent, and the decision lists what is missing.
    /// </summary>
    public OpenApiSchemaReference Add() => Component("Answers", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = $"The answers to the questions of `{protocol.Id}` {protocol.Document.Version} ({protocol.Document.Title.En}). An unanswered question is left out.",
        Properties = protocol.Document.Questions.ToDictionary(question => question.Id, Member),
        AdditionalPropertiesAllowed = false,
    });

    /// <summary>Adds the codes of the areas that can be treated.</summary>
    public OpenApiSchemaReference AddAreas() => Codes(protocol.Document.TreatmentAreas.Id, protocol.Document.TreatmentAreas.Text, protocol.Document.TreatmentAreas.Options);

    private IOpenApiSchema Member(Question question)
    {
        var member = question.Match<IOpenApiSchema>(
            choice => Codes(choice.Id, choice.Text, choice.Options),
            codes => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Codes(codes.Id, codes.Text, codes.Options), UniqueItems = true, MaxItems = codes.Options.Count },
            _ => new OpenApiSchema { Type = JsonSchemaType.String, Pattern = Patterns.Date },
            _ => PartialDate(),
            // The list first: a generator that keeps one of several (NSwag) would have no way to tell an event.
            events => new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Array, Items = Event(events) }, Unknown()] });
        member.Description = question.Text.En + "\n\n" + WhenNeeded(question) + AllowedValues(question) + List(question.Codes);
        return member;
    }

    private static string WhenNeeded(Question question) => question switch
    {
        { Optional: true } => "Optional.",
        { NeededWhen: { } when } => $"Needed when `{when.Question}` is {string.Join(" or ", when.AnyOf.Select(code => $"`{code}`"))}.",
        _ => "Always needed.",
    };

    private static string AllowedValues(Question question) => question.Match(
        _ => " One of:",
        _ => " Any of, each once; the empty list says that there is none:",
        _ => " A full date, YYYY-MM-DD.",
        _ => " As much of the date as the person knows, YYYY, YYYY-MM or YYYY-MM-DD, or `unknown`.",
        events => $" A list, past and planned; the empty list says that there is none, and `unknown` in its place that the person cannot say. `{events.Kind.Id}` is one of:{List(events.Kind.Options)}");

    private static string List(IReadOnlyList<Option> options) =>
        options.Count == 0 ? string.Empty : "\n" + string.Concat(options.Select(option => $"\n* `{option.Code}`: {option.Label.En}"));

    /// <summary>
    /// Adds the codes of a question. `unknown` stands first where there is one: some generated clients send the first code for an answer
    /// that nobody gave, and that must never say that there is nothing.
    /// </summary>
    private OpenApiSchemaReference Codes(string name, LocalizedText text, IReadOnlyList<Option> options) =>
        Component(Capitalize(name), () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = text.En + List(options),
            Enum = [.. options.Select(option => option.Code).OrderBy(code => code != ReservedCode.Unknown).Select(code => JsonValue.Create(code))],
        });

    private OpenApiSchemaReference Event(EventsQuestion question) => Component(Capitalize(question.Id), () =>
    {
        var kind = Codes(question.Id + Capitalize(question.Kind.Id), question.Kind.Text, question.Kind.Options);
        kind.Description = question.Kind.Text.En;
        var date = PartialDate();
        date.Description = question.Date.Text.En + " `unknown` when the person cannot say.";
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "One answer to: " + question.Text.En,
            Required = new HashSet<string> { question.Kind.Id, question.Date.Id },
            Properties = new Dictionary<string, IOpenApiSchema> { [question.Kind.Id] = kind, [question.Date.Id] = date },
            AdditionalPropertiesAllowed = false,
        };
    });

    private static OpenApiSchema PartialDate() => new() { Type = JsonSchemaType.String, Pattern = Patterns.PartialDateOrUnknown };

    private static OpenApiSchema Unknown() => new() { Type = JsonSchemaType.String, Enum = [JsonValue.Create(ReservedCode.Unknown)] };

    private OpenApiSchemaReference Component(string name, Func<OpenApiSchema> make)
    {
        repository.AddDefinition(prefix + name, make());
        return new OpenApiSchemaReference(prefix + name);
    }

    private static string Capitalize(string id) => char.ToUpperInvariant(id[0]) + id[1..];
}
