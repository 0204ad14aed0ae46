using System.Net;
using System.Net.Sockets;
using Screening.Api.Settings;

namespace Screening.Api.Access;

/// <summary>Whom the service lets in.</summary>
internal enum AccessMode
{
    /// <summary>Clients with credentials, and everybody to what is open to all.</summary>
    Clients,

    /// <summary>Whoever can reach it: a developer's own service, that listens on this machine alone.</summary>
    ThisMachine,

    /// <summary>Whoever can reach it, since the operator says so.</summary>
    Everybody,
}

/// <summary>
/// The settings of who may call. A service that nobody said anything about to does not start, unless it is a developer's: it would either
/// let in everybody or nobody.
/// </summary>
/// <param name="Mode">Whom it lets in.</param>
/// <param name="ClientsFile">The path of the clients file; null without one.</param>
/// <param name="IssuersFile">The path of the issuers file; null without one.</param>
/// <param name="Authorities">Whose client certificates count; null for nobody's.</param>
internal sealed record AccessSettings(AccessMode Mode, string? ClientsFile, string? IssuersFile, CertificateAuthorities? Authorities)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">They do not say who may call, or contradict each other.</exception>
    public static AccessSettings Of(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!environment.IsDevelopment() && ServiceSettings.ForwardedHeaders.Of(configuration) is not null)
        {
            throw SettingException.TrustsAnyProxy();
        }

        var isOpen = ServiceSettings.AccessOpen.Of(configuration);
        var (clients, issuers) = (ServiceSettings.AccessClients.Of(configuration), ServiceSettings.AccessIssuers.Of(configuration));
        var authorities = ServiceSettings.AccessAuthorities.Of(configuration, CertificateAuthorities.Of);
        var mode = (isOpen, clients is not null || issuers is not null) switch
        {
            (true, true) => throw SettingException.OpenAndClosed(),
            (true, false) => AccessMode.Everybody,
            (false, true) => AccessMode.Clients,
            (false, false) => environment.IsDevelopment() ? AccessMode.ThisMachine : throw SettingException.NobodyMayCall(),
        };
        return authorities is null || clients is not null ? new AccessSettings(mode, clients, issuers, authorities)
            : throw SettingException.CertificatesOfNobody();
    }

    /// <summary>Checks an address before it is listened on, wherever it is set.</summary>
    /// <exception cref="SettingException">Others than this machine could reach it, and nothing says that they may call.</exception>
    public void Check(EndPoint endpoint)
    {
        var isLocal = endpoint is UnixDomainSocketEndPoint
            || (endpoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address));
        if (Mode == AccessMode.ThisMachine && !isLocal)
        {
            throw SettingException.NobodyMayCall();
        }
    }
}
