using System.Collections.Immutable;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.Loading;

/// <summary>Loads every protocol at startup: those embedded in the rules assembly and those in a configured folder.</summary>
public static class ProtocolFiles
{
    private const int MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>Loads all protocols.</summary>
    /// <param name="folder">A folder whose <c>*.json</c> files, at any depth, are loaded as protocols; null or empty for none.</param>
    /// <exception cref="ProtocolLoadException">A file has a flaw: the service does not start with an incomplete rule set.</exception>
    public static ProtocolCatalog Load(string? folder)
    {
        var protocols = new List<Protocol>();
        var flaws = new List<ProtocolFlaw>();
        var names = new Dictionary<(string, string), string>();
        var dates = new Dictionary<(string, NodaTime.LocalDate), string>();
        foreach (var (name, bytes) in Embedded().Concat(InFolder(folder, flaws)))
        {
            if (!ProtocolLoader.TryLoad(name, bytes, out var protocol, out var fileFlaws))
            {
                flaws.AddRange(fileFlaws);
            }
            else if (!names.TryAdd((protocol.Id, protocol.Document.Version), name))
            {
                flaws.Add(new ProtocolFlaw(name, "/version", $"This version stands in {names[(protocol.Id, protocol.Document.Version)]} already."));
            }
            else if (!dates.TryAdd((protocol.Id, protocol.EffectiveFrom), name))
            {
                flaws.Add(new ProtocolFlaw(name, "/effectiveFrom", $"From this date {dates[(protocol.Id, protocol.EffectiveFrom)]} is in force already."));
            }
            else
            {
                protocols.Add(protocol);
            }
        }

        return flaws.Count == 0 ? new ProtocolCatalog(protocols) : throw new ProtocolLoadException(flaws);
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> Embedded()
    {
        var assembly = typeof(Protocol).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(IsProtocol).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return (name, bytes);
        }
    }

    private static IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> InFolder(string? folder, List<ProtocolFlaw> flaws)
    {
        if (string.IsNullOrEmpty(folder))
        {
            yield break;
        }

        if (!Directory.Exists(folder))
        {
            flaws.Add(new ProtocolFlaw(folder, string.Empty, "The configured folder of protocols does not exist."));
            yield break;
        }

        string[] files;
        try
        {
            files = [.. FilesIn(folder, []).Where(IsProtocol).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            flaws.Add(new ProtocolFlaw(folder, string.Empty, "The folder cannot be read."));
            yield break;
        }

        foreach (var file in files)
        {
            if (BoundedFile.Read(file, MaxFileBytes, out var flaw) is not { } bytes)
            {
                flaws.Add(new ProtocolFlaw(file, string.Empty, flaw!));
                continue;
            }

            yield return (file, bytes);
        }
    }

    /// <summary>All files at any depth. A folder that is reached by several links, perhaps from within itself, is read once.</summary>
    private static IEnumerable<string> FilesIn(string folder, HashSet<string> read)
    {
        // Skip hidden entries: a mounted configuration keeps current and older files in hidden folders and links to them.
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false };
        return !read.Add(WithoutLinks(Path.GetFullPath(folder))) ? []
            :
            [
                .. Directory.EnumerateFiles(folder, "*", options),
                .. Directory.EnumerateDirectories(folder, "*", options).Order(StringComparer.Ordinal)
                    .SelectMany(below => FilesIn(below, read)),
            ];
    }

    /// <summary>Where a folder that exists really is.</summary>
    private static string WithoutLinks(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        parent = WithoutLinks(parent);
        var folder = Path.Combine(parent, Path.GetFileName(path));
        return new DirectoryInfo(folder).LinkTarget is { } target ? WithoutLinks(Path.GetFullPath(target, parent)) : folder;
    }

    private static bool IsProtocol(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".schema.json", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A protocol file has a flaw.</summary>
public sealed class ProtocolLoadException(IReadOnlyList<ProtocolFlaw> flaws)
    : Exception("The service does not start: " + string.Join(" ", flaws))
{
    /// <summary>All flaws found.</summary>
    public ImmutableArray<ProtocolFlaw> Flaws { get; } = [.. flaws];
}
