using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Screening.Api.Access;
using Screening.Api.Settings;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Access;

/// <summary>A service that nobody said anything about does not start, unless only its developer can reach it.</summary>
public sealed class AccessStartTests
{
    private const string Clients = "Access:Clients";
    private const string Open = "Access:Open";

    [Theory]
    [InlineData("Development", null, null, AccessMode.ThisMachine)]
    [InlineData("Development", "clients.json", null, AccessMode.Clients)]
    [InlineData("Development", null, "true", AccessMode.Everybody)]
    [InlineData("Production", "clients.json", null, AccessMode.Clients)]
    [InlineData("Production", "clients.json", "false", AccessMode.Clients)]
    [InlineData("Production", null, "True", AccessMode.Everybody)]
    [InlineData("Staging", "clients.json", "", AccessMode.Clients)]
    internal static void Settings_say_who_may_call(string environment, string? clients, string? open, AccessMode mode) =>
        Assert.Equal(mode, Read(environment, (Clients, clients), (Open, open)).Mode);

    [Theory]
    [InlineData("Production", null, null, "Access__Clients")]
    [InlineData("Production", "", "", "Access__Open=true")]
    [InlineData("Production", null, "false", "Nothing says who may call")]
    [InlineData("Staging", null, null, "Nothing says who may call")]
    [InlineData("Production", "clients.json", "true", "set one of them")]
    [InlineData("Development", "clients.json", "true", "set one of them")]
    [InlineData("Production", null, "yes", "The setting Access:Open must be true or false.")]
    public static void Settings_that_do_not_say_it_stop_the_start(string environment, string? clients, string? open, string says) =>
        Assert.Contains(
            says, Assert.Throws<SettingException>(() => Read(environment, (Clients, clients), (Open, open))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Production", true)]
    [InlineData("Staging", true)]
    [InlineData("Development", false)]
    public static void Trusting_any_proxy_stops_the_start(string environment, bool stops)
    {
        var failure = Record.Exception(() => Read(environment, (Open, "true"), ("FORWARDEDHEADERS_ENABLED", "true")));
        Assert.Equal(stops, failure is SettingException);
        Assert.Equal(stops, failure?.Message.Contains("Access__KnownNetworks", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1", true)]
    [InlineData("::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("fe80::1", false)]
    public static void A_developers_service_listens_on_its_machine_alone(string address, bool listens)
    {
        var endpoint = new IPEndPoint(IPAddress.Parse(address), 80);
        Assert.Equal(!listens, Record.Exception(() => Read("Development").Check(endpoint)) is SettingException);
        Read("Development", (Open, "true")).Check(endpoint);
        Read("Production", (Clients, "clients.json")).Check(endpoint);
    }

    [Fact]
    public static void A_socket_of_the_file_system_is_of_this_machine_and_any_other_is_not()
    {
        Read("Development").Check(new UnixDomainSocketEndPoint("/tmp/screening"));
        Assert.Throws<SettingException>(() => Read("Development").Check(new DnsEndPoint("localhost", 80)));
    }

    [Theory]
    [InlineData("Production", "http://127.0.0.1:0", "", "Nothing says who may call: name the clients in a file (Access__Clients)")]
    [InlineData("Development", "http://0.0.0.0:0", "", "Nothing says who may call: name the clients in a file (Access__Clients)")]
    [InlineData("Development", "http://*:0", "", "Nothing says who may call: name the clients in a file (Access__Clients)")]
    [InlineData(
        "Production", "http://127.0.0.1:0", "--Access:Clients /nowhere.json",
        "The setting Access:Clients must be a file of clients. The file cannot be read.")]
    [InlineData(
        "Production", "http://127.0.0.1:0", "--Access:Clients /dev/zero",
        "The setting Access:Clients must be a file of clients. This is not a file of 1 byte to 16 MiB.")]
    [InlineData(
        "Production", "http://127.0.0.1:0", "--Access:Clients /etc/passwd",
        "The setting Access:Clients must be a file of clients. Line 1 is not JSON")]
    [InlineData(
        "Production", "http://127.0.0.1:0", "--Access:Open true --FORWARDEDHEADERS_ENABLED true",
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED takes any")]
    public static async Task It_ends_before_it_listens_and_says_why_in_one_line(
        string environment, string urls, string further, string says)
    {
        var (exitCode, output) = await FailedStartTests.RunAsync(
            environment, ["--urls", urls, .. further.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(1, exitCode);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(says, environment == "Production" ? (string)JsonNode.Parse(line)!["Reason"]! : line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_service_says_so_at_each_start()
    {
        for (var start = 0; start < 2; start++)
        {
            await using var service = new SettingsService((Open, "true"));
            using var response = await service.Client.GetAsync(new Uri("/v1/protocols", UriKind.Relative));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("Warning", (string)Assert.Single(service.All(), line =>
                ((string)line["@mt"]!).StartsWith("The service is open", StringComparison.Ordinal))["@l"]!);
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("false", false)]
    public async Task The_document_and_Swagger_have_a_switch(string? served, bool isThere)
    {
        await using var service = new SettingsService([.. served is null ? [] : ((string, string)[])[("OpenApi:Served", served)]]);
        foreach (var path in (string[])["/openapi/v1.json", "/swagger/index.html", "/"])
        {
            using var response = await service.Client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(isThere, response.StatusCode != HttpStatusCode.NotFound);
        }
    }

    private static AccessSettings Read(string environment, params (string Name, string? Value)[] settings) => AccessSettings.Of(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))).Build(),
        new NamedEnvironment { EnvironmentName = environment });

    private sealed class NamedEnvironment : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }

        public string ApplicationName { get; set; } = string.Empty;

        public string ContentRootPath { get; set; } = string.Empty;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
