using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>A device: by itself, by its use, or by the procedure that put it in or took it out.</summary>
internal static class RecordDevices
{
    private static readonly NaiveSet Plates = NaiveProtocol.Sets.Find(set => (string)set.Raises["kind"]! == "place")!;

    public static void Add(RecordDraft draft, NaiveSet set)
    {
        switch (draft.Between(0, 7))
        {
            case < 3:
                Device(draft, set);
                break;
            case < 6:
                Use(draft, set);
                break;
            case 6:
                Used(draft, set);
                break;
            default:
                Focal(draft, set);
                break;
        }
    }

    private static JsonObject Device(RecordDraft draft, NaiveSet set)
    {
        JsonObject device = draft.Add("Device");
        Fill(draft, set, device);
        return device;
    }

    private static void Fill(RecordDraft draft, NaiveSet set, JsonObject device)
    {
        if (draft.Chance(0.8))
        {
            device["status"] = draft.Mostly("active", "active inactive unknown entered-in-error");
        }

        device["type"] = RecordConcepts.Of(draft, set);
        if (draft.Chance(0.25))
        {
            device["deviceName"] = new JsonArray(new JsonObject { ["name"] = RecordTexts.Of(draft, set), ["type"] = "user-friendly-name" });
        }
    }

    private static void Use(RecordDraft draft, NaiveSet set)
    {
        JsonObject use = draft.Add("DeviceUseStatement");
        use["status"] = draft.Mostly("active", "completed completed stopped intended on-hold entered-in-error");
        if (draft.Chance(0.5))
        {
            use["device"] = Reference("Device/" + (draft.Chance(0.9) ? (string)Device(draft, set)["id"]! : "elsewhere"));
        }
        else if (draft.Chance(0.5))
        {
            JsonObject device = RecordDraft.Bare("Device", "d");
            Fill(draft, set, device);
            use["contained"] = new JsonArray(device);
            use["device"] = Reference("#d");
        }
        else
        {
            use["device"] = new JsonObject { ["display"] = RecordTexts.Of(draft, set) };
        }

        if (draft.Chance(0.6))
        {
            use["bodySite"] = RecordConcepts.Listed(draft, Plates.Raises["sites"], "cheek");
        }

        if ((string)use["status"]! is "completed" or "stopped" && draft.Chance(0.6))
        {
            use["timingPeriod"] = draft.Period(withEnd: draft.Chance(0.8));
        }
    }

    private static void Used(RecordDraft draft, NaiveSet set)
    {
        JsonObject procedure = Procedure(draft);
        procedure["usedCode"] = new JsonArray(RecordConcepts.Of(draft, set));
    }

    private static void Focal(RecordDraft draft, NaiveSet set)
    {
        JsonObject procedure = Procedure(draft);
        JsonObject focal = new() { ["manipulated"] = Reference("Device/" + (string)Device(draft, set)["id"]!) };
        if (draft.Chance(0.6))
        {
            focal["action"] = RecordDraft.Concept(draft.Pick("explanted", "implanted"));
            focal["action"]!["coding"]![0]!["system"] = "http://hl7.org/fhir/device-action";
        }

        procedure["focalDevice"] = new JsonArray(focal);
    }

    private static JsonObject Procedure(RecordDraft draft)
    {
        JsonObject procedure = draft.Add("Procedure");
        procedure["status"] = draft.Mostly("completed", "in-progress not-done entered-in-error unknown");
        RecordGenerator.AddPerformed(draft, procedure);
        if (draft.Chance(0.4))
        {
            procedure["bodySite"] = new JsonArray(RecordConcepts.Listed(draft, Plates.Raises["sites"], "cheek"));
        }

        return procedure;
    }

    private static JsonObject Reference(string reference) => new() { ["reference"] = reference };
}
