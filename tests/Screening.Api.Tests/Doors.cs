using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests;

/// <summary>One request at both doors of FHIR, <c>$screen</c> and the hook, with what a test changes of its form and its appointment.</summary>
internal static class Doors
{
    /// <summary>What both doors make of it: the status of the decision, or null where it is refused, or could not be screened.</summary>
    public static async Task<(string? Screen, string? Hook)> AnswersAsync(
        this ServiceFixture service, JsonObject rest, Action<JsonObject>? form = null, Action<JsonObject>? appointment = null, params JsonNode[] beside)
    {
        var (status, answer) = await service.FhirScreenAsync(Parameters(rest, form, appointment, beside));
        Assert.True(status is 200 or 400 or 422, answer.ToJsonString());
        var card = Assert.Single(await service.CardsAsync(Call(rest, form, appointment, beside)));
        var isScreened = !card.Text("summary").Contains(": could not be screened", StringComparison.Ordinal);
        Assert.Equal(card.ContainsKey("extension") || card.IsWithoutForm(), isScreened);
        return (status == 200 ? (string)FhirDecision.Of(answer)["eligibility"]! : null, isScreened ? card.Eligibility() : null);
    }

    /// <summary>The parameters of <c>$screen</c>, without its parameter for the zone, which the appointment tells.</summary>
    public static JsonObject Parameters(JsonObject rest, Action<JsonObject>? form, Action<JsonObject>? appointment, params JsonNode[] beside)
    {
        var parameters = RestToFhir.Parameters(RestToFhir.ForHook(rest))!;
        var all = parameters["parameter"]!.AsArray();
        all.RemoveAt(2);
        form?.Invoke(all[0]!["resource"]!.AsObject());
        var booked = all[1]!["resource"]!.AsObject();
        booked["extension"] = Zone((string)rest["appointment"]!["timeZone"]!);
        appointment?.Invoke(booked);
        if (beside.Length > 0)
        {
            all.Add(new JsonObject { ["name"] = "record", ["resource"] = Collection(beside) });
        }

        return parameters;
    }

    /// <summary>The call of the hook.</summary>
    public static JsonObject Call(JsonObject rest, Action<JsonObject>? form, Action<JsonObject>? appointment, params JsonNode[] beside)
    {
        var call = CdsCalls.Booking(rest);
        form?.Invoke(call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!.AsObject());
        var booked = call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject();
        booked.Remove("end");
        appointment?.Invoke(booked);
        if (beside.Length > 0)
        {
            call["prefetch"]!["places"] = Collection(beside);
        }

        return call;
    }

    /// <summary>FHIR's extension for a time zone.</summary>
    public static JsonArray Zone(string id, string url = "http://hl7.org/fhir/StructureDefinition/timezone") => new(new JsonObject { ["url"] = url, ["valueCode"] = id });

    private static JsonObject Collection(JsonNode[] resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "collection",
        ["entry"] = new JsonArray([.. resources.Select(resource => new JsonObject { ["resource"] = resource.DeepClone() })]),
    };
}
