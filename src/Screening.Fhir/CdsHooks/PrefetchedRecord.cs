using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using NodaTime;
using Screening.Fhir.Record;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// The record that a client fetched, read by the SDK as far as that goes. A record only ever makes an answer worse: so what can be read of a
/// resource counts, whatever else is wrong with it, and it is told how many could not be read in full.
/// </summary>
/// <param name="Resources">What could be read.</param>
/// <param name="NotInFull">How many resources could not be read in full.</param>
/// <param name="Dangling">How many entries only point at a medicine or a device that did not come along, so that nobody knows what they are of.</param>
public sealed record PrefetchedRecord(IReadOnlyList<Resource> Resources, int NotInFull, int Dangling)
{
    private const string TypeMember = "resourceType";

    // The SDK reads its whole model when this is made: only when a record comes.
    private static readonly Lazy<FhirJsonDeserializer> Lenient = new(() => new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Ostrich)));
    private static readonly Lazy<FhirJsonDeserializer> Whole = new(() => new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Recoverable)));

    /// <summary>Reads every resource of the record.</summary>
    public static PrefetchedRecord Of(Prefetch prefetch)
    {
        var resources = new List<Resource>();
        var notInFull = 0;
        List<JsonElement> record = [.. prefetch.Record];
        var names = record.Select(ResourceJson.ReferenceTo).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var json in record)
        {
            if (Read(json, out var inFull) is { } resource)
            {
                resources.Add(resource);
            }

            notInFull += inFull ? 0 : 1;
        }

        return new PrefetchedRecord(resources, notInFull, record.Count(json => IsDangling(json, names)));
    }

    private static Resource? Read(JsonElement json, out bool inFull)
    {
        var whole = Parse(JsonSerializer.SerializeToUtf8Bytes(json), out inFull);
        if (whole is not null && IsUsable(whole))
        {
            return whole;
        }

        // The SDK keeps what has the wrong type, and fails when somebody looks at it: so what can be looked at by itself is put together again.
        inFull = false;
        var kept = new JsonObject();
        foreach (var member in json.EnumerateObject())
        {
            var alone = new JsonObject { [TypeMember] = ResourceJson.TypeOf(json), [member.Name] = JsonNode.Parse(member.Value.GetRawText()) };
            if (member.Name == TypeMember || (Parse(Bytes(alone), out _) is { } part && IsUsable(part)))
            {
                kept[member.Name] = JsonNode.Parse(member.Value.GetRawText());
            }
        }

        return Parse(Bytes(kept), out _) is { } repaired && IsUsable(repaired) ? repaired : null;
    }

    private static Resource? Parse(byte[] json, out bool inFull)
    {
        inFull = false;
        try
        {
            var reader = new Utf8JsonReader(json);
            inFull = Whole.Value.TryDeserializeResource(ref reader, out var whole, out _);
            if (inFull)
            {
                return whole;
            }

            reader = new Utf8JsonReader(json);
            _ = Lenient.Value.TryDeserializeResource(ref reader, out var part, out _);
            return part ?? whole;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            inFull = false;
            return null;
        }
    }

    /// <summary>Whether the reader of records can look at everything that it looks at.</summary>
    private static bool IsUsable(Resource resource)
    {
        try
        {
            _ = RecordReader.Read([resource], DateTimeZone.Utc);
            return true;
        }
        catch (Exception e) when (e is CodedException or InvalidCastException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The SDK's own message is not passed on: some repeat values.
            return false;
        }
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);

    /// <summary>An order that names no medicine but where one stands, and nothing stands there.</summary>
    private static bool IsDangling(JsonElement json, HashSet<string> names)
    {
        var pointer = json.TryGetProperty("medicationReference", out var medicine) ? medicine : json.TryGetProperty("device", out var device) ? device : default;
        if (ResourceJson.Text(pointer, "reference") is not { } reference || reference.StartsWith('#'))
        {
            return false;
        }

        return reference.Split("/_history/")[0].Split('/') is not [.., var type, var id] || !names.Contains($"{type}/{id}");
    }
}
