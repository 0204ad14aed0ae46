using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>Where an appointment is, and so in which time zone, at both doors of FHIR alike.</summary>
public sealed class AppointmentZoneTests(ServiceFixture service)
{
    private const string TzCode = "http://hl7.org/fhir/StructureDefinition/tz-code";
    private const string Home = "America/Los_Angeles";
    private const string Away = "Asia/Tokyo";

    /// <summary>Where a zone is named, and which; null in place of a decision for what contradicts itself or is none.</summary>
    public static TheoryData<string, string?, string?> Zones => new()
    {
        { "extension", Home, "eligible" },
        { "_start", Home, "eligible" },
        { "_end", Home, "eligible" },
        { "contained Location", Home, "eligible" },
        { "Location", Home, "eligible" },
        { "HealthcareService", Home, "eligible" },
        { "Schedule", Home, "eligible" },
        { "Slot", Home, "eligible" },
        { "actor of Schedule", Home, "eligible" },
        { "actor of Schedule of participant", Home, "eligible" },
        { "Schedule of participant", Home, "eligible" },
        { "within Slot", Home, "eligible" },
        { "location of HealthcareService", Home, "eligible" },
        { "location of PractitionerRole", Home, "eligible" },
        { "building of Location", Home, "eligible" },
        { "actor of Schedule", Away, "deferred" },
        { "actor of Schedule of participant", Away, "deferred" },
        { "location of HealthcareService", Away, "deferred" },
        { "location of PractitionerRole", Away, "deferred" },
        { "building of Location", Away, "deferred" },
        { "actor of Schedule", "UTC+5", null },
        { "extension", Away, "deferred" },
        { "_start", Away, "deferred" },
        { "Location", Away, "deferred" },
        { "Schedule", Away, "deferred" },
        { "extension", "Mars/Olympus", null },
        { "Location", "UTC+5", null },
        { "_start", null, null },
    };

    // The evening of the last day that an injection to come allows; in Tokyo it is the next day already.
    [Theory]
    [MemberData(nameof(Zones))]
    public async Task One_zone_is_enough_wherever_it_is_named(string where, string? zone, string? eligibility)
    {
        var (appointment, beside) = Named(where, zone);
        var answers = await service.AnswersAsync(Injected(), null, booked => appointment(Without(booked)), beside);
        Assert.Equal((eligibility, eligibility), answers);
    }

    [Theory]
    [InlineData("_start")]
    [InlineData("_end")]
    [InlineData("contained Location")]
    [InlineData("Location")]
    [InlineData("HealthcareService")]
    [InlineData("Schedule")]
    [InlineData("Slot")]
    public async Task Two_zones_that_differ_are_believed_neither_and_two_names_of_one_are_one(string where)
    {
        foreach (var (zone, eligibility) in new[] { (Away, null), ("US/Pacific", "eligible"), (Home, "eligible") })
        {
            var (appointment, beside) = Named(where, zone);
            Assert.Equal((eligibility, eligibility), await service.AnswersAsync(Injected(), null, appointment, beside));
        }
    }

    [Fact]
    public async Task The_parameter_is_one_of_the_statements()
    {
        foreach (var (zone, status) in new[] { (Home, 200), ("US/Pacific", 200), (Away, 422), ("Europe/London", 422) })
        {
            var parameters = Doors.Parameters(Injected(), null, null);
            parameters["parameter"]!.AsArray().Add(new JsonObject { ["name"] = "timeZone", ["valueString"] = zone });
            var (actual, answer) = await service.FhirScreenAsync(parameters);
            Assert.True(actual == status, answer.ToJsonString());
            Assert.Equal(status == 200 ? null : "contradictory-time-zones", (string?)answer["issue"]?[0]!["details"]!["coding"]![0]!["code"]);
        }
    }

    [Fact]
    public async Task A_place_that_the_appointment_does_not_point_at_tells_nothing()
    {
        var elsewhere = JsonNode.Parse($$"""{ "resourceType": "Location", "id": "past", "extension": {{Doors.Zone(Away).ToJsonString()}} }""")!;
        Assert.Equal(("eligible", "eligible"), await service.AnswersAsync(Injected(), null, null, elsewhere));
        var (status, answer) = await service.FhirScreenAsync(Doors.Parameters(Injected(), null, booked => Without(booked), elsewhere));
        Assert.Contains("Location or Schedule", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((400, "missing-member", "Parameters"), (status, (string)answer["issue"]![0]!["details"]!["coding"]![0]!["code"]!, (string)answer["issue"]![0]!["expression"]![0]!));
    }

    /// <summary>A service of several sites is at one of them, and the room's own zone stands before that of its building.</summary>
    [Fact]
    public async Task Of_several_possible_places_none_tells_and_the_nearer_place_stands_before_the_farther()
    {
        JsonNode Location(string id, string zone, string rest = "") => JsonNode.Parse(
            $$"""{ "resourceType": "Location", "id": "{{id}}", "extension": {{Doors.Zone(zone).ToJsonString()}} {{rest}} }""")!;
        Action<JsonObject> At(string place) => booked =>
            Without(booked)["participant"]!.AsArray().Add(JsonNode.Parse($$"""{ "status": "accepted", "actor": { "reference": "{{place}}" } }"""));
        var sited = JsonNode.Parse("""{ "resourceType": "HealthcareService", "id": "h1", "location": [{ "reference": "Location/l1" }, { "reference": "Location/l2" }] }""")!;
        JsonNode[] sites = [sited, Location("l1", Home), Location("l2", Away)];
        var (status, _) = await service.FhirScreenAsync(Doors.Parameters(Injected(), null, At("HealthcareService/h1"), sites));
        Assert.Equal(400, status);
        var card = Assert.Single(await service.CardsAsync(Doors.Call(Injected(), null, At("HealthcareService/h1"), sites)));
        Assert.Contains("time zone is not known", card.Text("detail"), StringComparison.Ordinal);

        // The other site may be in another zone.
        foreach (JsonNode[] other in (JsonNode[][])[[], [JsonNode.Parse("""{ "resourceType": "Location", "id": "l2" }""")!]])
        {
            JsonNode[] halfKnown = [sited, Location("l1", Home), .. other];
            Assert.Equal(
                400, (await service.FhirScreenAsync(Doors.Parameters(Injected(), null, At("HealthcareService/h1"), halfKnown))).Status);
        }

        JsonNode[] room = [Location("l1", Home, """, "partOf": { "reference": "Location/l2" } """), Location("l2", Away)];
        Assert.Equal(("eligible", "eligible"), await service.AnswersAsync(Injected(), null, At("Location/l1"), room));

        // Buildings that are part of each other end the search.
        JsonNode[] round =
        [
            JsonNode.Parse("""{ "resourceType": "Location", "id": "l1", "partOf": { "reference": "Location/l2" } }""")!,
            JsonNode.Parse("""{ "resourceType": "Location", "id": "l2", "partOf": { "reference": "Location/l1" } }""")!,
        ];
        Assert.Equal(400, (await service.FhirScreenAsync(Doors.Parameters(Injected(), null, At("Location/l1"), round))).Status);
    }

    [Fact]
    public async Task A_place_in_a_Bundle_of_a_Bundle_is_found()
    {
        var (appointment, beside) = Named("Location", Home);
        var within = CdsCalls.Bundle(beside[0].DeepClone());
        Assert.Equal(("eligible", "eligible"), await service.AnswersAsync(Injected(), null, booked => appointment(Without(booked)), within));
    }

    [Fact]
    public async Task The_one_place_in_the_list_of_the_appointments_is_theirs()
    {
        var call = Doors.Call(Injected(), null, booked => Without(booked));
        var entries = call["context"]!["appointments"]!["entry"]!.AsArray();
        var place = JsonNode.Parse($$"""{ "resource": { "resourceType": "Location", "id": "l1", "extension": {{Doors.Zone(Home).ToJsonString()}} } }""")!;
        entries.Add(place);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("eligible", card.Eligibility());
        Assert.DoesNotContain("time zone is not known", card.Text("detail"), StringComparison.Ordinal);

        // Nobody knows which of two it is, whether they differ or one says nothing; a building is no second place.
        var unzoned = JsonNode.Parse("""{ "resource": { "resourceType": "Location", "id": "l2" } }""")!;
        entries.Add(unzoned);
        Assert.Contains("time zone is not known", Assert.Single(await service.CardsAsync(call)).Text("detail"), StringComparison.Ordinal);
        place["resource"]!["partOf"] = JsonNode.Parse("""{ "reference": "Location/l2" }""");
        Assert.DoesNotContain(
            "time zone is not known", Assert.Single(await service.CardsAsync(call)).Text("detail"), StringComparison.Ordinal);
        place["resource"]!.AsObject().Remove("partOf");
        entries.Remove(unzoned);
        var other = place.DeepClone();
        other["resource"]!["id"] = "l2";
        other["resource"]!["extension"] = Doors.Zone(Away);
        entries.Add(other);
        Assert.Contains("time zone is not known", Assert.Single(await service.CardsAsync(call)).Text("detail"), StringComparison.Ordinal);
    }

    /// <summary>An injection is planned for 27 June: 13 June is allowed and 14 June is not. The evening of the one at home is the other in Tokyo.</summary>
    private static JsonObject Injected()
    {
        var rest = Requests.NothingToReport().With("injections", JsonNode.Parse("""[{ "product": "filler", "date": "2026-06-27" }]"""));
        rest["appointment"]!["start"] = "2026-06-13T20:00:00";
        return rest;
    }

    private static JsonObject Without(JsonObject booked)
    {
        booked.Remove("extension");
        return booked;
    }

    /// <summary>A change to an appointment, and what stands beside it, so that a zone is named in a place.</summary>
    private static (Action<JsonObject> Appointment, JsonNode[] Beside) Named(string where, string? zone)
    {
        var extension = zone is null ? new JsonArray(new JsonObject { ["url"] = TzCode, ["valueString"] = Home }) : Doors.Zone(zone);
        JsonObject Place(string type, string rest = "") => JsonNode.Parse($$"""{ "resourceType": "{{type}}", "id": "p1", "extension": {{extension.ToJsonString()}} {{rest}} }""")!.AsObject();
        Action<JsonObject> Actor(string reference) => booked => booked["participant"]!.AsArray().Add(JsonNode.Parse($$"""{ "status": "accepted", "actor": { "reference": "{{reference}}" } }"""));
        const string Slot = """, "schedule": { "reference": "Schedule/p1" }, "status": "free", "start": "2026-06-13T20:00:00-07:00", "end": "2026-06-13T21:00:00-07:00" """;
        var bare = JsonNode.Parse("""{ "resourceType": "Slot", "id": "s1" """ + Slot + "}")!;
        JsonNode Unzoned(string type, string id, string rest) => JsonNode.Parse($$"""{ "resourceType": "{{type}}", "id": "{{id}}", {{rest}} }""")!;
        Action<JsonObject> ofSlot = booked => booked["slot"] = JsonNode.Parse("""[{ "reference": "Slot/s1" }]""");
        return where switch
        {
            "actor of Schedule" =>
                (ofSlot, [bare, Unzoned("Schedule", "p1", """ "actor": [{ "reference": "Practitioner/1" }, { "reference": "Location/p1" }] """), Place("Location")]),
            "actor of Schedule of participant" =>
                (Actor("https://ehr.example.org/fhir/Practitioner/1"),
                    [Unzoned("Schedule", "s2", """ "actor": [{ "reference": "Practitioner/1/_history/2" }, { "reference": "Location/p1" }] """), Place("Location")]),
            "Schedule of participant" =>
                (Actor("https://ehr.example.org/fhir/Practitioner/1"), [Place("Schedule", """, "actor": [{ "reference": "Practitioner/1" }] """)]),
            "within Slot" => (ofSlot,
            [
                JsonNode.Parse("""{ "resourceType": "Slot", "id": "s1", "contained": [""" + Unzoned("Schedule", "c", """ "actor": [{ "reference": "Location/p1" }] """).ToJsonString()
                    + "]" + Slot.Replace("Schedule/p1", "#c", StringComparison.Ordinal) + "}")!,
                Place("Location"),
            ]),
            "location of HealthcareService" =>
                (Actor("HealthcareService/h1"), [Unzoned("HealthcareService", "h1", """ "location": [{ "reference": "Location/p1" }] """), Place("Location")]),
            "location of PractitionerRole" =>
                (Actor("PractitionerRole/r1"),
                    [Unzoned("PractitionerRole", "r1", """ "location": [{ "reference": "Location/p1" }] """), Place("Location")]),
            "building of Location" => (Actor("Location/l1"), [Unzoned("Location", "l1", """ "partOf": { "reference": "Location/p1" } """), Place("Location")]),
            "extension" => (booked => booked["extension"] = extension.DeepClone(), []),
            "_start" => (booked => booked["_start"] = new JsonObject { ["extension"] = Url(extension) }, []),
            "_end" => (booked => (booked["end"], booked["_end"]) = ("2026-06-13T21:00:00-07:00", new JsonObject { ["extension"] = Url(extension) }), []),
            "contained Location" => (booked =>
            {
                booked["contained"] = new JsonArray(Place("Location"));
                Actor("#p1")(booked);
            }, []),
            "Schedule" => (booked => booked["slot"] = JsonNode.Parse("""[{ "reference": "Slot/s1" }]"""), [bare, Place("Schedule", """, "actor": [{ "reference": "Practitioner/1" }] """)]),
            "Slot" => (booked => booked["slot"] = JsonNode.Parse("""[{ "reference": "https://ehr.example.org/fhir/Slot/p1" }]"""), [Place("Slot", Slot)]),
            _ => (Actor(where + "/p1"), [Place(where)]),
        };

        // A time has the older extension as well.
        static JsonNode Url(JsonArray extension)
        {
            var older = extension.DeepClone();
            older[0]!["url"] = TzCode;
            return older;
        }
    }
}
