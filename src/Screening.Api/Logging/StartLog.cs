using Screening.Rules;
using Serilog;

namespace Screening.Api.Logging;

/// <summary>
/// What is said when the service cannot start. Its own log may not be there yet; this one has the same form, and no level silences it.
/// </summary>
internal static class StartLog
{
    /// <summary>The one reason, such as an address that another process listens on already.</summary>
    public static void NotStarted(IHostEnvironment environment, string reason)
    {
        using var log = Of(environment);
        log.Fatal("The service did not start: {Reason}", reason);
    }

    /// <summary>A failure that nobody expected, before the start or after it.</summary>
    public static void Failed(IHostEnvironment environment, Exception failure)
    {
        using var log = Of(environment);
        log.Fatal(failure, "The service did not start, or ended");
    }

    /// <summary>One line for each flaw: file, JSON pointer, reason.</summary>
    public static void ProtocolsFlawed(IHostEnvironment environment, IReadOnlyCollection<ProtocolFlaw> flaws)
    {
        using var log = Of(environment);
        foreach (var flaw in flaws)
        {
            log.Fatal("{File}#{Pointer}: {Reason}", flaw.File, flaw.Pointer, flaw.Reason);
        }

        log.Fatal("The service did not start. Flaws in its protocols: {Count}", flaws.Count);
    }

    private static Serilog.Core.Logger Of(IHostEnvironment environment) =>
        new LoggerConfiguration().ToStandardOutput(environment).CreateLogger();
}
