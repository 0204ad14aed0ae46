using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;

namespace Screening.Api.Tests.Field;

/// <summary>What came of an input from the field, whichever way it went.</summary>
internal sealed record FieldAnswer(int Status, JsonObject Body)
{
    /// <summary>The one card of a hook.</summary>
    public JsonObject Card => Assert.Single(Body["cards"]!.AsArray())!.AsObject();

    /// <summary>The decision, in the form in which the way gives it.</summary>
    public JsonObject Decision => Body.ContainsKey("cards") ? Card["extension"]![CdsCalls.Decision]!.AsObject()
        : Body.ContainsKey("resourceType") ? FhirDecision.Of(Body)
        : Body;

    /// <summary>What whoever books has to know beside the decision, by code.</summary>
    public IEnumerable<string> Messages =>
        from contained in Assert.Single(Body.Resources("GuidanceResponse"))["contained"]!.AsArray()
        where (string)contained!["resourceType"]! == "OperationOutcome"
        from issue in contained["issue"]!.AsArray()
        select (string)issue!["details"]!["coding"]![0]!["code"]!;

    /// <summary>Decided, with this status.</summary>
    public void Is(string eligibility)
    {
        Assert.True(Status == 200, Body.ToJsonString());
        Assert.Equal((eligibility, eligibility is "eligible" or "conditional"), ((string)Decision["eligibility"]!, (bool)Decision["bookable"]!));
    }

    /// <summary>Decided, and the rule of the record's entry is a reason why it cannot be booked.</summary>
    public void IsRaised(string rule)
    {
        Assert.True(Status == 200, Body.ToJsonString());
        Assert.False((bool)Decision["bookable"]!);
        Assert.Contains(Decision["reasons"]!.AsArray(), reason => ((string)reason!["ruleId"]!).StartsWith(rule, StringComparison.Ordinal) && (bool)reason["binding"]!);
    }

    /// <summary>A card that can be booked, without or with the reservation that the record was not seen in full.</summary>
    public void IsBookable(bool reservation)
    {
        Is("eligible");
        Assert.EndsWith(reservation ? ": can be booked (record not seen in full)" : ": can be booked", Card.Text("summary"), StringComparison.Ordinal);
    }

    /// <summary>Refused, for this reason, at this place.</summary>
    public void IsRefused(int status, string code, string place)
    {
        Assert.Equal(status, Status);
        var error = Body["issue"] is JsonArray issues
            ? ((string)Assert.Single(issues)!["details"]!["coding"]![0]!["code"]!, (string)issues[0]!["expression"]![0]!)
            : ((string)Assert.Single(Body["errors"]!.AsArray())!["code"]!, (string)Body["errors"]![0]!["pointer"]!);
        Assert.Equal((code, place), error);
    }

    /// <summary>What the finding rests on that a rule made, as the card tells it.</summary>
    public JsonNode EvidenceOf(string rule) => Decision["reasons"]!.AsArray().Single(reason => (string)reason!["ruleId"]! == rule)!["evidence"]!;
}
