using Microsoft.AspNetCore.HttpOverrides;
using Screening.Api.Settings;

namespace Screening.Api.Access;

/// <summary>
/// The proxies whose word on the client's address and scheme is taken (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>): those in the
/// networks of the setting <c>Access:KnownNetworks</c>. Without it these headers are ignored: any client can send them.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Reads the headers of these proxies.</summary>
    /// <exception cref="SettingException">An entry is not a network.</exception>
    public static void Use(WebApplication app)
    {
        var networks = Networks(app.Configuration);
        if (networks.Count == 0)
        {
            return;
        }

        // Each of these proxies adds the address that it was called from; the first that is none of them is the client's.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network!.Value);
        }

        app.UseForwardedHeaders(options);
    }

    /// <summary>Reads the setting.</summary>
    /// <exception cref="SettingException">An entry is not a network.</exception>
    public static IReadOnlyList<System.Net.IPNetwork?> Networks(IConfiguration configuration) =>
        ServiceSettings.AccessKnownNetworks.Of(configuration, ParseNetwork);

    private static System.Net.IPNetwork? ParseNetwork(string value) =>
        System.Net.IPNetwork.TryParse(value, out var network) && network.PrefixLength > 0 ? network : null;
}
