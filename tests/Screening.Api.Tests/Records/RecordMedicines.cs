using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>Medicines: ordered or stated, by a code, in words or by reference, with dosages of every kind.</summary>
internal static class RecordMedicines
{
    private static readonly string[] Repeats =
    [
        """{ "frequency": 1, "period": 1, "periodUnit": "d" }""", """{ "frequency": 1, "period": 24, "periodUnit": "h" }""",
        """{ "frequency": 1, "period": 86400, "periodUnit": "s" }""", """{ "frequency": 2, "period": 2, "periodUnit": "d" }""",
        """{ "frequency": 7, "period": 1, "periodUnit": "wk" }""", """{ "frequency": 1, "period": 2, "periodUnit": "d" }""",
        """{ "frequency": 6, "period": 1, "periodUnit": "wk" }""", """{ "frequency": 1, "period": 25, "periodUnit": "h" }""",
        """{ "frequency": 1, "frequencyMax": 2, "period": 2, "periodUnit": "d" }""", """{ "timeOfDay": ["08:00:00"] }""",
        """{ "when": ["HS"] }""", """{ "dayOfWeek": ["mon", "fri"], "frequency": 1, "period": 1, "periodUnit": "d" }""",
        """{ "frequency": 1, "period": 1, "periodUnit": "mo" }""", """{ "frequency": 1, "period": 0.5, "periodUnit": "d" }""",
    ];

    private static readonly string[] Texts =
    [
        "1 tablet daily", "Take one once a day", "every other day", "one weekly", "q24h", "every 24 hours", "twice a week", "at bedtime",
        "as directed", "daily as needed", "1 comprimido al día", "cada dos días", "Todos los días", "una vez a la semana", "cada 24 horas",
        "cada noche si dolor", "apply thinly", "on Mondays", "5 mg DIARIO", "cada 48 horas", "PRN",
    ];

    private static readonly string[] Codes = ["QD", "BID", "QOD", "WK", "Q24H", "MO", "qd"];

    public static void Add(RecordDraft draft, NaiveSet set)
    {
        bool order = draft.Chance(0.5);
        JsonObject medicine = draft.Add(order ? "MedicationRequest" : "MedicationStatement");
        if (order)
        {
            const string others = "on-hold completed completed completed stopped unknown cancelled entered-in-error draft";
            medicine["status"] = draft.Mostly("active", others);
            medicine["intent"] = draft.Mostly("order", "plan proposal");
            if (draft.Chance(0.05))
            {
                medicine["doNotPerform"] = draft.Chance(0.5);
            }

            if (draft.Chance(0.5))
            {
                medicine["authoredOn"] = draft.Past();
            }
        }
        else
        {
            const string others = "intended on-hold completed completed completed stopped unknown not-taken entered-in-error";
            medicine["status"] = draft.Mostly("active", others);
            AddEffective(draft, medicine);
        }

        AddWhat(draft, set, medicine);
        List<JsonNode> dosages = [.. Enumerable.Range(0, draft.Pick(0, 0, 1, 1, 1, 2)).Select(_ => Dosage(draft, set, order))];

        // FHIR has no empty elements.
        dosages.RemoveAll(dosage => dosage.AsObject().Count == 0);
        if (dosages.Count > 0)
        {
            medicine[order ? "dosageInstruction" : "dosage"] = new JsonArray([.. dosages]);
        }
    }

    private static void AddEffective(RecordDraft draft, JsonObject medicine)
    {
        switch (draft.Between(0, 5))
        {
            case 0 or 1:
                medicine["effectiveDateTime"] = draft.Date();
                break;
            case 2 or 3:
                medicine["effectivePeriod"] = draft.Period(withEnd: draft.Chance(0.7));
                break;
            default:
                break;
        }
    }

    private static void AddWhat(RecordDraft draft, NaiveSet set, JsonObject medicine)
    {
        switch (draft.Between(0, 7))
        {
            case < 5:
                medicine["medicationCodeableConcept"] = RecordConcepts.Of(draft, set);
                break;
            case 5:
                medicine["medicationReference"] = new JsonObject { ["display"] = RecordTexts.Of(draft, set) };
                break;
            case 6:
                medicine["contained"] = new JsonArray(Medication(draft, set, RecordDraft.Bare("Medication", "m")));
                medicine["medicationReference"] = new JsonObject { ["reference"] = "#m" };
                break;
            default:
                JsonObject beside = Medication(draft, set, RecordDraft.Bare("Medication", "m" + (string)medicine["id"]!));
                if (draft.Chance(0.9))
                {
                    draft.Resources.Add(beside);
                }

                medicine["medicationReference"] = new JsonObject { ["reference"] = NaiveFhir.Name(beside) };
                break;
        }
    }

    private static JsonObject Medication(RecordDraft draft, NaiveSet set, JsonObject medication)
    {
        if (draft.Chance(0.6))
        {
            medication["code"] = RecordConcepts.Of(draft, set);
        }
        else
        {
            JsonObject ingredient = new() { ["itemCodeableConcept"] = RecordConcepts.Of(draft, set) };
            if (draft.Chance(0.2))
            {
                ingredient["isActive"] = draft.Chance(0.5);
            }

            medication["ingredient"] = new JsonArray(ingredient);
        }

        return medication;
    }

    private static JsonObject Dosage(RecordDraft draft, NaiveSet set, bool order)
    {
        JsonObject dosage = [];
        if (draft.Chance(0.3) && set.Raises["notByRoute"] is { } routes)
        {
            JsonObject route = RecordConcepts.Coding(draft, draft.Pick(NaiveProtocol.Codes(routes)));
            dosage["route"] = new JsonObject { ["coding"] = new JsonArray(route) };
        }

        switch (draft.Between(0, 5))
        {
            case 0 or 1:
                dosage["timing"] = new JsonObject { ["repeat"] = JsonNode.Parse(draft.Pick(Repeats)) };
                break;
            case 2:
                dosage["timing"] = new JsonObject { ["code"] = draft.Status("v3-GTSAbbreviation", draft.Pick(Codes)) };
                break;
            case 3:
                dosage["text"] = draft.Pick(Texts);
                break;
            case 4 when order:
                JsonNode[] dates = [.. Enumerable.Range(0, draft.Between(1, 2)).Select(_ => (JsonNode)draft.Date())];
                dosage["timing"] = new JsonObject { ["event"] = new JsonArray(dates) };
                break;
            case 5 when order:
                JsonObject bounds = new() { ["boundsPeriod"] = draft.Period(withEnd: draft.Chance(0.6)) };
                dosage["timing"] = new JsonObject { ["repeat"] = bounds };
                break;
            default:
                break;
        }

        if (draft.Chance(0.1))
        {
            dosage["asNeededBoolean"] = draft.Chance(0.7);
        }

        return dosage;
    }
}
