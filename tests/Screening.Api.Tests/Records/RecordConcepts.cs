using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>Codes of the protocol's lists as records write them, codes beside them, and words.</summary>
internal static class RecordConcepts
{
    private const string Icd = "http://hl7.org/fhir/sid/icd-10-cm";
    private const string Atc = "http://www.whocc.no/atc";

    private static readonly string[] Others =
    [
        "http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/ndc", "https://dmd.nhs.uk", "urn:oid:1.2.3.4", "http://example.org/own",
        "snomed", "http://snomed.info", "http://loinc.org/x",
    ];

    private static readonly Dictionary<string, string> Oids = new(StringComparer.Ordinal)
    {
        ["http://www.nlm.nih.gov/research/umls/rxnorm"] = "urn:oid:2.16.840.1.113883.6.88",
        [Atc] = "urn:oid:2.16.840.1.113883.6.73",
        ["http://loinc.org"] = "urn:oid:2.16.840.1.113883.6.1",
        ["http://snomed.info/sct"] = "urn:oid:2.16.840.1.113883.6.96",
        [Icd] = "urn:oid:2.16.840.1.113883.6.90",
    };

    /// <summary>What an entry is of: by a code, in words, or both.</summary>
    public static JsonObject Of(RecordDraft draft, NaiveSet set)
    {
        JsonObject concept = [];
        bool coded = set.Codes.Count > 0 && draft.Chance(0.75);
        if (coded)
        {
            JsonArray codings = [Coding(draft, draft.Pick(set.Codes))];
            if (draft.Chance(0.15))
            {
                codings.Add(Coding(draft, draft.Pick(draft.Pick(NaiveProtocol.Sets.FindAll(other => other.Codes.Count > 0)).Codes)));
            }

            if (draft.Chance(0.35))
            {
                codings[0]!["display"] = RecordTexts.Of(draft, set);
            }

            concept["coding"] = codings;
        }

        if (!coded || draft.Chance(0.2))
        {
            string text = RecordTexts.Of(draft, set);
            if (draft.Chance(0.3) && !coded)
            {
                concept["coding"] = new JsonArray(new JsonObject { ["system"] = draft.Pick(Others), ["code"] = "X1", ["display"] = text });
            }
            else
            {
                concept["text"] = text;
            }
        }

        return concept;
    }

    /// <summary>A listed code, most often as it stands.</summary>
    public static JsonObject Coding(RecordDraft draft, NaiveListedCode listed)
    {
        string code = listed.Code + (listed.Below && draft.Chance(0.5) ? draft.Pick("0", ".9", "A", "12") : "");
        string? system = listed.System;
        switch (draft.Between(0, 19))
        {
            case 0:
                system = draft.Pick(Others);
                break;
            case 1:
                system = null;
                break;
            case 2:
                code = code[..^1];
                break;
            case 3:
                code = draft.Pick("1", "9") + code;
                break;
            case 4:
                system += "/";
                break;
            case 5:
                system = system.Replace("http:", "https:", StringComparison.Ordinal);
                break;
            case 6:
                system += "|2026";
                break;
            case 7:
                system = Oids[system];
                break;
            case 8:
                code = code.Replace(".", "", StringComparison.Ordinal);
                break;
            case 9:
                code = code.ToLowerInvariant();
                break;
            case 10:
                system = draft.Pick([.. Oids.Keys]);
                break;
            default:
                break;
        }

        JsonObject coding = [];
        if (system is not null)
        {
            coding["system"] = system;
        }

        // A code is never empty.
        coding["code"] = code.Length > 0 ? code : "0";
        return coding;
    }

    /// <summary>One of the lists with codes behind a member of what a set raises, such as its sites; or a code of none of them.</summary>
    public static JsonObject Listed(RecordDraft draft, JsonNode? lists, string other)
    {
        List<NaiveListedCode> codes = [.. (lists?.AsArray() ?? []).SelectMany(list => NaiveProtocol.Codes(list!["anyOf"]))];
        return codes.Count > 0 && draft.Chance(0.7)
            ? new JsonObject { ["coding"] = new JsonArray(Coding(draft, draft.Pick(codes))) }
            : draft.Chance(0.5) ? new JsonObject { ["text"] = other } : RecordDraft.Concept("77");
    }
}
