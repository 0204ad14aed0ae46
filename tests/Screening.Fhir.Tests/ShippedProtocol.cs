using Screening.Rules;

namespace Screening.Fhir.Tests;

/// <summary>The protocol that travels inside the rules module.</summary>
internal static class ShippedProtocol
{
    private const string File = "sublative-rf/1.0.0.json";

    public static Protocol Load()
    {
        using var stream = typeof(Protocol).Assembly.GetManifestResourceStream(File)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        Assert.True(ProtocolLoader.TryLoad(File, bytes, out var protocol, out var flaws), string.Join("\n", flaws));
        return protocol;
    }
}
