using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Fhir.Tests.CdsHooks;

/// <summary>A call is read strictly where it decides, and blindly elsewhere.</summary>
public static class HookRequestReaderTests
{
    [Fact]
    public static void The_example_of_the_specification_is_read()
    {
        var request = Calls.Read(Calls.OfTheSpecification());
        Assert.Equal((Guid.Parse("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"), "1288992", 2), (request.Instance, request.Patient, request.Appointments!.Count));
        Assert.Equal(JsonValueKind.Undefined, request.Prefetch.ValueKind);
    }

    [Fact]
    public static void The_older_form_of_the_example_a_list_without_a_Bundle_is_read_alike()
    {
        var call = Calls.OfTheSpecification();
        var bundle = call["context"]!["appointments"]!.AsObject();
        call["context"]!["appointments"] = new JsonArray([.. bundle["entry"]!.AsArray().Select(entry => entry!["resource"]!.DeepClone())]);
        var patient = Calls.Patient;
        Assert.Equal(
            Calls.Read(Calls.OfTheSpecification()).Appointments!.Select(one => Calls.Proposed(one, patient)),
            Calls.Read(call).Appointments!.Select(one => Calls.Proposed(one, patient)));
    }

    [Theory]
    [InlineData("/extension", """{ "org.example": { "a": [1, null] } }""")]
    [InlineData("/fhirServer", "\"http://ehr.example.org/fhir\"")]
    [InlineData("/fhirAuthorization", """{ "access_token": "x", "token_type": "Bearer", "expires_in": 300, "scope": "patient/*.rs", "subject": "s", "patient": "p" }""")]
    [InlineData("/context/encounterId", "\"456\"")]
    [InlineData("/context/userId", "null")]
    [InlineData("/unheardOf", "17")]
    [InlineData("/prefetch", "[]")]
    [InlineData("/context/appointments/type", "\"collection\"")]
    public static void Nothing_else_matters(string pointer, string value)
    {
        var call = Calls.OfTheSpecification();
        Set(call, pointer, JsonNode.Parse(value));
        Assert.Equal(2, Calls.Read(call).Appointments!.Count);
    }

    [Theory]
    [InlineData("/hook", "\"patient-view\"", "unknown-value")]
    [InlineData("/hook", "\"Appointment-Book\"", "unknown-value")]
    [InlineData("/hook", "null", "null-value")]
    [InlineData("/hook", null, "missing-member")]
    [InlineData("/hookInstance", "\"4711\"", "invalid-id")]
    [InlineData("/hookInstance", "\"{d1577c69-dfbe-44ad-ba6d-3e05e953b2ea}\"", "invalid-id")]
    [InlineData("/hookInstance", "17", "wrong-type")]
    [InlineData("/hookInstance", null, "missing-member")]
    [InlineData("/context", null, "missing-member")]
    [InlineData("/context", "[]", "wrong-type")]
    [InlineData("/context/patientId", null, "missing-member")]
    [InlineData("/context/patientId", "\"\"", "invalid-id")]
    [InlineData("/context/patientId", "\"Patient/1\"", "invalid-id")]
    [InlineData("/context/patientId", "1288992", "wrong-type")]
    [InlineData("/context/appointments", null, "missing-member")]
    [InlineData("/context/appointments", "null", "null-value")]
    [InlineData("/context/appointments", "\"apt1\"", "wrong-type")]
    [InlineData("/context/appointments/resourceType", "\"List\"", "unknown-value")]
    [InlineData("/context/appointments/resourceType", null, "missing-member")]
    [InlineData("/context/appointments/entry", "{}", "wrong-type")]
    public static void What_decides_is_demanded(string pointer, string? value, string code)
    {
        var call = Calls.OfTheSpecification();
        Set(call, pointer, value is null ? null : JsonNode.Parse(value), remove: value is null);
        var errors = new InputErrors();
        Assert.Null(HookRequestReader.Read(Encoding.UTF8.GetBytes(call.ToJsonString()), Hook.AppointmentBook, errors));
        Assert.Equal((pointer, code), Assert.Single(errors.All.Select(error => (error.Place, error.Code.Code))));
    }

    [Fact]
    public static void Every_error_is_reported_at_once()
    {
        var errors = new InputErrors();
        Assert.Null(HookRequestReader.Read("""{"hook":1,"context":{"appointments":7}}"""u8, Hook.AppointmentBook, errors));
        Assert.Equal(["/hook", "/hookInstance", "/context/patientId", "/context/appointments"], errors.All.Select(error => error.Place));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"hook":"a","hook":"b"}""")]
    [InlineData("""{"context":{"patientId":"a","patientId":"b"}}""")]
    [InlineData("""{"hook":"\ud800"}""")]
    public static void What_is_no_object_of_JSON_is_refused(string body)
    {
        var errors = new InputErrors();
        Assert.Null(HookRequestReader.Read(Encoding.UTF8.GetBytes(body), Hook.PatientView, errors));
        Assert.Equal(string.Empty, Assert.Single(errors.All).Place);
        Assert.True(errors.AnyOfShape);
    }

    [Fact]
    public static void A_hundred_appointments_and_no_more()
    {
        var call = Calls.OfTheSpecification();
        var entries = call["context"]!["appointments"]!["entry"]!.AsArray();
        while (entries.Count < HookRequestReader.MostAppointments)
        {
            entries.Add(entries[0]!.DeepClone());
        }

        Assert.Equal(100, Calls.Read(call).Appointments!.Count);
        entries.Add(entries[0]!.DeepClone());
        var errors = new InputErrors();
        Assert.Null(HookRequestReader.Read(Encoding.UTF8.GetBytes(call.ToJsonString()), Hook.AppointmentBook, errors));
        Assert.Equal(ErrorCode.TooMany, Assert.Single(errors.All).Code);
    }

    [Fact]
    public static void What_an_appointment_refers_to_is_no_appointment_and_an_entry_without_a_resource_is_one_that_cannot_be_read()
    {
        var call = Calls.OfTheSpecification();
        var entries = call["context"]!["appointments"]!["entry"]!.AsArray();
        entries.Add(JsonNode.Parse("""{ "resource": { "resourceType": "Location", "id": "1" } }"""));
        entries.Add(JsonNode.Parse("""{ "fullUrl": "urn:uuid:1" }"""));
        entries.Add(null);
        Assert.Equal([null, null, AppointmentFlaw.NotAnAppointment, AppointmentFlaw.NotAnAppointment], Calls.Read(call).Appointments!.Select(one => Calls.Proposed(one, "example").Flaw));
    }

    [Fact]
    public static void At_patient_view_there_are_no_appointments()
    {
        var call = Calls.Parse("""{ "hook": "patient-view", "hookInstance": "D1577C69-DFBE-44AD-BA6D-3E05E953B2EA", "context": { "patientId": "eXoGxqgBaJuNkuahMYmiDhg3.x-y_z~" } }""");
        Assert.Null(Calls.Read(call, Hook.PatientView).Appointments);
    }

    private static void Set(JsonObject root, string pointer, JsonNode? value, bool remove = false)
    {
        var steps = pointer.Split('/')[1..];
        var owner = steps[..^1].Aggregate((JsonNode)root, (node, step) => node[step]!).AsObject();
        owner.Remove(steps[^1]);
        if (!remove)
        {
            owner[steps[^1]] = value;
        }
    }
}
