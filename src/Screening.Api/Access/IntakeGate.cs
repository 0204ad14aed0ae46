using Screening.Api.Http;
using Screening.Api.Settings;
using Screening.Api.Telemetry;

namespace Screening.Api.Access;

/// <summary>Who may reach the intake form without credentials.</summary>
internal enum IntakeAccess
{
    /// <summary>Nobody: it is for clients, by their certificates.</summary>
    Clients,

    /// <summary>Nobody at all: no client is known here.</summary>
    Closed,

    /// <summary>Whoever reaches the service, each address so many times a minute.</summary>
    Everybody,

    /// <summary>Whoever reaches a developer's own service.</summary>
    ThisMachine,
}

/// <summary>
/// Lets people reach the intake form: they have no key, and a form that anybody may send needs a limit for each address in place of one for
/// each client.
/// </summary>
internal sealed class IntakeGate(IntakeAccess access, RateLimit limit, TimeProvider timers)
{
    private const int MostAddresses = 10_000;

    private readonly Buckets<UInt128> addresses = new(MostAddresses, timers);

    /// <summary>Who may reach the form.</summary>
    public IntakeAccess Access => access;

    /// <summary>Adds the gate, as the settings make it.</summary>
    /// <exception cref="SettingException">A setting has no such value.</exception>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var isOpen = ServiceSettings.IntakeOpen.Of(configuration);
        var perMinute = ServiceSettings.IntakePerMinute.Of(configuration);
        services.AddSingleton(provider => new IntakeGate(
            AccessOf(provider.GetRequiredService<AccessSettings>().Mode, isOpen),
            new RateLimit(perMinute, perMinute),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>True for a request that needs no credentials because it is of the form, and the form is open.</summary>
    public bool IsOpen(HttpContext context) => access == IntakeAccess.Everybody && IntakeDoor.IsAt(context);

    /// <summary>Puts the gate into the pipeline, after that of clients.</summary>
    /// <param name="app">The service.</param>
    /// <param name="refuse">Sends a problem.</param>
    public static void Use(WebApplication app, Func<HttpContext, ProblemKind, Task> refuse)
    {
        var gate = app.Services.GetRequiredService<IntakeGate>();
        if (gate.Access is IntakeAccess.Everybody or IntakeAccess.Closed)
        {
            app.Use((context, next) => IntakeDoor.IsAt(context) ? gate.InvokeAsync(context, next, refuse) : next(context));
        }
    }

    private static IntakeAccess AccessOf(AccessMode mode, bool isOpen) =>
        mode == AccessMode.ThisMachine ? IntakeAccess.ThisMachine
        : isOpen ? IntakeAccess.Everybody
        : mode == AccessMode.Clients ? IntakeAccess.Clients
        : IntakeAccess.Closed;

    private Task InvokeAsync(HttpContext context, RequestDelegate next, Func<HttpContext, ProblemKind, Task> refuse)
    {
        if (access == IntakeAccess.Closed)
        {
            return refuse(context, ProblemKind.FormClosed);
        }

        var taken = addresses.Take(CallerLimits.Place(context.Connection.RemoteIpAddress), 1, limit);
        if (taken.IsGranted)
        {
            return next(context);
        }

        ServiceMetrics.Of(context)?.Limits.Add(ReachedLimit.IntakeForm);
        RateLimitHeaders.SetRetryAfter(context, taken.UntilGranted);
        return refuse(context, ProblemKind.TooManyRequests);
    }
}
