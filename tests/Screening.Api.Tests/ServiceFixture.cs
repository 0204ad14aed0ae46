using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using NodaTime;
using NodaTime.Testing;

[assembly: AssemblyFixture(typeof(Screening.Api.Tests.ServiceFixture))]

namespace Screening.Api.Tests;

/// <summary>The whole service on real Kestrel, on a free port; the in-memory server speaks no HTTP and enforces no limit.</summary>
public class ServiceFixture : WebApplicationFactory<Program>
{
    private readonly Lazy<HttpClient> client;

    public ServiceFixture()
    {
        UseKestrel();
        client = new Lazy<HttpClient>(() =>
        {
            StartServer();
            return CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress });
        });
    }

    /// <summary>What the service's clock says.</summary>
    public static Instant Now { get; } = Instant.FromUtc(2026, 6, 1, 18, 0);

    /// <summary>A client of the running service.</summary>
    public HttpClient Client => client.Value;

    /// <summary>Where it listens.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>Posts a body as JSON.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, string body, string contentType = "application/json") =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>Posts bytes as they are.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, byte[] body, string? contentType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return await Client.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    /// <summary>Screens a request; the status and the answer.</summary>
    public async Task<(int Status, JsonObject Answer)> ScreenAsync(JsonObject request)
    {
        using var response = await PostAsync("/v1/screenings", request.ToJsonString());
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!);
    }

    /// <summary>As a setting of the service itself: with a port, the factory sets it while the service may already listen.</summary>
    protected override IHost CreateHost(IHostBuilder builder) => base.CreateHost(
        builder.ConfigureHostConfiguration(settings => settings.AddInMemoryCollection([new("urls", "http://127.0.0.1:0")])));

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.ConfigureServices(services =>
        services.Replace(ServiceDescriptor.Singleton<IClock>(new FakeClock(Now))));
}
