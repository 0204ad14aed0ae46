using System.Text.Json.Nodes;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>The entries of a record, read from its resources' JSON; medicines are read by <see cref="NaiveMedicines"/>.</summary>
internal static class NaiveFhir
{
    /// <summary>The entries of the resources of a record, which may point at each other.</summary>
    public static List<NaiveEntry> Read(List<JsonObject> resources)
    {
        List<NaiveEntry> entries = [];
        foreach (JsonObject resource in resources)
        {
            entries.AddRange(Entries(resource, resources));
        }

        return entries;
    }

    /// <summary>The entries without those of a device of which a use or a procedure tells more: where it is.</summary>
    public static List<NaiveEntry> Told(List<NaiveEntry> entries, List<JsonObject> resources)
    {
        List<string> placed = [.. resources.SelectMany(Placed)];
        return entries.FindAll(entry => !placed.Contains(entry.Name));
    }

    /// <summary>Such as <c>Condition/1</c>.</summary>
    public static string Name(JsonObject resource)
    {
        return (string)resource["resourceType"]! + "/" + (string)resource["id"]!;
    }

    /// <summary>What a reference leads to: a resource within, or one of the record.</summary>
    public static JsonObject? Follow(JsonNode? reference, JsonObject from, List<JsonObject> resources)
    {
        if ((string?)reference?["reference"] is not { } name)
        {
            return null;
        }

        return name.StartsWith('#')
            ? (from["contained"]?.AsArray() ?? []).Select(one => one!.AsObject()).SingleOrDefault(one => (string)one["id"]! == name[1..])
            : resources.Find(one => Name(one) == name);
    }

    /// <summary>True when a resource points at a medicine or a device that did not come along, and does not call it anything.</summary>
    public static bool IsDangling(JsonObject resource, List<JsonObject> resources)
    {
        List<JsonNode?> references =
        [
            resource["medicationReference"], resource["device"],
            .. (resource["focalDevice"]?.AsArray() ?? []).Select(focal => focal!["manipulated"]),
        ];
        return references.OfType<JsonObject>().Any(reference =>
            reference["reference"] is not null && reference["display"] is null && Follow(reference, resource, resources) is null);
    }

    private static IEnumerable<NaiveEntry> Entries(JsonObject resource, List<JsonObject> resources)
    {
        return (string)resource["resourceType"]! switch
        {
            "Condition" => Stated(resource, "condition"),
            "AllergyIntolerance" => Stated(resource, "allergy"),
            "MedicationRequest" or "MedicationStatement" => NaiveMedicines.Read(resource, resources),
            "Device" => Device(resource),
            "DeviceUseStatement" => Use(resource, resources),
            "Procedure" => Procedure(resource, resources),
            "Observation" => Observation(resource),
            _ => [],
        };
    }

    /// <summary>The codes of a status, one or several.</summary>
    private static List<string> Codes(JsonNode? concept)
    {
        return NaiveCodes.Of(concept).ConvertAll(coding => coding.Code);
    }

    /// <summary>A condition or an allergy: with a clinical status, and one that says whether it is true.</summary>
    private static IEnumerable<NaiveEntry> Stated(JsonObject resource, string kind)
    {
        List<string> verified = Codes(resource["verificationStatus"]);
        List<string> untrue = [.. verified.Where(code => code is "refuted" or "entered-in-error")];
        if (untrue.Count > 0 && untrue.Count == verified.Count)
        {
            yield break;
        }

        NaiveEntry entry = new() { Name = Name(resource), Kind = kind };
        NaiveCodes.Read(resource["code"], entry.Codings, entry.Texts);
        foreach (JsonNode? reaction in resource["reaction"]?.AsArray() ?? [])
        {
            NaiveCodes.Read(reaction!["substance"], entry.Codings, entry.Texts);
        }

        List<string> clinical = Codes(resource["clinicalStatus"]);
        entry.State = clinical.Exists(code => code is "active" or "recurrence" or "relapse" or "remission") ? "active"
            : clinical.Exists(code => code is "inactive" or "resolved") ? "ended"
            : "unstated";
        entry.Unconfirmed = untrue.Count > 0 || verified.Exists(code => code is "unconfirmed" or "provisional" or "differential");

        // Beside a status that there is not, nothing can be trusted to have ended.
        if (clinical.Count == 0 || entry.State == "ended")
        {
            entry.Ended = NaiveTimes.Date(resource["abatementDateTime"] ?? resource["abatementPeriod"]?["end"]);
        }

        entry.Happened.Add("unknown");
        yield return entry;
    }

    private static IEnumerable<NaiveEntry> Device(JsonObject resource)
    {
        string status = (string?)resource["status"] ?? "";
        if (status == "entered-in-error")
        {
            yield break;
        }

        NaiveEntry entry = new() { Name = Name(resource), Kind = "device", State = status == "active" ? "active" : "unstated" };
        AddDevice(resource, entry);
        entry.Happened.Add("unknown");
        yield return entry;
    }

    private static void AddDevice(JsonObject? device, NaiveEntry entry)
    {
        NaiveCodes.Read(device?["type"], entry.Codings, entry.Texts);
        entry.Texts.AddRange((device?["deviceName"]?.AsArray() ?? []).Select(name => (string)name!["name"]!));
    }

    private static void AddDevice(JsonNode reference, JsonObject from, List<JsonObject> resources, NaiveEntry entry)
    {
        AddDevice(Follow(reference, from, resources), entry);
        if (reference["display"] is { } display)
        {
            entry.Texts.Add((string)display!);
        }
    }

    /// <summary>The devices that a resource says are in a place.</summary>
    private static IEnumerable<string> Placed(JsonObject resource)
    {
        List<JsonNode?> devices = resource["bodySite"] is null ? []
            : (string)resource["resourceType"]! switch
            {
                "DeviceUseStatement" => (string)resource["status"]! is "active" or "intended" or "on-hold" ? [resource["device"]] : [],
                "Procedure" => (string)resource["status"]! is "not-done" or "entered-in-error" ? []
                    : [.. PutIn(resource).Select(focal => focal["manipulated"])],
                _ => [],
            };
        return devices.Select(device => (string?)device!["reference"]).OfType<string>();
    }

    private static IEnumerable<JsonNode> PutIn(JsonObject procedure)
    {
        return (procedure["focalDevice"]?.AsArray() ?? []).Select(focal => focal!)
            .Where(focal => !Codes(focal["action"]).Contains("explanted"));
    }

    private static IEnumerable<NaiveEntry> Use(JsonObject resource, List<JsonObject> resources)
    {
        string status = (string)resource["status"]!;
        if (status == "entered-in-error")
        {
            yield break;
        }

        string state = status is "completed" or "stopped" ? "ended" : "active";
        NaiveEntry entry = new() { Name = Name(resource), Kind = "device", State = state };
        AddDevice(resource["device"]!, resource, resources, entry);
        if (entry.State == "ended")
        {
            entry.Ended = NaiveTimes.Date(resource["timingPeriod"]?["end"]);
        }

        if (resource["bodySite"] is { } site)
        {
            entry.Sites.Add(NaiveCodes.Of(site));
        }

        // What stays in the body was put in when its use began.
        entry.Happened.Add(NaiveTimes.Date(resource["timingPeriod"]?["start"]) is { } began ? NaiveTimes.Text(began) : "unknown");
        yield return entry;
    }

    /// <summary>What was done, and as a device each thing that it put in.</summary>
    private static IEnumerable<NaiveEntry> Procedure(JsonObject resource, List<JsonObject> resources)
    {
        string status = (string)resource["status"]!;
        if (status is "not-done" or "entered-in-error")
        {
            yield break;
        }

        NaiveEntry done = Put("procedure");
        NaiveCodes.Read(resource["code"], done.Codings, done.Texts);
        yield return done;
        foreach (JsonNode? used in resource["usedCode"]?.AsArray() ?? [])
        {
            NaiveEntry device = Put("device");
            NaiveCodes.Read(used, device.Codings, device.Texts);
            yield return device;
        }

        foreach (JsonNode focal in PutIn(resource))
        {
            NaiveEntry device = Put("device");
            AddDevice(focal["manipulated"]!, resource, resources, device);
            yield return device;
        }

        NaiveEntry Put(string kind)
        {
            NaiveEntry entry = new() { Name = Name(resource), Kind = kind, State = "active" };
            JsonNode? period = resource["performedPeriod"];
            NaivePartialDate? at = NaiveTimes.Date(resource["performedDateTime"]);
            NaivePartialDate? from = at ?? NaiveTimes.Date(period?["start"]);
            NaivePartialDate? to = at ?? NaiveTimes.Date(period?["end"]);
            NaiveTimes.Between(from, to, entry.Happened);
            entry.IsOverUndated = entry.Happened.Contains("unknown");
            foreach (JsonNode? site in resource["bodySite"]?.AsArray() ?? [])
            {
                entry.Sites.Add(NaiveCodes.Of(site));
            }

            return entry;
        }
    }

    private static IEnumerable<NaiveEntry> Observation(JsonObject resource)
    {
        string status = (string)resource["status"]!;
        if (status is "cancelled" or "entered-in-error")
        {
            yield break;
        }

        NaiveEntry entry = new() { Name = Name(resource), Kind = "observation" };
        NaiveCodes.Read(resource["code"], entry.Codings, entry.Texts);
        entry.Unconfirmed = status is "registered" or "preliminary" or "unknown";
        entry.On = NaiveTimes.Date(resource["effectiveDateTime"] ?? resource["effectiveInstant"] ?? resource["issued"]);
        if (resource["valueCodeableConcept"] is { } coded)
        {
            entry.Value = NaiveCodes.Of(coded);
            NaiveCodes.Read(coded, [], entry.Texts);
        }
        else if (resource["valueString"] is not null || resource["valueBoolean"] is not null)
        {
            entry.Value = [];
            entry.Texts.Add(resource["valueString"]?.ToString() ?? "");
        }

        yield return entry;
    }
}
