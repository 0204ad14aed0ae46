using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>Every protocol that the service decides by.</summary>
public sealed class ProtocolListResponse
{
    /// <summary>The protocols, by id.</summary>
    public required IReadOnlyList<ProtocolSummary> Protocols { get; init; }
}

/// <summary>One protocol and its versions.</summary>
public sealed class ProtocolSummary
{
    /// <summary>The id that a screening names.</summary>
    public required string Id { get; init; }

    /// <summary>What the treatment is called.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>The version in force today, by the date in UTC; null when none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? InForce { get; init; }

    /// <summary>Every version, in the order in which they come into force.</summary>
    public required IReadOnlyList<ProtocolVersionSummary> Versions { get; init; }

    internal static ProtocolSummary Of(ProtocolFamily family, LocalDate today, PathString prefix) => new()
    {
        Id = family.Id,
        Title = (family.InForce(today) ?? family.Versions[^1]).Document.Title,
        InForce = family.InForce(today)?.Document.Version,
        Versions = [.. family.Versions.Select(protocol => new ProtocolVersionSummary
        {
            Version = protocol.Document.Version,
            EffectiveFrom = PartialDate.Of(protocol.EffectiveFrom).ToString(),
            Digest = protocol.Digest,
            Href = prefix.Add($"/v1/protocols/{protocol.Id}/versions/{protocol.Document.Version}").ToUriComponent(),
        })],
    };
}

/// <summary>One version of a protocol.</summary>
public sealed class ProtocolVersionSummary
{
    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>The first date on which it is in force.</summary>
    [DataType(DataType.Date)]
    public required string EffectiveFrom { get; init; }

    /// <summary>`sha256:` and the digest of its file.</summary>
    public required string Digest { get; init; }

    /// <summary>Where its file is.</summary>
    public required string Href { get; init; }
}
