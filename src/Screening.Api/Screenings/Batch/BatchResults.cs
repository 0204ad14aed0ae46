using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Screenings.Batch;

/// <summary>The answers to the lines of one batch: counts them, and holds those that are still to be sent.</summary>
/// <param name="reader">Reads a line as it reads the body of a single screening.</param>
/// <param name="now">The batch's one reading of the clock.</param>
/// <param name="language">The language of the texts.</param>
/// <param name="traceId">Joins the problems with the log.</param>
internal sealed class BatchResults(ScreeningRequestReader reader, Instant now, Language language, string traceId) : IDisposable
{
    /// <summary>Enough to be worth sending before all lines at hand are answered. Half of what the server buffers: it sends while the next are decided.</summary>
    private const int WorthSending = 32 * 1024;

    private readonly Utf8Output output = new(WorthSending + DecisionWriter.UsualLength);
    private readonly InputErrors errors = new();

    /// <summary>How many lines were answered.</summary>
    public long Lines { get; private set; }

    /// <summary>How many of them with a problem.</summary>
    public long Failed { get; private set; }

    /// <summary>The answers that are to be sent.</summary>
    public ReadOnlyMemory<byte> Written => output.Written;

    /// <summary>Forgets the answers that were sent, and answers the lines at hand until there is enough to send; false when there was none.</summary>
    public bool Answer(LineReader lines, CancellationToken cancellation)
    {
        output.Clear();
        while (output.Written.Length < WorthSending && lines.Next(out var line) is var found and not LineKind.None)
        {
            cancellation.ThrowIfCancellationRequested();
            Lines++;
            if (found == LineKind.TooLong)
            {
                errors.Clear();
                Fail(ProblemKind.BodyTooLarge, null);
            }
            else
            {
                Answer(line);
            }

            output.Raw("\n"u8);
        }

        return output.Written.Length > 0;
    }

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();

    private void Answer(ReadOnlySpan<byte> line)
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
        ProblemWriter.Write(output, kind, errors.All, traceId, Lines, reference);
    }
}
