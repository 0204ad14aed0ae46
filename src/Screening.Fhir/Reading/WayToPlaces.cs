using System.Globalization;
using System.Text.Json;
using Screening.Fhir.CdsHooks;

namespace Screening.Fhir.Reading;

/// <summary>
/// The way from an appointment to the places that may state its zone. Certain are its contained resources, its participants and slots, the
/// schedule of a slot, the locations of a schedule, and the building of a room that states no zone itself. A place in a record that
/// nothing leads to belongs to something else.
/// </summary>
internal sealed class WayToPlaces
{
    private readonly Places places;
    private readonly HashSet<string> pointers;

    /// <summary>Follows the references of an appointment.</summary>
    /// <param name="appointment">The Appointment.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="places">The resources beside it.</param>
    public WayToPlaces(JsonElement appointment, string at, Places places)
    {
        this.places = places;
        pointers = [.. Pointers(appointment)];
        Certain = Follow(Contained(appointment, at, isBesideAppointments: true), pointers);
    }

    /// <summary>Where the appointment is, and on whose calendar.</summary>
    public IReadOnlyList<Place> Certain { get; }

    /// <summary>
    /// Where it most likely is: at a location of its service or of a role in it, if each of several states a zone; at a place sent in one
    /// list with it, unless it refers to another or the list has several locations; or on a schedule of one of its participants, and at
    /// that schedule's location.
    /// </summary>
    public IReadOnlyList<Place> Likely
    {
        get
        {
            var pointsAtPlace = pointers.Any(
                pointer => pointer.Split('/') is [.., not "PractitionerRole" and var type, _] && Places.IsPlace(type));
            var names = pointers.Select(Name).ToHashSet(StringComparer.Ordinal);
            bool IsOfParticipant(JsonElement place) => ResourceJson.TypeOf(place) == "Schedule"
                && References(place, "actor").Any(actor => names.Contains(Name(actor)));
            List<Place> beside = pointsAtPlace ? [] : [.. places.All.Where(place => place.IsBesideAppointments)];
            var start = (IsOneLocation(beside) ? beside : []).Concat(places.All.Where(place => IsOfParticipant(place.Resource)));
            string[] sites = [.. Certain.SelectMany(place => References(place.Resource, "location"))];
            return Follow(start, Array.TrueForAll(sites, StatesZone) ? sites : []);
        }
    }

    /// <summary>True unless there are several locations, not counting the buildings of others.</summary>
    private bool IsOneLocation(IReadOnlyList<Place> beside)
    {
        var locations = beside.Where(place => ResourceJson.TypeOf(place.Resource) == "Location").ToList();
        var buildings = locations.Select(place => Reference(place.Resource, "partOf")).OfType<string>().Select(places.Find).ToList();
        return locations.Count(place => !buildings.Contains(place)) <= 1;
    }

    /// <summary>True when the place, or its building, was sent with a zone, readable or not.</summary>
    private bool StatesZone(string reference) => Follow([], [reference]).Exists(place => ZoneStatement.IsIn(place.Resource));

    /// <summary>Places, those that they contain, and those that they and the references lead to, each once.</summary>
    private List<Place> Follow(IEnumerable<Place> start, IEnumerable<string> references)
    {
        var found = new List<Place>();
        var seen = new HashSet<Place>(ReferenceEqualityComparer.Instance);
        var open = new Queue<Place>(start.Concat(references.Select(places.Find).OfType<Place>()));
        while (open.TryDequeue(out var place))
        {
            if (!seen.Add(place))
            {
                continue;
            }

            found.Add(place);
            foreach (var next in Contained(place.Resource, place.At, place.IsBesideAppointments)
                .Concat(Next(place.Resource).Select(places.Find).OfType<Place>()))
            {
                open.Enqueue(next);
            }
        }

        return found;
    }

    private static IEnumerable<Place> Contained(JsonElement owner, string at, bool isBesideAppointments) =>
        ResourceJson.Objects(owner, "contained").Index()
            .Where(one => Places.IsPlace(ResourceJson.TypeOf(one.Item)))
            .Select(one => new Place(
                one.Item, string.Create(CultureInfo.InvariantCulture, $"{at}.contained[{one.Index}]"), isBesideAppointments));

    /// <summary>The participants of an appointment, and its slots.</summary>
    private static IEnumerable<string> Pointers(JsonElement appointment) =>
        ResourceJson.Objects(appointment, "participant").Select(participant => Reference(participant, "actor")).OfType<string>()
            .Concat(References(appointment, "slot"));

    /// <summary>The references of a place that certainly lead further.</summary>
    private static IEnumerable<string> Next(JsonElement place) => ResourceJson.TypeOf(place) switch
    {
        "Slot" => Reference(place, "schedule") is { } schedule ? [schedule] : [],
        "Schedule" => References(place, "actor"),
        "Location" => Reference(place, "partOf") is { } building && !ZoneStatement.IsIn(place) ? [building] : [],
        _ => [],
    };

    /// <summary>What a reference is called wherever it stands: type and id, or else the reference itself.</summary>
    private static string Name(string reference) => ReferenceName.TypeAndId(reference) ?? reference;

    private static IEnumerable<string> References(JsonElement owner, string name) =>
        ResourceJson.Objects(owner, name).Select(reference => ResourceJson.Text(reference, "reference")).OfType<string>();

    private static string? Reference(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var reference) ? ResourceJson.Text(reference, "reference") : null;
}
