using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Receipts;

namespace Screening.Api.Tests.Moves;

/// <summary>Moves of a running service, and what they are compared with.</summary>
internal static class MoveCalls
{
    public const string Path = "/v1/decisions/move";

    // Where a screening and a move differ by their nature.
    private static readonly string[] Own = ["decisionId", "reference", "receipt", "answeredOn", "changed"];

    // What a receipt has of a decision, and so what may be named as changed.
    private static readonly string[] Proven =
    [
        "eligibility", "bookable", "earliestDate", "notBefore", "windows", "waitingPeriods", "requirements", "reasons", "missing",
        "protocol", "appointment",
    ];

    private static readonly string[] Unproven = ["message", "patientMessage", "evidence", "source", "persistence", "clearance"];

    /// <summary>Moves an appointment; the status and the answer.</summary>
    public static async Task<(int Status, JsonObject Answer)> MoveAsync(
        this ServiceFixture service, string receipt, JsonObject appointment, string? language = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Path);
        var body = new JsonObject { ["receipt"] = receipt, ["appointment"] = appointment.DeepClone() };
        message.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (language is not null)
        {
            message.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await service.Client.SendAsync(message);
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Moves an appointment to a start, which succeeds.</summary>
    public static async Task<JsonObject> MovedAsync(this ServiceFixture service, string receipt, string start = "2026-06-20T10:00:00")
    {
        var (status, answer) = await service.MoveAsync(receipt, new JsonObject { ["start"] = start });
        Assert.True(status == 200, answer.ToJsonString());
        return answer;
    }

    /// <summary>The codes of the errors in an answer, with their places, in order.</summary>
    public static IEnumerable<string> Errors(JsonObject answer) =>
        answer["errors"]!.AsArray().Select(error => $"{error!["pointer"]} {error["code"]}");

    /// <summary>A decision without what a screening and a move never share.</summary>
    public static string Bare(JsonObject decision)
    {
        var bare = (JsonObject)decision.DeepClone();
        Array.ForEach(Own, member => bare.Remove(member));
        return bare.ToJsonString();
    }

    /// <summary>
    /// The request that a move stands for: the same answers as of the same instant, and the former appointment where the new one says
    /// nothing else, but for its end.
    /// </summary>
    public static JsonObject Full(JsonObject request, JsonObject appointment)
    {
        var full = (JsonObject)request.DeepClone();
        full.Remove("slots");
        var former = full["appointment"]!.AsObject();
        full["appointment"] = appointment.DeepClone();
        foreach (var kept in (string[])["timeZone", "areas"])
        {
            if (!appointment.ContainsKey(kept) && former[kept] is { } value)
            {
                full["appointment"]![kept] = value.DeepClone();
            }
        }

        return full;
    }

    /// <summary>
    /// True when what is named as changed is just what is otherwise in two decisions: nothing is left out, and nothing is added.
    /// </summary>
    public static bool IsTrue(IReadOnlyList<string> changed, JsonObject before, JsonObject after)
    {
        var (one, other) = (Leaves(before), Leaves(after));
        var different = one.Keys.Union(other.Keys, StringComparer.Ordinal)
            .Where(place => one.GetValueOrDefault(place) != other.GetValueOrDefault(place)).ToList();
        return different.TrueForAll(place => changed.Any(pointer => IsWithin(place, pointer)))
            && changed.All(pointer => different.Exists(place => IsWithin(place, pointer)))
            && changed.Distinct(StringComparer.Ordinal).Count() == changed.Count;
    }

    /// <summary>The receipt's word on the as-of instant.</summary>
    public static NodaTime.Instant AsOf(string receipt) =>
        NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)SignedDecisions.Payload(receipt)["asOf"]!).Value;

    private static bool IsWithin(string place, string pointer) =>
        place == pointer || place.StartsWith(pointer + "/", StringComparison.Ordinal);

    private static Dictionary<string, string> Leaves(JsonObject decision)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Proven)
        {
            Add(decision[member], "/" + member);
        }

        return leaves;

        void Add(JsonNode? node, string place)
        {
            switch (node)
            {
                case JsonObject members:
                    foreach (var (name, value) in members.Where(member => !Unproven.Contains(member.Key)))
                    {
                        Add(value, place + "/" + name);
                    }

                    break;
                case JsonArray list:
                    foreach (var (i, value) in list.Index())
                    {
                        // An element without members would leave no trace.
                        leaves[$"{place}/{i}"] = string.Empty;
                        Add(value, $"{place}/{i}");
                    }

                    break;
                default:
                    leaves[place] = node?.ToJsonString() ?? "null";
                    break;
            }
        }
    }
}
