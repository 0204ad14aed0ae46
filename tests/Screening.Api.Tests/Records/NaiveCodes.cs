using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>A code as a record has it; the system is absent where the record does not say it.</summary>
internal sealed record NaiveCoding(string? System, string Code);

/// <summary>When a code of a record is one of a list.</summary>
internal static class NaiveCodes
{
    /// <summary>
    /// The systems that the protocol lists codes of, with the OID of each (http://hl7.org/fhir/R4/terminologies-systems.html).
    /// </summary>
    private static readonly Dictionary<string, string> Oids = new(StringComparer.Ordinal)
    {
        ["urn:oid:2.16.840.1.113883.6.88"] = "http://www.nlm.nih.gov/research/umls/rxnorm",
        ["urn:oid:2.16.840.1.113883.6.73"] = "http://www.whocc.no/atc",
        ["urn:oid:2.16.840.1.113883.6.1"] = "http://loinc.org",
        ["urn:oid:2.16.840.1.113883.6.96"] = "http://snomed.info/sct",
        ["urn:oid:2.16.840.1.113883.6.90"] = "http://hl7.org/fhir/sid/icd-10-cm",
    };

    public static bool AnyOf(List<NaiveCoding> codings, List<NaiveListedCode> listed)
    {
        return codings.Exists(coding => listed.Exists(one => Same(coding, one)));
    }

    /// <summary>True for a code of a system that the protocol lists codes of for this kind of entry.</summary>
    public static bool IsKnown(NaiveCoding coding, string kind)
    {
        return coding.System is { } system && NaiveProtocol.Sets.Exists(
            set => set.Kinds.Contains(kind) && set.Codes.Exists(code => code.System == Plain(system)));
    }

    /// <summary>The codes and the words of a CodeableConcept.</summary>
    public static void Read(JsonNode? concept, List<NaiveCoding> codings, List<string> texts)
    {
        foreach (JsonNode? coding in concept?["coding"]?.AsArray() ?? [])
        {
            if (coding!["code"] is { } code)
            {
                codings.Add(new NaiveCoding((string?)coding["system"], (string)code!));
            }

            if (coding["display"] is { } display)
            {
                texts.Add((string)display!);
            }
        }

        if (concept?["text"] is { } text)
        {
            texts.Add((string)text!);
        }
    }

    public static List<NaiveCoding> Of(JsonNode? concept)
    {
        List<NaiveCoding> codings = [];
        Read(concept, codings, []);
        return codings;
    }

    private static bool Same(NaiveCoding coding, NaiveListedCode listed)
    {
        if (coding.System is null || Plain(coding.System) != listed.System)
        {
            return false;
        }

        // Classifications are written with and without dots, in either case.
        bool built = listed.System.EndsWith("/icd-10-cm", StringComparison.Ordinal)
            || listed.System.EndsWith("/atc", StringComparison.Ordinal);
        string one = built ? coding.Code.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant() : coding.Code;
        string other = built ? listed.Code.Replace(".", "", StringComparison.Ordinal).ToUpperInvariant() : listed.Code;
        return listed.Below ? one.StartsWith(other, StringComparison.Ordinal) : one == other;
    }

    /// <summary>A system's address without what the contract's twelfth ruling lets it have.</summary>
    private static string Plain(string system)
    {
        string plain = string.Concat(system.Split('|')[0].Where(c => !char.IsWhiteSpace(c))).TrimEnd('/');
        if (plain.StartsWith("https:", StringComparison.Ordinal))
        {
            plain = "http:" + plain["https:".Length..];
        }

        return Oids.GetValueOrDefault(plain, plain);
    }
}
