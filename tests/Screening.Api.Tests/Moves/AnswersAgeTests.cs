using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Tests.Receipts;
using Screening.Api.Tests.Records;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Moves;

/// <summary>
/// The answers of a form are as old as the form, however late it is screened: its own date counts for a move, and a form without one may be
/// of any age.
/// </summary>
public sealed class AnswersAgeTests(TimedService service) : IClassFixture<TimedService>
{
    private const string TooOld = "/receipt answers-too-old";
    private const string Late = "2026-09-20T10:00:00";

    // Thirty days before the day on which all is screened and moved, in Los Angeles, are 2 May.
    public static TheoryData<string?, bool> Forms => new()
    {
        { "2026-05-30T09:00:00Z", true },
        { "2026-05-02", true },
        { "2026-05-02T07:00:00Z", true },
        { "2026-05-02T06:59:59Z", false },
        { "2026-05-02T00:30:00+14:00", false },
        { "2026-05-01", false },
        { "2026-05", false },
        { "2026", false },
        { "2025-11-01T09:00:00Z", false },
        { null, false },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_answers_of_a_form_count_from_its_own_date(string? authored, bool counts)
    {
        service.Clock.Reset(ServiceFixture.Now);
        foreach (var receipt in await ReceiptsAsync(authored))
        {
            var (status, answer) = await MoveAsync(receipt);
            Assert.Equal(counts ? 200 : 422, status);
            Assert.Equal(counts ? [] : [TooOld], counts ? [] : MoveCalls.Errors(answer));
        }
    }

    [Fact]
    public async Task A_move_makes_no_answers_younger()
    {
        service.Clock.Reset(ServiceFixture.Now);
        foreach (var receipt in await ReceiptsAsync("2026-05-20"))
        {
            service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(18));
            var (status, answer) = await MoveAsync(receipt);
            Assert.Equal(200, status);
            service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(19));
            var (statusLater, later) = await MoveAsync((string)answer["receipt"]!);
            Assert.Equal((422, TooOld), (statusLater, Assert.Single(MoveCalls.Errors(later))));
        }
    }

    [Theory]
    [InlineData(24 * 3600, true)]
    [InlineData((24 * 3600) + 1, false)]
    [InlineData(8 * 24 * 3600, false)]
    public async Task Answers_as_of_more_than_a_day_ahead_have_not_been_given_yet(int seconds, bool counts)
    {
        var receipt = await ReceiptAsOfAsync(Duration.FromSeconds(seconds));

        // Nor had they been when that instant has come: the service decided before.
        foreach (var days in (int[])[0, 25])
        {
            service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(days));
            var (status, answer) = await service.MoveAsync(receipt, new JsonObject { ["start"] = Late });
            Assert.Equal(counts ? 200 : 422, status);
            Assert.Equal(counts ? [] : ["/receipt receipt-not-applicable"], counts ? [] : MoveCalls.Errors(answer));
        }
    }

    [Fact]
    public async Task Moves_in_a_row_make_no_answers_younger()
    {
        var receipt = await ReceiptAsOfAsync(Duration.FromDays(1));
        foreach (var days in (int[])[0, 15, 31])
        {
            service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(days));
            receipt = (string)(await service.MovedAsync(receipt, Late))["receipt"]!;
        }

        service.Clock.Reset(ServiceFixture.Now + Duration.FromDays(32));
        Assert.Equal([TooOld], MoveCalls.Errors((await service.MoveAsync(receipt, new JsonObject { ["start"] = Late })).Answer));
    }

    [Fact]
    public async Task Where_older_answers_count_it_is_said_again_that_they_are_old()
    {
        await using var patient = new SettingsService(("Move:MaxDays", "365"));
        foreach (var receipt in await ReceiptsAsync("2025-11-01T20:00:00-07:00", patient))
        {
            // On the calendar of the clinic: it was the next day already where times are counted from.
            var (status, answer) = await patient.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-25T10:00:00" });
            Assert.Equal(200, status);
            var told = Assert.Single(answer["reservations"]!.AsArray())!;
            Assert.Equal(
                ("old-answers", "The answers were given on 2025-11-01; they may no longer be true."),
                ((string)told["code"]!, (string)told["text"]!));
        }

        // Without a date they may be of any age all the same.
        foreach (var receipt in await ReceiptsAsync(null, patient))
        {
            Assert.Equal(422, (await patient.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-25T10:00:00" })).Status);
        }
    }

    [Fact]
    public async Task A_receipt_from_before_forms_were_disclosed_moves_nothing()
    {
        service.Clock.Reset(ServiceFixture.Now);
        foreach (var receipt in await ReceiptsAsync("2026-05-30"))
        {
            var former = Disclosing.Changed(service, receipt, (_, request, _) => Assert.True(request.Remove("form")));
            await service.AssertReplaysAsync(former);
            Assert.Equal([TooOld], MoveCalls.Errors((await MoveAsync(former)).Answer));

            // Without its request nobody knows of a form at all.
            var parts = receipt.Split('~');
            Assert.Equal(["/receipt receipt-incomplete"], MoveCalls.Errors((await MoveAsync($"{parts[0]}~{parts[2]}~")).Answer));
        }
    }

    [Fact]
    public async Task The_form_itself_is_no_part_of_what_is_bound_or_of_the_replay()
    {
        service.Clock.Reset(ServiceFixture.Now);
        foreach (var receipt in await ReceiptsAsync("2026-05-30"))
        {
            var answer = await service.VerifyAsync(receipt, Requests.NothingToReport());
            Assert.Equal(("yes", "identical"), ((string)answer["bound"]!, (string)answer["replay"]!["result"]!));
        }
    }

    /// <summary>The receipt of a decision of now, as of another instant.</summary>
    private Task<string> ReceiptAsOfAsync(Duration ahead)
    {
        service.Clock.Reset(ServiceFixture.Now);
        var request = Requests.NothingToReport();
        request["asOf"] = InstantPattern.ExtendedIso.Format(ServiceFixture.Now + ahead);
        return service.ReceiptAsync(request);
    }

    /// <summary>The receipts of a form of that date, by both doors that take forms.</summary>
    private async Task<IReadOnlyList<string>> ReceiptsAsync(string? authored, ServiceFixture? by = null)
    {
        var request = Requests.NothingToReport();
        request["asOf"] = InstantPattern.ExtendedIso.Format(ServiceFixture.Now);
        var parameters = RecordDoors.Parameters(request, []);
        var call = RecordDoors.Booking(request, []);
        call["context"]!["appointments"]!["entry"]![0]!["resource"]!.AsObject().Remove("end");
        foreach (var form in (JsonNode[])[
            parameters["parameter"]![0]!["resource"]!, call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!])
        {
            form["authored"] = authored;
            _ = authored is null && form.AsObject().Remove("authored");
        }

        var screened = await (by ?? service).ScreenReceiptAsync(parameters);
        var card = Assert.Single(await (by ?? service).CardReceiptsAsync(call));
        return [screened!, card!];
    }

    private Task<(int Status, JsonObject Answer)> MoveAsync(string receipt) =>
        service.MoveAsync(receipt, new JsonObject { ["start"] = "2026-06-25T10:00:00" });
}
