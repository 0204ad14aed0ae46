using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Screening.Api.Tests.Access;

/// <summary>Certificates, and the authorities behind them.</summary>
internal static class Certificates
{
    private const string ForClients = "1.3.6.1.5.5.7.3.2";
    private const string ForServers = "1.3.6.1.5.5.7.3.1";

    private static readonly DateTimeOffset Begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The authority that the service trusts.</summary>
    public static X509Certificate2 Root { get; } = Authority("root", null);

    /// <summary>One below it.</summary>
    public static X509Certificate2 Between { get; } = Authority("between", Root);

    /// <summary>The service's own.</summary>
    public static X509Certificate2 Server { get; } = Leaf(Root, "localhost", ForServers);

    public static X509Certificate2 Authority(string name, X509Certificate2? by)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        if (by is null)
        {
            return request.CreateSelfSigned(Begin, Begin.AddYears(30));
        }

        using var bare = request.Create(by, Begin, Begin.AddYears(29), [2]);
        return bare.CopyWithPrivateKey(key);
    }

    /// <summary>A certificate, by default of a client, good until 2040.</summary>
    public static X509Certificate2 Leaf(
        X509Certificate2 by, string name = "salon", string use = ForClients, int years = 20, string? issuerUrl = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        if (issuerUrl is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerUrl]));
        }

        using var bare = request.Create(by, Begin, Begin.AddYears(years), RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(key);
        // TLS on some systems needs the key in a file's form.
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }

    /// <summary>For a server.</summary>
    public static X509Certificate2 ForServer(X509Certificate2 by) => Leaf(by, "server", ForServers);

    public static string Thumbprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
