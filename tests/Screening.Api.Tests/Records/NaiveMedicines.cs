using System.Text.Json.Nodes;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>Orders and statements of medicines.</summary>
internal static class NaiveMedicines
{
    public static IEnumerable<NaiveEntry> Read(JsonObject resource, List<JsonObject> resources)
    {
        bool order = (string)resource["resourceType"]! == "MedicationRequest";
        string status = (string)resource["status"]!;
        bool untrue = status is "cancelled" or "entered-in-error" or "draft" or "not-taken"
            || (bool?)resource["doNotPerform"] == true || (string?)resource["intent"] is "proposal" or "option";
        if (untrue)
        {
            yield break;
        }

        NaiveEntry entry = new()
        {
            Name = NaiveFhir.Name(resource),
            Kind = "medication",
            State = status switch { "active" or "on-hold" or "intended" => "active", "completed" or "stopped" => "ended", _ => "unstated" },
        };
        NaiveCodes.Read(resource["medicationCodeableConcept"], entry.Codings, entry.Texts);
        AddReferenced(resource, resources, entry);
        JsonArray? told = resource[order ? "dosageInstruction" : "dosage"]?.AsArray();
        List<JsonObject> dosages = [.. (told ?? []).Select(dosage => dosage!.AsObject())];
        entry.Routes.AddRange(dosages.Select(dosage => NaiveCodes.Of(dosage["route"])));
        entry.Daily = NaiveDosage.IsDaily(dosages, entry.Texts);
        if (order)
        {
            Order(dosages, entry);
        }
        else
        {
            Statement(resource, status, entry);
        }

        yield return entry;
    }

    private static void AddReferenced(JsonObject resource, List<JsonObject> resources, NaiveEntry entry)
    {
        JsonNode? reference = resource["medicationReference"];
        JsonObject? medicine = NaiveFhir.Follow(reference, resource, resources);
        NaiveCodes.Read(medicine?["code"], entry.Codings, entry.Texts);
        foreach (JsonNode? ingredient in medicine?["ingredient"]?.AsArray() ?? [])
        {
            if ((bool?)ingredient!["isActive"] != false)
            {
                NaiveCodes.Read(ingredient["itemCodeableConcept"], entry.Codings, entry.Texts);
            }
        }

        if (reference?["display"] is { } display)
        {
            entry.Texts.Add((string)display!);
        }
    }

    /// <summary>An order says when by its dosages: by dates, or by the time that the course has.</summary>
    private static void Order(List<JsonObject> dosages, NaiveEntry entry)
    {
        List<NaivePartialDate?> ends = [];
        foreach (JsonObject dosage in dosages)
        {
            JsonNode? bounds = dosage["timing"]?["repeat"]?["boundsPeriod"];
            ends.Add(NaiveTimes.Date(bounds?["end"]));
            if (dosage["timing"]?["event"] is JsonArray dates)
            {
                entry.Happened.AddRange(dates.Select(date => NaiveTimes.Text(NaiveTimes.Date(date)!)));
            }
            else
            {
                NaiveTimes.Between(NaiveTimes.Date(bounds?["start"]), NaiveTimes.Date(bounds?["end"]), entry.Happened);
            }
        }

        // What goes on though it should have ended, or of which nobody knows whether it goes on, may be given any day.
        if (dosages.Count == 0 || Outlives(entry, ends) || entry.State == "unstated")
        {
            entry.Happened.Add("unknown");
        }

        // A plan's end is none where nobody knows what became of the order.
        if (entry.State == "ended" && ends.Count > 0 && !ends.Contains(null))
        {
            entry.Ended = ends.MaxBy(end => end!.Last);
        }

        // What is to end later has not ended.
        bool ended = entry.State == "ended" && !(entry.Ended?.First > NaiveRecord.Today);
        entry.IsOverUndated = ended && entry.Happened.Contains("unknown");
    }

    private static bool Outlives(NaiveEntry entry, List<NaivePartialDate?> ends)
    {
        return entry.State == "active" && ends.Count > 0 && ends.TrueForAll(end => end is not null) && ends.TrueForAll(end => end!.Last < NaiveRecord.Today);
    }

    private static void Statement(JsonObject resource, string status, NaiveEntry entry)
    {
        NaivePartialDate? at = NaiveTimes.Date(resource["effectiveDateTime"]);
        JsonNode? period = resource["effectivePeriod"];
        NaivePartialDate? from = NaiveTimes.Date(period?["start"]);
        NaivePartialDate? to = NaiveTimes.Date(period?["end"]);
        if (at is not null)
        {
            entry.Happened.Add(NaiveTimes.Text(at));

            // What is still taken may have been taken again.
            if (status is "active" or "on-hold" or "unknown")
            {
                entry.Happened.Add("unknown");
            }
        }
        else
        {
            NaiveTimes.Between(from, to, entry.Happened);
        }

        if (Outlives(entry, [to]))
        {
            entry.Happened.Add("unknown");
        }

        entry.Ended = entry.State == "active" ? null : entry.State == "ended" ? at ?? to : to;
        entry.IsOverUndated = entry.State == "ended" && at is null && to is null;
    }
}
