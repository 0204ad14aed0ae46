using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>What a link to a decision carries: everything that the decision is made from again, and what its page says besides.</summary>
internal sealed record LinkedDecision
{
    /// <summary>The decision's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the answers were true.</summary>
    public required string AsOf { get; init; }

    /// <summary>What the decision is made from.</summary>
    public required DecisionInputs Facts { get; init; }

    /// <summary>The language of the page, that of the notes.</summary>
    public required Language Language { get; init; }

    /// <summary>What the page says besides.</summary>
    public required ReportNotes Notes { get; init; }

    /// <summary>What a link to the page of a decision carries.</summary>
    public static LinkedDecision Of(Guid id, ScreeningRequest request, DecisionInputs facts, Language language, ReportNotes notes) =>
        new() { Id = id, AsOf = InstantPattern.ExtendedIso.Format(request.AsOf), Facts = facts, Language = language, Notes = notes };

    /// <summary>Reads what a link carried; null when it is of a form that this version of the service does not know.</summary>
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

    /// <summary>The bytes that a link carries.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, LinkedDecisionJson.Default.LinkedDecision);

    /// <summary>The request, as it was decided; null when this service does not decide by that protocol, to the byte.</summary>
    public ScreeningRequest? ToRequest(ProtocolCatalog protocols)
    {
        var protocol = protocols.Families.SelectMany(family => family.Versions).FirstOrDefault(version => version.Digest == Facts.Protocol);
        return protocol is null || ClinicZones.Find(Facts.Zone) is not { } zone ? null : ToRequest(protocol, zone);
    }

    private ScreeningRequest ToRequest(Protocol protocol, DateTimeZone zone)
    {
        var asOf = Time(AsOf);
        var appointment = new Appointment(zone, Facts.Start is { } start ? Time(start).InZone(zone) : null, Facts.End is { } end ? Time(end).InZone(zone) : null, []);
        return new ScreeningRequest(Facts.ToIntake(protocol), appointment, asOf, zone.DateAt(asOf), null);
    }

    private static Instant Time(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}

/// <summary>How it is read and written: small, since it stands in an address.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(PartialDateConverter)])]
[JsonSerializable(typeof(LinkedDecision))]
internal sealed partial class LinkedDecisionJson : JsonSerializerContext;
