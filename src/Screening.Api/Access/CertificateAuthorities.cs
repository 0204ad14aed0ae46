using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using NodaTime;
using Screening.Api.Settings;

namespace Screening.Api.Access;

/// <summary>
/// Those whose client certificates count (mutual TLS). A connection may have any certificate, or none: whether it is good is decided for
/// each request, by the request's clock, so that a bad one has an answer. No address that a certificate names is called, so none is revoked
/// there: a client's certificate is taken from it by taking it out of the clients file.
/// </summary>
internal sealed class CertificateAuthorities
{
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection roots = [];
    private readonly X509Certificate2Collection between = [];

    // A connection keeps its certificate for all its requests.
    private readonly ConditionalWeakTable<X509Certificate2, Validity> checkedBefore = [];

    private CertificateAuthorities(X509Certificate2Collection all)
    {
        foreach (var one in all)
        {
            (one.SubjectName.RawData.AsSpan().SequenceEqual(one.IssuerName.RawData) ? roots : between).Add(one);
        }
    }

    /// <summary>Reads a file of certificates; null when it is none, or has no root.</summary>
    public static CertificateAuthorities? Of(string path)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Encoding.UTF8.GetString(BoundedFile.Read(path, ReloadedFile.MaxBytes, out _) ?? []));
        }
        catch (Exception flawed) when (flawed is CryptographicException or ArgumentException)
        {
            return null;
        }

        var authorities = new CertificateAuthorities(all);
        return authorities.roots.Count > 0 ? authorities : null;
    }

    /// <summary>Lets connections with TLS show a certificate.</summary>
    public void AskFor(HttpsConnectionAdapterOptions https)
    {
        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
        https.AllowAnyClientCertificate();
        https.OnAuthenticate = (_, tls) => tls.CertificateChainPolicy = Policy();
    }

    /// <summary>Why a certificate does not count; null when it does.</summary>
    public Refusal? Check(X509Certificate2 certificate, Instant now)
    {
        if (checkedBefore.TryGetValue(certificate, out var known))
        {
            return known.Has(now) ? null : Refusal.CertificateExpired;
        }

        using var chain = new X509Chain { ChainPolicy = Policy() };
        chain.ChainPolicy.VerificationTime = now.ToDateTimeUtc();
        if (!chain.Build(certificate))
        {
            return Array.TrueForAll(chain.ChainStatus, status => status.Status == X509ChainStatusFlags.NotTimeValid)
                ? Refusal.CertificateExpired
                : Refusal.CertificateUntrusted;
        }

        var all = chain.ChainElements.Select(element => element.Certificate).ToList();
        var (begin, end) = (all.Max(one => one.NotBefore.ToUniversalTime()), all.Min(one => one.NotAfter.ToUniversalTime()));
        checkedBefore.AddOrUpdate(certificate, new Validity(begin, end));
        return null;
    }

    private X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(roots);
        policy.ExtraStore.AddRange(between);
        policy.ApplicationPolicy.Add(new Oid(ForClients));
        return policy;
    }

    private sealed record Validity(DateTime Begin, DateTime End)
    {
        public bool Has(Instant now) => now.ToDateTimeUtc() is var time && time >= Begin && time <= End;
    }
}
