using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Receipts;

/// <summary>A folder with a file of signing keys.</summary>
internal sealed class KeysFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("signing");

    /// <summary>A new key, in PEM.</summary>
    public static string NewKey(string curve = "nistP256")
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        return key.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>The public half of a key.</summary>
    public static string PublicOf(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>Where the file is.</summary>
    public string File => System.IO.Path.Combine(folder.FullName, "keys.json");

    /// <summary>An entry of the file.</summary>
    public static JsonObject Entry(string state, string pem) =>
        state != "revoked" ? new() { ["state"] = state, ["pem"] = pem }
        : new() { ["state"] = state, ["pem"] = pem, ["revokedAt"] = "2026-05-01T00:00:00Z", ["reason"] = "compromised" };

    /// <summary>Replaces the file as orchestrators do: by a rename.</summary>
    public KeysFolder Write(params (string State, string Pem)[] keys)
    {
        WriteText(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => Entry(key.State, key.Pem))]) }.ToJsonString());
        return this;
    }

    /// <summary>Replaces the file.</summary>
    public void WriteText(string text)
    {
        Beside("next.json", text);
        System.IO.File.Move(System.IO.Path.Combine(folder.FullName, "next.json"), File, overwrite: true);
    }

    /// <summary>Writes another file beside it.</summary>
    public void Beside(string name, string text) => System.IO.File.WriteAllText(System.IO.Path.Combine(folder.FullName, name), text);

    public void Dispose() => folder.Delete(recursive: true);
}
