using NodaTime;

namespace Screening.Api.Http;

/// <summary>
/// When a request came: the single reading of the clock that everything about it uses, so that a key which is good at one moment and a
/// decision's as-of date cannot rest on two.
/// </summary>
/// <param name="Now">The reading.</param>
internal sealed record RequestTime(Instant Now)
{
    /// <summary>Reads the clock for every request.</summary>
    public static void Use(WebApplication app)
    {
        var clock = app.Services.GetRequiredService<IClock>();
        app.Use((context, next) =>
        {
            context.Features.Set(new RequestTime(clock.GetCurrentInstant()));
            return next(context);
        });
    }

    /// <summary>Returns when the request came.</summary>
    public static Instant Of(HttpContext context) => context.Features.Get<RequestTime>()!.Now;
}
