using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using NodaTime;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Rules;

namespace Screening.Api.Screenings.Batch;

/// <summary>
/// Screens line after line, as they come: no faster than the client reads the answers, and in the same memory however many there are.
/// </summary>
public sealed class CreateScreeningBatchEndpoint(ScreeningRequestReader reader, IClock clock, BatchLimits limits, TimeProvider timers) : ApiEndpoint
{
    private const string Lines = "application/x-ndjson";

    /// <inheritdoc/>
    private protected override string RequestMediaType => Lines;

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/v1/screenings/batch");
        Options(route => route.RequireRateLimiting(BatchLimits.Policy).WithMetadata(ParameterDescription.AcceptLanguage));
        Describe(
            "CreateScreeningBatch",
            "Screenings",
            "Screen line after line, as many as you like",
            BatchDescription.Text,
            typeof(ScreeningBatchRequest),
            new ResponseDescription(StatusCodes.Status200OK, typeof(ScreeningBatchResponse), Lines, "A result for each line, in the order of the lines, also when every line failed. An empty body gets an empty response."),
            ResponseDescription.Problem(ProblemKind.BadRequest, "The body broke off before the first line was screened. After that the connection is closed instead, and the response breaks off."),
            ResponseDescription.Problem(ProblemKind.OfStatus(StatusCodes.Status408RequestTimeout), "The body paused for too long before the first line was screened. After that the connection is closed instead."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/x-ndjson` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.TooManyRequests, "Too many batches at a time.") with { Headers = [new HeaderDescription("Retry-After", "How many seconds to wait before the next try.")] });
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // The one reading of the clock, for every line.
        var now = clock.GetCurrentInstant();
        if (!RequestBody.IsUtf8(HttpContext.Request, Lines))
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.UnsupportedMediaType);
            return;
        }

        LiftBodyLimits();
        HttpContext.Response.ContentType = Lines;
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        HttpContext.Response.Headers.Vary = "Accept-Language";
        using var answers = new BatchResults(reader, now, language, ProblemWriter.TraceId(HttpContext));
        try
        {
            await AnswerAsync(answers, ct);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            await BreakOffAsync(broken, ct);
        }
        finally
        {
            RequestLog.SetLines(HttpContext, answers.Lines, answers.Failed);
        }
    }

    /// <summary>All lines at hand are answered, and the answers on their way, before more is waited for: a slow sender sees each answer at once.</summary>
    private async Task AnswerAsync(BatchResults answers, CancellationToken ct)
    {
        using var lines = new LineReader(HttpContext.Request.Body);
        using var silence = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timers);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        bool more;
        do
        {
            silence.CancelAfter(limits.Idle);
            more = await lines.ReadAsync(ended.Token);
            silence.CancelAfter(Timeout.InfiniteTimeSpan);
            while (answers.Answer(lines, ct))
            {
                // Waits while the client does not read: then no more is read from it either.
                var sent = await HttpContext.Response.BodyWriter.WriteAsync(answers.Written, ct);
                if (sent.IsCompleted)
                {
                    return;
                }
            }
        }
        while (more);
    }

    /// <summary>
    /// Ends a batch that cannot go on: the client is gone or silent, or its body is no HTTP. An answer that has begun must not look
    /// complete, so the connection ends with it.
    /// </summary>
    private async Task BreakOffAsync(Exception broken, CancellationToken ct)
    {
        if (HttpContext.Response.HasStarted)
        {
            HttpContext.Abort();
        }
        else if (ct.IsCancellationRequested)
        {
            // Nobody will see it; the log will.
            HttpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        else
        {
            var status = broken is OperationCanceledException ? StatusCodes.Status408RequestTimeout : (broken as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            HttpContext.Response.Headers.Connection = "close";
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.OfStatus(status));
        }
    }

    /// <summary>
    /// A batch may have any size and may come as slowly as its sender has lines: a person may be typing them. The length of a line, silence and
    /// the number of batches are limited instead.
    /// </summary>
    private void LiftBodyLimits()
    {
        if (HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }
}
