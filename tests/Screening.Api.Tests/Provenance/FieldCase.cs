using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Provenance;

/// <summary>The inputs from the field in which the person said that they take no blood thinner, and the record has an order of one every day.</summary>
internal static class FieldCase
{
    /// <summary>A day on which the form is a few hours old.</summary>
    public static Instant Now { get; } = Instant.FromUtc(2026, 11, 28, 12, 0);

    public static JsonObject Hook() => Read("said-none-shown-daily.hook.json");

    public static JsonObject Screen() => Read("said-none-shown-daily.screen.json");

    /// <summary>The same call, where the form has no answer to a question.</summary>
    public static JsonObject Without(JsonObject call, string question)
    {
        var items = call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]!.AsArray();
        items.Remove(items.Single(item => (string)item!["linkId"]! == question));
        return call;
    }

    private static JsonObject Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Repository.Path("tests/Screening.Api.Tests/Cases/field/" + name)))!.AsObject();
}
