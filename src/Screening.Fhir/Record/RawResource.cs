using Hl7.Fhir.Model;

namespace Screening.Fhir.Record;

/// <summary>
/// A resource of a record as received, in either format, and what the SDK can parse of it. No member throws, whatever the content.
/// </summary>
internal abstract class RawResource
{
    private const int LongestId = 64;

    /// <summary>Its stated type; null without one.</summary>
    public abstract string? Type { get; }

    /// <summary>Its size in bytes.</summary>
    public abstract int Size { get; }

    /// <summary>True when it has a modifier extension or implicit rules.</summary>
    public abstract bool IsModified { get; }

    /// <summary>All its references, as written.</summary>
    public abstract IEnumerable<string> References { get; }

    /// <summary>The entries of a Bundle; null without a list of entries.</summary>
    public abstract IReadOnlyList<RawEntry>? Entries { get; }

    /// <summary>Its stated id; null without one.</summary>
    protected abstract string? Id { get; }

    /// <summary>
    /// The name of the resource, such as <c>Condition/123</c>; null when its id is not valid in FHIR, so that no other text is passed on.
    /// </summary>
    public string? Name => NameOf(Type, Id);

    /// <inheritdoc cref="Name"/>
    public static string? NameOf(string? type, string? id) =>
        type is not null && type.All(char.IsAsciiLetter) && id is { Length: > 0 and <= LongestId } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? $"{type}/{id}" : null;

    /// <summary>The resource, if it has no errors.</summary>
    public abstract Resource? ReadIfValid(CancellationToken cancellation);

    /// <summary>The resource as parsed leniently by the SDK; null when the SDK fails.</summary>
    public abstract Resource? ReadLeniently();

    /// <summary>The members that the SDK can parse separately; null when there are none.</summary>
    public abstract Resource? ReadMemberByMember();

    /// <summary>The Bundle without its entries.</summary>
    public abstract RawResource WithoutEntries();
}

/// <summary>An entry of a Bundle as received.</summary>
/// <param name="Around">The entry without its resource, as the only entry of a Bundle; null when it has nothing else.</param>
/// <param name="Resource">Its resource; null without one.</param>
/// <param name="FullUrl">Its stated fullUrl; null without one.</param>
/// <param name="IsModified">True when it has a modifier extension.</param>
internal sealed record RawEntry(RawResource? Around, RawResource? Resource, string? FullUrl = null, bool IsModified = false);
