using Microsoft.AspNetCore.Diagnostics;

namespace Screening.Api.Telemetry;

/// <summary>
/// What logs and spans tell of where a request went: its method, one of the usual, and the service's own template of the address. Never the
/// path, which is what the client typed.
/// </summary>
internal static class RequestRoute
{
    /// <summary>The method; null for an unusual one, which is whatever the client made up.</summary>
    public static string? MethodOf(HttpContext context) => context.Request.Method is var method
        && (HttpMethods.IsGet(method) || HttpMethods.IsPost(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method)) ? method : null;

    /// <summary>
    /// The route; null without one. For a failed request, whose endpoint has been cleared by now, the route where it failed.
    /// </summary>
    public static string? Of(HttpContext context)
    {
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText;
    }
}
