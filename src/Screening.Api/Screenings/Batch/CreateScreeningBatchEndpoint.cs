using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using NodaTime;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Rules;
using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace Screening.Api.Screenings.Batch;

/// <summary>Screens a stream of lines: no faster than the client reads the results, and in constant memory.</summary>
public sealed class CreateScreeningBatchEndpoint(ScreeningRequestReader reader, IClock clock, BatchLimits limits, TimeProvider timers, IHostApplicationLifetime application) : ApiEndpoint
{
    private const string NdJson = "application/x-ndjson";

    // How long a client may take to read what waits for it once the service stops.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    private protected override string RequestMediaType => NdJson;

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
            new ResponseDescription(StatusCodes.Status200OK, typeof(ScreeningBatchResponse), NdJson, "A result for each line, in the order of the lines, also when every line failed. An empty body gets an empty response."),
            ResponseDescription.Problem(ProblemKind.BadRequest, "The body broke off before the first line was screened. After that the connection is closed instead, and the response breaks off."),
            ResponseDescription.Problem(ProblemKind.OfStatus(StatusCodes.Status408RequestTimeout), "The body paused for too long before the first line was screened. After that the connection is closed instead."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/x-ndjson` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.TooManyRequests, "Too many batches at a time.") with { Headers = [new HeaderDescription("Retry-After", "How many seconds to wait before the next try.")] });
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // Read the clock once, for every line.
        var now = clock.GetCurrentInstant();
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
        using var results = new BatchResults(reader, now, language, ProblemWriter.TraceId(HttpContext), HttpContext.Request.PathBase);
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
            RequestLog.SetLines(HttpContext, results.Lines, results.Failed);
        }
    }

    /// <summary>Processes and sends all available lines before it waits for more, so that a slow client sees each result at once.</summary>
    private async Task ProcessAsync(BatchResults results, CancellationToken ct)
    {
        using var lines = new LineReader(HttpContext.Request.Body);
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, timers);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(ct, idle.Token);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(stopped.Token, application.ApplicationStopping);
        using var hurry = application.ApplicationStopping.Register(() => idle.CancelAfter(StopTimeout));
        bool more;
        do
        {
            idle.CancelAfter(limits.Idle);
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
                idle.CancelAfter(limits.Idle);
                var sent = await HttpContext.Response.BodyWriter.WriteAsync(results.Written, stopped.Token);
                if (sent.IsCompleted)
                {
                    return;
                }

                if (application.ApplicationStopping.IsCancellationRequested)
                {
                    await StopAsync(results, stopped.Token);
                    return;
                }
            }
        }
        while (more);
    }

    /// <summary>
    /// Ends a batch because the service stops: after the results of whole lines, the next line is answered with a problem, and nothing
    /// follows it.
    /// </summary>
    private async Task StopAsync(BatchResults results, CancellationToken ct)
    {
        results.Stop();
        SetResponseRate(new MinDataRate(1024, StopTimeout));
        await HttpContext.Response.BodyWriter.WriteAsync(results.Written, ct);
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
        }
        else if (ct.IsCancellationRequested)
        {
            // For the log only.
            HttpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        else
        {
            var status = failure is OperationCanceledException
                ? StatusCodes.Status408RequestTimeout
                : (failure as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            HttpContext.Response.Headers.Connection = "close";
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

        SetResponseRate(null);
    }

    private void SetResponseRate(MinDataRate? rate)
    {
        if (HttpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } response)
        {
            response.MinDataRate = rate;
        }
    }
}
