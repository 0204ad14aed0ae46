using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Screenings;

/// <summary>What a request states of dates and times beside its answers.</summary>
public sealed class StatedDateTests(ServiceFixture service)
{
    [Theory]
    [InlineData("2026-06-10T10:30", "2026-06-10T10:30:00-07:00")]
    [InlineData("2026-06-10T10:30-07:00", "2026-06-10T10:30:00-07:00")]
    [InlineData("2026-06-10T17:30Z", "2026-06-10T10:30:00-07:00")]
    [InlineData("2026-06-10T00:00", "2026-06-10T00:00:00-07:00")]
    public async Task The_times_of_an_appointment_may_leave_out_their_seconds(string stated, string meant)
    {
        var request = Requests.NothingToReport();
        request["appointment"]!["start"] = stated;
        request["appointment"]!["end"] = stated;
        request["slots"] = new JsonArray(stated, "2026-06-11T09:00");
        var (status, answer) = await service.ScreenAsync(request);
        Assert.True(status == 200, answer.ToJsonString());
        Assert.Equal((meant, meant), ((string)answer["appointment"]!["start"]!, (string)answer["appointment"]!["end"]!));
        Assert.Equal([meant, "2026-06-11T09:00:00-07:00"], answer["slots"]!.AsArray().Select(slot => (string)slot!["start"]!));

        request.Remove("slots");
        using var plan = await service.PostAsync("/v1/care-plans", request.ToJsonString());
        Assert.Equal(200, (int)plan.StatusCode);
    }

    [Theory]
    [InlineData("/appointment/start", "2026-06-10T10")]
    [InlineData("/appointment/start", "2026-06-10T10:30:")]
    [InlineData("/appointment/start", "2026-06-10T10:30.5")]
    [InlineData("/appointment/end", "2026-06-10T1030")]
    [InlineData("/asOf", "2026-06-01T18:00Z")]
    public async Task Nothing_else_of_a_time_may_be_left_out(string pointer, string stated)
    {
        var request = Requests.NothingToReport();
        var steps = pointer.Split('/')[1..];
        (steps.Length == 1 ? request : request[steps[0]]!.AsObject())[steps[^1]] = stated;
        var (status, answer) = await service.ScreenAsync(request);
        Assert.Equal((422, "invalid-date-time", pointer), (status, (string)answer["errors"]![0]!["code"]!, (string)answer["errors"]![0]!["pointer"]!));
    }

    // As of 1 June in the west, which is 2 June in the east already.
    [Theory]
    [InlineData("America/Los_Angeles", "2026-06-01", null)]
    [InlineData("America/Los_Angeles", "2020-01-01", null)]
    [InlineData("America/Los_Angeles", "2026-06-02", "date-after-as-of")]
    [InlineData("America/Los_Angeles", "2199-01-01", "date-after-as-of")]
    [InlineData("Asia/Tokyo", "2026-06-02", null)]
    [InlineData("Asia/Tokyo", "2026-06-03", "date-after-as-of")]
    public async Task A_clearance_says_that_a_clinician_has_cleared(string zone, string on, string? error)
    {
        var request = Requests.NothingToReport().With("isotretinoinUse", "past").With("pregnancy", "unknown");
        request["appointment"]!["timeZone"] = zone;
        request["clearances"] = new JsonArray(Clearance("pregnancy", "2026-06-01"), Clearance("isotretinoin", on));
        var (status, answer) = await service.ScreenAsync(request);
        Assert.Equal(error is null ? 200 : 422, status);
        Assert.Equal(error, (string?)answer["errors"]?[0]!["code"]);
        Assert.Equal(error is null ? null : "/clearances/1/on", (string?)answer["errors"]?[0]!["pointer"]);
    }

    [Theory]
    [InlineData("sublative-rf@1.0.0", 200)]
    [InlineData("sublative-rf", 422)]
    public async Task A_pinned_version_decides_on_dates_before_it_came_into_force(string protocol, int expected)
    {
        var request = Requests.NothingToReport();
        request["protocol"] = protocol;
        request["asOf"] = "2024-06-01T18:00:00Z";
        request["appointment"]!["start"] = "2024-06-10T10:00:00";
        var (status, answer) = await service.ScreenAsync(request);
        Assert.Equal(expected, status);
        Assert.Equal(expected == 200 ? null : "no-version-in-force", (string?)answer["errors"]?[0]!["code"]);
    }

    private static JsonObject Clearance(string rule, string on) => new() { ["ruleId"] = rule, ["by"] = "Dr A. Example", ["on"] = on };
}
