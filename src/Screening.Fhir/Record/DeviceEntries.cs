using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Reads devices and their use (http://hl7.org/fhir/R4/device.html, http://hl7.org/fhir/R4/deviceusestatement.html). A device that is
/// switched off is still in the body. A device is read without a site only when no use and no procedure of the record states where it is.
/// </summary>
internal sealed class DeviceEntries
{
    private readonly RecordResources record;
    private readonly RecordDates dates;
    private readonly Dictionary<string, RecordConcept> sited = new(StringComparer.Ordinal);
    private readonly Dictionary<Device, RecordConcept> named = new(ReferenceEqualityComparer.Instance);

    public DeviceEntries(RecordResources record, RecordDates dates)
    {
        this.record = record;
        this.dates = dates;
        HashSet<Device> found = [.. record.All.Where(recorded => recorded.Counts).SelectMany(recorded => recorded.Resource switch
        {
            DeviceUseStatement { BodySite: not null } use when State(use) != RecordState.Ended => [record.Find<Device>(use.Device, use)],
            Procedure { BodySite.Count: > 0 } procedure =>
                ProcedureEntries.Used(procedure).Select(reference => record.Find<Device>(reference, procedure)),
            _ => Enumerable.Empty<Device?>(),
        }).OfType<Device>()];

        foreach (var recorded in record.All)
        {
            if (recorded.Resource is Device device && found.Contains(device))
            {
                sited.TryAdd(recorded.Reference, Named(device));
            }
        }
    }

    public IEnumerable<RecordEntry> Of(Device device, RecordResource recorded) => IsSited(device, recorded.Reference) ? [] :
    [
        new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Device,
            Concept = Named(device),
            State = Concepts.Literal(device.StatusElement) == "active" ? RecordState.Active : RecordState.Unstated,
        },
    ];

    public IEnumerable<RecordEntry> Of(DeviceUseStatement use, RecordResource recorded)
    {
        // Only a use that is stated to be over has an end: a misspelt status may mean that it is ongoing.
        var (start, end) = dates.Span(use.Timing);
        return Named(use.Device, use).DefaultIfEmpty(Concepts.Empty).Select(concept => new RecordEntry
        {
            Reference = recorded.Reference,
            Kind = RecordKind.Device,
            Concept = concept,
            State = State(use),
            On = start,
            Ended = use.Timing is Period && State(use) == RecordState.Ended ? end : null,
            Sites = use.BodySite is null ? [] : [Concepts.WithoutWords(use.BodySite)],
        });
    }

    /// <summary>The concept of a device, cached however often it is used.</summary>
    public RecordConcept Named(Device device) => named.TryGetValue(device, out var known) ? known : named[device] = Concepts.Of(
        device.Specialization.Select(one => one.SystemType).Prepend(device.Type),
        device.DeviceName.Select(one => one.NameElement));

    /// <summary>The concept of a referenced device, from the reference and from the device itself; empty when there is neither.</summary>
    public IEnumerable<RecordConcept> Named(ResourceReference? reference, Resource from) =>
        record.Find<Device>(reference, from) is { } device ? Concepts.WithDisplay(Named(device), reference!)
        : Concepts.DisplayOf(reference) is { Texts: not [] } display ? [display] : [];

    private static RecordState State(DeviceUseStatement use) => Concepts.Literal(use.StatusElement) switch
    {
        "completed" or "stopped" => RecordState.Ended,
        "active" or "intended" or "on-hold" => RecordState.Active,
        _ => RecordState.Unstated,
    };

    /// <summary>The record may contain a device twice, with its use and on its own; a second copy counts if its content differs.</summary>
    private bool IsSited(Device device, string reference) => sited.TryGetValue(reference, out var known)
        && Named(device) is var copy && copy.Codes.All(known.Codes.Contains) && copy.Texts.All(known.Texts.Contains);
}
