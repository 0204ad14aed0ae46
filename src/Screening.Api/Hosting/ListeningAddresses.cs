using System.Globalization;
using System.Text.RegularExpressions;
using Screening.Api.Settings;

namespace Screening.Api.Hosting;

/// <summary>
/// The addresses to listen on. The server takes what it cannot read as a port for part of a host name, and listens on port 80 of every
/// network instead.
/// </summary>
internal static partial class ListeningAddresses
{
    private const int MaxPort = 65_535;

    /// <summary>Checks the addresses and ports that are set.</summary>
    /// <exception cref="SettingException">One of them is none.</exception>
    public static void Check(IConfiguration configuration)
    {
        var addresses = Parts(configuration["urls"]).All(address => Address().Match(address) is { Success: true } match && IsPort(match.Groups["port"].Value));
        var ports = Parts(configuration["http_ports"]).Concat(Parts(configuration["https_ports"])).All(IsPort);
        if (!addresses || !ports)
        {
            throw SettingException.Address("is none, or may not be listened on");
        }
    }

    private static string[] Parts(string? list) => list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static bool IsPort(string text) => text.Length == 0 || (text.Length <= 5 && text.All(char.IsAsciiDigit) && int.Parse(text, CultureInfo.InvariantCulture) <= MaxPort);

    [GeneratedRegex("^https?://(unix:/.+|\\[[^\\]]+\\](:(?<port>[^/]*))?/?|[^/:\\[\\]]+(:(?<port>[^/]*))?/?)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
