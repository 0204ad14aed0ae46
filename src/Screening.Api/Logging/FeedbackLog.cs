using Screening.Fhir.CdsHooks;

namespace Screening.Api.Logging;

/// <summary>
/// All that is logged, and kept, of feedback on cards: how many, of which service. Not which card it was, nor anybody's words.
/// </summary>
internal static partial class FeedbackLog
{
    /// <summary>Logs what a body of feedback amounts to.</summary>
    public static void Counted(ILogger log, HookService service, FeedbackCounts counts) =>
        Counted(log, service.Id, counts.Accepted, counts.Overridden, counts.WithReason, counts.WithComment);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Feedback on {Service}: {Accepted} accepted, {Overridden} overridden, "
            + "{WithReason} of them with a reason, {WithComment} with a comment")]
    private static partial void Counted(ILogger log, string service, int accepted, int overridden, int withReason, int withComment);
}
