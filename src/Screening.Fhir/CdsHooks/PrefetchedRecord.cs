using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using NodaTime;
using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>
/// The record that a client fetched, read by the SDK as far as that goes. A record only ever makes an answer worse: so what can be read of a
/// resource counts, whatever else is wrong with it, and it is told how many could not be read in full.
/// </summary>
/// <param name="Resources">What could be read.</param>
/// <param name="NotInFull">How many resources could not be read in full, or have their meaning changed in a way that nobody here knows.</param>
/// <param name="Gaps">What of them tells less than it seems to.</param>
public sealed record PrefetchedRecord(IReadOnlyList<Resource> Resources, int NotInFull, IReadOnlyList<RecordGap> Gaps)
{
    private const string TypeMember = "resourceType";

    // The SDK reads its whole model when this is made: only when a record comes.
    private static readonly Lazy<FhirJsonDeserializer> Lenient = new(() => new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Ostrich)));
    private static readonly Lazy<FhirJsonDeserializer> Whole = new(() => new FhirJsonDeserializer(new DeserializerSettings().UsingMode(DeserializationMode.Recoverable)));

    /// <summary>How many entries only point at a medicine or a device that did not come along, so that nobody knows what they are of.</summary>
    public int Dangling { get; } = Gaps.Count(gap => gap.Kind == RecordGapKind.Dangling);

    /// <summary>The entries that do not say what they are in any code or word that is known here, by their names in the record.</summary>
    public IReadOnlyList<string> Unnamed { get; } = [.. Gaps.Where(gap => gap.Kind == RecordGapKind.Unnamed).Select(gap => gap.Reference).OfType<string>()];

    /// <summary>Reads every resource of the record.</summary>
    /// <param name="prefetch">What the client fetched.</param>
    /// <param name="vocabulary">What the protocol can read of it.</param>
    public static PrefetchedRecord Of(Prefetch prefetch, RecordVocabulary vocabulary)
    {
        // What others point at comes first: how a resource can be looked at hangs on what it leads to.
        List<JsonElement> record = [.. prefetch.Record.OrderBy(json => RecordResourceTypes.Named(ResourceJson.TypeOf(json))?.PointedAtBy is null)];
        var resources = new List<Resource>();
        var byName = new Dictionary<string, Resource>(StringComparer.Ordinal);
        var notInFull = 0;
        foreach (var json in record)
        {
            if (Read(json, byName, vocabulary, out var inFull) is { } resource)
            {
                resources.Add(resource);
                inFull &= RecordGaps.Of([resource], "", vocabulary).All(gap => gap.Kind != RecordGapKind.NotInFull);
                if (ResourceJson.ReferenceTo(json) is { } name)
                {
                    byName.TryAdd(name, resource);
                }
            }

            notInFull += inFull ? 0 : 1;
        }

        return new PrefetchedRecord(resources, notInFull, RecordGaps.Of(resources, "", vocabulary));
    }

    private static Resource? Read(JsonElement element, Dictionary<string, Resource> byName, RecordVocabulary vocabulary, out bool inFull)
    {
        // A type that there is not is a misspelt one.
        if (!ModelInfo.IsKnownResource(ResourceJson.TypeOf(element) ?? string.Empty))
        {
            inFull = false;
            return null;
        }

        var nulls = 0;
        var json = WithoutNulls(JsonNode.Parse(element.GetRawText()), ref nulls)!.AsObject();
        Resource[] beside = [.. References(json).Distinct(StringComparer.Ordinal).Select(name => byName.GetValueOrDefault(name)).OfType<Resource>()];
        var whole = Parse(Bytes(json), out inFull);
        inFull &= nulls == 0;
        if (whole is not null && IsUsable(whole, beside, vocabulary))
        {
            return whole;
        }

        inFull = false;
        return Repaired(json, whole ?? WithoutUnreadable(json), beside, vocabulary);
    }

    /// <summary>
    /// The SDK keeps what has the wrong type, and fails when somebody looks at it: so a resource is put together again of those of its elements that can be
    /// looked at, first what it is, or what it is of. What is no element of its type nobody looks at.
    /// </summary>
    private static Resource? Repaired(JsonObject json, Resource? whole, Resource[] beside, RecordVocabulary vocabulary)
    {
        Resource? usable = null;
        if (whole is not null)
        {
            whole.ClearOverflow();
            var kept = (Resource)Activator.CreateInstance(whole.GetType())!;
            var whatItIs = RecordResourceTypes.Of(whole)?.WhatItIs;
            foreach (var (name, value) in whole.EnumerateElements().OrderBy(element => element.Key == "id" ? 0 : element.Key == whatItIs ? 1 : 2))
            {
                kept.SetValue(name, value);
                if (IsUsable(kept, beside, vocabulary))
                {
                    usable = kept;
                }
                else
                {
                    kept.SetValue(name, null);
                }
            }
        }

        // What says that it means something else is not lost because nobody can read it.
        if (usable is not null && json.Any(member => member.Key is "modifierExtension" or "implicitRules"))
        {
            usable.ImplicitRulesElement ??= new FhirUri();
        }

        return usable;
    }

    /// <summary>What the SDK reads of a resource that it cannot read as a whole: the members that it can read by themselves.</summary>
    private static Resource? WithoutUnreadable(JsonObject json)
    {
        var readable = json.Where(member => member.Key == TypeMember || Parse(Bytes(new JsonObject { [TypeMember] = json[TypeMember]!.DeepClone(), [member.Key] = member.Value!.DeepClone() }), out _) is not null);
        return Parse(Bytes(new JsonObject(readable.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value!.DeepClone())))), out _);
    }

    /// <summary>Everything that a resource refers to, by type and id.</summary>
    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "reference", Value: JsonValue text } && text.TryGetValue<string>(out var reference) ? [Named(reference)] : References(member.Value)),
        JsonArray elements => elements.SelectMany(References),
        _ => [],
    };

    private static string Named(string reference) => reference.Split("/_history/")[0].Split('/') is [.., var type, var id] ? $"{type}/{id}" : reference;

    /// <summary>The same value without null, which FHIR has nowhere but beside the extensions of a list of texts, and nobody looks at those here.</summary>
    private static JsonNode? WithoutNulls(JsonNode? node, ref int nulls)
    {
        if (node is JsonObject members)
        {
            foreach (var name in members.Where(member => member.Value is null).Select(member => member.Key).ToList())
            {
                members.Remove(name);
                nulls++;
            }

            foreach (var (_, value) in members)
            {
                WithoutNulls(value, ref nulls);
            }
        }
        else if (node is JsonArray elements)
        {
            nulls += elements.RemoveAll(element => element is null);
            foreach (var element in elements)
            {
                WithoutNulls(element, ref nulls);
            }
        }

        return node;
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
        catch (Exception e) when (e is CodedException or JsonException or InvalidCastException or InvalidOperationException or FormatException or ArgumentException)
        {
            inFull = false;
            return null;
        }
    }

    /// <summary>Whether the reader of records can look at everything that it looks at.</summary>
    private static bool IsUsable(Resource resource, Resource[] beside, RecordVocabulary vocabulary)
    {
        try
        {
            Resource[] all = [resource, .. beside, .. WhoeverPointsAt(resource)];
            _ = RecordReader.Read(all, DateTimeZone.Utc);
            _ = RecordGaps.Of(all, "", vocabulary);
            return true;
        }
        catch (Exception e) when (e is CodedException or InvalidCastException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The SDK's own message is not passed on: some repeat values.
            return false;
        }
    }

    /// <summary>Some resources are looked at only where another one points at them.</summary>
    private static IEnumerable<Resource> WhoeverPointsAt(Resource resource) =>
        RecordResourceTypes.Of(resource)?.PointedAtBy is { } pointing ? [pointing(new ResourceReference($"{resource.TypeName}/{resource.Id}"))] : [];

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);
}
