using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Screening.Api.Tests.Records;

/// <summary>A record while it is made up: chance, dates, and the resources so far.</summary>
internal sealed class RecordDraft(Random random)
{
    /// <summary>The resources; those that others point at among them.</summary>
    public List<JsonObject> Resources { get; } = [];

    public bool Chance(double probability) => random.NextDouble() < probability;

    public int Between(int least, int most) => random.Next(least, most + 1);

    public T Pick<T>(params IReadOnlyList<T> of) => of[random.Next(of.Count)];

    /// <summary>One of several with a blank between: most often the first.</summary>
    public string Mostly(string first, string others) => Chance(0.6) ? first : Pick(others.Split(' '));

    /// <summary>Adds a resource about the person, with an id of its own.</summary>
    public JsonObject Add(string type)
    {
        JsonObject resource = Bare(type, (Resources.Count + 1).ToString(CultureInfo.InvariantCulture));
        resource[type is "Device" or "AllergyIntolerance" ? "patient" : "subject"] = new JsonObject { ["reference"] = "Patient/42" };
        Resources.Add(resource);
        return resource;
    }

    /// <summary>A resource about nobody, which is not in the record yet.</summary>
    public static JsonObject Bare(string type, string id) => new() { ["resourceType"] = type, ["id"] = id };

    /// <summary>A date in any precision, or a moment; most often not far from today.</summary>
    public string Date(int earliest = -60, int latest = 40)
    {
        LocalDate day = NaiveRecord.Today.PlusDays(Chance(0.15) ? Between(-900, 400) : Between(earliest, latest));
        string date = LocalDatePattern.Iso.Format(day);
        return Between(0, 9) switch
        {
            0 => date[..4],
            1 => date[..7],
            2 => date + Pick("T01:30:00Z", "T13:00:00+12:00", "T23:30:00-05:00", "T18:15:30.5Z"),
            _ => date,
        };
    }

    /// <summary>A day that is over.</summary>
    public string Past() => Day(Between(-900, -1));

    /// <summary>A period, from a date to one that is not before it.</summary>
    public JsonObject Period(bool withEnd)
    {
        int from = Chance(0.2) ? Between(-900, -100) : Between(-60, 30);
        JsonObject period = new() { ["start"] = Day(from) };
        if (withEnd)
        {
            period["end"] = Day(from + Between(0, 60));
        }

        return period;
    }

    public static JsonObject Concept(string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["code"] = code }) };

    /// <summary>A status, at times with its code system, as addresses are written.</summary>
    public JsonObject Status(string system, string code)
    {
        JsonObject concept = Concept(code);
        if (Chance(0.8))
        {
            concept["coding"]![0]!["system"] = "http://terminology.hl7.org/CodeSystem/" + system;
        }

        return concept;
    }

    private static string Day(int days) => LocalDatePattern.Iso.Format(NaiveRecord.Today.PlusDays(days));
}
