using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Screening.Api.Access;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.Screenings.Batch;

/// <summary>Screens a stream of lines: no faster than the client reads the results, and in constant memory.</summary>
public sealed class CreateScreeningBatchEndpoint(
    ScreeningRequestReader reader, BatchLimits limits, ServiceMetrics metrics, TimeProvider timers, IHostApplicationLifetime application)
    : ApiEndpoint
{
    /// <summary>The media type of both bodies.</summary>
    internal const string NdJson = "application/x-ndjson";

    // How long a client may take, once the service stops, to read what waits for it and to close the connection. The server stops its own
    // timers first, and reads on what a client sends after the response.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    private protected override string RequestMediaType => NdJson;

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/v1/screenings/batch");
        Options(route => route.RequireRateLimiting(BatchLimits.Policy)
            .WithMetadata(SlotsQuery.Description, ParameterDescription.AcceptLanguage));
        Describe(
            "CreateScreeningBatch",
            "Screenings",
            "Screen line after line, as many as you like",
            BatchDescription.Text,
            typeof(ScreeningBatchRequest),
            new ResponseDescription(StatusCodes.Status200OK, typeof(ScreeningBatchResponse), NdJson, "A result for each line, in the order of the lines, also when every line failed. An empty body gets an empty response."),
            ResponseDescription.Problem(ProblemKind.BadRequest, "The body broke off before the first line was screened. After that the connection is closed instead, and the response breaks off."),
            ResponseDescription.Problem(ProblemKind.OfStatus(StatusCodes.Status408RequestTimeout), "The body paused for too long before the first line was screened. After that the connection is closed instead."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/x-ndjson` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.TooManyRequests, "Too many batches at a time.") with { Headers = [RetryAfter] });
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // For every line.
        var now = RequestTime.Of(HttpContext);
        if (!RequestBody.IsUtf8(HttpContext.Request, NdJson))
        {
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.UnsupportedMediaType);
            return;
        }

        RemoveBodyLimits();
        HttpContext.Response.ContentType = NdJson;
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        HttpContext.Response.Headers.Vary = "Accept-Language";
        using var results = new BatchResults(
            reader,
            now,
            language,
            ProblemWriter.TraceId(HttpContext),
            SlotsQuery.Of(HttpContext.Request),
            HttpContext.Request.PathBase,
            ClientPermits.Of(HttpContext),
            ServiceMetrics.Of(HttpContext));
        metrics.BatchesRunning(1);
        try
        {
            await ProcessAsync(results, ct);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            await AbortAsync(failure, ct);
        }
        finally
        {
            metrics.BatchesRunning(-1);
            RequestLog.SetLines(HttpContext, results.Lines, results.Failed);
        }
    }

    /// <summary>Processes and sends all available lines before it waits for more, so that a slow client sees each result at once.</summary>
    private async Task ProcessAsync(BatchResults results, CancellationToken ct)
    {
        using var lines = new LineReader(HttpContext.Request.Body);
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timers);
        using var hurry = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timers);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ct, idle.Token, hurry.Token);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stopped.Token, application.ApplicationStopping);
        using var stop = application.ApplicationStopping.Register(() => hurry.CancelAfter(StopTimeout));
        bool more;
        idle.CancelAfter(limits.Idle);
        do
        {
            try
            {
                more = await lines.ReadAsync(reading.Token);
            }
            catch (OperationCanceledException) when (application.ApplicationStopping.IsCancellationRequested)
            {
                await StopAsync(results, stopped.Token);
                return;
            }

            while (results.Process(lines, ct))
            {
                // Back pressure: while the client does not read, nothing is read from it.
                idle.CancelAfter(limits.Idle + results.Pause);
                var sent = await HttpContext.Response.BodyWriter.WriteAsync(results.Written, stopped.Token);
                if (sent.IsCompleted)
                {
                    return;
                }

                // A service that stops does not wait; whatever else ends the pause ends what follows it.
                await Task.Delay(results.Pause, timers, reading.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (application.ApplicationStopping.IsCancellationRequested)
                {
                    await StopAsync(results, stopped.Token);
                    return;
                }

                // Only a whole line is progress: one that comes byte after byte would hold the place for ever.
                idle.CancelAfter(limits.Idle);
            }
        }
        while (more);
    }

    /// <summary>
    /// Ends a batch because the service stops: after the results of whole lines, the next line is answered with a problem, and nothing
    /// follows it. The connection ends with it: at the client's end, or by force.
    /// </summary>
    private async Task StopAsync(BatchResults results, CancellationToken ct)
    {
        results.Stop();
        await HttpContext.Response.BodyWriter.WriteAsync(results.Written, ct);
        await HttpContext.Response.CompleteAsync();
        await HttpContext.Request.Body.CopyToAsync(Stream.Null, ct);
    }

    /// <summary>
    /// Ends a batch whose client disconnected, was idle for too long or sent invalid HTTP. A response that has started must not look
    /// complete, so the connection is aborted.
    /// </summary>
    private async Task AbortAsync(Exception failure, CancellationToken ct)
    {
        if (HttpContext.Response.HasStarted)
        {
            HttpContext.Abort();
            return;
        }

        var isIdle = failure is OperationCanceledException && !ct.IsCancellationRequested;
        var status = isIdle ? StatusCodes.Status408RequestTimeout : RequestBody.StatusOf(failure, HttpContext);
        if (status == StatusCodes.Status499ClientClosedRequest)
        {
            HttpContext.Response.StatusCode = status; // for the log only
        }
        else
        {
            HttpContext.CloseAfterResponse();
            await ProblemWriter.WriteAsync(HttpContext, ProblemKind.OfStatus(status));
        }
    }

    /// <summary>
    /// Removes the limits on size and data rate: a person may be typing the lines. Line length, idle time and the number of batches are
    /// limited instead.
    /// </summary>
    private void RemoveBodyLimits()
    {
        if (HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (HttpContext.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (HttpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } response)
        {
            response.MinDataRate = null;
        }
    }
}
