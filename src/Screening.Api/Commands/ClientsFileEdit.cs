using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Api.Access;
using Screening.Api.Settings;

namespace Screening.Api.Commands;

/// <summary>Adds keys to the clients file. Whoever reads it finds it as it was or as it will be, never half of it.</summary>
internal static class ClientsFileEdit
{
    /// <summary>How it is written.</summary>
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Adds a key to the file.</summary>
    /// <param name="path">Where it is; it is made if there is none.</param>
    /// <param name="client">The client's id.</param>
    /// <param name="key">The entry of the key.</param>
    /// <exception cref="FormatException">The file, or the id, has a flaw.</exception>
    /// <exception cref="IOException">The file cannot be read or written, or is being changed.</exception>
    public static void AddKey(string path, string client, JsonNode key)
    {
        // A link stays one: what it leads to is replaced.
        path = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

        // Only one can make this file at a time, so two keys at once do not undo each other.
        var next = path + ".new";
        using (var stream = Make(next, Options(path)))
        {
            try
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(WithKey(Read(path), client, key), Indented));
                stream.WriteByte((byte)'\n');
                stream.Flush(flushToDisk: true);
            }
            catch
            {
                File.Delete(next);
                throw;
            }
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>The clients with a key more.</summary>
    /// <param name="clients">The bytes of the file; null for none.</param>
    /// <param name="client">The client's id.</param>
    /// <param name="key">The entry of the key.</param>
    /// <exception cref="FormatException">The file, or the id, has a flaw.</exception>
    public static JsonNode WithKey(byte[]? clients, string client, JsonNode key)
    {
        if (clients is not null)
        {
            Check(clients);
        }

        var document = clients is null ? new JsonObject { ["clients"] = new JsonArray() } : JsonNode.Parse(ReloadedFile.Content(clients))!;
        var all = document["clients"]!.AsArray();
        var entry = all.FirstOrDefault(one => string.Equals((string?)one!["id"], client, StringComparison.OrdinalIgnoreCase));
        if (entry is null)
        {
            all.Add(entry = new JsonObject { ["id"] = client, ["keys"] = new JsonArray() });
        }

        entry["keys"]!.AsArray().Add(key);
        Check(JsonSerializer.SerializeToUtf8Bytes(document));
        return document;
    }

    private static void Check(byte[] clients)
    {
        if (ClientsFile.Read(clients).Flaw is { } flaw)
        {
            throw new FormatException(flaw);
        }
    }

    private static byte[]? Read(string path) =>
        !File.Exists(path) ? null
        : BoundedFile.Read(path, ReloadedFile.MaxBytes, out var flaw) ?? throw new FormatException(flaw);

    private static FileStream Make(string next, FileStreamOptions options)
    {
        try
        {
            return new FileStream(next, options);
        }
        catch (IOException failed) when (File.Exists(next))
        {
            throw new IOException(
                $"Another new-key is changing the file. If none is running, one broke off: delete {next} and try again.", failed);
        }
    }

    /// <summary>The rights of the file that is there; a new one is its owner's alone.</summary>
    private static FileStreamOptions Options(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.Exists(path) ? File.GetUnixFileMode(path) : UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
