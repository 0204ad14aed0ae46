using System.Globalization;
using System.Text.Json;
using Hl7.Fhir.Model;

namespace Screening.Fhir.Reading;

/// <summary>The places among the entries of a record sent to <c>$screen</c>, which an appointment may refer to.</summary>
internal static class RecordPlaces
{
    /// <summary>Every statement of an appointment's zone, as <see cref="ZoneStatement.Of"/> finds it.</summary>
    /// <param name="appointment">The Appointment.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="record">The record; null when none was sent.</param>
    /// <param name="recordAt">FHIRPath to the record.</param>
    public static IReadOnlyList<ZoneStatement> StatementsOf(
        Hl7.Fhir.Model.Appointment appointment, string at, Bundle? record, string recordAt)
    {
        var beside = new Places();
        Add(beside, record, recordAt);
        return ZoneStatement.Of(Json(appointment), at, beside);
    }

    private static void Add(Places places, Bundle? record, string at)
    {
        foreach (var (i, entry) in (record?.Entry ?? []).Index())
        {
            var entryAt = string.Create(CultureInfo.InvariantCulture, $"{at}.entry[{i}].resource");
            if (entry.Resource is Bundle within)
            {
                Add(places, within, entryAt);
            }
            else if (entry.Resource is { } resource && Places.IsPlace(resource.TypeName))
            {
                places.Add(Json(resource), entry.FullUrl, entryAt, isBesideAppointments: false);
            }
        }
    }

    private static JsonElement Json(Resource resource) => JsonElement.Parse(FhirFormat.Json.Write(resource));
}
