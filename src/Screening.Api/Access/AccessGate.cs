using Microsoft.AspNetCore.Http.Features;
using NodaTime;
using Screening.Api.Http;
using Screening.Api.Logging;
using Screening.Api.Telemetry;

namespace Screening.Api.Access;

/// <summary>
/// Lets requests in by their credentials, before anything of their body is read. Every address is closed that does not say otherwise
/// (<see cref="OpenToAll"/>), and so is one that does not exist.
/// </summary>
internal sealed partial class AccessGate(ClientDirectory directory, TokenReader tokens, CallerLimits limits, IntakeGate intake)
{
    /// <summary>Adds what the gate works with.</summary>
    /// <exception cref="Settings.SettingException">The settings do not say who may call.</exception>
    public static void Add(WebApplicationBuilder builder)
    {
        _ = TrustedProxies.Networks(builder.Configuration);
        CallerLimits.Add(builder.Services, builder.Configuration);
        IntakeGate.Add(builder.Services, builder.Configuration);
        var settings = AccessSettings.Of(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(settings);
        builder.WebHost.UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => settings.Authorities?.AskFor(https)));
        builder.Services.AddSingleton(provider => new ClientDirectory(
            provider.GetRequiredService<AccessSettings>(),
            provider.GetRequiredService<ServiceMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClientDirectory>>()));
        builder.Services.AddSingleton(provider => new IssuerDirectory(
            provider.GetRequiredService<AccessSettings>(),
            provider.GetRequiredService<PublicAddress>(),
            provider.GetRequiredService<ServiceMetrics>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IssuerDirectory>>()));
        builder.Services.AddSingleton<TokenReader>();
        builder.Services.AddSingleton<AccessGate>();
    }

    /// <summary>Puts the gate into the pipeline, after routing.</summary>
    public static void Use(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<AccessSettings>();
        var log = app.Services.GetRequiredService<ILogger<AccessGate>>();
        if (settings.Mode == AccessMode.Clients)
        {
            var gate = app.Services.GetRequiredService<AccessGate>();
            app.Use(gate.InvokeAsync);
            app.Lifetime.ApplicationStarted.Register(() => TellOfNobody(app.Services, settings, log));
        }
        else if (settings.Mode == AccessMode.Everybody)
        {
            app.Lifetime.ApplicationStarted.Register(() => LogOpen(log));
        }
    }

    /// <summary>Says that nobody may call yet: the files are read again, so a start without anybody is no error.</summary>
    private static void TellOfNobody(IServiceProvider services, AccessSettings settings, ILogger log)
    {
        if (services.GetRequiredService<ClientDirectory>().Any(services.GetRequiredService<IClock>().GetCurrentInstant()))
        {
            return;
        }

        if (!services.GetRequiredService<IssuerDirectory>().Any)
        {
            LogNobody(log);
        }
        else if (settings.ClientsFile is not null)
        {
            LogNoClient(log);
        }
    }

    /// <summary>Refuses a request, in the form of the problems at its address.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="wait">When to come again, for whoever comes too often; the answer does not say why then.</param>
    public static Task RefuseAsync(HttpContext context, Refusal refusal, TimeSpan? wait = null)
    {
        RequestLog.SetRefusal(context, refusal.Code());
        Count(context, refusal, wait);
        var problem = refusal.Problem();
        if (wait is { } time)
        {
            problem = ProblemKind.TooManyRequests;
            RateLimitHeaders.SetRetryAfter(context, time);
        }
        else if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = Credentials.Scheme;
        }

        return ProblemWriter.WriteAsync(context, problem);
    }

    private static void Count(HttpContext context, Refusal refusal, TimeSpan? wait)
    {
        if (ServiceMetrics.Of(context) is not { } metrics)
        {
            return;
        }

        if (refusal != Refusal.LimitReached)
        {
            metrics.Refusals.Add(refusal.Code());
        }

        if (wait is not null)
        {
            metrics.Limits.Add(refusal == Refusal.LimitReached ? ReachedLimit.Client : ReachedLimit.Refusals);
        }
    }

    private Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var isOpen = context.GetEndpoint()?.Metadata.GetMetadata<OpenToAll>() is not null || intake.IsOpen(context);
        var isLetIn = isOpen ? ValueTask.FromResult(true) : IsLetInAsync(context);

        // Most clients are known at once: no state of this method is kept while they are served.
        return isLetIn is { IsCompletedSuccessfully: true, Result: true } ? next(context) : ContinueAsync();

        async Task ContinueAsync()
        {
            if (await isLetIn)
            {
                await next(context);
            }
        }
    }

    /// <summary>True for a client that may do what it asks; false when the refusal is sent.</summary>
    private async ValueTask<bool> IsLetInAsync(HttpContext context)
    {
        var admission = await AdmitAsync(context, RequestTime.Of(context));
        if (admission.Client is not { } client)
        {
            await RefuseAsync(context, admission.Refusal, limits.WaitOf(context.Connection.RemoteIpAddress));
            return false;
        }

        context.Features.Set(client);
        RequestLog.SetClient(context, client.Id);
        var permits = limits.Of(client);
        context.Features.Set<RateLimitHeaders>(permits);
        return permits is null || await permits.TakeAsync(context, 1);
    }

    private ValueTask<Admission> AdmitAsync(HttpContext context, Instant now)
    {
        var refusal = Credentials.Read(context.Request, out var credential);
        if (context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate)
        {
            return ValueTask.FromResult(refusal switch
            {
                null => Admission.Of(Refusal.TwoCredentials),
                Refusal.CredentialsMissing => directory.Find(certificate, now),
                { } why => Admission.Of(why),
            });
        }

        return refusal is { } bad ? ValueTask.FromResult(Admission.Of(bad)) : AdmitAsync(credential, context, now);
    }

    /// <summary>Asks what reads credentials of this form. Each form is told by how it begins, so a credential has one reader.</summary>
    private ValueTask<Admission> AdmitAsync(string credential, HttpContext context, Instant now) =>
        credential.StartsWith(ApiKey.Prefix, StringComparison.Ordinal) ? ValueTask.FromResult(directory.Find(credential, now))
        : credential.StartsWith(TokenText.Start, StringComparison.Ordinal) ? tokens.FindAsync(credential, context, now)
        : ValueTask.FromResult(Admission.Of(Refusal.FormUnknown));

    [LoggerMessage(Level = LogLevel.Warning, Message = "The service is open: whoever reaches it may call it (Access__Open)")]
    private static partial void LogOpen(ILogger log);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Nobody may call this service now: its files (Access__Clients, Access__Issuers) have no key that is good, no certificate "
            + "and no issuer. What is added to them is seen within seconds")]
    private static partial void LogNobody(ILogger log);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No client of the clients file may call now: it has no key that is good and no certificate (Access__Clients)")]
    private static partial void LogNoClient(ILogger log);
}
