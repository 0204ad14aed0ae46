using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>
/// Devices, their use, and procedures with what was put in (http://hl7.org/fhir/R4/device.html, http://hl7.org/fhir/R4/deviceusestatement.html,
/// http://hl7.org/fhir/R4/procedure.html). A device that is switched off still is in the body. A device is read without a site only when no use
/// and no procedure of the record tells where it is.
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
        HashSet<Device> found = [.. record.All.Where(held => held.Counts).SelectMany(held => held.Resource switch
        {
            DeviceUseStatement { BodySite: not null } use when State(use) != RecordState.Ended => [Used(use)],
            Procedure { BodySite.Count: > 0 } procedure => Devices(procedure),
            _ => Enumerable.Empty<Device?>(),
        }).OfType<Device>()];

        foreach (var held in record.All)
        {
            if (held.Resource is Device device && found.Contains(device))
            {
                sited.TryAdd(held.Reference, Named(device));
            }
        }
    }

    public IEnumerable<RecordEntry> Of(Device device, Held held) => IsSited(device, held.Reference) ? [] :
    [
        new RecordEntry { Reference = held.Reference, Kind = RecordKind.Device, Concept = Named(device), State = Concepts.Literal(device.StatusElement) == "active" ? RecordState.Active : RecordState.Unstated },
    ];

    public IEnumerable<RecordEntry> Of(DeviceUseStatement use, Held held)
    {
        if (Used(use) is not { } device)
        {
            return [];
        }

        // Only what says that it is over has an end: a status that is misspelt may mean that it goes on.
        var (start, end) = dates.Span(use.Timing);
        return
        [
            new RecordEntry
            {
                Reference = held.Reference, Kind = RecordKind.Device, Concept = Named(device), State = State(use), On = start, Ended = use.Timing is Period && State(use) == RecordState.Ended ? end : null,
                Sites = use.BodySite is null ? [] : [Concepts.Of(use.BodySite)],
            },
        ];
    }

    public IEnumerable<RecordEntry> Of(Procedure procedure, Held held)
    {
        var happened = dates.Happened(procedure.Performed).Select(on => new RecordEntry { Reference = held.Reference, Kind = RecordKind.Procedure, Concept = Concepts.Of(procedure.Code), State = RecordState.Active, On = on, Since = dates.Span(procedure.Performed).Start }).ToList();
        var site = happened[0] with { Sites = [.. procedure.BodySite.Select(one => Concepts.Of(one))] };
        var devices = procedure.BodySite.Count > 0 ? Devices(procedure).OfType<Device>().Distinct().Select(Named) : [];
        return
        [
            .. happened.Select(one => one with { Sites = site.Sites }),
            .. devices.Concat(procedure.UsedCode.Select(code => Concepts.Of(code))).Select(device => site with { Kind = RecordKind.Device, Concept = device }),
        ];
    }

    private static RecordState State(DeviceUseStatement use) => Concepts.Literal(use.StatusElement) switch
    {
        "completed" or "stopped" => RecordState.Ended,
        "active" or "intended" or "on-hold" => RecordState.Active,
        _ => RecordState.Unstated,
    };

    /// <summary>A device may have come twice, with its use and by itself; a second copy that tells of something else counts.</summary>
    private bool IsSited(Device device, string reference) => sited.TryGetValue(reference, out var known) && Named(device).Codes.All(known.Codes.Contains);

    private Device? Used(DeviceUseStatement use) => record.Find<Device>(use.Device, use);

    /// <summary>What a procedure used or put in; not what it took out.</summary>
    private IEnumerable<Device?> Devices(Procedure procedure) => procedure.UsedReference
        .Concat(procedure.FocalDevice.Where(device => !Concepts.Codes(device.Action, "http://hl7.org/fhir/device-action").Contains("explanted")).Select(device => device.Manipulated))
        .Select(reference => record.Find<Device>(reference, procedure));

    /// <summary>What a device is; worked out once, however often it is used.</summary>
    private RecordConcept Named(Device device) =>
        named.TryGetValue(device, out var known) ? known : named[device] = Concepts.Of(device.Specialization.Select(one => one.SystemType).Prepend(device.Type));
}
