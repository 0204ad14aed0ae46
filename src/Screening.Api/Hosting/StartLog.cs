using Screening.Api.Protocols;
using Serilog;

namespace Screening.Api.Hosting;

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
    public static void ProtocolsFlawed(ProtocolLoadException flawed)
    {
        using var log = Console();
        foreach (var flaw in flawed.Flaws)
        {
            log.Fatal("{File}#{Pointer}: {Reason}", flaw.File, flaw.Pointer, flaw.Reason);
        }

        log.Fatal("The service did not start: {Count} flaws in its protocols", flawed.Flaws.Length);
    }

    private static Serilog.Core.Logger Console() =>
        new LoggerConfiguration().WriteTo.Console(formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger();
}
