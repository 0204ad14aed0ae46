using System.Text.Json.Nodes;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Fhir;

/// <summary>The same facts through <c>POST /v1/screenings</c> and through <c>$screen</c> give the same decision, or are refused for the same reasons.</summary>
public sealed class SameDecisionTests(ServiceFixture service)
{
    private const int Requests = 1500;

    public static TheoryData<string> WorkedCases => [.. Cases().Select(worked => (string)worked["name"]!)];

    [Theory]
    [MemberData(nameof(WorkedCases))]
    public async Task Of_a_worked_case(string name)
    {
        var request = RestToFhir.Bare((JsonObject)Cases().Single(worked => (string)worked["name"]! == name)["request"]!);
        Assert.True(await IsSameAsync(request));
    }

    [Fact]
    public async Task Of_generated_cases()
    {
        var random = new Random(20261122);
        var statuses = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Requests; i++)
        {
            var request = RestToFhir.Bare(RequestGenerator.Next(random));
            var said = await IsSameAsync(request);
            var status = !said ? "unsaid" : (string?)(await service.ScreenAsync(request)).Answer["eligibility"] ?? "refused";
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        // A writer that has stopped to say things would make this test blind.
        Assert.All((string[])["eligible", "conditional", "deferred", "review", "incomplete", "ineligible"], status => Assert.True(statuses.GetValueOrDefault(status) > Requests / 25, status));
        Assert.True(statuses["refused"] > Requests / 25);
        Assert.True(statuses["unsaid"] < Requests / 15);
    }

    /// <summary>Compares; false when FHIR cannot say the request.</summary>
    private async Task<bool> IsSameAsync(JsonObject request)
    {
        if (RestToFhir.Parameters(request) is not { } parameters)
        {
            return false;
        }

        var (status, rest) = await service.ScreenAsync(request);
        var (fhirStatus, fhir) = await service.FhirScreenAsync(parameters);
        if (status == 200)
        {
            Assert.True(fhirStatus == 200, fhir.ToJsonString());
            FhirDecision.AssertSame(FhirDecision.Of(fhir), FhirDecision.OfRest(rest));
            Assert.Equal((bool)rest["bookable"]! && rest["appointment"]!["start"] is not null, fhir.Resources("CarePlan").Count == 1);
            return true;
        }

        // A value that FHIR itself forbids, such as the thirtieth of February, is refused as no FHIR.
        Assert.True(fhirStatus is 400 or 422, fhir.ToJsonString());
        if (fhirStatus == 422)
        {
            Assert.Equal(
                rest["errors"]!.AsArray().Select(error => (string)error!["code"]!).Order(StringComparer.Ordinal),
                fhir["issue"]!.AsArray().Select(issue => (string)issue!["details"]!["coding"]![0]!["code"]!).Order(StringComparer.Ordinal));
        }

        return true;
    }

    private static List<JsonNode> Cases() =>
        [.. JsonNode.Parse(File.ReadAllText(Repository.Path("tests/Screening.Api.Tests/Cases/sublative-rf.json")))!["cases"]!.AsArray().Select(worked => worked!)];
}
