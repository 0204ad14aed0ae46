using System.Diagnostics;
using System.Security.Cryptography;

namespace Screening.Benchmarks.Peers;

/// <summary>One ES256 signature of the base library, over as many bytes as a receipt signs: what a receipt costs at least.</summary>
public static class RawSignature
{
    private const DSASignatureFormat Format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation;

    /// <summary>Signs for some seconds, after one to warm up.</summary>
    /// <returns>As JSON: how many times, and the seconds of CPU and of the clock that it took.</returns>
    /// <exception cref="CryptographicException">What was signed does not verify.</exception>
    public static string Measure(int seconds, int length)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var data = RandomNumberGenerator.GetBytes(length);
        if (!key.VerifyData(data, key.SignData(data, HashAlgorithmName.SHA256, Format), HashAlgorithmName.SHA256, Format))
        {
            throw new CryptographicException("The signature does not verify.");
        }

        Sign(key, data, TimeSpan.FromSeconds(seconds > 0 ? 1 : 0));
        var (before, clock) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var times = Sign(key, data, TimeSpan.FromSeconds(seconds));
        var (cpu, elapsed) = ((Environment.CpuUsage.TotalTime - before).TotalSeconds, clock.Elapsed.TotalSeconds);
        return FormattableString.Invariant($$"""{"requests":{{times}},"cpu":{{cpu}},"perSecond":{{times / elapsed}}}""");
    }

    private static int Sign(ECDsa key, byte[] data, TimeSpan time)
    {
        var (times, clock) = (0, Stopwatch.StartNew());
        do
        {
            _ = key.SignData(data, HashAlgorithmName.SHA256, Format);
            times++;
        }
        while (clock.Elapsed < time);
        return times;
    }
}
