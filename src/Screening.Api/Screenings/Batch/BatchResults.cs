using NodaTime;
using Screening.Api.Access;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.Screenings.Batch;

/// <summary>The results of the lines of one batch: counts them and buffers the unsent ones.</summary>
/// <param name="reader">Reads a line like the body of a single screening.</param>
/// <param name="now">The time of the batch.</param>
/// <param name="language">The language of the texts.</param>
/// <param name="traceId">Correlates problems with the log.</param>
/// <param name="options">What the query asks for, on every line.</param>
/// <param name="prefix">What the addresses of this service begin with.</param>
/// <param name="permits">The client's, one for each line after the first, which is the request's own; null when nothing limits it.</param>
/// <param name="metrics">Counts each line; null for lines that count nowhere.</param>
internal sealed class BatchResults(
    ScreeningRequestReader reader,
    Instant now,
    Language language,
    string traceId,
    ReadingOptions options,
    PathString prefix,
    ClientPermits? permits,
    ServiceMetrics? metrics = null) : IDisposable
{
    /// <summary>
    /// The number of bytes that is sent before all available lines are processed. Half of the server's buffer: it sends them while the next
    /// lines are screened.
    /// </summary>
    private const int SendThreshold = 16 * 1024;

    /// <summary>
    /// The longest that a line waits for a permit: whoever must wait for longer would hold a place that other clients need.
    /// </summary>
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);

    // Permits may come back faster than a timer rings: let some come together.
    private static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(10);

    private readonly Utf8Output output = new(SendThreshold + DecisionWriter.InitialCapacity);
    private readonly InputErrors errors = new();
    private TimeSpan patience = MostWait;

    /// <summary>The number of processed lines.</summary>
    public long Lines { get; private set; }

    /// <summary>The number of lines that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>How long to wait for a permit before the next line is processed; zero when it needs to wait for none.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>The unsent results.</summary>
    public ReadOnlyMemory<byte> Written => output.Written;

    /// <summary>
    /// Discards the sent results and processes available lines until there is enough to send, or no permit for the next; false when there
    /// was no line.
    /// </summary>
    public bool Process(LineReader lines, CancellationToken cancellation)
    {
        output.Clear();
        Pause = TimeSpan.Zero;
        while (output.Written.Length < SendThreshold && lines.Next(out var line) is var kind and not LineKind.None)
        {
            cancellation.ThrowIfCancellationRequested();
            var isPaid = Lines == 0 || TakePermit();
            if (Pause > TimeSpan.Zero)
            {
                lines.Return();
                break;
            }

            Lines++;
            patience = MostWait;
            if (!isPaid)
            {
                metrics?.Limits.Add(ReachedLimit.Client);
                Fail(ProblemKind.TooManyRequests, null);
            }
            else if (kind == LineKind.TooLong)
            {
                Fail(ProblemKind.BodyTooLarge, null);
            }
            else
            {
                Screen(line);
            }

            output.Raw("\n"u8);
        }

        return output.Written.Length > 0 || Pause > TimeSpan.Zero;
    }

    /// <summary>Discards the sent results and writes, for the next line, that the service stops.</summary>
    public void Stop()
    {
        output.Clear();
        Lines++;
        Fail(ProblemKind.Overloaded, null);
        output.Raw("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();

    private void Screen(ReadOnlySpan<byte> line)
    {
        if (reader.Read(line, now, errors.For(line.Length), out var reference, options) is { } request)
        {
            var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
            metrics?.Decided(DecisionDoor.Batch, request.Intake.Protocol, decision.Eligibility);
            DecisionWriter.Write(output, DecisionId.New(now), request, decision, language);
        }
        else if (errors.All is [{ Code: var code }] && code == ErrorCode.InvalidJson)
        {
            Fail(ProblemKind.InvalidRequest, reference, JsonFault.OfLine(line));
        }
        else
        {
            Fail(ProblemKind.Of(errors), reference, errors.All);
        }
    }

    private void Fail(ProblemKind kind, string? reference, params IReadOnlyList<InputError> found)
    {
        Failed++;
        metrics?.LineProblems.Add(kind.Code);
        ProblemWriter.Write(output, kind, found, traceId, language, prefix, Lines, reference);
    }

    /// <summary>Takes a permit; false when there is none, and a pause if it is worth one.</summary>
    private bool TakePermit()
    {
        if (permits?.Take(1) is not { IsGranted: false, UntilGranted: var wait })
        {
            return true;
        }

        if (wait <= patience)
        {
            Pause = wait > LeastWait ? wait : LeastWait;
            patience -= Pause;
        }

        return false;
    }
}
