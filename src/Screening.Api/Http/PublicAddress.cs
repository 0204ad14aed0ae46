using Screening.Api.Settings;

namespace Screening.Api.Http;

/// <summary>
/// The public address of this service, for links in responses: the setting <c>Service:PublicUrl</c>. Without it, links are made for clients
/// on the same machine only: anybody else's <c>Host</c> header may be made up.
/// </summary>
public sealed class PublicAddress
{
    private const string Setting = "Service:PublicUrl";

    private readonly string? configured;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">The setting is not an absolute HTTP or HTTPS URL without a query.</exception>
    public PublicAddress(IConfiguration configuration)
    {
        var value = configuration[Setting];
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        configured = Uri.TryCreate(value, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
                ? address.AbsoluteUri.TrimEnd('/')
                : throw new SettingException(Setting, "an address such as https://screening.example.org, without a query.");
    }

    /// <summary>
    /// Returns the absolute address of a path of this service; null without the setting for a client that is not on this machine.
    /// </summary>
    /// <param name="request">The current request; used only without the setting, and only for its own response.</param>
    /// <param name="path">The path, beginning with a slash.</param>
    public string? Of(HttpRequest request, string path) =>
        configured is not null ? configured + path
        : IsLocal(request.Host) ? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{path}"
        : null;

    /// <summary>The host of the setting; null without it.</summary>
    internal string? Host => configured is null ? null : new Uri(configured).Host;

    private static bool IsLocal(HostString host) =>
        host.HasValue && Uri.TryCreate($"http://{host.ToUriComponent()}", UriKind.Absolute, out var address) && address.IsLoopback;
}
