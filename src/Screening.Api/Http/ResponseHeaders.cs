namespace Screening.Api.Http;

/// <summary>The headers of every response, errors too, that keep browsers and caches from making more of it than it is.</summary>
internal static class ResponseHeaders
{
    // A year. Other names below the host's are not this service's to speak for.
    private const string StrictTransportSecurity = "max-age=31536000";

    /// <summary>Sets them before anything else answers. An endpoint whose response may be stored says so itself.</summary>
    public static void UseResponseHeaders(this WebApplication app)
    {
        var address = app.Services.GetRequiredService<PublicAddress>();
        app.Use((context, next) =>
        {
            Set(context.Response, address);
            return next(context);
        });
    }

    /// <summary>Sets them again after a failure, which clears what was set.</summary>
    public static void Set(HttpContext context)
    {
        Set(context.Response, context.RequestServices.GetRequiredService<PublicAddress>());
        context.Features.Get<RateLimitHeaders>()?.WriteTo(context.Response);
    }

    private static void Set(HttpResponse response, PublicAddress address)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        if (address.IsHttps)
        {
            response.Headers.StrictTransportSecurity = StrictTransportSecurity;
        }
    }
}
