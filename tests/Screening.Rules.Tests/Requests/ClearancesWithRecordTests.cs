using NodaTime;
using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Records.Entries;

namespace Screening.Rules.Tests.Requests;

/// <summary>A request that brings a health record and clearances: these were given by who knew the record.</summary>
public static class ClearancesWithRecordTests
{
    private const string Injections = "filler-or-toxin-injection";
    private static readonly Said Nothing = Said.Nothing(Shipped.Protocol);
    private static readonly RecordEntry Over = Medication(RxNorm, "860189", RecordState.Ended);

    [Fact]
    public static void A_clearance_clears_what_the_record_alone_raised()
    {
        var (request, errors) = Finish(Nothing, Injections, [Over]);

        Assert.Empty(errors.All);
        Assert.Equal(Injections, Shipped.Protocol.Rules[Assert.Single(request!.Intake.Clearances).Rule].Id);
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        Assert.Equal(Eligibility.Eligible, decision.Eligibility);
        Assert.Equal(Outcome.Cleared, decision.Findings[Shipped.Protocol.RuleIndexes[Injections]].Outcome);
        Assert.Single(decision.Intake.Record);
    }

    [Fact]
    public static void Without_the_record_there_is_nothing_to_clear()
    {
        Assert.Equal([ErrorCode.NotReviewFinding], Codes(Finish(Nothing, Injections, null)));
        Assert.Equal([ErrorCode.NotReviewFinding], Codes(Finish(Nothing, Injections, [])));
    }

    [Fact]
    public static void What_the_record_excludes_is_not_cleared() =>
        Assert.Equal(
            [ErrorCode.NotReviewFinding],
            Codes(Finish(
                Nothing.With("anticoagulantUse", "\"occasional\""),
                "anticoagulant-daily",
                [Medication(RxNorm, "11289") with { IsDaily = true }])));

    [Fact]
    public static void Beside_another_error_nothing_is_concluded_from_a_record_that_was_not_looked_at() =>
        Assert.Equal(
            [ErrorCode.ContradictoryAnswers],
            Codes(Finish(Nothing.With("topicalRetinoidLastUsed", "\"2026-05-01\""), Injections, [Over])));

    [Fact]
    public static void A_record_without_clearances_raises_the_answers_as_ever()
    {
        var (request, errors) = Finish(Nothing, null, [Over]);

        Assert.Empty(errors.All);
        Assert.Equal(new RecordSummary(1, 1), request!.Intake.RecordSummary);
        Assert.True(Assert.Single(request.Intake.Record).ChangesAnswer);
    }

    private static IEnumerable<ErrorCode> Codes((ScreeningRequest? Request, InputErrors Errors) finished)
    {
        Assert.Null(finished.Request);
        return finished.Errors.All.Select(error => error.Code);
    }

    private static (ScreeningRequest? Request, InputErrors Errors) Finish(Said said, string? cleared, RecordEntry[]? record)
    {
        StatedClearance[] clearances = cleared is null ? [] : [new() { RuleId = cleared, By = "Dr. Rivera", On = said.Today }];
        var stated = new StatedRequest
        {
            Protocol = new ProtocolSelector(new ProtocolFamily(Shipped.Protocol.Id, [Shipped.Protocol]), null),
            Zone = DateTimeZone.Utc,
            Envelope = new ScreeningEnvelope { Clearances = clearances },
        };
        var errors = new InputErrors();
        var validation = new RequestValidation(stated, RequestPlaces.Json, said.Today.At(LocalTime.Noon).InUtc().ToInstant(), errors);
        return (validation.Finish(said.Sheet(), record), errors);
    }
}
