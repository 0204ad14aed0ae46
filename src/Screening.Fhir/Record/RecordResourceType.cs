using System.Collections.Immutable;
using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>How this service handles a resource type of a health record: a row of <see cref="RecordResourceTypes"/>.</summary>
internal abstract class RecordResourceType
{
    /// <summary>The SDK's model of the type.</summary>
    public abstract Type Model { get; }

    /// <summary>FHIR's name of the type, which is also the name of the SDK's model.</summary>
    public string Name => Model.Name;

    /// <summary>The display name of its resources.</summary>
    public required LocalizedText Label { get; init; }

    /// <summary>The element that says what a resource is, or is about; an invalid resource is rebuilt starting with it.</summary>
    public required string ConceptElement { get; init; }

    /// <summary>
    /// The kind of entry that a resource is read into; null when it counts only through another resource that refers to it.
    /// </summary>
    public RecordKind? Kind { get; init; }

    /// <summary>The kinds of entry for other things in a resource, such as what was used in a procedure.</summary>
    public ImmutableArray<RecordKind> AlsoKinds { get; init; } = [];

    /// <summary>All kinds of entry that a resource is read into.</summary>
    public ImmutableArray<RecordKind> Kinds => Kind is { } kind ? [kind, .. AlsoKinds] : [];

    /// <summary>How clients search for its resources; null when they are not asked to, although resources that they send count.</summary>
    public RecordSearch? Search { get; init; }

    /// <summary>
    /// Creates a resource that refers to one of this type to state its concept, since some elements are accessed only that way; null when
    /// none does.
    /// </summary>
    public Func<ResourceReference, Resource>? ReferenceFrom { get; init; }

    /// <summary>The patient of a resource; null when not stated.</summary>
    public abstract ResourceReference? PersonOf(Resource resource);

    /// <summary>The references without whose targets the concept of a resource is unknown.</summary>
    public abstract IEnumerable<ResourceReference> PointersOf(Resource resource);

    /// <summary>
    /// True for a resource that states itself not to be true: entered in error, refuted, not done, not taken, not to be given, or only a
    /// proposal. It implies nothing, and its missing parts are no gaps.
    /// </summary>
    public abstract bool IsNotAsserted(Resource resource);

    /// <summary>All concepts that a resource is about, in codes and words, whether or not words of its type imply anything.</summary>
    public abstract IEnumerable<RecordConcept> NamesOf(Resource resource, RecordReading reading);

    /// <summary>The entries that a resource is read into.</summary>
    public abstract IEnumerable<RecordEntry> EntriesOf(RecordResource recorded, RecordReading reading);
}

/// <summary>A row in terms of the SDK's model; a column is omitted when the type has no such element.</summary>
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

/// <summary>How clients search for the resources of a type, beside by patient.</summary>
/// <param name="Key">Their prefetch key.</param>
/// <param name="Include">The search parameter whose targets are included; null for none.</param>
/// <param name="OnlyListedCodes">
/// True for types with many resources in a record: the search asks only for codes in the protocol's sets.
/// </param>
/// <param name="Where">A further search condition beside the patient, such as <c>intent=order</c>; null for none.</param>
/// <param name="ByDefault">
/// False when servers need not support the search: it is then used only if the operator names it. What every server supports is taken from
/// the searches that US Core says a server SHALL support (http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server).
/// </param>
internal sealed record RecordSearch(
    string Key, string? Include = null, bool OnlyListedCodes = false, string? Where = null, bool ByDefault = true);

/// <summary>The readers of record entries, which share the record and its dates.</summary>
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
