using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Receipts;

/// <summary>
/// What the signed part of a receipt may say, member by member: a status, dates, versions and digests, none of which could be a reason, a
/// wait, a requirement or an answer.
/// </summary>
internal static class AllowedPayload
{
    private static readonly Dictionary<string, string> Members = new(StringComparer.Ordinal)
    {
        ["/v"] = "1",
        ["/development"] = "true",
        ["/iss"] = "http://localhost",
        ["/jti"] = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        ["/iat"] = "[0-9]{10}",
        ["/decidedAt"] = Instant,
        ["/door"] = @"screenings|care-plans|intake|cds-services|\$screen|move",
        ["/build"] = Version,
        ["/tzdb"] = "[0-9]{4}[a-z]",
        ["/protocol/id"] = "sublative-rf",
        ["/protocol/version"] = Version,
        ["/protocol/digest"] = "sha256:[0-9a-f]{64}",
        ["/asOf"] = Instant,
        ["/eligibility"] = "ineligible|incomplete|review|deferred|conditional|eligible",
        ["/bookable"] = "true|false",
        ["/earliestDate"] = Date + "|null",
        ["/notBefore"] = Date + "|null",
        ["/appointment/date"] = Date,
        ["/appointment/start"] = $"{Date}T[0-9:.]+(Z|[+-][0-9]{{2}}:[0-9]{{2}})|null",
        ["/appointment/timeZone"] = "[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*",
        ["/_sd_alg"] = "sha-256",
        ["/_sd/0"] = Digest,
        ["/_sd/1"] = Digest,
    };

    private const string Date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    private const string Instant = Date + "T[0-9:.]+Z";
    private const string Version = @"[0-9]+\.[0-9]+\.[0-9]+";
    private const string Digest = "[A-Za-z0-9_-]{43}";

    /// <summary>Fails at a member that is not on the list, or says what it may not.</summary>
    public static void Check(JsonNode payload)
    {
        foreach (var (place, value) in Values(payload, string.Empty))
        {
            Assert.True(Members.TryGetValue(place, out var allowed), place);
            Assert.Matches($"^(?:{allowed})\\z", value);
        }
    }

    private static IEnumerable<(string Place, string Value)> Values(JsonNode? node, string place) => node switch
    {
        JsonObject members => members.SelectMany(member => Values(member.Value, $"{place}/{member.Key}")),
        JsonArray items => items.Index().SelectMany(item => Values(item.Item, $"{place}/{item.Index}")),
        null => [(place, "null")],
        _ => [(place, node.ToString())],
    };
}
