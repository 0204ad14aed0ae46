using Screening.Rules;
using Serilog;

namespace Screening.Api.Logging;

/// <summary>What is said when the service cannot start; the service's own log is not there yet.</summary>
internal static class StartLog
{
    /// <summary>The one reason, such as an address that another process listens on already.</summary>
    public static void NotStarted(string message)
    {
        using var log = Console();
        log.Fatal("The service did not start: {Reason}", message);
    }

    /// <summary>One line for each flaw: file, JSON pointer, reason.</summary>
    public static void ProtocolsFlawed(IReadOnlyCollection<ProtocolFlaw> flaws)
    {
        using var log = Console();
        foreach (var flaw in flaws)
        {
            log.Fatal("{File}#{Pointer}: {Reason}", flaw.File, flaw.Pointer, flaw.Reason);
        }

        log.Fatal("The service did not start: {Count} flaws in its protocols", flaws.Count);
    }

    private static Serilog.Core.Logger Console() =>
        new LoggerConfiguration().WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger();
}
