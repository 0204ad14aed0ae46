using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>What this service knows of a resource type of a health record: a row of <see cref="RecordResourceTypes"/>.</summary>
internal abstract class RecordResourceType
{
    /// <summary>The SDK's model of the type.</summary>
    public abstract Type Model { get; }

    /// <summary>FHIR's name of the type, which the SDK's models of these types bear as well.</summary>
    public string Name => Model.Name;

    /// <summary>What people call its resources.</summary>
    public required LocalizedText Label { get; init; }

    /// <summary>The element that says what a resource is, or is of: of a resource with faults it is saved before the others.</summary>
    public required string WhatItIs { get; init; }

    /// <summary>The kind of entry that a resource is read into; null when it says something only where another one points at it.</summary>
    public RecordKind? Kind { get; init; }

    /// <summary>The kinds of entry that what a resource tells of beside itself is read into, as what was used in it.</summary>
    public ImmutableArray<RecordKind> AlsoKinds { get; init; } = [];

    /// <summary>All kinds of entry that a resource is read into.</summary>
    public ImmutableArray<RecordKind> Kinds => Kind is { } kind ? [kind, .. AlsoKinds] : [];

    /// <summary>How clients are asked for its resources; null: they are not, and count where they come nevertheless.</summary>
    public RecordSearch? Search { get; init; }

    /// <summary>
    /// Makes a resource that points at one of this type to tell what it is of, for there may be elements that are looked at only then; null
    /// when none does.
    /// </summary>
    public Func<ResourceReference, Resource>? PointedAtBy { get; init; }

    /// <summary>The person whom a resource is about; null when it does not say.</summary>
    public abstract ResourceReference? PersonOf(Resource resource);

    /// <summary>The references without whose target nobody knows what a resource is of.</summary>
    public abstract IEnumerable<ResourceReference> PointersOf(Resource resource);

    /// <summary>
    /// True for what a resource itself says not to be so: entered in error, refuted, never done, not taken, not to be given, or no more
    /// than an idea. It raises nothing, and that something of it is missing means nothing either.
    /// </summary>
    public abstract bool IsNotAsserted(Resource resource);

    /// <summary>
    /// All that a resource says that it is, or is of, in codes and words, whether or not the words of its type raise anything.
    /// </summary>
    public abstract IEnumerable<RecordConcept> NamesOf(Resource resource, RecordReading reading);

    /// <summary>The entries that a resource is read into.</summary>
    public abstract IEnumerable<RecordEntry> EntriesOf(RecordResource recorded, RecordReading reading);
}

/// <summary>A row in the words of the SDK's model; a column that is left out says that there is no such thing in the type.</summary>
/// <typeparam name="T">The SDK's model of the type.</typeparam>
internal sealed class RecordResourceType<T> : RecordResourceType
    where T : Resource
{
    public override Type Model => typeof(T);

    public Func<T, ResourceReference?> About { get; init; } = _ => null;

    public Func<T, IEnumerable<DataType?>> PointsAt { get; init; } = _ => [];

    public Func<T, bool> NotAssertedWhen { get; init; } = _ => false;

    public Func<T, RecordReading, IEnumerable<RecordConcept>> Names { get; init; } = (_, _) => [];

    public Func<T, RecordResource, RecordReading, IEnumerable<RecordEntry>> Entries { get; init; } = (_, _, _) => [];

    public override ResourceReference? PersonOf(Resource resource) => About((T)resource);

    public override IEnumerable<ResourceReference> PointersOf(Resource resource) => PointsAt((T)resource).OfType<ResourceReference>();

    public override bool IsNotAsserted(Resource resource) => NotAssertedWhen((T)resource);

    public override IEnumerable<RecordConcept> NamesOf(Resource resource, RecordReading reading) => Names((T)resource, reading);

    public override IEnumerable<RecordEntry> EntriesOf(RecordResource recorded, RecordReading reading) => Entries((T)recorded.Resource, recorded, reading);
}

/// <summary>How clients are asked for the resources of a type, beside by their person.</summary>
/// <param name="Key">The prefetch key under which they come.</param>
/// <param name="Include">The search parameter whose targets come along; null: none.</param>
/// <param name="OnlyListedCodes">True where a record holds many: only those are asked for that some code set looks at.</param>
/// <param name="Where">What the search needs beside the person, such as <c>intent=order</c>; null: nothing.</param>
/// <param name="ByDefault">
/// False where servers need not offer the search: then it is made only where whoever runs the service names it. What every server offers is
/// read from the searches that US Core says a server SHALL support (http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server).
/// </param>
internal sealed record RecordSearch(
    string Key, string? Include = null, bool OnlyListedCodes = false, string? Where = null, bool ByDefault = true);

/// <summary>What the entries of a record are read with.</summary>
internal sealed class RecordReading
{
    public RecordReading(RecordResources record, RecordDates dates)
    {
        Dates = dates;
        Devices = new DeviceEntries(record, dates);
        Medicines = new MedicationEntries(record, dates);
        Procedures = new ProcedureEntries(record, dates, Devices, Medicines);
    }

    public RecordDates Dates { get; }

    public DeviceEntries Devices { get; }

    public MedicationEntries Medicines { get; }

    public ProcedureEntries Procedures { get; }
}
