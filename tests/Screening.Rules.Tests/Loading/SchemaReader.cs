using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Screening.Rules.Tests.Loading;

/// <summary>
/// A small validator of the keywords that the published schema uses; any other keyword is an error, so that nothing goes unchecked.
/// (tests/browser reads the schema with an independent validator as well.)
/// </summary>
public sealed class SchemaReader(JsonObject root)
{
    /// <summary>Where and how a value does not follow the schema; empty when it does. Looked for one after the other: who asks for one stops there.</summary>
    public IEnumerable<string> Errors(JsonNode? value) => Errors(root, value, "");

    private IEnumerable<string> Errors(JsonNode schema, JsonNode? value, string at) => schema is JsonObject keywords
        ? keywords.SelectMany(keyword => Errors(keywords, keyword.Key, keyword.Value!, value, at))
        : schema.GetValue<bool>() ? [] : [$"{at}: nothing may stand here"];

    private IEnumerable<string> Errors(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string at)
    {
        var members = value as JsonObject ?? [];
        var elements = value as JsonArray ?? [];
        var text = value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        var number = value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<decimal>() : (decimal?)null;
        return keyword switch
        {
            "$schema" or "title" or "description" or "$defs" => [],
            "$ref" => Errors(rule.GetValue<string>().Split('/').Skip(1).Aggregate((JsonNode)root, (node, step) => node[step]!), value, at),
            "type" => Types(value).Contains(rule.GetValue<string>()) ? [] : [$"{at}: not of type {rule}"],
            "const" => JsonNode.DeepEquals(rule, value) ? [] : [$"{at}: not {rule}"],
            "enum" => rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)) ? [] : [$"{at}: none of {rule.ToJsonString()}"],
            "pattern" => text is null || Regex.IsMatch(text, rule.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)) ? [] : [$"{at}: does not match {rule}"],
            "minimum" => number is null || number >= rule.GetValue<decimal>() ? [] : [$"{at}: less than {rule}"],
            "maximum" => number is null || number <= rule.GetValue<decimal>() ? [] : [$"{at}: more than {rule}"],
            "minItems" => value is not JsonArray || elements.Count >= rule.GetValue<int>() ? [] : [$"{at}: fewer than {rule}"],
            "maxLength" => text is null || text.EnumerateRunes().Count() <= rule.GetValue<int>() ? [] : [$"{at}: longer than {rule}"],
            "maxItems" => value is not JsonArray || elements.Count <= rule.GetValue<int>() ? [] : [$"{at}: more than {rule}"],
            "uniqueItems" => elements.Select(e => e?.ToJsonString()).Distinct().Count() == elements.Count ? [] : [$"{at}: something twice"],
            "items" => elements.SelectMany((element, i) => Errors(rule, element, $"{at}/{i}")),
            "required" => rule.AsArray().Select(name => name!.GetValue<string>()).Where(name => value is JsonObject && !members.ContainsKey(name)).Select(name => $"{at}: no {name}"),
            "properties" => members.Where(m => rule[m.Key] is not null).SelectMany(m => Errors(rule[m.Key]!, m.Value, $"{at}/{m.Key}")),
            "additionalProperties" => members.Where(m => schema["properties"]?[m.Key] is null).SelectMany(m => Errors(rule, m.Value, $"{at}/{m.Key}")),
            "anyOf" => rule.AsArray().Any(one => !Errors(one!, value, at).Any()) ? [] : [$"{at}: none of the kinds"],
            _ => throw new NotSupportedException($"The keyword {keyword} at {at}."),
        };
    }

    private static string[] Types(JsonNode? value) => value?.GetValueKind() switch
    {
        null => ["null"],
        JsonValueKind.Object => ["object"],
        JsonValueKind.Array => ["array"],
        JsonValueKind.String => ["string"],
        JsonValueKind.Number => decimal.IsInteger(value.GetValue<decimal>()) ? ["number", "integer"] : ["number"],
        _ => ["boolean"],
    };
}
