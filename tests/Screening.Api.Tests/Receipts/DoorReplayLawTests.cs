using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Field;
using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Receipts;

/// <summary>
/// Whatever a record says, whatever was filled in beforehand or left out, and in whatever zone: the decision of a door that reads records
/// comes out again from its receipt alone.
/// </summary>
public sealed class DoorReplayLawTests(ServiceFixture service, FieldService field) : IClassFixture<FieldService>
{
    private static readonly int Calls = GeneratedRun.Count(200, 4_000);

    public static TheoryData<string> Inputs =>
        [.. FieldInputs.Files.Concat(FieldInputs.Described.Keys).Where(name => FieldInputs.PathOf(name, FieldInputs.Read(name)) != "/v1/screenings")];

    [Fact]
    public async Task Every_decision_on_a_record_comes_out_again()
    {
        var random = GeneratedRun.Random(18);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Calls; i++)
        {
            foreach (var receipt in await service.NextRecordReceiptsAsync(random))
            {
                await service.AssertReplaysAsync(receipt);
                AllowedPayload.Check(SignedDecisions.Payload(receipt));
                Count(receipt, seen);
            }
        }

        // Else it would have shown little.
        GeneratedRun.Show(seen.Select(one => (one.Key, one.Value)));
        Assert.All(
            ["all", "record", "zone", "readings", "said", "unconfirmed", "events", "entries", "words", "code"],
            of => Assert.True(seen.GetValueOrDefault(of) > Calls / 100, of));
        Assert.True(seen["all"] > Calls);
    }

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task Every_decision_on_an_input_from_the_field_comes_out_again(string name)
    {
        var input = FieldInputs.Read(name);
        var path = FieldInputs.PathOf(name, input);
        using var response = await field.PreferAsync(input, path: path);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        List<(bool IsDecided, string? Receipt)> told = answer["cards"] is JsonArray cards
            ? [.. cards.Select(card => (card!["extension"]?[CdsCalls.Decision] is not null, DoorReceipts.OfCard(card.AsObject())))]
            : [(answer["entry"] is not null, answer["entry"] is null ? null : DoorReceipts.OfBundle(answer))];
        Assert.All(told, one => Assert.Equal(one.IsDecided, one.Receipt is not null));
        foreach (var receipt in told.Select(one => one.Receipt).OfType<string>())
        {
            await field.AssertReplaysAsync(receipt);
        }
    }

    private static void Count(string receipt, Dictionary<string, int> seen)
    {
        var request = SignedDecisions.Disclosed(receipt)["request"].AsObject();
        var record = request["record"]?.AsArray().Select(one => one!.AsObject()).ToList() ?? [];
        var entries = record.SelectMany(one => one["entries"]?.AsArray() ?? []).Select(entry => entry!.AsObject());
        IEnumerable<string> has =
        [
            "all",
            .. request.Select(member => member.Key),
            .. record.SelectMany(one => one).Select(member => member.Key),
            .. record.SelectMany(one => one["value"]!.AsObject()).Select(member => member.Key),
            .. entries.SelectMany(entry => entry).Select(member => member.Key),
        ];
        foreach (var of in has.Distinct())
        {
            seen[of] = seen.GetValueOrDefault(of) + 1;
        }
    }
}
