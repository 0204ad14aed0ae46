using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Screenings;

/// <summary>Requests to start from.</summary>
internal static class Requests
{
    /// <summary>Nothing to report: eligible.</summary>
    public static JsonObject NothingToReport() => (JsonObject)JsonNode.Parse("""
        {
          "protocol": "sublative-rf",
          "appointment": { "timeZone": "America/Los_Angeles", "start": "2026-06-10T10:00:00", "areas": ["face"] },
          "asOf": "2026-06-01T18:00:00Z",
          "answers": {
            "pregnancy": "no", "breastfeeding": "no", "immuneImpairment": "no", "skinAllergy": "no", "metalAllergy": "no",
            "skinCancer": "none", "bleedingOrVascularDisorder": "no", "anticoagulantUse": "none", "electronicImplants": [],
            "metalPlates": [], "skinConditions": [], "topicalRetinoidUse": "never", "isotretinoinUse": "never",
            "herpesSimplexHistory": "no", "injections": []
          }
        }
        """)!;

    /// <summary>Every member that a request may have.</summary>
    public static JsonObject Everything()
    {
        var request = NothingToReport();
        request["reference"] = "bk-20931";
        request["appointment"]!["end"] = "2026-06-10T11:00:00";
        request["slots"] = new JsonArray("2026-06-11T09:00:00", "2026-06-12T16:00:00Z");
        request["clearances"] = JsonNode.Parse("""[{ "ruleId": "isotretinoin", "by": "Dr A. Example", "on": "2026-06-01", "note": "Seen \"today\", <fine> & well – ñ." }]""");
        var answers = (JsonObject)request["answers"]!;
        answers["isotretinoinUse"] = "past";
        answers["isotretinoinLastTaken"] = "2025-01";
        answers["topicalRetinoidUse"] = "current";
        answers["topicalRetinoidLastUsed"] = "2026-06";
        answers["herpesSimplexHistory"] = "yes";
        answers["antiviralStart"] = "2026-05-20";
        answers["antiviralEnd"] = "2026-06-02";
        answers["metalPlates"] = new JsonArray("hands", "elsewhere");
        answers["skinConditions"] = new JsonArray("unknown", "psoriasis");
        answers["injections"] = JsonNode.Parse("""[{ "product": "filler", "date": "2026-04" }, { "date": "unknown", "product": "botulinum-toxin" }]""");
        answers["skincareKit"] = "yes";
        return request;
    }

    /// <summary>The request with one answer changed; null takes it away.</summary>
    public static JsonObject With(this JsonObject request, string question, JsonNode? answer)
    {
        var answers = (JsonObject)request["answers"]!;
        if (answer is null)
        {
            answers.Remove(question);
        }
        else
        {
            answers[question] = answer;
        }

        return request;
    }
}
