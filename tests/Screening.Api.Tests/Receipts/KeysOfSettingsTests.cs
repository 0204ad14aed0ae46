using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Screening.Api.Contract;
using Screening.Api.Receipts;
using Screening.Api.Settings;
using Screening.Api.Tests.Commands;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>Signing keys may be set one by one, as environment variables; a flaw stops the start and is told without the key.</summary>
public sealed class KeysOfSettingsTests
{
    private static readonly string Key = KeysFolder.NewKey();
    private static readonly string Other = KeysFolder.NewKey();

    /// <summary>Flawed settings below <c>Receipts:Keys</c>: <c>KEY</c>, <c>OTHER</c> and <c>PUBLIC</c> stand for keys in PEM.</summary>
    public static TheoryData<string[], string> Flawed => new()
    {
        { ["0:Pem=KEY"], "Receipts:Keys:0: Its state is current, next, retired or revoked." },
        { ["0:Pem=KEY", "0:State=Current"], "Receipts:Keys:0: Its state is current, next, retired or revoked." },
        { ["0:Pem=KEY", "0:State=development"], "Receipts:Keys:0: Its state is current, next, retired or revoked." },
        { ["0:Pem=KEY", "0:State=zq9"], "Receipts:Keys:0: Its state is current, next, retired or revoked." },
        { ["0:State=current"], "Receipts:Keys:0: A key is either in pem or in the file that file names." },
        { ["0:State=current", "0:Pem=KEY", "0:File=zq9"], "Receipts:Keys:0: A key is either in pem or in the file that file names." },
        { ["0:State=current", "0:File=zq9"], "Receipts:Keys:0: The file cannot be read." },
        { ["0:State=current", "0:Pem=zq9"], "Receipts:Keys:0: This is not one key of EC P-256 in PEM, unencrypted." },
        { ["0:State=current", "0:Pem=PUBLIC"], "Receipts:Keys:0: The current key needs its private half." },
        { ["7:State=next", "7:Pem=KEY"], "Receipts:Keys: Exactly one key is current." },
        { ["0:State=current", "0:Pem=KEY", "1:State=retired", "1:Pem=PUBLIC"], "Receipts:Keys: A key is there twice." },
        {
            ["0:State=current", "0:Pem=KEY", "1:State=revoked", "1:Pem=OTHER", "1:Reason=zq9"],
            "Receipts:Keys:1: revokedAt and reason (1 to 100 characters) are of a revoked key, and of no other."
        },
        {
            ["0:State=current", "0:Pem=KEY", "1:State=revoked", "1:Pem=OTHER", "1:RevokedAt=2026-05-01", "1:Reason=zq9"],
            "Receipts:Keys:1: It is revoked at an instant such as 2026-01-01T00:00:00Z."
        },
    };

    [Theory]
    [MemberData(nameof(Flawed))]
    public static void A_flaw_is_told_by_its_place_and_nothing_of_the_key(string[] set, string flaw)
    {
        var keys = ServiceSettings.ReceiptsKeys.Each(Configuration(set));
        var thrown = Assert.Throws<SettingException>(() => KeysOfSettings.Of(keys));
        Assert.Equal("The setting Receipts:Keys must be signing keys. " + flaw, thrown.Message);
    }

    [Fact]
    public static void They_are_as_those_of_the_file_whatever_their_numbers()
    {
        using var folder = new KeysFolder();
        folder.Beside("old.pem", KeysFolder.PublicOf(Other));
        var old = Path.Combine(Path.GetDirectoryName(folder.File)!, "old.pem");
        string[] set =
        [
            "10:State=current", "10:Pem=KEY", "2:State=revoked", "2:File=" + old, "2:RevokedAt=2026-05-01T00:00:00Z", "2:Reason=compromised",
        ];
        var keys = KeysOfSettings.Of(ServiceSettings.ReceiptsKeys.Each(Configuration(set)));
        Assert.Equal([(KeyState.Revoked, false), (KeyState.Current, true)], keys.Select(key => (key.State, key.CanSign)));
        Assert.Equal(("compromised", 1777593600), (keys[0].Public.Revoked!.Reason, keys[0].Public.Revoked!.RevokedAt));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData(" ")]
    [InlineData("\r\n")]
    public static async Task A_service_signs_with_them_and_logs_none_of_them(string lineEnd)
    {
        await using var service = new SettingsService(
            ("Receipts:Keys:0:State", "current"),
            ("Receipts:Keys:0:Pem", Key.Replace("\n", lineEnd, StringComparison.Ordinal)),
            ("Receipts:Keys:1:State", "retired"),
            ("Receipts:Keys:1:Pem", Other));
        var receipt = await service.ReceiptAsync(Requests.NothingToReport());
        Assert.False(SignedDecisions.Payload(receipt).ContainsKey("development"));
        Assert.Equal("current", (string)(await service.VerifyAsync(receipt))["key"]!["state"]!);
        var published = await service.Client.GetStringAsync("/.well-known/jwks.json");
        Assert.Equal(2, JsonNode.Parse(published)!["keys"]!.AsArray().Count);
        var told = published + string.Join('\n', service.All().Select(line => line.ToJsonString()));
        Assert.Contains("Signing keys are set", told, StringComparison.Ordinal);
        Assert.All(Secrets(), secret => Assert.DoesNotContain(secret, told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zq9", "This is not one key of EC P-256 in PEM, unencrypted.")]
    [InlineData("TWICE", "This is not one key of EC P-256 in PEM, unencrypted.")]
    [InlineData("PUBLIC", "The current key needs its private half.")]
    public static async Task In_production_one_line_names_the_flawed_one(string pem, string flaw)
    {
        var line = await RefusalAsync(("Receipts__Keys__0__State", "current"), ("Receipts__Keys__0__Pem", Filled(pem)));
        Assert.Equal("The setting Receipts:Keys must be signing keys. Receipts:Keys:0: " + flaw, line);
    }

    [Fact]
    public static async Task A_file_of_keys_beside_them_is_refused()
    {
        var line = await RefusalAsync(
            ("Receipts__Keys", "zq9.json"), ("Receipts__Keys__0__State", "current"), ("Receipts__Keys__0__Pem", Key));
        Assert.StartsWith("Receipts__Keys names a file of signing keys, ", line, StringComparison.Ordinal);
    }

    [Fact]
    public static async Task A_variable_that_is_none_of_theirs_is_refused() =>
        Assert.StartsWith(
            "A name that is set is no setting. Is Receipts:Keys meant",
            await RefusalAsync(("Receipts__Keys__0__State", "current"), ("Receipts__Keys__0__Pemm", Key)),
            StringComparison.Ordinal);

    /// <summary>Why the program does not start, in its only line, which has nothing of a key.</summary>
    private static async Task<string> RefusalAsync(params (string Name, string Value)[] variables)
    {
        var run = await ProgramRun.OfAsync([], [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Access__Open", "true"), .. variables]);
        var output = run.Output + run.Error;
        Assert.Equal(1, run.ExitCode);
        Assert.All(Secrets(), secret => Assert.DoesNotContain(secret, output, StringComparison.Ordinal));
        return (string)JsonNode.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)))!["Reason"]!;
    }

    /// <summary>What no log may have: the lines of the private keys, and a made-up value.</summary>
    private static IEnumerable<string> Secrets() => [.. Key.Split('\n')[1..3], .. Other.Split('\n')[1..3], "zq9"];

    private static IConfiguration Configuration(string[] set) => new ConfigurationBuilder()
        .AddInMemoryCollection(set.Select(one => one.Split('=', 2))
            .Select(one => KeyValuePair.Create("Receipts:Keys:" + one[0], (string?)Filled(one[1]))))
        .Build();

    private static string Filled(string text) => text switch
    {
        "KEY" => Key,
        "OTHER" => Other,
        "PUBLIC" => KeysFolder.PublicOf(Key),
        "TWICE" => Key + "\n" + Other,
        _ => text,
    };
}
