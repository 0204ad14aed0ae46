using System.Diagnostics.CodeAnalysis;

namespace Screening.Rules;

/// <summary>A reason why a protocol file cannot be used.</summary>
/// <param name="File">The file.</param>
/// <param name="Pointer">JSON pointer to the error.</param>
/// <param name="Reason">The error.</param>
public sealed record ProtocolFlaw(string File, string Pointer, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}#{Pointer}: {Reason}";
}

/// <summary>
/// Compiles the bytes of a file into a <see cref="Protocol"/>, or reports their errors. In three steps, each only if the previous one found
/// none: the shape, the consistency (<see cref="ProtocolChecks"/>), the worked examples (<see cref="WorkedExamples"/>).
/// </summary>
public static class ProtocolLoader
{
    /// <summary>Loads a protocol; true when it is usable, otherwise there is at least one flaw.</summary>
    public static bool TryLoad(
        string file, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Protocol? protocol, out IReadOnlyList<ProtocolFlaw> flaws)
    {
        Protocol? compiled = null;
        IEnumerable<(string Pointer, string Reason)> found =
            ProtocolText.Read(bytes, out var document) is { Count: > 0 } ofShape ? ofShape
            : ProtocolChecks.Check(document!) is { Count: > 0 } ofSense ? ofSense
            : WorkedExamples.Run(compiled = new Protocol(document!, bytes));
        flaws = [.. found.Select(flaw => new ProtocolFlaw(file, flaw.Pointer, flaw.Reason))];
        protocol = flaws.Count > 0 ? null : compiled;
        return protocol is not null;
    }
}
