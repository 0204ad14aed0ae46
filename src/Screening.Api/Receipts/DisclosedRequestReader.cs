using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Decisions;
using Screening.Rules;

namespace Screening.Api.Receipts;

/// <summary>Reads the request that a receipt discloses, by any version of its protocol.</summary>
public sealed class DisclosedRequestReader(ScreeningRequestReader reader)
{
    // As an address that answers slots one by one: where others refuse one, the receipt has none of them.
    private static readonly ReadingOptions AsDecided = new() { EachSlot = true };

    /// <summary>Reads a request, as it was decided on; null when the version cannot decide it.</summary>
    /// <param name="asked">The JSON of the disclosed request, which states its as-of instant.</param>
    /// <param name="protocol">The version to decide by, whatever the request names.</param>
    internal ScreeningRequest? Read(string asked, Protocol protocol)
    {
        if (DisclosedRequest.Of(asked) is not { } disclosed || Read(disclosed.Body, disclosed.Record, protocol) is not { } request)
        {
            return null;
        }

        if (!disclosed.IsAnyZone)
        {
            return request;
        }

        var all = ImmutableArray.CreateBuilder<ZoneReading>();
        foreach (var reading in disclosed.Readings ?? [])
        {
            if (LocalDatePattern.Iso.Parse(reading.Today) is not { Success: true, Value: var today }
                || Read(disclosed.Body, reading.Record, protocol) is not { Intake: var intake })
            {
                return null;
            }

            all.Add(new ZoneReading(today, intake));
        }

        return request with
        {
            InAnyZone = disclosed.Readings is null ? [new ZoneReading(request.Today, request.Intake)] : all.DrainToImmutable(),
        };
    }

    /// <summary>Reads a request of which something was changed; null, with the errors reported, when it cannot be decided.</summary>
    /// <param name="body">The request in the form of REST. It states its as-of instant.</param>
    /// <param name="record">What counts beside its answers; null for nothing.</param>
    /// <param name="protocol">The version to decide by; null for none, which reports what is wrong otherwise.</param>
    /// <param name="errors">Receives the errors.</param>
    /// <param name="options">What else the caller asked for.</param>
    internal ScreeningRequest? Read(
        JsonObject body, IReadOnlyList<CountedAnswerJson>? record, Protocol? protocol, InputErrors errors, ReadingOptions options)
    {
        var counted = protocol is null ? null : record?.Select(one => one.In(protocol)).ToList();
        if (counted?.Contains(null) == true)
        {
            errors.Add("/" + DisclosedRequest.RecordMember, ErrorCode.UnknownQuestion);
        }

        // The request states its instant; the present one is never used.
        body["protocol"] = protocol?.Reference ?? string.Empty;
        var read = reader.Read(
            Encoding.UTF8.GetBytes(body.ToJsonString()),
            Instant.MinValue,
            errors,
            options with { Counted = counted is { Count: > 0 } ? [.. counted.OfType<CountedAnswer>()] : null });
        return errors.Any ? null : read;
    }

    private ScreeningRequest? Read(JsonObject body, IReadOnlyList<CountedAnswerJson>? record, Protocol protocol) =>
        Read(body, record, protocol, new InputErrors(), AsDecided);
}
