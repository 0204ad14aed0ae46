using System.Security.Cryptography;
using System.Text;
using Screening.Api.Settings;
using Screening.Api.Telemetry;

namespace Screening.Api.Access;

/// <summary>
/// A file that is read again every two seconds: files that an orchestrator mounts are replaced by links, which watching a file does not
/// notice. One that cannot be read, or has a flaw, changes nothing: what the one before said stays.
/// </summary>
internal sealed class ReloadedFile : IDisposable
{
    /// <summary>How long after a reading the next one begins.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The most bytes that such a file may have.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly string path;
    private readonly string name;
    private readonly ServiceMetrics metrics;
    private readonly Func<byte[], string?> take;
    private readonly Action<string> tell;
    private readonly ITimer timer;
    private volatile string? flaw;
    private string last = string.Empty;

    /// <summary>Reads the file, and keeps reading it.</summary>
    /// <param name="name">What it is, in metrics.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="metrics">Counts the readings.</param>
    /// <param name="timers">What tells that the time for the next reading has come.</param>
    /// <param name="take">
    /// Takes over what the bytes say, or leaves all as it was and returns their flaw, which repeats nothing of them.
    /// </param>
    /// <param name="tell">Is told of a flaw, once for the same bytes.</param>
    /// <param name="refuse">The error that stops the start, of a flaw of the first reading.</param>
    public ReloadedFile(
        string name,
        string path,
        ServiceMetrics metrics,
        TimeProvider timers,
        Func<byte[], string?> take,
        Action<string> tell,
        Func<string, SettingException> refuse)
    {
        (this.name, this.path, this.metrics, this.take, this.tell) = (name, path, metrics, take, tell);
        if (Read() is { } flawed)
        {
            throw refuse(flawed);
        }

        metrics.ObserveFile(name, () => flaw is not null);
        timer = timers.CreateTimer(_ => ReadAgain(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Which file holds: <c>current</c>, or <c>last-good</c> when it has a flaw since.</summary>
    public string State => flaw is null ? "current" : "last-good";

    /// <summary>What a file says after its byte order mark, which editors on Windows write.</summary>
    public static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void ReadAgain()
    {
        var before = last;
        if (Read() is { } flawed && last != before)
        {
            tell(flawed);
        }

        timer.Change(Interval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads it; its flaw.</summary>
    private string? Read()
    {
        var bytes = BoundedFile.Read(path, MaxBytes, out var unreadable);
        var digest = bytes is null ? unreadable! : Convert.ToHexString(SHA256.HashData(bytes));

        // One with a flaw is taken again: the flaw may be in a file that it names.
        if (digest != last || flaw is not null)
        {
            var isChanged = digest != last;
            (last, flaw) = (digest, bytes is null ? unreadable : take(bytes));
            if (isChanged || flaw is null)
            {
                metrics.FileRead(name, flaw is null);
            }
        }

        return flaw;
    }
}
