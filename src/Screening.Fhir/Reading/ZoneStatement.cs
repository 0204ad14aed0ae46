using System.Globalization;
using System.Text.Json;
using NodaTime;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>A stated time zone of an appointment.</summary>
/// <param name="Id">The stated name; null when it is not in FHIR's form.</param>
/// <param name="At">FHIRPath to the statement.</param>
internal readonly record struct ZoneStatement(string? Id, string At)
{
    private const string Definitions = "http://hl7.org/fhir/StructureDefinition/";

    // https://hl7.org/fhir/extensions/StructureDefinition-timezone.html, on a resource or a time; the other is its older name, on a time.
    private static readonly HashSet<string> Urls = new([Definitions + "timezone", Definitions + "tz-code"], StringComparer.Ordinal);

    /// <summary>
    /// The zone that the statements agree on, by any of its names; null without a statement, or when one names no zone or a different one:
    /// this is reported, and no statement is used.
    /// </summary>
    public static DateTimeZone? Agreed(IEnumerable<ZoneStatement> statements, InputErrors errors)
    {
        DateTimeZone? agreed = null;
        var isConsistent = true;
        foreach (var statement in statements)
        {
            var named = statement.Id is { } id ? ClinicZones.Find(id) : null;
            if (named is null || (agreed is not null && !ClinicZones.AreSame(agreed, named)))
            {
                errors.Add(statement.At, named is null ? ErrorCode.UnknownTimeZone : ErrorCode.ContradictoryTimeZones);
                isConsistent = false;
            }

            agreed ??= named;
        }

        return isConsistent ? agreed : null;
    }

    /// <summary>
    /// Every statement of an appointment's zone: its own, those of its times, of its contained resources, and of the places and schedules
    /// that it refers to. Only if there are none, those sent in one list with it count, if they all agree, and those of a schedule of one
    /// of its places or participants. A place in the record that the appointment does not refer to belongs to something else.
    /// </summary>
    /// <param name="appointment">The Appointment.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="places">The resources beside it.</param>
    public static IReadOnlyList<ZoneStatement> Of(JsonElement appointment, string at, Places places)
    {
        List<Place> contained = [.. ResourceJson.Objects(appointment, "contained").Index()
            .Select(one => new Place(one.Item, string.Create(CultureInfo.InvariantCulture, $"{at}.contained[{one.Index}]"), true))
            .Where(place => Places.IsPlace(ResourceJson.TypeOf(place.Resource)))];
        var pointers = Pointers(appointment).ToHashSet(StringComparer.Ordinal);
        List<Place> pointedAt = [];
        var seen = new HashSet<Place>(ReferenceEqualityComparer.Instance);
        var open = new Queue<string>(pointers.Concat(contained.SelectMany(place => NextReferences(place.Resource))));
        while (open.TryDequeue(out var reference))
        {
            if (places.Find(reference) is { } place && seen.Add(place))
            {
                pointedAt.Add(place);
                NextReferences(place.Resource).ToList().ForEach(open.Enqueue);
            }
        }

        List<ZoneStatement> stated =
        [
            .. In(appointment, at),
            .. OfTime(appointment, at, "start"),
            .. OfTime(appointment, at, "end"),
            .. contained.Concat(pointedAt).SelectMany(place => In(place.Resource, place.At)),
        ];
        return stated.Count > 0 ? stated : IfAgreed([.. Likely(places, pointers).SelectMany(place => In(place.Resource, place.At))]);
    }

    private static IEnumerable<ZoneStatement> OfTime(JsonElement appointment, string at, string time) =>
        appointment.TryGetProperty("_" + time, out var element) ? In(element, $"{at}.{time}") : [];

    private static IEnumerable<ZoneStatement> In(JsonElement owner, string at) =>
        from extension in ResourceJson.Objects(owner, "extension").Index()
        where ResourceJson.Text(extension.Item, "url") is { } url && Urls.Contains(url)
        select new ZoneStatement(
            ResourceJson.Text(extension.Item, "valueCode"),
            string.Create(CultureInfo.InvariantCulture, $"{at}.extension[{extension.Index}].value"));

    /// <summary>The participants of an appointment, and its slots.</summary>
    private static IEnumerable<string> Pointers(JsonElement appointment) =>
        ResourceJson.Objects(appointment, "participant").Select(participant => Reference(participant, "actor")).OfType<string>()
            .Concat(References(appointment, "slot"));

    /// <summary>The references of a slot or schedule that lead further.</summary>
    private static IEnumerable<string> NextReferences(JsonElement place) => ResourceJson.TypeOf(place) switch
    {
        "Slot" => Reference(place, "schedule") is { } schedule ? [schedule] : [],
        "Schedule" => References(place, "actor"),
        _ => [],
    };

    /// <summary>The places where the appointment most likely is, although it does not refer to them.</summary>
    private static IEnumerable<Place> Likely(Places places, HashSet<string> pointers)
    {
        var pointsAtPlace = pointers.Any(pointer => pointer.Split('/') is [.., var type, _] && Places.IsPlace(type));
        return places.All.Where(place => (place.IsBesideAppointments && !pointsAtPlace)
            || (ResourceJson.TypeOf(place.Resource) == "Schedule" && References(place.Resource, "actor").Any(pointers.Contains)));
    }

    private static List<ZoneStatement> IfAgreed(List<ZoneStatement> stated) => Agreed(stated, new InputErrors()) is null ? [] : stated;

    private static IEnumerable<string> References(JsonElement owner, string name) =>
        ResourceJson.Objects(owner, name).Select(reference => ResourceJson.Text(reference, "reference")).OfType<string>();

    private static string? Reference(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var reference) ? ResourceJson.Text(reference, "reference") : null;
}
