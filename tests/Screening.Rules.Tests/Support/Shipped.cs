using System.Text.Json.Nodes;

namespace Screening.Rules.Tests.Support;

/// <summary>The protocol that travels inside the rules module, and what tests do with its file.</summary>
public static class Shipped
{
    public const string File = "sublative-rf/1.0.0.json";

    public static byte[] Bytes { get; } = Resource(typeof(Protocol), File);

    public static Protocol Protocol { get; } = Load(File, Bytes);

    /// <summary>A copy of the file that may be changed.</summary>
    public static JsonObject Node() => JsonNode.Parse(Bytes)!.AsObject();

    public static Protocol Load(string file, byte[] bytes)
    {
        Assert.True(ProtocolLoader.TryLoad(file, bytes, out var protocol, out var flaws), string.Join("\n", flaws));
        Assert.Empty(flaws);
        return protocol;
    }

    public static byte[] Resource(Type module, string name)
    {
        using var stream = module.Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"There is no resource {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
