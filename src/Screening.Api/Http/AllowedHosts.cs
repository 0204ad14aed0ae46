using Microsoft.Extensions.Primitives;
using Screening.Api.Settings;

namespace Screening.Api.Http;

/// <summary>
/// The host names under which the service may be called: those of the setting <c>AllowedHosts</c>; without it, the host of
/// <c>Service:PublicUrl</c> and localhost. Links in responses never follow a name that the client made up. Health checks may use any, since
/// orchestrators call an instance by its address.
/// </summary>
public sealed class AllowedHosts
{
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];

    private readonly List<StringSegment> hosts;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A place of the list is no host name: blank, or with a scheme, a port or a path.</exception>
    public AllowedHosts(IConfiguration configuration, PublicAddress address)
    {
        string[] names = ServiceSettings.AllowedHosts.Of(configuration, Names)
            ?? [.. Local, .. address.Host is { } own ? [own] : (string[])[]];
        hosts = [.. names.Select(name => new StringSegment(new HostString(name).ToUriComponent()))];
    }

    /// <summary>Rejects requests that name another host.</summary>
    public void Use(WebApplication app)
    {
        if (hosts.Any(host => host == "*"))
        {
            return;
        }

        app.Use((context, next) => IsAllowed(context.Request) ? next(context) : ProblemWriter.WriteAsync(context, ProblemKind.UnknownHost));
    }

    private static string[]? Names(string text)
    {
        var names = text.Split(';', StringSplitOptions.TrimEntries);
        return names.All(IsHost) ? names : null;
    }

    /// <summary>True for what the name of a request can match; anything else would refuse every request.</summary>
    private static bool IsHost(string name) =>
        name == "*" || Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name)
            is not (UriHostNameType.Unknown or UriHostNameType.Basic);

    private bool IsAllowed(HttpRequest request) =>
        !request.Host.HasValue
        || HostString.MatchesAny(request.Host.ToUriComponent(), hosts)
        || request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
