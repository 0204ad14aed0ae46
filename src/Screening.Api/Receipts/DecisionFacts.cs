using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>What a receipt has of a decision, in codes and dates, to be compared with a receipt.</summary>
internal static class DecisionFacts
{
    /// <summary>
    /// The status and what follows from it, the protocol and the appointment as members, as in a payload, and the disclosure
    /// <c>findings</c> as another.
    /// </summary>
    public static JsonElement Of(ScreeningRequest request, Decision decision)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        output.Raw("{"u8);
        FindingsWriter.WriteStatus(output, request, decision);
        output.Raw(DecisionJsonFragments.Of(decision.Intake.Protocol, Language.English).ProtocolMember);
        output.Raw(",\"findings\":"u8);
        FindingsWriter.Write(output, request, decision);
        output.Raw("}"u8);
        return JsonElement.Parse(output.Written.Span);
    }

    /// <summary>The same of a genuine receipt that has its findings.</summary>
    public static JsonElement Of(ReceiptCheck receipt)
    {
        var facts = (JsonObject)JsonNode.Parse(receipt.Payload.GetRawText())!;
        facts[ReceiptFormat.Findings] = JsonNode.Parse(receipt.Disclosed[ReceiptFormat.Findings].GetRawText());
        return JsonElement.Parse(facts.ToJsonString());
    }
}
