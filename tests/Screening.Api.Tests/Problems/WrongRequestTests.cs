using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using static Screening.Api.Tests.Problems.WrongRequest;

namespace Screening.Api.Tests.Problems;

/// <summary>Whatever is wrong, at whatever door, the detail names what would be accepted, in both languages, and never what was sent.</summary>
public sealed class WrongRequestTests(ServiceFixture service)
{
    public static TheoryData<string> Names => [.. WrongRequests.All.Keys, .. WrongFhirRequests.All.Keys];

    [Fact]
    public void There_are_at_least_sixty() => Assert.InRange(WrongRequests.All.Count, 60, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_detail_names_what_would_be_accepted_in_each_language_and_no_value(string name)
    {
        var wrong = WrongRequests.All.GetValueOrDefault(name) ?? WrongFhirRequests.All[name];
        foreach (var (language, says) in (IEnumerable<(string, string)>)[("en", wrong.Says.English), ("es", wrong.Says.Spanish)])
        {
            var (_, answer, spoken) = await wrong.SendAsync(service.Client, language);
            Assert.Equal(language, spoken);
            Assert.DoesNotContain(Secret, answer, StringComparison.OrdinalIgnoreCase);
            var details = Details(JsonNode.Parse(answer)!, wrong.Code).ToList();
            Assert.True(details.Count > 0, answer);
            Assert.All([says, .. wrong.Both], part => Assert.True(details.Exists(detail => detail.Contains(part, StringComparison.Ordinal)), $"{language}: '{part}' is not in {string.Join(" | ", details)}"));
            Assert.All(wrong.Never, part => Assert.DoesNotContain(details, detail => detail.Contains(part, StringComparison.Ordinal)));
        }
    }

    /// <summary>A card tells a clinician what is wrong with a form that came along.</summary>
    [Theory]
    [InlineData("en", "Accepted: `yes`, `no`, `unknown`.")]
    [InlineData("es", "Se acepta: `yes`, `no`, `unknown`.")]
    public async Task A_card_names_what_an_answer_of_its_form_could_be(string language, string said)
    {
        var call = CdsCalls.Booking(Screenings.Requests.NothingToReport());
        call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]![0]!["answer"]![0]!["valueCoding"]!["code"] = Secret;
        var card = Assert.Single(await service.CardsAsync(call, language: language));
        Assert.Contains(said, card.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, card.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>What is said of a code: in a problem, in its errors, or in an OperationOutcome.</summary>
    private static IEnumerable<string> Details(JsonNode answer, string code)
    {
        if (answer["resourceType"] is not null)
        {
            return from issue in answer["issue"]!.AsArray()
                   where (string)issue!["details"]!["coding"]![0]!["code"]! == code
                   select (string)issue["details"]!["text"]! + " " + (string)issue["diagnostics"]!;
        }

        return (string)answer["type"]! == "/problems/" + code
            ? [(string)answer["detail"]!]
            : from error in answer["errors"]!.AsArray() where (string)error!["code"]! == code select (string)error["detail"]!;
    }
}
