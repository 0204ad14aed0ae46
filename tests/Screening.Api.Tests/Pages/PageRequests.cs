using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Pages;

/// <summary>A request for each status, each with more than one thing to tell.</summary>
internal static class PageRequests
{
    public static readonly IReadOnlyDictionary<string, Func<JsonObject>> All = new Dictionary<string, Func<JsonObject>>
    {
        ["eligible"] = () => Winter().With("injections", Injections(("filler", "2026-03"))),
        ["conditional"] = () => Winter().With("topicalRetinoidUse", "current").With("topicalRetinoidLastUsed", "2026-12-01")
            .With("herpesSimplexHistory", "yes").With("antiviralStart", "2026-12-10").With("antiviralEnd", "2026-12-20"),
        ["deferred"] = () => Winter().With("topicalRetinoidUse", "stopped").With("topicalRetinoidLastUsed", "2026-11")
            .With("herpesSimplexHistory", "yes").With("antiviralStart", "2026-12-10").With("antiviralEnd", "2026-12-24")
            .With("injections", Injections(("botulinum-toxin", "2026-12-10"), ("filler", "2027-02-20"))).WithMember("slots", new JsonArray("2026-12-23T09:00:00", "2026-12-24T09:00:00")),
        ["review"] = () => Winter().With("isotretinoinUse", "past").With("isotretinoinLastTaken", "2025-01").With("immuneImpairment", "unknown")
            .With("skinCancer", "past").With("herpesSimplexHistory", "yes")
            .WithMember("clearances", JsonNode.Parse("""[{ "ruleId": "skin-cancer-history", "by": "Dr A. Example", "on": "2026-11-20", "note": "Seen in the clinic." }]""")!),
        ["incomplete"] = () => Winter().With("pregnancy", null).With("injections", null).With("topicalRetinoidUse", "stopped"),
        ["ineligible"] = () => Winter().With("pregnancy", "yes").With("breastfeeding", null).With("skinConditions", new JsonArray("rash", "psoriasis", "unknown"))
            .With("herpesSimplexHistory", "yes").With("antiviralStart", "2026-12-10"),
    };

    /// <summary>Nothing to report, for an appointment in December.</summary>
    public static JsonObject Winter()
    {
        var request = Requests.NothingToReport();
        request["appointment"] = JsonNode.Parse("""{ "timeZone": "America/New_York", "start": "2026-12-18T10:30:00", "end": "2026-12-18T11:15:00", "areas": ["face"] }""");
        return request.WithMember("asOf", "2026-11-22T15:00:00Z").WithMember("reference", "bk-20931");
    }

    public static JsonObject WithMember(this JsonObject request, string name, JsonNode value)
    {
        request[name] = value;
        return request;
    }

    public static JsonArray Injections(params (string Product, string Date)[] all) =>
        [.. all.Select(one => new JsonObject { ["product"] = one.Product, ["date"] = one.Date })];
}
