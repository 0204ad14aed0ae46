using Hl7.Fhir.Model;
using NodaTime;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>A resource of a record, as far as it could be read.</summary>
/// <param name="Resource">The readable part; null when nothing could be read.</param>
/// <param name="InFull">False when it has errors: the absence of data in it then means nothing.</param>
internal readonly record struct ReadResource(Resource? Resource, bool InFull);

/// <summary>
/// Reads the resources of a record, for every API. An invalid resource is reported, and its readable part counts, since a record only ever
/// makes an answer worse. It never prevents the others from being read.
/// </summary>
internal static class RecordEntries
{
    /// <summary>
    /// The most bytes of inspections of invalid resources, counting repeated inspections: several times a whole record. After that, invalid
    /// resources are reported and do not count.
    /// </summary>
    private const long MaxInspectedBytes = 8L * 1024 * 1024;

    /// <summary>Reads resources, in order.</summary>
    /// <param name="record">The resources.</param>
    /// <param name="cancellation">Cancels the reading.</param>
    public static IReadOnlyList<ReadResource> Read(IReadOnlyList<RawResource> record, CancellationToken cancellation)
    {
        var read = new ReadResource[record.Count];
        var reading = new Reading(cancellation);

        // Reference targets come first: inspecting an invalid resource involves the resources that it refers to.
        foreach (var (i, raw) in record.Index().OrderBy(one => RecordResourceTypes.Named(one.Item.Type)?.ReferenceFrom is null))
        {
            cancellation.ThrowIfCancellationRequested();
            read[i] = reading.Read(raw);
        }

        return read;
    }

    private sealed class Reading(CancellationToken cancellation)
    {
        private readonly Dictionary<string, (Resource Resource, int Size)> byName = new(StringComparer.Ordinal);
        private long inspectedBytes;

        public ReadResource Read(RawResource raw)
        {
            // An unknown type is a misspelt one.
            var whole = ResourceTypes.IsConcrete(raw.Type) ? raw.ReadIfValid(cancellation) : null;
            var resource = whole ?? (ResourceTypes.IsConcrete(raw.Type) ? ReadablePart(raw) : null);
            if (resource is not null && raw.Name is { } name)
            {
                byName.TryAdd(name, (resource, raw.Size));
            }

            return new ReadResource(resource, whole is not null);
        }

        private Resource? ReadablePart(RawResource raw)
        {
            List<(Resource Resource, int Size)> referenced =
            [
                .. raw.References.Select(Named).Distinct(StringComparer.Ordinal)
                    .Where(byName.ContainsKey).Select(name => byName[name]),
            ];
            var inspection = new Inspection([.. referenced.Select(one => one.Resource)], raw.Size + referenced.Sum(one => (long)one.Size));
            var part = raw.ReadLeniently();
            return part is not null && IsUsable(part, inspection) ? part : Rebuilt(raw, part ?? raw.ReadMemberByMember(), inspection);
        }

        /// <summary>
        /// The SDK keeps values of the wrong type and throws when they are accessed. So the resource is rebuilt from those of its elements
        /// that can be accessed, first the one that says what it is. Overflow elements are never accessed.
        /// </summary>
        private Resource? Rebuilt(RawResource raw, Resource? part, Inspection inspection)
        {
            Resource? usable = null;
            if (part is not null)
            {
                part.ClearOverflow();
                var rebuilt = (Resource)Activator.CreateInstance(part.GetType())!;
                var conceptElement = RecordResourceTypes.Of(part)?.ConceptElement;
                var elements = part.EnumerateElements()
                    .OrderBy(element => element.Key == "id" ? 0 : element.Key == conceptElement ? 1 : 2);
                foreach (var (name, value) in elements)
                {
                    rebuilt.SetValue(name, value);
                    if (IsUsable(rebuilt, inspection))
                    {
                        usable = rebuilt;
                    }
                    else
                    {
                        rebuilt.SetValue(name, null);
                    }
                }
            }

            // A resource with an unreadable modifier is still modified.
            if (usable is not null && raw.IsModified)
            {
                usable.ImplicitRulesElement ??= new FhirUri();
            }

            return usable;
        }

        /// <summary>True when everything that any API accesses in a record can be accessed in this resource.</summary>
        private bool IsUsable(Resource resource, Inspection inspection)
        {
            cancellation.ThrowIfCancellationRequested();
            inspectedBytes += inspection.Size;
            return inspectedBytes <= MaxInspectedBytes && Parsing.Try(
                () =>
                {
                    Resource[] all = [resource, .. inspection.Referenced, .. ReferringResource(resource)];
                    _ = RecordReader.Read(all, DateTimeZone.Utc);
                    _ = RecordGaps.Of([new Bundle { Entry = [new Bundle.EntryComponent { Resource = resource }] }, .. all[1..]], "", RecordVocabulary.None);
                    _ = PatientName.Of(RecordResourceTypes.Of(resource)?.PersonOf(resource));
                    _ = resource.Id;
                    return FhirFormat.Json.Write(resource);
                },
                out _);
        }

        /// <summary>Some resources are accessed only through another that refers to them.</summary>
        private static IEnumerable<Resource> ReferringResource(Resource resource) =>
            RecordResourceTypes.Of(resource)?.ReferenceFrom is { } newReferrer
                ? [newReferrer(new ResourceReference($"{resource.TypeName}/{resource.Id}"))]
                : [];

        private static string Named(string reference) => ReferenceName.TypeAndId(reference) ?? reference;
    }

    /// <summary>The resources of an inspection beside the inspected one, and the size of all in bytes.</summary>
    private sealed record Inspection(Resource[] Referenced, long Size);
}
