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
    private const string Setting = "AllowedHosts";
    private static readonly string[] Local = ["localhost", "127.0.0.1", "[::1]"];

    private readonly List<StringSegment> hosts;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">The list has a blank place.</exception>
    public AllowedHosts(IConfiguration configuration, PublicAddress address)
    {
        var configured = configuration[Setting];
        string[] names = string.IsNullOrEmpty(configured) ? [.. Local, .. address.Host is { } own ? [own] : (string[])[]] : configured.Split(';');
        hosts = names.All(name => !string.IsNullOrWhiteSpace(name))
            ? [.. names.Select(name => new StringSegment(name.Trim()))]
            : throw new SettingException(Setting, "host names with semicolons between them, such as screening.example.org;*.clinic.example.");
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

    private bool IsAllowed(HttpRequest request) =>
        !request.Host.HasValue
        || HostString.MatchesAny(request.Host.Host, hosts)
        || request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);
}
