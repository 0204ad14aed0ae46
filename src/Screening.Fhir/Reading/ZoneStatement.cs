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
                errors.Add(
                    statement.At,
                    named is null ? ErrorCode.UnknownTimeZone : ErrorCode.ContradictoryTimeZones,
                    named is null ? Accepted.Zone : null);
                isConsistent = false;
            }

            agreed ??= named;
        }

        return isConsistent ? agreed : null;
    }

    /// <summary>
    /// Every statement of an appointment's zone: its own, those of its times, of its contained resources, and of the places and schedules
    /// that it leads to. Only if there are none, those of the places where it most likely is count, if they all agree.
    /// </summary>
    /// <param name="appointment">The Appointment.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="places">The resources beside it.</param>
    public static IReadOnlyList<ZoneStatement> Of(JsonElement appointment, string at, Places places)
    {
        var way = new WayToPlaces(appointment, at, places);
        List<ZoneStatement> stated =
        [
            .. In(appointment, at),
            .. OfTime(appointment, at, "start"),
            .. OfTime(appointment, at, "end"),
            .. OfPlaces(way.Certain),
        ];
        return stated.Count > 0 ? stated : IfAgreed([.. OfPlaces(way.Likely)]);
    }

    /// <summary>True when a resource states a zone, readable or not.</summary>
    public static bool IsIn(JsonElement resource) => In(resource, string.Empty).Any();

    private static IEnumerable<ZoneStatement> OfPlaces(IEnumerable<Place> places) =>
        places.SelectMany(place => In(place.Resource, place.At));

    private static IEnumerable<ZoneStatement> OfTime(JsonElement appointment, string at, string time) =>
        appointment.TryGetProperty("_" + time, out var element) ? In(element, $"{at}.{time}") : [];

    private static IEnumerable<ZoneStatement> In(JsonElement owner, string at) =>
        from extension in ResourceJson.Objects(owner, "extension").Index()
        where ResourceJson.Text(extension.Item, "url") is { } url && Urls.Contains(url)
        select new ZoneStatement(
            ResourceJson.Text(extension.Item, "valueCode"),
            string.Create(CultureInfo.InvariantCulture, $"{at}.extension[{extension.Index}].value"));

    private static List<ZoneStatement> IfAgreed(List<ZoneStatement> stated) => Agreed(stated, new InputErrors()) is null ? [] : stated;
}
