using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>The content of a decision link: the inputs from which the decision is made again, and the notes on its page.</summary>
internal sealed record LinkedDecision
{
    /// <summary>The decision's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the answers were true.</summary>
    public required string AsOf { get; init; }

    /// <summary>The inputs of the decision.</summary>
    public required DecisionInputs Facts { get; init; }

    /// <summary>The language of the page and the notes.</summary>
    public required Language Language { get; init; }

    /// <summary>The notes on the page.</summary>
    public required ReportNotes Notes { get; init; }

    /// <summary>Creates the content of a link to a decision's page.</summary>
    public static LinkedDecision Of(Guid id, ScreeningRequest request, DecisionInputs facts, Language language, ReportNotes notes) =>
        new() { Id = id, AsOf = InstantPattern.ExtendedIso.Format(request.AsOf), Facts = facts, Language = language, Notes = notes };

    /// <summary>Reads the content of a link; null when this version of the service does not know its format.</summary>
    public static LinkedDecision? Read(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, LinkedDecisionJson.Default.LinkedDecision);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Serializes the content of a link.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LinkedDecisionJson.Default.LinkedDecision);

    /// <summary>Recreates the original request; null when this service does not have exactly that protocol file, or not the zone.</summary>
    public ScreeningRequest? ToRequest(ProtocolCatalog protocols)
    {
        return protocols.FindDigest(Facts.Protocol) is not { } protocol || ClinicZones.Find(Facts.Zone) is not { } zone
            ? null
            : ToRequest(protocol, zone);
    }

    private ScreeningRequest ToRequest(Protocol protocol, DateTimeZone zone)
    {
        var asOf = Time(AsOf);
        var appointment = new Appointment(
            zone,
            Facts.Start is { } start ? Time(start).InZone(zone) : null,
            Facts.End is { } end ? Time(end).InZone(zone) : null,
            []);
        return new ScreeningRequest(Facts.ToIntake(protocol), appointment, asOf, zone.DateAt(asOf), null);
    }

    private static Instant Time(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}

/// <summary>Serializes a link's content compactly, since it is part of an address.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(PartialDateConverter)])]
[JsonSerializable(typeof(LinkedDecision))]
internal sealed partial class LinkedDecisionJson : JsonSerializerContext;
