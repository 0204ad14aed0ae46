using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Screening.Api.Tests.Settings;

/// <summary>A certificate that the server cannot use is one line that names its setting, and no start waits for one.</summary>
public sealed class ServerCertificatesTests : IDisposable
{
    private const string Default = "Kestrel:Certificates:Default:";
    private const string Own = "Kestrel:Endpoints:One:Certificate:";
    private const string OfHost = "Kestrel:Endpoints:One:Sni:a.example:Certificate:";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("certificates");

    public ServerCertificatesTests()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var begin = ServiceFixture.Now.ToDateTimeOffset();
        using var certificate = request.CreateSelfSigned(begin, begin.AddYears(50));
        var hard = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        File.WriteAllText(At("cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(At("key.pem"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(At("locked.pem"), key.ExportEncryptedPkcs8PrivateKeyPem("open", hard));
        File.WriteAllText(At("other.pem"), other.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(At("text"), "zq9");
        File.WriteAllBytes(At("cert.pfx"), certificate.Export(X509ContentType.Pfx, "open"));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        using var client = request.CreateSelfSigned(begin, begin.AddYears(50));
        File.WriteAllText(At("client.pem"), client.ExportCertificatePem());
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(Default, "", "", "", "Path must be the path of a certificate, in PEM or PFX, as KeyPath is set.", true)]
    [InlineData(Default, ".", "", "", "Path must be the path of a certificate, in PEM or PFX. The file cannot be read.", false)]
    [InlineData(Default, "text", "", "", "Path must be the path of a certificate, in PEM or PFX.", false)]
    [InlineData(Default, "cert.pem", "", "", "KeyPath must be the path of the key of the certificate, in PEM.", false)]
    [InlineData(Default, "cert.pem", "text", "", "KeyPath must be the path of the key of the certificate, in PEM.", false)]
    [InlineData(Default, "cert.pem", "other.pem", "", "KeyPath must be the path of the key of the certificate, in PEM.", false)]
    [InlineData(Default, "cert.pem", "locked.pem", "", "Password must be what opens the key", false)]
    [InlineData(Default, "cert.pem", "locked.pem", "zq9", "Password must be what opens the key", false)]
    [InlineData(Default, "cert.pem", "key.pem", "zq9", "Password must be what opens the key, and left out", false)]
    [InlineData(Default, "cert.pfx", "", "zq9", "Password must be what opens the certificate.", false)]
    [InlineData(Default, "cert.pfx", "key.pem", "open", "KeyPath must be left out", false)]
    [InlineData(Default, "client.pem", "key.pem", "", "Path must be that of a certificate with its key, for servers (serverAuth).", false)]
    [InlineData(Own, "text", "", "", "Path must be the path of a certificate", false)]
    [InlineData(OfHost, "zq9", "", "", "Path must be the path of a certificate, in PEM or PFX. The file cannot be read.", false)]
    public void A_flaw_names_its_setting(string above, string path, string keyPath, string password, string must, bool hasKeyPath)
    {
        var message = FailedStartTests.Refusal(
        [
            new(above + "Path", path.Length > 0 ? At(path) : null),
            new(above + "KeyPath", keyPath.Length > 0 || hasKeyPath ? At(keyPath) : null),
            new(above + "Password", password.Length > 0 ? password : null),
            new("Kestrel:Endpoints:One:Url", above == Default ? null : "https://127.0.0.1:0"),
        ]);
        Assert.StartsWith($"The setting {above}{must}", message, StringComparison.Ordinal);
        Assert.DoesNotContain("zq9", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Default + "Path")]
    [InlineData(Default + "KeyPath")]
    [InlineData(Own + "Path")]
    [InlineData(OfHost + "KeyPath")]
    public async Task No_start_waits_for_a_pipe(string name)
    {
        await FailedStartTests.MakePipeAsync(At("pipe"));
        string[] settings = name.EndsWith(":KeyPath", StringComparison.Ordinal)
            ? ["--" + name.Replace(":KeyPath", ":Path", StringComparison.Ordinal), At("cert.pem")]
            : [];
        var reason = await ReasonAsync([.. settings, "--" + name, At("pipe"), "--Kestrel:Endpoints:One:Url", "https://127.0.0.1:0"]);
        Assert.StartsWith($"The setting {name} must be the path of ", reason, StringComparison.Ordinal);
        Assert.EndsWith(". This is not a file of 1 byte to 1 MiB.", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_without_an_end_is_none() =>
        Assert.EndsWith("1 MiB.", await ReasonAsync("--" + Default + "Path", "/dev/zero"), StringComparison.Ordinal);

    [Fact]
    public static void An_endpoint_with_TLS_has_a_certificate() => Assert.Equal(
        $"The setting {Own}Path must be the path of a certificate, in PEM or PFX.",
        FailedStartTests.Refusal("Kestrel:Endpoints:One:Url", "https://127.0.0.1:0"));

    [Theory]
    [InlineData(Default, "cert.pem", "key.pem", null)]
    [InlineData(Default, "cert.pem", "locked.pem", "open")]
    [InlineData(Default, "cert.pfx", null, "open")]
    [InlineData(Own, "cert.pem", "key.pem", null)]
    [InlineData(OfHost, "cert.pem", "key.pem", null)]
    public async Task A_good_one_is_served(string above, string path, string? keyPath, string? password)
    {
        // A port that cannot be is told after the certificates.
        string[] settings =
        [
            "--" + above + "Path", At(path), "--Kestrel:Endpoints:One:Url", "https://192.0.2.1:80",
            .. keyPath is null ? [] : (string[])["--" + above + "KeyPath", At(keyPath)],
            .. password is null ? [] : (string[])["--" + above + "Password", password],
        ];
        var (_, output) = await FailedStartTests.FailAsync([], settings);
        Assert.Contains("An address or port to listen on ", output, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(folder.FullName, name);

    private static async Task<string> ReasonAsync(params string[] settings)
    {
        var (exitCode, output) = await FailedStartTests.FailAsync(["timeout", "--signal=KILL", "60"], settings);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("zq9", output, StringComparison.Ordinal);
        return FailedStartTests.Reason(output);
    }
}
