using Screening.Api.Settings;

namespace Screening.Api.Http;

/// <summary>
/// Where clients reach this service, for the links that it hands out. The setting <c>Service:PublicUrl</c> says it; without one it is what the request
/// itself was sent to, which behind a proxy may be an address that only the proxy knows.
/// </summary>
public sealed class PublicAddress
{
    private const string Setting = "Service:PublicUrl";

    private readonly string? configured;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">The setting is not such an address.</exception>
    public PublicAddress(IConfiguration configuration)
    {
        var stated = configuration[Setting];
        if (string.IsNullOrEmpty(stated))
        {
            return;
        }

        configured = Uri.TryCreate(stated, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
                ? address.AbsoluteUri.TrimEnd('/')
                : throw new SettingException(Setting, "an address such as https://screening.example.org, without a query.");
    }

    /// <summary>The absolute address of a path of this service; null for a client so old that it does not say what host it calls.</summary>
    /// <param name="request">The request that is being answered; asked only when there is no setting, and its answer goes to nobody else.</param>
    /// <param name="path">The path, beginning with a slash.</param>
    public string? Of(HttpRequest request, string path) =>
        configured is not null ? configured + path
        : request.Host.HasValue ? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{path}"
        : null;
}
