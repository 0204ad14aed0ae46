using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Receipts;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Moves;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>Where signing itself fails, no door tells a decision that was asked for with a receipt; and without one all go on.</summary>
public sealed class SigningFailureTests
{
    public static TheoryData<string> Doors =>
        ["/v1/screenings", "/v1/care-plans?preview=true", FhirCalls.Screen, CdsCalls.Book, MoveCalls.Path];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task No_decision_is_told_whose_receipt_cannot_be_signed(string door)
    {
        var (former, current) = (KeysFolder.NewKey(), KeysFolder.NewKey());
        using var keys = new KeysFolder().Write(("current", former));
        string receipt;
        await using (var signing = new SettingsService(("Receipts:Keys", keys.File)))
        {
            receipt = await signing.ReceiptAsync(Requests.NothingToReport());
        }

        keys.Write(("current", current), ("retired", former));
        await using var failing = new SettingsService(("Receipts:Keys", keys.File));
        Assert.True((bool)(await failing.VerifyAsync(receipt))["genuine"]!);
        Break(failing);
        var body = door == FhirCalls.Screen ? RestToFhir.Parameters(Requests.NothingToReport())!
            : door == CdsCalls.Book ? CdsCalls.Booking(Requests.NothingToReport())
            : door == MoveCalls.Path ? Move(receipt)
            : Requests.NothingToReport();
        using var response = await failing.PreferAsync(body, path: door);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        var code = ((string?)answer["type"])?.Split('/')[^1] ?? (string)answer["issue"]![0]!["details"]!["coding"]![0]!["code"]!;
        Assert.Equal((503, "receipt-unavailable"), ((int)response.StatusCode, code));
        Assert.False(response.Headers.Contains("Preference-Applied"));
        Assert.DoesNotContain("eligib", answer.ToJsonString(), StringComparison.OrdinalIgnoreCase);

        // What is not asked for is not missed; a move always has one.
        using var without = await failing.PreferAsync(body, prefer: string.Empty, path: door);
        Assert.Equal(door == MoveCalls.Path ? 503 : 200, (int)without.StatusCode);
    }

    private static JsonObject Move(string receipt) =>
        new() { ["receipt"] = receipt, ["appointment"] = new JsonObject { ["start"] = "2026-06-20T10:00:00" } };

    /// <summary>Takes the private half out of the key that signs, so that the platform refuses it: as a worn-out device would.</summary>
    private static void Break(SettingsService service)
    {
        var key = service.Services.GetRequiredService<SigningKeys>().Signing!;
        Array.Clear(Parameters(key).D!);
        Assert.ThrowsAny<CryptographicException>(() => key.Sign([1]));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "parameters")]
    private static extern ref readonly ECParameters Parameters(SigningKey key);
}
