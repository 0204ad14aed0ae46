using System.Diagnostics;
using OpenTelemetry;

namespace Screening.Api.Telemetry;

/// <summary>
/// The span of a request: named by its method and route, with the status. The stock instrumentation writes the path, the query, the host
/// and the user agent, all of which a client makes up, and a path may be the link to a decision; so it is not used, and this writes what
/// may be told.
/// </summary>
internal static class RequestSpan
{
    /// <summary>The framework's source of spans; of any other, none is exported.</summary>
    public const string Source = "Microsoft.AspNetCore";

    private const string Method = "http.request.method";
    private const string Route = "http.route";
    private const string Status = "http.response.status_code";

    /// <summary>Everything that a span may have.</summary>
    public static readonly string[] Attributes = [Method, Route, Status];

    /// <summary>Leaves out the span of the request that is served now.</summary>
    public static void Omit()
    {
        if (Activity.Current is { } span)
        {
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    /// <summary>Writes it when the request has ended.</summary>
    public static void Use(IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            if (Activity.Current is { IsAllDataRequested: true } span)
            {
                Write(span, RequestRoute.MethodOf(context) ?? "_OTHER", RequestRoute.Of(context), status);
            }
        }
    });

    private static void Write(Activity span, string method, string? route, int status)
    {
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag(Method, method);
        span.SetTag(Route, route);
        span.SetTag(Status, status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>
    /// Takes from a span, before it is exported, what others wrote: the framework and libraries may write more in their next versions, and
    /// the state of a trace is whatever the client sent.
    /// </summary>
    public sealed class Cleaner : BaseProcessor<Activity>
    {
        /// <inheritdoc/>
        public override void OnEnd(Activity data)
        {
            foreach (var (name, _) in data.TagObjects.ToList())
            {
                if (!Attributes.Contains(name))
                {
                    data.SetTag(name, null);
                }
            }

            data.TraceStateString = null;
            // Without its description.
            data.SetStatus(data.Status);
            if (data.Events.Any() || data.Links.Any())
            {
                // They cannot be taken away, so the span is not exported at all.
                data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            }
        }
    }
}
