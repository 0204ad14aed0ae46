using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using Screening.Api.Settings;

namespace Screening.Api.Http;

/// <summary>
/// The origins whose web pages may call this service from a browser. None, unless the setting <c>Cors:Origins</c> names them.
/// </summary>
/// <remarks>
/// A wildcard is rejected: an operator who wants any web page to post health data must allow it at the gateway. So is <c>null</c>, which
/// any sandboxed page can send. Browser credentials such as cookies are never allowed; a bearer token in a header is.
/// </remarks>
internal static class CorsSettings
{
    // Response headers that a page may read besides the ones that are always readable.
    private static readonly string[] ExposedHeaders =
        ["Content-Location", "ETag", "Preference-Applied", RateLimitHeaders.StateName, RateLimitHeaders.PolicyName, "Retry-After"];

    /// <summary>Adds the configured origins.</summary>
    /// <exception cref="SettingException">A value is not an origin.</exception>
    public static void AddConfiguredCors(this WebApplicationBuilder builder)
    {
        var origins = Origins(builder.Configuration);
        if (origins.Length > 0)
        {
            builder.Services.AddCors(options => options.AddDefaultPolicy(new CorsPolicyBuilder(origins)
                .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post)
                .AllowAnyHeader()
                .WithExposedHeaders(ExposedHeaders)
                .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
                .Build()));
        }
    }

    /// <summary>
    /// Handles preflight requests and sets the CORS headers. It wraps the error handling, so that pages can read errors too. Does nothing
    /// when no origin is configured.
    /// </summary>
    public static void UseConfiguredCors(this WebApplication app)
    {
        if (Origins(app.Configuration).Length == 0)
        {
            return;
        }

        app.Use((context, next) =>
        {
            // The framework adds Vary only when it allows the origin, but a cache must never serve one origin's response to another.
            context.Response.OnStarting(() =>
            {
                if (!context.Response.Headers.Vary.ToString().Contains(HeaderNames.Origin, StringComparison.OrdinalIgnoreCase))
                {
                    context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
        app.UseCors();
    }

    private static string[] Origins(IConfiguration configuration) => [.. ServiceSettings.CorsOrigins.Of(configuration, ParseOrigin)];

    /// <summary>Validates an origin as browsers send it: scheme, host and port only.</summary>
    private static string? ParseOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttps || origin.Scheme == Uri.UriSchemeHttp)
        && !value.Contains('*', StringComparison.Ordinal)
        && string.Equals(value, origin.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && origin.UserInfo.Length == 0
            ? origin.GetLeftPart(UriPartial.Authority)
            : null;
}
