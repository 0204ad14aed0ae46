using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>Decisions on generated people, with their receipts.</summary>
internal static class GeneratedReceipts
{
    /// <summary>
    /// The receipts of the doors that read records, for the next person: by <c>$screen</c>, and by a hook with or without the clinic's zone.
    /// None of a door that refuses.
    /// </summary>
    public static async Task<IReadOnlyList<string>> NextRecordReceiptsAsync(this ServiceFixture service, Random random)
    {
        var request = NextRequest(random);
        List<JsonObject> record = random.Next(5) == 0 ? [] : RecordGenerator.Next(random);
        var parameters = RecordDoors.Parameters(request, record);
        Change(parameters["parameter"]![0]!["resource"]!.AsObject(), random);
        var screened = await service.ScreenReceiptAsync(parameters);

        var call = RecordDoors.Booking(RestToFhir.ForHook(request), record);
        Change(call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!.AsObject(), random);
        if (random.Next(2) == 0)
        {
            call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("extension");
            if (random.Next(3) == 0)
            {
                call["prefetch"]!["medicationStatements"] = CdsCalls.Bundle(Injected(random));
            }
        }

        return [.. (await service.CardReceiptsAsync(call)).Append(screened).OfType<string>()];
    }

    /// <summary>A request that can be screened, and said as a form.</summary>
    public static JsonObject NextRequest(Random random)
    {
        while (true)
        {
            var said = random.Next(2) == 0 ? Requests.NothingToReport() : RequestGenerator.Next(random);
            if (said["answers"] is JsonObject && said["appointment"] is JsonObject appointment && appointment["timeZone"] is JsonValue
                && NaiveScreening.Screen(said).Status == 200 && RestToFhir.Parameters(said) is not null
                && RestToFhir.Parameters(RestToFhir.ForHook(said)) is not null)
            {
                return said;
            }
        }
    }

    /// <summary>Marks some answers as filled in beforehand, and takes a part out of an event.</summary>
    private static void Change(JsonObject form, Random random)
    {
        string[] linkIds = [.. FormMarks.Items(form).Where(item => item["answer"] is not null).Select(item => (string)item["linkId"]!)];
        foreach (var linkId in random.Next(3) == 0 && linkIds.Length > 0 ? random.GetItems(linkIds, random.Next(1, 4)) : [])
        {
            form.Mark(linkId, "auto");
        }

        var groups = FormMarks.Items(form).Where(item => item["item"] is JsonArray { Count: > 1 }).ToList();
        if (groups.Count > 0 && random.Next(3) == 0)
        {
            var parts = groups[random.Next(groups.Count)]["item"]!.AsArray();
            parts.RemoveAt(random.Next(parts.Count));
        }
    }

    /// <summary>An injection at an instant, which is another date in another zone.</summary>
    private static JsonObject Injected(Random random)
    {
        var on = InstantPattern.ExtendedIso.Format(ServiceFixture.Now - Duration.FromHours(random.Next(1, 24 * 20)));
        return CdsCalls.Resource($$"""
            {
              "resourceType": "MedicationStatement", "id": "m1", "status": "completed", "effectiveDateTime": "{{on}}",
              "medicationCodeableConcept": { "coding": [{ "system": "http://www.whocc.no/atc", "code": "M03AX01" }] }
            }
            """);
    }
}
