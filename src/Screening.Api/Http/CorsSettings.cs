using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using Screening.Api.Settings;

namespace Screening.Api.Http;

/// <summary>
/// Which web pages of other origins a browser lets call this service. None, unless the settings <c>Cors:Origins:0</c>, <c>Cors:Origins:1</c> … name them.
/// </summary>
/// <remarks>
/// A star is refused: whoever wants every page of the web to post health data here must say so at the gateway. So is <c>null</c>, which any sandboxed
/// page can claim to be. Cookies and other credentials of the browser are never allowed; a bearer token in a header is.
/// </remarks>
internal static class CorsSettings
{
    private const string Section = "Cors:Origins";

    // What a page may read of an answer besides the headers that it always may.
    private static readonly string[] Readable = ["Content-Location", "ETag", "Retry-After"];

    /// <summary>Adds the origins that the settings name, if there are any.</summary>
    /// <exception cref="SettingException">An origin is not one.</exception>
    public static void AddConfiguredCors(this WebApplicationBuilder builder)
    {
        var origins = Origins(builder.Configuration);
        if (origins.Length > 0)
        {
            builder.Services.AddCors(options => options.AddDefaultPolicy(new CorsPolicyBuilder(origins)
                .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Post)
                .AllowAnyHeader()
                .WithExposedHeaders(Readable)
                .SetPreflightMaxAge(TimeSpan.FromMinutes(10))
                .Build()));
        }
    }

    /// <summary>
    /// Answers preflights, and tells browsers which answers a page may read: errors too, so it goes round whatever makes them. Nothing at all when no
    /// origin is configured.
    /// </summary>
    public static void UseConfiguredCors(this WebApplication app)
    {
        if (Origins(app.Configuration).Length == 0)
        {
            return;
        }

        app.Use((context, next) =>
        {
            // The framework says this only where it allows: a cache in between must not hand one origin's answer to another.
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

    private static string[] Origins(IConfiguration configuration) =>
        [.. configuration.GetSection(Section).GetChildren().Select(origin => Checked(origin.Path, origin.Value)).Distinct(StringComparer.Ordinal)];

    /// <summary>An origin as browsers send it: scheme, host and port, and nothing after them.</summary>
    private static string Checked(string setting, string? stated) =>
        Uri.TryCreate(stated, UriKind.Absolute, out var origin)
        && (origin.Scheme == Uri.UriSchemeHttps || origin.Scheme == Uri.UriSchemeHttp)
        && !stated.Contains('*', StringComparison.Ordinal)
        && string.Equals(stated, origin.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && origin.UserInfo.Length == 0
            ? origin.GetLeftPart(UriPartial.Authority)
            : throw new SettingException(setting, "one origin, such as https://ehr.example.org: a scheme, a host and perhaps a port, without a slash at the end. A star is not one.");
}
