using Screening.Fhir.CdsHooks;

namespace Screening.Api.Logging;

/// <summary>
/// Logs the number of feedback entries per service. Nothing else of feedback is logged or stored: neither the card nor any free text.
/// </summary>
internal static partial class FeedbackLog
{
    /// <summary>Logs the counts of one feedback request.</summary>
    public static void LogCounts(ILogger log, HookService service, FeedbackCounts counts) =>
        LogCounts(log, service.Id, counts.Accepted, counts.Overridden, counts.WithReason, counts.WithComment);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Feedback on {Service}: {Accepted} accepted, {Overridden} overridden, "
            + "{WithReason} of them with a reason, {WithComment} with a comment")]
    private static partial void LogCounts(ILogger log, string service, int accepted, int overridden, int withReason, int withComment);
}
