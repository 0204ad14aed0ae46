using Hl7.Fhir.Model;
using NodaTime;
using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>A resource of a record, as far as it could be read.</summary>
/// <param name="Resource">What could be read of it; null when nothing could.</param>
/// <param name="InFull">False when something is wrong with it: that something is not in it means nothing.</param>
internal readonly record struct ReadResource(Resource? Resource, bool InFull);

/// <summary>
/// Reads the resources of a record, at whichever door they came: one that is flawed is told, and what can be read of it counts, since a record only ever
/// makes an answer worse. It never hides the others.
/// </summary>
internal static class RecordEntries
{
    /// <summary>
    /// The most bytes that flawed resources are looked at for, each counted as often as that happens: several times a whole record. Of what is left then
    /// nothing counts, and it is told as flawed.
    /// </summary>
    private const long MostLooks = 8L * 1024 * 1024;

    /// <summary>Reads resources, in their order.</summary>
    /// <param name="record">The resources.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static IReadOnlyList<ReadResource> Read(IReadOnlyList<RawResource> record, CancellationToken cancellation)
    {
        var read = new ReadResource[record.Count];
        var reading = new Reading(cancellation);

        // What others point at comes first: how a flawed resource can be looked at hangs on what it leads to.
        foreach (var (i, raw) in record.Index().OrderBy(one => RecordResourceTypes.Named(one.Item.Type)?.PointedAtBy is null))
        {
            cancellation.ThrowIfCancellationRequested();
            read[i] = reading.Read(raw);
        }

        return read;
    }

    private sealed class Reading(CancellationToken cancellation)
    {
        private readonly Dictionary<string, (Resource Resource, int Size)> byName = new(StringComparer.Ordinal);
        private long looks;

        public ReadResource Read(RawResource raw)
        {
            // A type that there is not is a misspelt one.
            var whole = ResourceTypes.IsOne(raw.Type) ? raw.Flawless(cancellation) : null;
            var resource = whole ?? (ResourceTypes.IsOne(raw.Type) ? WhatCanBeRead(raw) : null);
            if (resource is not null && raw.Name is { } name)
            {
                byName.TryAdd(name, (resource, raw.Size));
            }

            return new ReadResource(resource, whole is not null);
        }

        private Resource? WhatCanBeRead(RawResource raw)
        {
            List<(Resource Resource, int Size)> beside = [.. raw.References.Select(Named).Distinct(StringComparer.Ordinal).Where(byName.ContainsKey).Select(name => byName[name])];
            var look = new Inspection([.. beside.Select(one => one.Resource)], raw.Size + beside.Sum(one => (long)one.Size));
            var part = raw.Leniently();
            return part is not null && IsUsable(part, look) ? part : Repaired(raw, part ?? raw.MemberByMember(), look);
        }

        /// <summary>
        /// The SDK keeps what has the wrong type, and fails when somebody looks at it: so a resource is put together again of those of its elements that can
        /// be looked at, first what it is, or what it is of. What is no element of its type nobody looks at.
        /// </summary>
        private Resource? Repaired(RawResource raw, Resource? part, Inspection look)
        {
            Resource? usable = null;
            if (part is not null)
            {
                part.ClearOverflow();
                var kept = (Resource)Activator.CreateInstance(part.GetType())!;
                var whatItIs = RecordResourceTypes.Of(part)?.WhatItIs;
                foreach (var (name, value) in part.EnumerateElements().OrderBy(element => element.Key == "id" ? 0 : element.Key == whatItIs ? 1 : 2))
                {
                    kept.SetValue(name, value);
                    if (IsUsable(kept, look))
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
            if (usable is not null && raw.IsModified)
            {
                usable.ImplicitRulesElement ??= new FhirUri();
            }

            return usable;
        }

        /// <summary>Whether everything that is looked at in a record, at any door, can be looked at in this resource.</summary>
        private bool IsUsable(Resource resource, Inspection look)
        {
            cancellation.ThrowIfCancellationRequested();
            looks += look.Size;
            return looks <= MostLooks && Parsing.Try(
                () =>
                {
                    Resource[] all = [resource, .. look.Beside, .. WhoeverPointsAt(resource)];
                    _ = RecordReader.Read(all, DateTimeZone.Utc);
                    _ = RecordGaps.Of([new Bundle { Entry = [new Bundle.EntryComponent { Resource = resource }] }, .. all[1..]], "", RecordVocabulary.None);
                    _ = PatientName.Of(RecordResourceTypes.Of(resource)?.PersonOf(resource));
                    _ = resource.Id;
                    return FhirFormat.Json.Write(resource);
                },
                out _);
        }

        /// <summary>Some resources are looked at only where another one points at them.</summary>
        private static IEnumerable<Resource> WhoeverPointsAt(Resource resource) =>
            RecordResourceTypes.Of(resource)?.PointedAtBy is { } pointing ? [pointing(new ResourceReference($"{resource.TypeName}/{resource.Id}"))] : [];

        private static string Named(string reference) => ReferenceName.TypeAndId(reference) ?? reference;
    }

    /// <summary>What a resource is looked at with, and how many bytes that is.</summary>
    private sealed record Inspection(Resource[] Beside, long Size);
}
