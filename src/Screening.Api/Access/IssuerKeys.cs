using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Screening.Api.Access;

/// <summary>
/// The public keys of an issuer: those of the issuers file, or those that its metadata leads to, which are fetched again every hour.
/// </summary>
internal sealed class IssuerKeys
{
    private static readonly SocketsHttpHandler Direct =
        new() { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    private static readonly HttpClient Http = new(Direct)
    {
        // Requests wait for the first fetch, and no longer.
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    private readonly string issuer;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? published;
    private volatile Fetched keys;

    private IssuerKeys(string issuer, IReadOnlyList<TokenKey> keys, ConfigurationManager<OpenIdConnectConfiguration>? published) =>
        (this.issuer, this.keys, this.published) = (issuer, new Fetched(null, keys), published);

    /// <summary>Those of a file.</summary>
    public static IssuerKeys Of(string issuer, IReadOnlyList<TokenKey> keys) => new(issuer, keys, null);

    /// <summary>Those of an issuer that publishes them.</summary>
    /// <param name="issuer">What its metadata must have for its name.</param>
    /// <param name="metadata">An address of HTTPS, or one on this machine.</param>
    public static IssuerKeys Of(string issuer, Uri metadata)
    {
        var retriever = new HttpDocumentRetriever(Http) { RequireHttps = !metadata.IsLoopback };
        var manager = new ConfigurationManager<OpenIdConnectConfiguration>(
            metadata.AbsoluteUri, new OpenIdConnectConfigurationRetriever(), retriever)
        {
            AutomaticRefreshInterval = TimeSpan.FromHours(1),
        };
        return new IssuerKeys(issuer, [], manager);
    }

    /// <summary>Returns them; null when they were not fetched yet and cannot be.</summary>
    public async ValueTask<IReadOnlyList<TokenKey>?> GetAsync(CancellationToken cancellation)
    {
        if (published is null)
        {
            return keys.Keys;
        }

        OpenIdConnectConfiguration configuration;
        try
        {
            configuration = await published.GetConfigurationAsync(cancellation);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        if (configuration != keys.Configuration)
        {
            var all = configuration.Issuer == issuer ? configuration.JsonWebKeySet?.Keys.Select(TokenKey.Of).OfType<TokenKey>() : null;
            keys = new Fetched(configuration, [.. all ?? []]);
        }

        return keys.Keys;
    }

    /// <summary>
    /// A token names a key that is not there: perhaps it is new. Fetches them again, but not more often than every five minutes.
    /// </summary>
    public void Miss() => published?.RequestRefresh();

    private sealed record Fetched(OpenIdConnectConfiguration? Configuration, IReadOnlyList<TokenKey> Keys);
}
