using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using NodaTime.Testing;
using Screening.Api.Access;
using Screening.Api.Settings;
using Screening.Api.Tests.Hosting;
using Screening.Api.Tests.Logging;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Access;

/// <summary>A service that lets in the clients of a file, with a clock and timers that a test moves, whose log can be read.</summary>
public sealed class KeyedService : LoggedService
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clients");
    private readonly ManualTimers timers = new();
    private int removed;

    public KeyedService() => Write(Keys.File([Good, Second, Expired, Early], [Other]));

    /// <summary>A key of <c>salon-0</c>.</summary>
    internal static ApiKey Good { get; } = Keys.Numbered(1);

    /// <summary>Another of the same client.</summary>
    internal static ApiKey Second { get; } = Keys.Numbered(2);

    /// <summary>One that was good until a day ago.</summary>
    internal static ApiKey Expired { get; } =
        Keys.Numbered(3) with { Entry = new KeyEntry { Sha256 = Keys.Numbered(3).Entry.Sha256, Expires = Now - Duration.FromDays(1) } };

    /// <summary>One that is good in a day.</summary>
    internal static ApiKey Early { get; } =
        Keys.Numbered(4) with { Entry = new KeyEntry { Sha256 = Keys.Numbered(4).Entry.Sha256, NotBefore = Now + Duration.FromDays(1) } };

    /// <summary>A key of <c>salon-1</c>.</summary>
    internal static ApiKey Other { get; } = Keys.Numbered(5);

    /// <summary>Further settings.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>The service's clock.</summary>
    public FakeClock Clock { get; } = new(Now);

    private string Path => System.IO.Path.Combine(folder.FullName, "clients.json");

    /// <summary>Replaces the clients file as orchestrators do: by a rename.</summary>
    public void Write(string text)
    {
        var next = System.IO.Path.Combine(folder.FullName, "next.json");
        File.WriteAllText(next, text);
        File.Move(next, Path, overwrite: true);
    }

    /// <summary>Takes the clients file away.</summary>
    public void Remove() => File.Delete(Path);

    /// <summary>Lets as much time pass as until the next reading of the file.</summary>
    public void Tick() => Pass(ReloadedFile.Interval);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => timers.Advance(time);

    /// <summary>Waits until a timer of this length is set.</summary>
    public async Task WaitForTimerAsync(TimeSpan length)
    {
        while (await timers.NextSetAsync() != length)
        {
        }
    }

    /// <summary>Sends a request as it stands, on a connection of its own; the whole answer.</summary>
    internal async Task<string> SendAsync(string method, string target, IEnumerable<string> headers, string? body = null)
    {
        using var connection = new RawConnection(Address);
        var length = body is null ? [] : (string[])[$"Content-Length: {Encoding.UTF8.GetByteCount(body)}"];
        string[] lines = [$"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", .. length, .. headers];
        await connection.SendAsync(string.Join("\r\n", lines) + "\r\n\r\n" + body);
        return await connection.ReadToEndAsync();
    }

    /// <summary>The status of a request with a key.</summary>
    internal async Task<int> StatusAsync(ApiKey key, string path = "/v1/protocols")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("X-Api-Key", key.Text);
        using var response = await Client.SendAsync(request);
        return (int)response.StatusCode;
    }

    /// <inheritdoc/>
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting(ServiceSettings.AccessClients.Name, Path);

        // Tests of bad credentials send many, and no time passes.
        builder.UseSetting(ServiceSettings.LimitsRefusalsPerMinute.Name, "1000000");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        base.ConfigureWebHost(builder);
        builder.ConfigureServices(services => services
            .Replace(ServiceDescriptor.Singleton<IClock>(Clock))
            .Replace(ServiceDescriptor.Singleton<TimeProvider>(timers)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);

        // The logger ends its sinks too, of which this is one, on a thread of its own.
        if (disposing && Interlocked.Exchange(ref removed, 1) == 0)
        {
            folder.Delete(recursive: true);
        }
    }
}
