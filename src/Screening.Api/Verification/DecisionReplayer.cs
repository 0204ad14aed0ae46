using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Loading;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Verification;

/// <summary>Makes the decision of a receipt again, and compares it in codes and dates.</summary>
public sealed class DecisionReplayer(ScreeningRequestReader reader, DisclosedRequestReader disclosed, LoadedProtocols protocols)
{
    // As an address that answers slots one by one: where others refuse one, the receipt has none of them.
    private static readonly ReadingOptions Options = new() { EachSlot = true };

    private const string ProtocolPlace = "/protocol";
    private const string RequestPlace = "/" + ReceiptFormat.Request;

    // What a payload and a decision made again both have.
    private static readonly string[] Members = ["asOf", "eligibility", "bookable", "earliestDate", "notBefore", "appointment"];

    /// <summary>
    /// Reads a request that was sent beside a receipt, as of the receipt's instant where it states none. Null, with the errors reported,
    /// when it cannot be screened; null without an error when this service has not its protocol or version.
    /// </summary>
    internal ScreeningRequest? Read(byte[] sent, ReceiptCheck check, Instant now, InputErrors errors)
    {
        var found = new InputErrors();
        var asOf = check.Flaw is null ? InstantPattern.ExtendedIso.Parse(check.Payload.GetProperty("asOf").GetString()!).Value : now;
        var request = reader.Read(sent, asOf, found, Options);
        if (found.All.Any(error => error.Code != ErrorCode.UnknownProtocol && error.Code != ErrorCode.NoVersionInForce))
        {
            foreach (var error in found.All)
            {
                errors.Add(RequestPlace + error.Place, error.Code, error.Accepted, error.Told);
            }
        }

        return request;
    }

    /// <summary>Whether a request that was sent beside a receipt is proven to be the one that was decided on.</summary>
    /// <param name="check">The receipt.</param>
    /// <param name="isSent">True when a request was sent.</param>
    /// <param name="sent">The request; null when this service cannot read it.</param>
    internal static RequestBinding BindingOf(ReceiptCheck check, bool isSent, ScreeningRequest? sent) =>
        !check.Disclosed.TryGetValue(ReceiptFormat.Request, out var asked) || (isSent && sent is null) ? RequestBinding.NotProvable
        : sent is null || JsonNode.DeepEquals(WithoutForm(asked), JsonNode.Parse(RequestWriter.Written(AsAsked(sent, asked))))
            ? RequestBinding.Yes
        : RequestBinding.No;

    /// <summary>Decides again.</summary>
    /// <param name="check">The receipt.</param>
    /// <param name="sent">The request that was sent beside it, for a receipt that has lost its own; null without one.</param>
    /// <param name="version">The version to decide by in place of the receipt's own; null for that.</param>
    internal DecisionReplay Replay(ReceiptCheck check, ScreeningRequest? sent, Protocol? version)
    {
        if (check.Flaw is not null)
        {
            return Unavailable(ReplayObstacle.NotGenuine);
        }

        if ((version ?? protocols.Catalog.FindDigest(ReceiptFormat.DigestIn(check.Payload))) is not { } protocol)
        {
            return Unavailable(ReplayObstacle.VersionNotHere);
        }

        var asked = check.Disclosed.TryGetValue(ReceiptFormat.Request, out var own) ? own.GetRawText()
            : sent is not null ? Encoding.UTF8.GetString(RequestWriter.Written(sent))
            : null;
        if (asked is null)
        {
            return Unavailable(ReplayObstacle.NoRequest);
        }

        if (version is null && own.ValueKind == JsonValueKind.Undefined && sent?.Intake.Protocol.Digest != protocol.Digest)
        {
            // The receipt's version would decide on it all the same, and may well come to the same.
            return new DecisionReplay { Result = ReplayResult.Differs, Differences = [ProtocolPlace] };
        }

        if (disclosed.Read(asked, protocol) is not { } request)
        {
            return Unavailable(ReplayObstacle.NotScreenable);
        }

        var differences = Compare(check, request);
        return differences.Count == 0 ? new DecisionReplay { Result = ReplayResult.Identical }
            : version is null && IsOfOtherZones(check, request, asked) ? Unavailable(ReplayObstacle.TimeZonesChanged, differences)
            : new DecisionReplay { Result = ReplayResult.Differs, Differences = differences };
    }

    /// <summary>
    /// True when the receipt was signed under another version of the time zone database and the dates of then, put in the place of today's,
    /// give all that it says. Nothing else that differs is excused.
    /// </summary>
    private static bool IsOfOtherZones(ReceiptCheck check, ScreeningRequest request, string asked) =>
        check.Payload.GetProperty("tzdb").GetString() != TzdbDateTimeZoneSource.Default.TzdbVersion
        && SignedDates.Of(check, request, asked).Any(then => Compare(check, then).Count == 0);

    private static List<string> Compare(ReceiptCheck check, ScreeningRequest request)
    {
        var again = DecisionFacts.Of(request, Screener.Screen(request.Intake, request.Appointment, request.Today));
        var differences = new List<string>();
        foreach (var member in Members)
        {
            JsonDifference.Add(check.Payload.GetProperty(member), again.GetProperty(member), "/" + member, differences);
        }

        if (check.Disclosed.TryGetValue(ReceiptFormat.Findings, out var found))
        {
            JsonDifference.Add(found, again.GetProperty(ReceiptFormat.Findings), "/" + ReceiptFormat.Findings, differences);
        }

        return differences;
    }

    /// <summary>The request with the protocol named as in another: both name the same version, whether or not it was pinned.</summary>
    private static ScreeningRequest AsAsked(ScreeningRequest sent, JsonElement asked) =>
        sent with { IsPinned = asked.TryGetProperty(DisclosedRequest.PinnedMember, out _) };

    /// <summary>What was asked without what is known of the form that it was asked with, which no caller says.</summary>
    private static JsonObject WithoutForm(JsonElement asked)
    {
        var request = (JsonObject)JsonNode.Parse(asked.GetRawText())!;
        request.Remove(DisclosedRequest.FormMember);
        return request;
    }

    private static DecisionReplay Unavailable(ReplayObstacle why, IReadOnlyList<string>? differences = null) =>
        new() { Result = ReplayResult.Unavailable, Why = why, Differences = differences };
}
