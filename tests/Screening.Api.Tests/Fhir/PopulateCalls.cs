using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;

namespace Screening.Api.Tests.Fhir;

/// <summary>Calls of <c>$populate</c>.</summary>
internal static class PopulateCalls
{
    public const string Populate = "/fhir/Questionnaire/sublative-rf/$populate";

    /// <summary>The parameters of a call for the patient 42, as of the tests' own now.</summary>
    public static JsonObject Parameters(string? zone = "America/New_York", params JsonObject[] further)
    {
        var parameters = new JsonArray(
            new JsonObject { ["name"] = "subject", ["valueReference"] = new JsonObject { ["reference"] = "Patient/42" } },
            new JsonObject { ["name"] = "asOf", ["valueInstant"] = "2026-06-01T18:00:00Z" });
        foreach (var one in zone is null ? further : [.. further, new JsonObject { ["name"] = "timeZone", ["valueString"] = zone }])
        {
            parameters.Add(one);
        }

        return new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = parameters };
    }

    /// <summary>The record in one parameter.</summary>
    public static JsonObject Record(params IEnumerable<JsonObject> resources)
    {
        var bundle = CdsCalls.Bundle([.. resources.Select(resource => resource.DeepClone())]);
        if (bundle["entry"]!.AsArray().Count == 0)
        {
            // FHIR has no empty lists.
            bundle.Remove("entry");
        }

        return new JsonObject { ["name"] = "record", ["resource"] = bundle };
    }

    /// <summary>A part of the record in a context.</summary>
    public static JsonObject Context(JsonObject content) => new()
    {
        ["name"] = "context",
        ["part"] = new JsonArray(new JsonObject { ["name"] = "name", ["valueString"] = "any" }, content),
    };

    /// <summary>The content of a context that is a resource.</summary>
    public static JsonObject Content(JsonObject resource) => new() { ["name"] = "content", ["resource"] = resource.DeepClone() };

    /// <summary>Fills in a form: the form, and what is told of it.</summary>
    public static async Task<(JsonObject Form, JsonObject Issues)> PopulateAsync(this ServiceFixture service, JsonObject parameters)
    {
        var (status, answer) = await service.FhirScreenAsync(parameters, Populate);
        Assert.True(status == 200, answer.ToJsonString());
        var all = answer["parameter"]!.AsArray();
        Assert.Equal(["response", "issues"], all.Select(parameter => (string)parameter!["name"]!));
        return (all[0]!["resource"]!.AsObject(), all[1]!["resource"]!.AsObject());
    }

    /// <summary>The linkIds of the answers that are filled in, but for their list.</summary>
    public static IReadOnlyList<string> FilledIn(JsonObject form) =>
        [.. FormMarks.Items(form).Where(item => item.ContainsKey("answer")).Select(item => (string)item["linkId"]!).Where(linkId => linkId != FormMarks.List).Distinct()];

    /// <summary>The linkIds in the hidden item.</summary>
    public static IReadOnlyList<string> Listed(JsonObject form) => [.. form.AnswersOf(FormMarks.List).Select(answer => (string)answer["valueString"]!)];
}
