using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

// The bodies of CDS Hooks in the OpenAPI document. Unlike other requests they may contain unknown members, so their schemas are written by
// hand.

/// <summary>A call of a CDS service.</summary>
public sealed class CdsHookRequest
{
    /// <summary>The schema of the members that are read.</summary>
    internal static OpenApiSchema Schema() => CdsSchemas.Open(
        "A call of a CDS service. Members that are not listed here are not looked at; nor is `fhirServer`: this service asks nobody.",
        ["hook", "hookInstance", "context"],
        ("hook", CdsSchemas.Text("The hook of the service that is called: `appointment-book` or `patient-view`.")),
        ("hookInstance", CdsSchemas.Text("A UUID of this call.", "uuid")),
        ("context", CdsSchemas.Open(
            "What the call is about.",
            ["patientId"],
            ("userId", CdsSchemas.Text("Who called; not looked at.")),
            ("patientId", CdsSchemas.Text("The id of the Patient, without its type. Whatever is about somebody else is not used.")),
            ("appointments", CdsSchemas.Open("At `appointment-book`: a Bundle of the proposed Appointments, 100 at most. Each needs a `start` with an offset, and a `status` of an appointment that is still to take place, such as `proposed`; one whose participant is another patient is not screened, and one that is `cancelled`, `noshow` or `entered-in-error` gets no card.", [])))),
        ("prefetch", CdsSchemas.Open("What was fetched for each key that discovery lists. `null` says that there is nothing. A key that is absent, an OperationOutcome or one page of several counts as not known.", [])));
}

/// <summary>Feedback on cards.</summary>
public sealed class CdsFeedbackRequest
{
    /// <summary>The schema of the members that are read.</summary>
    internal static OpenApiSchema Schema()
    {
        var entry = CdsSchemas.Open(
            "What a user did with a card.",
            ["card", "outcome", "outcomeTimestamp"],
            ("card", CdsSchemas.Text("The card's `uuid`.", "uuid")),
            ("outcome", CdsSchemas.Text("`accepted` or `overridden`.")),
            ("outcomeTimestamp", CdsSchemas.Text("When, with an offset.", "date-time")),
            ("acceptedSuggestions", new OpenApiSchema { Type = JsonSchemaType.Array, Description = "With `accepted`: the suggestions that were taken, each with its `id`, a UUID.", Items = CdsSchemas.Open("A suggestion.", ["id"], ("id", CdsSchemas.Text("Its UUID.", "uuid"))) }),
            ("overrideReason", CdsSchemas.Open("With `overridden`: a `reason` of the card's list, the user's own words as `userComment`, or both. Neither is kept.", [])));
        return CdsSchemas.Open(
            "Feedback on any number of cards.",
            ["feedback"],
            ("feedback", new OpenApiSchema { Type = JsonSchemaType.Array, Description = "At most 1000.", MaxItems = JsonText.MostElements, Items = entry }));
    }

    /// <summary>An example: an overridden card.</summary>
    internal static JsonNode Example => JsonNode.Parse("""
        {
          "feedback": [
            {
              "card": "9368d37b-283f-84a0-93ea-547cebab93ed",
              "outcome": "overridden",
              "overrideReason": { "reason": { "code": "other-treatment", "system": "urn:screening-api:override-reasons:sublative-rf" } },
              "outcomeTimestamp": "2026-12-01T10:05:31Z"
            }
          ]
        }
        """)!;
}

/// <summary>Schemas of objects that allow unlisted members.</summary>
internal static class CdsSchemas
{
    public static OpenApiSchema Open(string description, string[] required, params (string Name, OpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Required = required.ToHashSet(StringComparer.Ordinal),
        Properties = members.ToDictionary(member => member.Name, IOpenApiSchema (member) => member.Schema),
    };

    public static OpenApiSchema Text(string description, string? format = null) => new() { Type = JsonSchemaType.String, Description = description, Format = format };
}
