using Screening.Api.Settings;
using Screening.Api.Tests.Logging;

namespace Screening.Api.Tests.Access;

/// <summary>A service that nobody can call starts, since keys may come later, and says so.</summary>
public sealed class NobodyTests
{
    private const string NoClient = "No client of the clients file may call now";
    private const string NoOne = "Nobody may call this service now";

    public static TheoryData<string> FilesOfNobody =>
    [
        """{ "clients": [] }""",
        """{ "clients": [ { "id": "salon-1", "keys": [] } ] }""",
        Keys.File([KeyedService.Expired, KeyedService.Early]),
        Keys.File([KeyedService.Good with { Entry = new() { Sha256 = KeyedService.Good.Entry.Sha256, Expires = ServiceFixture.Now } }]),
    ];

    [Theory]
    [MemberData(nameof(FilesOfNobody))]
    public async Task Without_a_good_key_the_start_says_that_nobody_may_call(string clients)
    {
        await using var service = new KeyedService();
        service.Write(clients);
        Assert.Equal("Error", await LevelAsync(service, NoOne));
        Assert.Null(LevelSoFar(service, NoClient));
    }

    [Fact]
    public async Task An_issuers_file_without_an_issuer_is_nobody_too()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{}");
        await using var service = new SettingsService((ServiceSettings.AccessIssuers.Name, file));
        Assert.Equal("Error", await LevelAsync(service, NoOne));
        File.Delete(file);
    }

    [Theory]
    [MemberData(nameof(FilesOfNobody))]
    public async Task Beside_issuers_it_says_so_of_the_clients_file_alone(string clients)
    {
        await using var tokens = new TokenService();
        tokens.Service.Write(clients);
        Assert.Equal("Warning", await LevelAsync(tokens.Service, NoClient));
        Assert.Null(LevelSoFar(tokens.Service, NoOne));
    }

    [Fact]
    public async Task A_good_key_or_a_certificate_is_enough()
    {
        await using var service = new KeyedService();
        service.Write(Keys.File([KeyedService.Expired, KeyedService.Good]));
        Assert.Equal((null, null), (LevelSoFar(service, NoOne), LevelSoFar(service, NoClient)));

        var authorities = Path.GetTempFileName();
        await File.WriteAllTextAsync(authorities, Certificates.Root.ExportCertificatePem());
        await using var certified = new KeyedService { Settings = [(ServiceSettings.AccessAuthorities.Name, authorities)] };
        certified.Write($$"""{ "clients": [ { "id": "a", "keys": [], "certificates": [ "{{new string('a', 64)}}" ] } ] }""");
        Assert.Equal((null, null), (LevelSoFar(certified, NoOne), LevelSoFar(certified, NoClient)));
        File.Delete(authorities);
    }

    [Fact]
    public async Task Issuers_without_a_clients_file_are_enough()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, TokenService.File([TokenService.IssuerEntry()], []));
        await using var service = new SettingsService((ServiceSettings.AccessIssuers.Name, file));
        Assert.Equal((null, null), (LevelSoFar(service, NoOne), LevelSoFar(service, NoClient)));
        File.Delete(file);
    }

    /// <summary>The level of the line that begins so, which is waited for: the service is told that it started while the test goes on.</summary>
    private static async Task<string?> LevelAsync(LoggedService service, string begins)
    {
        for (var tries = 0; tries < 500 && LevelSoFar(service, begins) is null; tries++)
        {
            await Task.Delay(10);
        }

        return LevelSoFar(service, begins);
    }

    /// <summary>The level of the line that begins so, of which there is one; null for none.</summary>
    private static string? LevelSoFar(LoggedService service, string begins)
    {
        _ = service.Client;
        return (string?)service.All().SingleOrDefault(line => ((string)line["@mt"]!).StartsWith(begins, StringComparison.Ordinal))?["@l"];
    }
}
