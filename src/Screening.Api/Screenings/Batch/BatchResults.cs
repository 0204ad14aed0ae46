using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Screenings.Batch;

/// <summary>The results of the lines of one batch: counts them and buffers the unsent ones.</summary>
/// <param name="reader">Reads a line like the body of a single screening.</param>
/// <param name="now">The time of the batch.</param>
/// <param name="language">The language of the texts.</param>
/// <param name="traceId">Correlates problems with the log.</param>
/// <param name="prefix">What the addresses of this service begin with.</param>
internal sealed class BatchResults(ScreeningRequestReader reader, Instant now, Language language, string traceId, PathString prefix) : IDisposable
{
    /// <summary>
    /// The number of bytes that is sent before all available lines are processed. Half of the server's buffer: it sends them while the next
    /// lines are screened.
    /// </summary>
    private const int SendThreshold = 32 * 1024;

    private readonly Utf8Output output = new(SendThreshold + DecisionWriter.InitialCapacity);
    private readonly InputErrors errors = new();

    /// <summary>The number of processed lines.</summary>
    public long Lines { get; private set; }

    /// <summary>The number of lines that failed.</summary>
    public long Failed { get; private set; }

    /// <summary>The unsent results.</summary>
    public ReadOnlyMemory<byte> Written => output.Written;

    /// <summary>
    /// Discards the sent results and processes available lines until there is enough to send; false when there was no line.
    /// </summary>
    public bool Process(LineReader lines, CancellationToken cancellation)
    {
        output.Clear();
        while (output.Written.Length < SendThreshold && lines.Next(out var line) is var kind and not LineKind.None)
        {
            cancellation.ThrowIfCancellationRequested();
            Lines++;
            if (kind == LineKind.TooLong)
            {
                errors.Clear();
                Fail(ProblemKind.BodyTooLarge, null);
            }
            else
            {
                Screen(line);
            }

            output.Raw("\n"u8);
        }

        return output.Written.Length > 0;
    }

    /// <summary>Discards the sent results and writes, for the next line, that the service stops.</summary>
    public void Stop()
    {
        output.Clear();
        errors.Clear();
        Lines++;
        Fail(ProblemKind.Overloaded, null);
        output.Raw("\n"u8);
    }

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();

    private void Screen(ReadOnlySpan<byte> line)
    {
        if (reader.Read(line, now, errors.For(line.Length), out var reference) is { } request)
        {
            var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
            DecisionWriter.Write(output, DecisionId.New(now), request, decision, language);
        }
        else
        {
            Fail(ProblemKind.Of(errors), reference);
        }
    }

    private void Fail(ProblemKind kind, string? reference)
    {
        Failed++;
        ProblemWriter.Write(output, kind, errors.All, traceId, language, prefix, Lines, reference);
    }
}
