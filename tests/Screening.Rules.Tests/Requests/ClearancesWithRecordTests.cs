using NodaTime;
using NodaTime.Text;
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

    [Theory]
    [InlineData(5, Eligibility.Deferred, Outcome.Triggered, Effect.Defer)]
    [InlineData(-5, Eligibility.Deferred, Outcome.Triggered, Effect.Defer)]
    [InlineData(90, Eligibility.Eligible, Outcome.Cleared, Effect.Defer)]
    public static void What_is_cleared_leaves_a_wait_that_blocks_as_the_binding_reason(
        int days, Eligibility expected, Outcome outcome, Effect effect)
    {
        var said = Nothing.With(
            "injections", $$"""[{ "product": "filler", "date": "{{LocalDatePattern.Iso.Format(Nothing.Today.PlusDays(days))}}" }]""");
        var (request, errors) = Finish(said, Injections, [Over]);

        Assert.Empty(errors.All);
        var decision = Screener.Screen(request!.Intake, request.Appointment, request.Today);
        var rule = Shipped.Protocol.RuleIndexes[Injections];
        Assert.Equal((expected, outcome, effect), (decision.Eligibility, decision.Findings[rule].Outcome, decision.Findings[rule].Effect));
        Assert.Equal(expected == Eligibility.Deferred, decision.IsBinding(rule));
        Assert.Equal("Dr. Rivera", decision.ClearanceOf(rule)!.By);
    }

    [Theory]
    [InlineData("\"unknown\"", true)]
    [InlineData("""[{ "product": "filler", "date": "unknown" }]""", false)]
    [InlineData("""[{ "product": "filler", "date": "unknown" }, { "product": "botulinum-toxin", "date": "2026-01-01" }]""", false)]
    public static void What_was_said_is_either_a_list_of_waits_or_a_review_that_may_be_cleared(string injections, bool mayBeCleared)
    {
        var (request, errors) = Finish(Nothing.With("injections", injections), Injections, null);

        Assert.Equal(mayBeCleared ? [] : [ErrorCode.NotReviewFinding], errors.All.Select(error => error.Code));
        Assert.Equal(mayBeCleared, request is not null);
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
