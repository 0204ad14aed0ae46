using System.Text;
using Hl7.Fhir.Model;
using Screening.Fhir.CdsHooks;
using Screening.Fhir.Reading;
using Screening.Fhir.Tests.CdsHooks;
using Instant = NodaTime.Instant;

namespace Screening.Fhir.Tests.Record;

/// <summary>Work ends when nobody waits for it any more.</summary>
public static class CancelledReadingTests
{
    private const string Entry = """{ "resource": { "resourceType": "Condition", "id": "c", "subject": { "reference": "Patient/1288992" }, "code": { "text": "x" } } }""";

    private static readonly CancellationToken Gone = new(canceled: true);

    [Fact]
    public static void The_entries_of_a_record_are_not_read() =>
        Assert.Throws<OperationCanceledException>(() => ScreenBody.Read(
            Encoding.UTF8.GetBytes(
                """{ "resourceType": "Parameters", "parameter": [{ "name": "record", "resource": { "resourceType": "Bundle", "type": "collection", "entry": ["""
                    + Entry + "] } }] }"),
            FhirFormat.Json, ResourceReader.NewErrors(), null, Gone));

    [Fact]
    public static void A_resource_is_not_read_to_its_end() =>
        Assert.Throws<OperationCanceledException>(() => ResourceReader.Read<Patient>(
            """{ "resourceType": "Patient", "name": [{ "family": "x" }] }"""u8, FhirFormat.Json, ResourceReader.NewErrors(), null, Gone));

    [Fact]
    public static void The_appointments_of_a_call_are_not_screened()
    {
        var call = Calls.OfTheSpecification();
        call["prefetch"] = Calls.Parse("""{ "patient": { "resourceType": "Patient", "id": "1288992" } }""");
        var service = new HookService(Calls.Family, Hook.AppointmentBook);
        Assert.NotNull(HookScreener.Screen(service, Calls.Read(call), HookSettings.None, Instant.FromUtc(2026, 6, 1, 0, 0), CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => HookScreener.Screen(service, Calls.Read(call), HookSettings.None, Instant.FromUtc(2026, 6, 1, 0, 0), Gone));
    }
}
