using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Access;
using Screening.Api.Tests.Commands;
using Screening.Api.Tests.Settings;

namespace Screening.Api.Tests.Access;

/// <summary>With TLS at the service itself, a client may show a certificate in place of a key.</summary>
public sealed class ClientCertificateTests
{
    private static readonly X509Certificate2 Good = Certificates.Leaf(Certificates.Root);
    private static readonly X509Certificate2 Below = Certificates.Leaf(Certificates.Between);
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 0, 0);

    [Fact]
    public async Task A_client_whose_certificate_is_known_is_let_in_and_nobody_else()
    {
        var (old, stranger, server) = (
            Certificates.Leaf(Certificates.Root, years: 1),
            Certificates.Leaf(Certificates.Authority("root", null)), Certificates.ForServer(Certificates.Root));
        await using var service = await TlsService.StartAsync(
            ("salon", Good), ("below", Below), ("old", old), ("stranger", stranger), ("server", server));
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync(Good));
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync(Below));
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync(null, KeyedService.Good.Text));
        Assert.Equal(HttpStatusCode.OK, await service.StatusAsync(null, path: "/health/ready"));
        foreach (var certificate in (X509Certificate2?[])[null, old, stranger, server, Certificates.Leaf(Certificates.Root)])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync(certificate));
        }

        // Two credentials, even if each is good.
        Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync(Good, KeyedService.Good.Text));
        Assert.Equal(
            new ProgramRun(0, string.Empty, string.Empty), await ProgramRun.OfAsync("health", "--urls", service.Address.ToString()));
    }

    [Fact]
    public void It_counts_while_it_and_its_authorities_are_good_by_the_clock_of_the_request()
    {
        var authorities = Authorities(Certificates.Root, Certificates.Between);
        Assert.Null(authorities.Check(Good, Now));
        Assert.Null(authorities.Check(Below, Now));
        foreach (var certificate in (X509Certificate2[])[Good, Certificates.Leaf(Certificates.Root)])
        {
            // Both when it was checked before and when not.
            Assert.Equal(Refusal.CertificateExpired, authorities.Check(certificate, Instant.FromUtc(2040, 1, 2, 0, 0)));
            Assert.Equal(Refusal.CertificateExpired, authorities.Check(certificate, Instant.FromUtc(2019, 12, 31, 0, 0)));
            Assert.Null(authorities.Check(certificate, Now));
        }

        var longer = Certificates.Leaf(Certificates.Between, years: 29);
        Assert.Null(authorities.Check(longer, Now));
        Assert.Equal(Refusal.CertificateExpired, authorities.Check(longer, Instant.FromUtc(2049, 1, 2, 0, 0)));
    }

    [Fact]
    public void It_does_not_count_without_the_authority_or_for_another_use()
    {
        var authorities = Authorities(Certificates.Root);
        Assert.Equal(Refusal.CertificateUntrusted, authorities.Check(Below, Now));
        Assert.Equal(Refusal.CertificateUntrusted, authorities.Check(Certificates.Leaf(Certificates.Authority("root", null)), Now));
        Assert.Equal(Refusal.CertificateUntrusted, authorities.Check(Certificates.ForServer(Certificates.Root), Now));
        Assert.Equal(Refusal.CertificateUntrusted, authorities.Check(Certificates.Authority("alone", null), Now));
    }

    [Fact]
    public async Task No_address_that_a_certificate_names_is_called()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var certificate = Certificates.Leaf(
            Certificates.Authority("elsewhere", null), issuerUrl: $"http://{listener.LocalEndpoint}/issuer.cer");
        await using var service = await TlsService.StartAsync(("salon", certificate));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.StatusAsync(certificate));
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData(
        "--urls https://127.0.0.1:0 --Access:Open true",
        "An address or port to listen on (urls, ASPNETCORE_HTTP_PORTS or Kestrel:Endpoints) is one of TLS, which needs a certificate "
            + "(Kestrel__Certificates__Default__Path)")]
    [InlineData(
        "--https_ports 0 --Access:Open true",
        "An address or port to listen on (urls, ASPNETCORE_HTTP_PORTS or Kestrel:Endpoints) is one of TLS, which needs a certificate")]
    [InlineData(
        "--urls https://127.0.0.1:0 --Access:Open true --Kestrel:Certificates:Default:Path /nowhere.pem",
        "The setting Kestrel:Certificates:Default:Path must be the path of a certificate")]
    [InlineData(
        "--urls https://127.0.0.1:0 --Access:Open true --Kestrel:Certificates:Default:Path /etc/passwd",
        "The setting Kestrel:Certificates:Default:Path must be the path of a certificate")]
    [InlineData(
        "--urls http://127.0.0.1:0 --Access:CertificateAuthorities /nowhere.pem --Access:Clients x",
        "The setting Access:CertificateAuthorities must be the path of a file of certificates in PEM")]
    [InlineData(
        "--urls http://127.0.0.1:0 --Access:CertificateAuthorities /etc/passwd --Access:Clients x",
        "The setting Access:CertificateAuthorities must be the path of a file of certificates in PEM")]
    public static async Task Without_a_certificate_it_ends_and_says_why_in_one_line(string arguments, string says)
    {
        var (exitCode, output) = await FailedStartTests.RunAsync("Production", arguments.Split(' '));
        Assert.Equal(1, exitCode);
        var fatal = Assert.Single(
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.Contains("\"Fatal\"", StringComparison.Ordinal));
        Assert.StartsWith(says, (string)JsonNode.Parse(fatal)!["Reason"]!, StringComparison.Ordinal);
    }

    private static CertificateAuthorities Authorities(params X509Certificate2[] all)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, string.Join('\n', all.Select(one => one.ExportCertificatePem())));
        var authorities = CertificateAuthorities.Of(file);
        File.Delete(file);
        return authorities!;
    }
}
