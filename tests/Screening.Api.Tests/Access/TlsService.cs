using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Settings;
using Screening.Api.Telemetry;

namespace Screening.Api.Tests.Access;

/// <summary>A service with TLS, as settings alone make it.</summary>
internal sealed class TlsService : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DirectoryInfo folder;

    private TlsService(WebApplication app, DirectoryInfo folder) => (this.app, this.folder) = (app, folder);

    /// <summary>Where it listens.</summary>
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>What it counts.</summary>
    public ServiceMetrics Metrics => app.Services.GetRequiredService<ServiceMetrics>();

    /// <summary>Starts it with the certificates of clients, each with a name.</summary>
    public static Task<TlsService> StartAsync(params (string Client, X509Certificate2 Certificate)[] clients) => StartAsync([], clients);

    /// <summary>Starts it with further settings.</summary>
    public static async Task<TlsService> StartAsync(
        string[] settings, params (string Client, X509Certificate2 Certificate)[] clients)
    {
        var files = Directory.CreateTempSubdirectory("tls");
        var builder = WebApplication.CreateSlimBuilder(
        [
            "--environment=Production",
            "--urls=https://127.0.0.1:0",
            "--Kestrel:Certificates:Default:Path=" + Write("server.pem", Certificates.Server.ExportCertificatePem()),
            "--Kestrel:Certificates:Default:KeyPath="
                + Write("server.key", Certificates.Server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
            $"--{ServiceSettings.AccessAuthorities.Name}="
                + Write("authorities.pem", Certificates.Between.ExportCertificatePem() + "\n" + Certificates.Root.ExportCertificatePem()),
            $"--{ServiceSettings.AccessClients.Name}=" + Write("clients.json", File(clients)),
            .. settings,
        ]);
        builder.AddScreening();
        var built = builder.Build();
        built.UseScreening();
        await built.ListenAsync();
        return new TlsService(built, files);

        string Write(string name, string text)
        {
            var path = Path.Combine(files.FullName, name);
            System.IO.File.WriteAllText(path, text);
            return path;
        }
    }

    /// <summary>The status of a request, with a certificate or none.</summary>
    public async Task<HttpStatusCode> StatusAsync(X509Certificate2? certificate, string? key = null, string path = "/v1/protocols")
    {
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) =>
            shown!.GetCertHashString() == Certificates.Server.GetCertHashString();
        // Offline, or this client itself would look for the certificate's issuer.
        handler.SslOptions.ClientCertificateContext = certificate is null
            ? null
            : SslStreamCertificateContext.Create(certificate, null, offline: true);
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static string File((string Client, X509Certificate2 Certificate)[] clients)
    {
        var entries = clients.Select(
            one => $$"""{ "id": "{{one.Client}}", "keys": [], "certificates": [ "{{Certificates.Thumbprint(one.Certificate)}}" ] }""");
        var keyed = $$"""{ "id": "keyed", "keys": [ { "sha256": "{{KeyedService.Good.Entry.Sha256}}" } ] }""";
        return $$"""{ "clients": [ {{string.Join(", ", entries.Prepend(keyed))}} ] }""";
    }
}
