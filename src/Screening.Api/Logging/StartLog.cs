using Screening.Rules;
using Serilog;

namespace Screening.Api.Logging;

/// <summary>
/// Logs why the service cannot start. The service's own log may not exist yet; this one has the same format and ignores level settings.
/// Without an environment the configuration itself could not be read.
/// </summary>
internal static partial class StartLog
{
    /// <summary>Logs a single reason, such as an address that is already in use.</summary>
    public static void NotStarted(IHostEnvironment? environment, string reason)
    {
        using var log = Of(environment);
        log.Fatal("The service did not start: {Reason}", reason);
    }

    /// <summary>Logs an unexpected failure, at startup or later.</summary>
    public static void Failed(IHostEnvironment? environment, Exception failure)
    {
        using var log = Of(environment);
        log.Fatal(failure, "The service did not start, or ended");
    }

    /// <summary>Logs one line for each flaw: file, JSON pointer, reason.</summary>
    public static void ProtocolsFlawed(IHostEnvironment? environment, IReadOnlyCollection<ProtocolFlaw> flaws)
    {
        using var log = Of(environment);
        foreach (var flaw in flaws)
        {
            log.Fatal("{File}#{Pointer}: {Reason}", flaw.File, flaw.Pointer, flaw.Reason);
        }

        log.Fatal("The service did not start. Flaws in its protocols: {Count}", flaws.Count);
    }

    /// <summary>Logs, in the service's own log, what a missing key means for calendars.</summary>
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "CarePlans__Key is not set: calendar entries whose request has no reference have other UIDs after each start and in each "
            + "instance, and cannot be updated or cancelled then")]
    public static partial void UidsChange(Microsoft.Extensions.Logging.ILogger log);

    private static Serilog.Core.Logger Of(IHostEnvironment? environment) =>
        new LoggerConfiguration().ToStandardOutput(environment).CreateLogger();
}
