using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Screening.Api.Tests.Synthea;

/// <summary>
/// Makes records of persons who do not exist, in the shape that Synthea exports (FhirR4.java at the commit that the file of entries names):
/// a code with its display, and the display as text; procedures always completed, devices always active, orders that were completed without
/// the date of their end.
/// </summary>
internal sealed class SyntheaPatient(Random random)
{
    /// <summary>Of so many entries the code is a hospital's own, which no list holds: what they are, their words alone say.</summary>
    private const double OwnCodes = 0.3;

    private const string Own = "http://hospital.example.org/codes";

    private static readonly LocalDate Today = ServiceFixture.Now.InUtc().Date;

    private readonly List<JsonObject> resources = [];

    /// <summary>The record so far.</summary>
    public IReadOnlyList<JsonObject> Record => resources;

    /// <summary>How many of the entries have a code that is no list's.</summary>
    public int OfOwnCodes { get; private set; }

    /// <summary>Adds an entry that holds now; its name.</summary>
    public string AddPresent(SyntheaEntry entry) => Add(entry, present: true);

    /// <summary>Adds an entry that is over since long ago.</summary>
    public void AddPast(SyntheaEntry entry) => Add(entry, present: false);

    /// <summary>Adds entries that never matter, some of them over.</summary>
    public void AddOthers()
    {
        for (var count = random.Next(6, 20); count > 0; count--)
        {
            Add(SyntheaEntries.Other[random.Next(SyntheaEntries.Other.Count)], present: random.Next(2) == 0);
        }
    }

    private string Add(SyntheaEntry entry, bool present)
    {
        var id = (resources.Count + 1).ToString(CultureInfo.InvariantCulture);
        var resource = new JsonObject { ["resourceType"] = entry.Type, ["id"] = id };
        resource[entry.Type is "Device" or "AllergyIntolerance" ? "patient" : "subject"] = new JsonObject { ["reference"] = "Patient/42" };
        var began = present ? random.Next(1, 4) : random.Next(400, 6000);
        switch (entry.Type)
        {
            case "Condition":
                resource["clinicalStatus"] = Status("condition-clinical", present ? "active" : "resolved");
                resource["verificationStatus"] = Status("condition-ver-status", "confirmed");
                resource["code"] = Concept(entry);
                resource["onsetDateTime"] = Moment(began);
                if (!present)
                {
                    resource["abatementDateTime"] = Moment(began - random.Next(1, 30));
                }

                break;
            case "AllergyIntolerance":
                resource["clinicalStatus"] = Status("allergyintolerance-clinical", present ? "active" : "inactive");
                resource["verificationStatus"] = Status("allergyintolerance-verification", "confirmed");
                resource["code"] = Concept(entry);
                break;
            case "MedicationRequest":
                resource["status"] = present ? "active" : "completed";
                resource["intent"] = "order";
                resource["medicationCodeableConcept"] = Concept(entry);
                resource["authoredOn"] = Moment(began);
                resource["dosageInstruction"] = Dosage();
                break;
            case "Procedure":
                resource["status"] = "completed";
                resource["code"] = Concept(entry);
                resource["performedPeriod"] = new JsonObject { ["start"] = Moment(began), ["end"] = Moment(began) };
                break;
            case "Device":
                resource["status"] = "active";
                resource["type"] = Concept(entry);
                resource["deviceName"] = new JsonArray(new JsonObject { ["name"] = entry.Display, ["type"] = "user-friendly-name" });
                break;
            default:
                Observe(entry, resource, began);
                break;
        }

        resources.Add(resource);
        return $"{entry.Type}/{id}";
    }

    /// <summary>A result; only of a pregnancy test is it of interest, and there it is said in a code.</summary>
    private static void Observe(SyntheaEntry entry, JsonObject resource, int began)
    {
        resource["status"] = "final";
        resource["code"] = Coded(entry.System, entry.Code, entry.Display);
        resource["effectiveDateTime"] = Moment(began);
        if (entry.Mark == "must")
        {
            resource["valueCodeableConcept"] = Coded("http://snomed.info/sct", "77386006", "Pregnant");
        }
        else
        {
            resource["valueQuantity"] = new JsonObject { ["value"] = 1 };
        }
    }

    private JsonObject Concept(SyntheaEntry entry)
    {
        if (random.NextDouble() >= OwnCodes)
        {
            return Coded(entry.System, entry.Code, entry.Display);
        }

        OfOwnCodes++;
        return Coded(Own, "H" + random.Next(1000, 9999).ToString(CultureInfo.InvariantCulture), entry.Display);
    }

    private JsonArray Dosage() => new(new JsonObject
    {
        ["sequence"] = 1,
        ["asNeededBoolean"] = random.Next(3) == 0,
        ["timing"] = new JsonObject
        {
            ["repeat"] = new JsonObject { ["frequency"] = 1, ["period"] = random.Next(1, 3), ["periodUnit"] = "d" },
        },
    });

    private static JsonObject Coded(string system, string code, string display) => new()
    {
        ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code, ["display"] = display }),
        ["text"] = display,
    };

    private static JsonObject Status(string system, string code) => new()
    {
        ["coding"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/" + system, ["code"] = code }),
    };

    private static string Moment(int daysAgo) => LocalDatePattern.Iso.Format(Today.PlusDays(-daysAgo)) + "T09:30:00-04:00";
}
