using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Screening.Api.Settings;

/// <summary>
/// The certificates of the server's own section. It reads them while it begins to listen, a pipe for ever, and says nowhere which one is
/// wrong: here each is read before, as the server will.
/// </summary>
internal sealed class ServerCertificates
{
    private const string Certificate = "the path of a certificate, in PEM or PFX";
    private const string Default = KestrelNames.Section + ":Certificates:Default";
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const int MaxBytes = 1024 * 1024;

    private readonly Dictionary<string, string> set;
    private readonly string folder;

    private ServerCertificates(IConfiguration configuration, string folder)
    {
        this.folder = folder;
        set = SettingNames.Values(configuration).Where(setting => KestrelNames.Has(setting.Key))
            .ToDictionary(setting => setting.Key, setting => setting.Value!, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>True when there is a certificate for addresses that have none of their own.</summary>
    public static bool HasDefault(IConfiguration configuration) =>
        ServiceSettings.Certificate.Of(configuration) is not null
            || new ServerCertificates(configuration, string.Empty).Names(Default);

    /// <summary>Checks every certificate that is named, and that endpoints with TLS have one.</summary>
    /// <exception cref="SettingException">One is missing, or is none.</exception>
    public static void Check(IConfiguration configuration, IHostEnvironment environment)
    {
        var all = new ServerCertificates(configuration, environment.ContentRootPath);
        foreach (var section in all.Sections(KestrelNames.Certificate))
        {
            all.Check(section);
        }

        // In development the machine may have one for developers.
        if (!environment.IsDevelopment() && !all.Names(Default) && all.Sections("Url").FirstOrDefault(all.Lacks) is { } endpoint)
        {
            throw new SettingException(endpoint + ":Certificate:Path", Certificate + ".");
        }
    }

    /// <summary>What is above these names.</summary>
    private List<string> Sections(params string[] names) =>
    [
        .. set.Keys.Where(name => names.Contains(name[(name.LastIndexOf(':') + 1)..], StringComparer.OrdinalIgnoreCase))
            .Select(name => name[..name.LastIndexOf(':')])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase),
    ];

    private string? Of(string section, string name) => set.GetValueOrDefault($"{section}:{name}");

    private bool Names(string section) => Of(section, "Path") is { Length: > 0 } || Of(section, "Subject") is { Length: > 0 };

    /// <summary>True for an endpoint with TLS that has no certificate, nor each of its host names one.</summary>
    private bool Lacks(string endpoint)
    {
        var above = endpoint + ":Sni:";
        var hosts = set.Keys.Where(name => name.StartsWith(above, StringComparison.OrdinalIgnoreCase))
            .Select(name => above + name[above.Length..].Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return set[endpoint + ":Url"].StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase)
            && !Names(endpoint + ":Certificate")
            && (hosts.Count == 0 || !hosts.TrueForAll(host => Names(host + ":Certificate")));
    }

    private void Check(string section)
    {
        var (hasPath, hasSubject) = (Of(section, "Path") is { Length: > 0 }, Of(section, "Subject") is { Length: > 0 });
        if (hasPath && hasSubject)
        {
            throw new SettingException(section + ":Subject", "left out where Path names a certificate.");
        }

        try
        {
            using var certificate = hasPath ? OfFile(section) : hasSubject ? OfStore(section) : null;
            if (certificate is not null && !IsForServers(certificate))
            {
                throw new SettingException(
                    section + (hasPath ? ":Path" : ":Subject"), "that of a certificate with its key, for servers (serverAuth).");
            }
        }
        catch (Exception flawed) when (flawed is CryptographicException or ArgumentException or InvalidOperationException)
        {
            throw new SettingException(
                section + (hasPath ? ":Path" : ":Subject"), hasPath ? Certificate + "." : "the subject of a certificate in that store.");
        }

        if (!hasPath && Of(section, "KeyPath") is not null)
        {
            throw new SettingException(section + ":Path", Certificate + ", as KeyPath is set.");
        }
    }

    private static bool IsForServers(X509Certificate2 certificate)
    {
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToList();
        return certificate.HasPrivateKey
            && (uses.Count == 0 || uses.Exists(use => use.EnhancedKeyUsages.Cast<Oid>().Any(one => one.Value == ForServers)));
    }

    private X509Certificate2 OfStore(string section) => CertificateLoader.LoadFromStoreCert(
        Of(section, "Subject")!,
        Of(section, "Store") is { Length: > 0 } store ? store : nameof(StoreName.My),
        Enum.TryParse<StoreLocation>(Of(section, "Location"), ignoreCase: true, out var place) ? place : StoreLocation.CurrentUser,
        bool.TryParse(Of(section, "AllowInvalid"), out var isAny) && isAny);

    private X509Certificate2 OfFile(string section)
    {
        var bytes = Read(section + ":Path", Certificate);
        var password = Of(section, "Password");
        var isPfx = X509Certificate2.GetCertContentType(bytes) == X509ContentType.Pkcs12;
        const string Key = "the path of the key of the certificate, in PEM";
        if (Of(section, "KeyPath") is null)
        {
            return isPfx
                ? Opened(() => X509CertificateLoader.LoadPkcs12(bytes, password), section + ":Password", "what opens the certificate.")
                : throw new SettingException(section + ":KeyPath", Key + ".");
        }

        var key = Encoding.UTF8.GetString(Read(section + ":KeyPath", Key));
        if (isPfx)
        {
            throw new SettingException(section + ":KeyPath", "left out where the certificate is a PFX, which has its key.");
        }

        using var certificate = X509CertificateLoader.LoadCertificate(bytes);
        var pem = certificate.ExportCertificatePem();
        var isEncrypted = key.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        return password is null && !isEncrypted ? Opened(() => X509Certificate2.CreateFromPem(pem, key), section + ":KeyPath", Key + ".")
            : Opened(
                () => X509Certificate2.CreateFromEncryptedPem(pem, key, password),
                section + ":Password",
                "what opens the key, and left out where that is not encrypted.");
    }

    private static X509Certificate2 Opened(Func<X509Certificate2> open, string name, string requirement)
    {
        try
        {
            return open();
        }
        catch (Exception flawed) when (flawed is CryptographicException or ArgumentException)
        {
            throw new SettingException(name, requirement);
        }
    }

    private byte[] Read(string name, string requirement) =>
        BoundedFile.Read(Path.Combine(folder, set[name]), MaxBytes, out var flaw)
            ?? throw new SettingException(name, $"{requirement}. {flaw}");
}
