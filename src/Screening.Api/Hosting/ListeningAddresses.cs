using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Screening.Api.Settings;

namespace Screening.Api.Hosting;

/// <summary>
/// The addresses to listen on. The server takes what it cannot read as a port for part of a host name, and listens on port 80 of every
/// network instead; and a host that cannot be, such as one with a space, for every network.
/// </summary>
internal static partial class ListeningAddresses
{
    private const int MaxPort = 65_535;

    /// <summary>The server's own default.</summary>
    private const string DefaultAddress = "http://localhost:5000";

    /// <summary>Checks the addresses and ports that are set.</summary>
    /// <exception cref="SettingException">One of them is none.</exception>
    public static void Check(IConfiguration configuration)
    {
        var addresses = Parts(ServiceSettings.Urls.Of(configuration)).Concat(ServiceSettings.Endpoints.Of(configuration).SelectMany(Parts))
            .All(address => Address().Match(address) is { Success: true } match && IsPort(match.Groups["port"].Value));
        var ports = Parts(ServiceSettings.Ports.Of(configuration)).Concat(Parts(ServiceSettings.SecurePorts.Of(configuration))).All(IsPort);
        if (!addresses || !ports)
        {
            throw SettingException.Address("is none, or may not be listened on");
        }
    }

    /// <summary>Checks that there is a certificate for what is listened on with TLS. Endpoints with names may have their own.</summary>
    /// <exception cref="SettingException">There is none.</exception>
    public static void CheckCertificate(IConfiguration configuration)
    {
        var isSecure = ServiceSettings.SecurePorts.Of(configuration) is not null
            || Parts(ServiceSettings.Urls.Of(configuration)).Any(IsSecure);
        if (isSecure && !ServerCertificates.HasDefault(configuration))
        {
            throw SettingException.Address("is one of TLS, which needs a certificate (Kestrel__Certificates__Default__Path)");
        }
    }

    /// <summary>
    /// Where this machine reaches the service, by the first address to listen on that has a known port, without TLS if there is one; null
    /// when there is none.
    /// </summary>
    public static LocalAddress? OnThisMachine(IConfiguration configuration)
    {
        string[] addresses = [.. ServiceSettings.Endpoints.Of(configuration).SelectMany(Parts)];
        if (addresses.Length == 0)
        {
            addresses = Parts(ServiceSettings.Urls.Of(configuration));
        }

        if (addresses.Length == 0)
        {
            addresses =
            [
                .. Parts(ServiceSettings.Ports.Of(configuration)).Select(port => "http://*:" + port),
                .. Parts(ServiceSettings.SecurePorts.Of(configuration)).Select(port => "https://*:" + port),
            ];
        }

        return (addresses.Length == 0 ? [DefaultAddress] : addresses).Select(BindingAddress.Parse)
            .Where(address => address.IsUnixPipe || address.Port != 0)
            .OrderBy(address => IsSecure(address.Scheme))
            .Select(address => address.IsUnixPipe
                ? new LocalAddress(new Uri(address.Scheme + "://localhost"), address.UnixPipePath)
                : new LocalAddress(new UriBuilder(address.Scheme, Reachable(address.Host), address.Port).Uri, null))
            .FirstOrDefault();
    }

    /// <summary>The server takes every name but localhost for all networks of this machine.</summary>
    private static string Reachable(string host) =>
        !IPAddress.TryParse(host, out var address) || address.Equals(IPAddress.Any) ? IPAddress.Loopback.ToString()
        : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback.ToString()
        : host;

    private static string[] Parts(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsSecure(string address) => address.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    private static bool IsPort(string text) =>
        text.Length == 0 || (text.Length <= 5 && text.All(char.IsAsciiDigit) && int.Parse(text, CultureInfo.InvariantCulture) <= MaxPort);

    [GeneratedRegex(
        "^https?://(unix:/.+|\\[[^\\]]+\\](:(?<port>[^/]*))?/?|[\\w.*+-]+(:(?<port>[^/]*))?/?)$",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}

/// <summary>How a program on the same machine reaches the service.</summary>
/// <param name="Url">The address.</param>
/// <param name="SocketPath">The path of the socket that it listens on instead; null for a port.</param>
internal sealed record LocalAddress(Uri Url, string? SocketPath);
