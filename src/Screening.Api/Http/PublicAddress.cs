using Screening.Api.Settings;

namespace Screening.Api.Http;

/// <summary>
/// The public address of this service, for links in responses: the setting <c>Service:PublicUrl</c>. Without it, links are made for clients
/// on the same machine only: anybody else's <c>Host</c> header may be made up.
/// </summary>
public sealed class PublicAddress
{
    /// <summary>The setting, without a slash at its end; null without the setting.</summary>
    public string? Configured { get; }

    /// <summary>The path that all addresses of this service begin with, behind a proxy that has others too; mostly empty.</summary>
    public PathString Prefix { get; }

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">The setting is not an absolute HTTP or HTTPS URL without a query.</exception>
    public PublicAddress(IConfiguration configuration)
    {
        if (ServiceSettings.PublicUrl.Of(configuration, Parse) is { } address)
        {
            Configured = address.AbsoluteUri.TrimEnd('/');
            Prefix = new PathString(Uri.UnescapeDataString(address.AbsolutePath.TrimEnd('/')));
        }
    }

    /// <summary>
    /// Takes the prefix for the base of every request's path, so that whatever is written from the base carries it. A proxy may have cut the
    /// prefix off or left it on.
    /// </summary>
    public void UsePrefix(IApplicationBuilder app)
    {
        if (Prefix.HasValue)
        {
            app.Use((context, next) =>
            {
                if (context.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal, out var rest))
                {
                    context.Request.Path = rest.HasValue ? rest : "/";
                }

                context.Request.PathBase = Prefix;
                return next(context);
            });
        }
    }

    /// <summary>
    /// Returns the absolute address of a path of this service; null without the setting for a client that is not on this machine.
    /// </summary>
    /// <param name="request">The current request; used only without the setting, and only for its own response.</param>
    /// <param name="path">The path, beginning with a slash.</param>
    public string? Of(HttpRequest request, string path) =>
        Configured is not null ? Configured + path
        : IsLocal(request.Host) ? $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{path}"
        : null;

    /// <summary>True when clients reach the service by TLS, which a proxy may end.</summary>
    internal bool IsHttps => Configured?.StartsWith("https:", StringComparison.Ordinal) == true;

    /// <summary>The host of the setting; null without it.</summary>
    internal string? Host => Configured is null ? null : new Uri(Configured).Host;

    private static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.Query.Length == 0 && address.Fragment.Length == 0 && address.UserInfo.Length == 0
            ? address
            : null;

    private static bool IsLocal(HostString host) =>
        host.HasValue && Uri.TryCreate($"http://{host.ToUriComponent()}", UriKind.Absolute, out var address) && address.IsLoopback;
}
