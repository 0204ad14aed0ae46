using System.Globalization;

namespace Screening.Api.Settings;

/// <summary>
/// An invalid setting, with which the service cannot start. The message names the setting and the allowed values, never the actual value,
/// which may be secret.
/// </summary>
public sealed class SettingException : Exception
{
    /// <summary>A setting has an invalid value.</summary>
    /// <param name="setting">The setting, such as <c>Clinic:TimeZone</c>.</param>
    /// <param name="requirement">The allowed values.</param>
    internal SettingException(string setting, string requirement)
        : base($"The setting {setting} must be {requirement}")
    {
    }

    private SettingException(string message)
        : base(message)
    {
    }

    /// <summary>An address to listen on cannot be used.</summary>
    /// <param name="reason">Why.</param>
    public static SettingException Address(string reason) =>
        new($"An address or port to listen on (urls, ASPNETCORE_HTTP_PORTS or Kestrel:Endpoints) {reason}.");

    /// <summary>The operating system lets the process open too few files and sockets.</summary>
    /// <param name="needed">How many it needs.</param>
    public static SettingException TooFewDescriptors(int needed) => new(TooFewDescriptorsText(needed));

    /// <summary>The text of it, for a process that cannot even make an exception of its own.</summary>
    internal static string TooFewDescriptorsText(int needed) => string.Create(
        CultureInfo.InvariantCulture, $"The process may have too few files and sockets open: it needs {needed} (ulimit -n).");

    /// <summary>OpenTelemetry's library took all that it was checked for, and still cannot work with it.</summary>
    public static SettingException Telemetry() =>
        new("A variable of OpenTelemetry (OTEL_…) has a value that its library cannot work with.");

    /// <summary>The framework's own switch takes the word of any proxy.</summary>
    public static SettingException TrustsAnyProxy() =>
        new(
            "ASPNETCORE_FORWARDEDHEADERS_ENABLED takes any caller's word for its address. Name the proxies by Access__KnownNetworks "
                + "instead.");

    /// <summary>Nothing says who may call.</summary>
    public static SettingException NobodyMayCall() =>
        new("Nothing says who may call: name the clients in a file (Access__Clients), or who issues their tokens (Access__Issuers), "
            + "or let in whoever reaches the service (Access__Open=true). "
            + "Only in development, listening on localhost alone, neither is needed.");

    /// <summary>The service cannot be open and closed.</summary>
    public static SettingException OpenAndClosed() =>
        new("Access__Open=true lets in everybody, Access__Clients and Access__Issuers only clients: set one of them.");

    /// <summary>Client certificates are asked for, and nothing says whose they are.</summary>
    public static SettingException CertificatesOfNobody() =>
        new("Access__CertificateAuthorities needs a clients file that says whose certificate is whose (Access__Clients).");

    /// <summary>Receipts are to be signed, and there is no key.</summary>
    public static SettingException NothingSigns() =>
        new("Receipts__Always=true needs keys that sign: name their file (Receipts__Keys), or set them (Receipts__Keys__0__Pem). Only in development one is made.");

    /// <summary>Signing keys are set one by one, and in a file.</summary>
    public static SettingException KeysAndFile() =>
        new("Receipts__Keys names a file of signing keys, Receipts__Keys__0__State and the like are keys: set one of them.");

    /// <summary>A name that was set is no setting. It may have something secret in it, as a value may.</summary>
    /// <param name="meant">The setting whose name is nearest.</param>
    internal static SettingException Unknown(SettingName meant) =>
        new($"A name that is set is no setting. Is {meant.Written} meant ({meant.Variable} as an environment variable)?");
}
