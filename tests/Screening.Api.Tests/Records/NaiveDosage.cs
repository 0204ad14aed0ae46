using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>Whether what is written of a medicine comes to once a day or more often: the spellings that the generator writes.</summary>
internal static class NaiveDosage
{
    private static readonly string[] Needed = ["as needed", "prn", "if needed", "si precisa", "a demanda", "si dolor"];

    private static readonly string[] Rarer =
    [
        "every other day", "weekly", "twice a week", "every 48 hours", "on mondays", "monthly", "cada dos dias", "dias alternos", "semanal",
        "una vez a la semana", "cada 48 horas", "los lunes",
    ];

    private static readonly string[] Daily =
    [
        "daily", "once a day", "every day", "nightly", "every morning", "at bedtime", "every 24 hours", "q24h", "qd", "bid", "twice a day",
        "al dia", "cada dia", "diario", "diaria", "todos los dias", "cada 24 horas", "cada noche", "al acostarse", "cada manana",
        "cada 12 horas",
    ];

    private static readonly string[] DailyCodes = ["QD", "BID", "TID", "QID", "Q24H", "Q8H", "BED", "AM", "PM"];

    /// <summary>True when one of the dosages is daily, or where the medicine's own text says so and no dosage says "as needed".</summary>
    public static bool IsDaily(List<JsonObject> dosages, List<string> names)
    {
        bool needed = dosages.Exists(IsAsNeeded);
        return dosages.Exists(dosage => !IsAsNeeded(dosage) && IsDaily(dosage)) || (!needed && names.Exists(SaysDaily));
    }

    private static bool IsAsNeeded(JsonObject dosage)
    {
        return (bool?)dosage["asNeededBoolean"] == true || dosage["asNeededCodeableConcept"] is not null;
    }

    private static bool IsDaily(JsonObject dosage)
    {
        JsonNode? timing = dosage["timing"];
        return IsDailyRepeat(timing?["repeat"])
            || NaiveCodes.Of(timing?["code"]).Exists(coding => DailyCodes.Contains(coding.Code.ToUpperInvariant()))
            || SaysDaily((string?)dosage["text"]) || SaysDaily((string?)dosage["patientInstruction"]);
    }

    private static bool SaysDaily(string? text)
    {
        string plain = NaiveWords.Plain(text ?? "");
        bool Says(string words) => plain.Contains(" " + words + " ", StringComparison.Ordinal);
        return !Array.Exists(Needed, Says) && !Array.Exists(Rarer, Says) && Array.Exists(Daily, Says);
    }

    private static bool IsDailyRepeat(JsonNode? repeat)
    {
        if (repeat is null)
        {
            return false;
        }

        int days = (repeat["dayOfWeek"]?.AsArray() ?? []).Select(day => (string)day!).Distinct().Count();
        if (days is > 0 and < 7)
        {
            return false;
        }

        decimal seconds = (string?)repeat["periodUnit"] switch
        {
            "s" => 1,
            "min" => 60,
            "h" => 3600,
            "d" => 86_400,
            "wk" => 7 * 86_400,
            "mo" => 30 * 86_400,
            _ => 0,
        };
        if (seconds == 0)
        {
            // Times of the day, and all days of the week, are every day's.
            return days == 7 || repeat["when"] is not null || repeat["timeOfDay"] is not null;
        }

        decimal times = Math.Max((decimal?)repeat["frequency"] ?? 1, (decimal?)repeat["frequencyMax"] ?? 1);
        return times * 86_400 >= ((decimal?)repeat["period"] ?? 1) * seconds;
    }
}
