using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Screening.Rules;

namespace Screening.Api.Settings;

/// <summary>
/// All that the server reads of its own section (Kestrel of ASP.NET Core 10). It passes over any other name, so that a misspelt one would
/// silently leave a certificate or a protocol as it was.
/// </summary>
internal static class KestrelNames
{
    /// <summary>The section.</summary>
    public const string Section = "Kestrel";

    // Any name of the operator's choice, and any place in a list: the server takes no single text for the list.
    private const string Any = "NAME";
    private const string Place = "0";

    /// <summary>The names of a certificate, in each place where there may be one.</summary>
    public static readonly string[] Certificate = ["Path", "KeyPath", "Password", "Subject", "Store", "Location", "AllowInvalid"];
    private static readonly string[] Connection = ["Protocols", "SslProtocols:" + Place, "ClientCertificateMode"];
    private static readonly string[] Secure = [.. Connection, .. Certificate.Select(name => "Certificate:" + name)];

    private static readonly string[][] All =
    [
        .. ((string[])
        [
            $"Endpoints:{Any}:Url",
            .. Secure.Select(name => $"Endpoints:{Any}:{name}"),
            .. Secure.Select(name => $"Endpoints:{Any}:Sni:{Any}:{name}"),
            .. Connection.Select(name => "EndpointDefaults:" + name),
            .. Certificate.Select(name => "Certificates:Default:" + name),
            .. Certificate.Select(name => "Certificates:Development:" + name),
        ]).Select(name => $"{Section}:{name}".Split(':')),
    ];

    /// <summary>
    /// What the values of some names must be: the server takes any other for none, or tells it without the name. None and HTTP/3 alone are
    /// protocols that it cannot listen with here.
    /// </summary>
    private static readonly Dictionary<string, string[]> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Protocols"] = [.. Enum.GetNames<HttpProtocols>().Except([nameof(HttpProtocols.None), nameof(HttpProtocols.Http3)])],
        ["SslProtocols"] = Enum.GetNames<SslProtocols>(),
        ["ClientCertificateMode"] = Enum.GetNames<ClientCertificateMode>(),
        ["Location"] = Enum.GetNames<StoreLocation>(),
        ["AllowInvalid"] = ["true", "false"],
    };

    /// <summary>Checks the values that are one of a few. An empty one is as none.</summary>
    /// <exception cref="SettingException">One is another.</exception>
    public static void CheckValues(IConfiguration configuration)
    {
        foreach (var (name, value) in SettingNames.Values(configuration).Where(setting => Has(setting.Key)))
        {
            var last = name.Split(':').Last(part => !part.All(char.IsAsciiDigit));
            if (value is { Length: > 0 } && Values.TryGetValue(last, out var accepted)
                && !accepted.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingException(name, $"one of {string.Join(", ", accepted)}.");
            }
        }
    }

    /// <summary>True for a name that the server reads, whatever its case.</summary>
    public static bool Has(string name)
    {
        var parts = name.Split(':');
        return All.Any(known => known.Length == parts.Length && Alike(known, parts) == parts.Length);
    }

    /// <summary>The name that another was meant to be: the most similar, or else the first that begins alike.</summary>
    public static SettingName Nearest(string name)
    {
        var parts = name.Split(':');
        string[] here =
            [.. All.Select(known => string.Join(':', known.Select((part, at) => part == Any ? parts.ElementAtOrDefault(at) : part)))];
        var nearest = Array.IndexOf(here, Spelling.Nearest(here, name));
        var meant = nearest >= 0 ? All[nearest] : All.MaxBy(known => Alike(known, parts))!;
        return new SettingName(string.Join(':', meant), string.Join("__", meant));
    }

    /// <summary>How many parts are alike before the first that is not.</summary>
    private static int Alike(string[] known, string[] parts) => known.Zip(parts).TakeWhile(pair => pair.First switch
    {
        Any => pair.Second.Length > 0,
        Place => pair.Second.Length > 0 && pair.Second.All(char.IsAsciiDigit),
        var part => part.Equals(pair.Second, StringComparison.OrdinalIgnoreCase),
    }).Count();
}
