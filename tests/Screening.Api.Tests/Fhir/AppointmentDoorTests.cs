using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Fhir;

/// <summary>When, whether and for whom an appointment is, at both doors of FHIR alike.</summary>
public sealed class AppointmentDoorTests(ServiceFixture service)
{
    [Theory]
    [InlineData("requestedPeriod", """[{ "start": "2026-06-10", "end": "2026-06-12" }]""")]
    [InlineData("requestedPeriod", """[{ "end": "2026-06-12T10:00:00Z" }]""")]
    [InlineData("slot", """[{ "reference": "Slot/1" }]""")]
    public async Task Dates_that_are_only_wanted_are_no_question_about_today(string member, string value)
    {
        foreach (var status in (string[])["proposed", "pending", "waitlist"])
        {
            void Wanted(JsonObject booked)
            {
                booked.Remove("start");
                (booked["status"], booked[member]) = (status, JsonNode.Parse(value));
            }

            var (code, answer) = await service.FhirScreenAsync(Doors.Parameters(Requests.NothingToReport(), null, Wanted));
            var issue = Assert.Single(answer["issue"]!.AsArray())!;
            Assert.Equal((422, "start-needed", "Parameters.parameter[1].resource.start"), (code, (string)issue["details"]!["coding"]![0]!["code"]!, (string)issue["expression"]![0]!));

            var card = Assert.Single(await service.CardsAsync(Doors.Call(Requests.NothingToReport(), null, Wanted)));
            Assert.Equal(("critical", false), (card.Text("indicator"), card.ContainsKey("extension")));
            Assert.Contains("none of them is asked for", card.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("noshow")]
    [InlineData("entered-in-error")]
    public async Task An_appointment_that_does_not_take_place_has_no_card(string status)
    {
        var call = Doors.Call(Requests.NothingToReport(), null, null);
        var off = call["context"]!["appointments"]!["entry"]![0]!["resource"]!.DeepClone();
        off["status"] = status;
        call["context"]!["appointments"]!["entry"]!.AsArray().Insert(0, new JsonObject { ["resource"] = off });
        Assert.Equal("eligible", Assert.Single(await service.CardsAsync(call)).Eligibility());
        call["context"]!["appointments"]!["entry"]!.AsArray().RemoveAt(1);
        Assert.Empty(await service.CardsAsync(call));

        var (code, answer) = await service.FhirScreenAsync(Doors.Parameters(Requests.NothingToReport(), null, booked => booked["status"] = status));
        Assert.Equal((422, "unusable-status"), (code, (string)answer["issue"]![0]!["details"]!["coding"]![0]!["code"]!));
    }

    [Theory]
    [InlineData("Patient/7", null)]
    [InlineData("https://ehr.example.org/fhir/Patient/7/_history/1", null)]
    [InlineData("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "Patient")]
    [InlineData("patient/42", null)]
    public async Task Another_patients_appointment_is_decided_by_nobodys_answers(string reference, string? type)
    {
        var other = new JsonObject { ["status"] = "accepted", ["actor"] = new JsonObject { ["reference"] = reference } };
        if (type is not null)
        {
            other["actor"]!["type"] = type;
        }

        Assert.Equal((null, null), await service.AnswersAsync(Requests.NothingToReport(), null, booked => booked["participant"] = new JsonArray(other.DeepClone())));
        Assert.Equal((null, null), await service.AnswersAsync(Requests.NothingToReport(), null, booked => booked["participant"]!.AsArray().Add(other.DeepClone())));
    }

    [Fact]
    public async Task One_id_at_two_servers_is_two_persons()
    {
        void At(JsonObject resource, string server) => (resource["subject"] ?? resource["participant"]![0]!["actor"])!["reference"] = $"https://{server}.example/Patient/42";
        Assert.Equal(("eligible", "eligible"), await service.AnswersAsync(Requests.NothingToReport(), form => At(form, "a"), booked => At(booked, "a")));
        Assert.Equal((null, null), await service.AnswersAsync(Requests.NothingToReport(), form => At(form, "a"), booked => At(booked, "b")));
    }

    [Fact]
    public async Task A_name_within_the_call_is_whom_it_stands_for()
    {
        const string Name = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0";
        foreach (var (id, isOther) in new[] { ("42", false), ("7", true) })
        {
            var call = Doors.Call(Requests.NothingToReport(), null, booked => booked["participant"]![0]!["actor"] = new JsonObject { ["reference"] = Name, ["type"] = "Patient" });
            call["context"]!["appointments"]!["entry"]!.AsArray().Add(JsonNode.Parse($$"""{ "fullUrl": "{{Name}}", "resource": { "resourceType": "Patient", "id": "{{id}}" } }"""));
            Assert.Equal(isOther, !Assert.Single(await service.CardsAsync(call)).ContainsKey("extension"));
        }
    }
}
