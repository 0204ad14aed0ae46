namespace Screening.Fhir.Reading;

/// <summary>Parses literal references (https://hl7.org/fhir/R4/references.html#literal).</summary>
internal static class ReferenceName
{
    /// <summary>The reference without a version: a record holds one version of a resource.</summary>
    public static string WithoutVersion(string reference)
    {
        var version = reference.IndexOf("/_history", StringComparison.Ordinal);
        return version < 0 ? reference : reference[..version];
    }

    /// <summary>Type and id, such as <c>Condition/123</c>, of a relative or an absolute reference; otherwise null.</summary>
    public static string? TypeAndId(string reference) =>
        WithoutVersion(reference).Split('/') is [.., var type, var id] ? $"{type}/{id}" : null;
}
