using Screening.Api.Settings;

namespace Screening.Api.Commands;

/// <summary>The host's builder, with the configuration of a service.</summary>
internal static class ConfiguredBuilder
{
    private const int MaxFileBytes = 1024 * 1024;

    /// <summary>The configuration alone, for a command that serves nothing; null, and told why, when it cannot be read.</summary>
    public static IConfiguration? ReadFor(string[] settings, TextWriter told)
    {
        try
        {
            return Make(settings).Configuration;
        }
        catch (Exception flawed) when (flawed is IOException or InvalidDataException)
        {
            told.WriteLine("The settings cannot be read: " + flawed.Message);
            return null;
        }
    }

    /// <summary>Reads the configuration.</summary>
    /// <exception cref="IOException">A file of settings is none that can be read. There are others, of the host.</exception>
    /// <exception cref="InvalidDataException">A file of settings is no JSON.</exception>
    public static WebApplicationBuilder Make(string[] settings)
    {
        CheckFiles(settings);
        // It is read once: nothing needs a watcher of files, of which a machine has only so many.
        return WebApplication.CreateSlimBuilder([.. settings, "--hostBuilder:reloadConfigOnChange=false"]);
    }

    /// <summary>Checks the files where the host will look for them: reading a pipe would never end.</summary>
    private static void CheckFiles(string[] settings)
    {
        var host = new ConfigurationBuilder()
            .AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables("ASPNETCORE_").AddCommandLine(settings).Build().AsEnumerable();
        var folder = Of(HostDefaults.ContentRootKey) is { } root
            ? Path.Combine(AppContext.BaseDirectory, root) : Directory.GetCurrentDirectory();
        string[] names = ["appsettings.json", $"appsettings.{Of(HostDefaults.EnvironmentKey) ?? Environments.Production}.json"];
        foreach (var path in names.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            if (BoundedFile.Read(path, MaxFileBytes, out var flaw) is null)
            {
                throw new IOException(flaw);
            }
        }

        string? Of(string name) => host.FirstOrDefault(setting => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }
}
