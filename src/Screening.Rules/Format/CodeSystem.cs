namespace Screening.Rules;

/// <summary>
/// A code system that a protocol may name, with its identifiers in FHIR (https://hl7.org/fhir/R4/terminologies-systems.html).
/// </summary>
/// <param name="Uri">The URI.</param>
/// <param name="Oid">The OID; a record may use either.</param>
/// <param name="Name">The display name.</param>
/// <param name="IsByPrefix">True when a code that begins with another code is its descendant.</param>
public sealed record CodeSystem(string Uri, string Oid, string Name, bool IsByPrefix)
{
    /// <summary>The code systems.</summary>
    public static IReadOnlyList<CodeSystem> All { get; } =
    [
        new("http://www.nlm.nih.gov/research/umls/rxnorm", "urn:oid:2.16.840.1.113883.6.88", "RxNorm", false),
        new("http://www.whocc.no/atc", "urn:oid:2.16.840.1.113883.6.73", "ATC", true),
        new("http://loinc.org", "urn:oid:2.16.840.1.113883.6.1", "LOINC", false),
        new("http://snomed.info/sct", "urn:oid:2.16.840.1.113883.6.96", "SNOMED CT", false),
        new("http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90", "ICD-10-CM", true),
    ];

    /// <summary>The system of an identifier in a record; null for any other system.</summary>
    public static CodeSystem? Find(string identifier) => Named(identifier) ?? Named(Plain(identifier));

    /// <summary>
    /// Normalizes the identifier of any code system: removes white space, a version after a bar and trailing slashes, replaces https by
    /// http, and lower-cases scheme and host.
    /// </summary>
    public static string Plain(string identifier)
    {
        const string Secure = "https://";
        const string Http = "http://";
        var bar = identifier.IndexOf('|', StringComparison.Ordinal);
        var plain = string.Concat((bar < 0 ? identifier : identifier[..bar]).Where(c => !char.IsWhiteSpace(c))).TrimEnd('/');
        var scheme = plain.StartsWith(Secure, StringComparison.OrdinalIgnoreCase) ? Secure.Length
            : plain.StartsWith(Http, StringComparison.OrdinalIgnoreCase) ? Http.Length
            : 0;
        if (scheme == 0)
        {
            return plain;
        }

        var path = plain.IndexOf('/', scheme);
        path = path < 0 ? plain.Length : path;
        return Http + plain[scheme..path].ToLowerInvariant() + plain[path..];
    }

    private static CodeSystem? Named(string identifier) =>
        All.FirstOrDefault(system => system.Uri == identifier || system.Oid == identifier);

    /// <summary>
    /// A code in the form in which it is compared. Codes built by prefix are compared without case and dots: records use `L405` and `l40.5`
    /// for ICD-10-CM's `L40.5`.
    /// </summary>
    internal string Key(string code) => IsByPrefix ? code.Trim().Replace(".", "", StringComparison.Ordinal).ToUpperInvariant() : code.Trim();
}
