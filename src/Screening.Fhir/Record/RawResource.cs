using Hl7.Fhir.Model;

namespace Screening.Fhir.Record;

/// <summary>A resource of a record as it came, in whichever form: what it says of itself, and what the SDK makes of it. Nothing here fails, however odd it is.</summary>
internal abstract class RawResource
{
    private const int LongestId = 64;

    /// <summary>The type that it says it has; null when it says none.</summary>
    public abstract string? Type { get; }

    /// <summary>How many bytes it took to send.</summary>
    public abstract int Size { get; }

    /// <summary>True when it says itself that it means something else.</summary>
    public abstract bool IsModified { get; }

    /// <summary>Everything that it refers to, as it stands.</summary>
    public abstract IEnumerable<string> References { get; }

    /// <summary>The entries of a Bundle; null when it has no list of them.</summary>
    public abstract IReadOnlyList<RawEntry>? Entries { get; }

    /// <summary>Its id; null when it says none.</summary>
    protected abstract string? Id { get; }

    /// <summary>The resource as <c>Condition/123</c>; null when its id is not one that FHIR allows, so that nothing else ever passes through.</summary>
    public string? Name => NameOf(Type, Id);

    /// <inheritdoc cref="Name"/>
    public static string? NameOf(string? type, string? id) =>
        type is not null && type.All(char.IsAsciiLetter) && id is { Length: > 0 and <= LongestId } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? $"{type}/{id}" : null;

    /// <summary>The resource, when nothing is wrong with it.</summary>
    public abstract Resource? Flawless(CancellationToken cancellation);

    /// <summary>What the SDK makes of it; null when it gives up.</summary>
    public abstract Resource? Leniently();

    /// <summary>What the SDK makes of those of its members that it can read by themselves; null when there is none.</summary>
    public abstract Resource? MemberByMember();

    /// <summary>A Bundle without its entries.</summary>
    public abstract RawResource WithoutEntries();
}

/// <summary>An entry of a Bundle as it came.</summary>
/// <param name="Around">What stands around its resource, in a Bundle of this entry alone; null when nothing does.</param>
/// <param name="Resource">Its resource; null when it has none.</param>
/// <param name="FullUrl">The address that it says its resource has; null when it says none.</param>
/// <param name="IsModified">True when it says that it means something else.</param>
internal sealed record RawEntry(RawResource? Around, RawResource? Resource, string? FullUrl = null, bool IsModified = false);
