namespace Screening.Api.Tests.CarePlans;

/// <summary>
/// Every step of the agreed reading's table, worked out by hand for appointments beside a change of clocks. The offsets show it: days after keep
/// the clock time, hours are elapsed time.
/// </summary>
public sealed class CarePlanTimeTests(ServiceFixture service)
{
    [Fact]
    public async Task West_in_autumn_the_clocks_go_back_the_night_after()
    {
        // New York, Saturday 31 October 2026; at 02:00 on 1 November -04:00 becomes -05:00.
        var request = CarePlans.Personal("America/New_York", "2026-10-20T15:00:00Z", "2026-10-31T10:30:00", "2026-10-31T11:15:00", "yes");
        Assert.Equal(
            [
                "isotretinoin-tell before tell open 2026-10-31",
                "nectar-prepare before do 2026-10-17 2026-10-30",
                "topical-retinoid-stop before avoid 2026-10-18 2026-10-31",
                "antiviral-course before do 2026-10-26 2026-11-05",
                "numbing-cream-collect before do 2026-10-30 2026-10-30",
                "face-wash-waits after avoid 2026-10-31 2026-10-31",
                "swelling-normal after expect 2026-10-31 2026-11-03",
                "ice-pack after may 2026-10-31 2026-11-02",
                "redness-normal after expect 2026-10-31 2026-11-03",
                "sunscreen after do 2026-10-31 open",
                "numbing-cream-apply before do 2026-10-31T10:00:00-04:00 2026-10-31T10:30:00-04:00",
                "topical-retinoid-pause after avoid 2026-10-31T11:15:00-04:00 2026-11-07T11:15:00-05:00",
                "herpes-may-recur after expect 2026-10-31T11:15:00-04:00 open",
                "discomfort-normal after expect 2026-10-31T11:15:00-04:00 2026-11-01T10:15:00-05:00",
                "scabs-untouched after avoid 2026-10-31T11:15:00-04:00 open",
                "treated-site-protected after avoid 2026-10-31T11:15:00-04:00 2026-11-02T11:15:00-05:00",
                "vinegar-spray after may 2026-10-31T11:15:00-04:00 open",
                "alcohol-toner-pause after avoid 2026-10-31T11:15:00-04:00 2026-11-14T11:15:00-05:00",
                "vigorous-activity-pause after avoid 2026-10-31T11:15:00-04:00 2026-11-07T11:15:00-05:00",
                "excessive-heat-pause after avoid 2026-10-31T11:15:00-04:00 2026-11-07T11:15:00-05:00",
                "sun-exposure-pause after avoid 2026-10-31T11:15:00-04:00 2026-11-07T11:15:00-05:00",
                "sun-and-tanning-pause after avoid 2026-10-31T11:15:00-04:00 2026-11-14T11:15:00-05:00",
                "shade-outdoors after do 2026-10-31T11:15:00-04:00 open",
                "hydrocortisone after may 2026-10-31T23:15:00-04:00 open",
                "makeup after may 2026-10-31T23:15:00-04:00 open",
                "nectar-continue after do 2026-11-01 2026-11-03",
                "discomfort-persists after tell 2026-11-01T10:15:00-05:00 open",
                "scabs-appear after expect 2026-11-01T10:15:00-05:00 2026-11-03T10:15:00-05:00",
                "usual-skincare after may 2026-11-01T10:15:00-05:00 open",
                "restorative-complex after do 2026-11-04 open",
            ],
            await LinesAsync(request));
    }

    [Fact]
    public async Task West_in_spring_the_clocks_go_forward_the_night_after()
    {
        // New York, Saturday 7 March 2026; at 02:00 on 8 March -05:00 becomes -04:00.
        var request = CarePlans.Personal("America/New_York", "2026-02-20T15:00:00Z", "2026-03-07T10:30:00", "2026-03-07T11:15:00", "no");
        Assert.Equal(
            [
                "isotretinoin-tell before tell open 2026-03-07",
                "topical-retinoid-stop before avoid 2026-02-22 2026-03-07",
                "antiviral-course before do 2026-03-02 2026-03-12",
                "numbing-cream-collect before do 2026-03-06 2026-03-06",
                "face-wash-waits after avoid 2026-03-07 2026-03-07",
                "swelling-normal after expect 2026-03-07 2026-03-10",
                "ice-pack after may 2026-03-07 2026-03-09",
                "redness-normal after expect 2026-03-07 2026-03-10",
                "sunscreen after do 2026-03-07 open",
                "numbing-cream-apply before do 2026-03-07T10:00:00-05:00 2026-03-07T10:30:00-05:00",
                "topical-retinoid-pause after avoid 2026-03-07T11:15:00-05:00 2026-03-14T11:15:00-04:00",
                "herpes-may-recur after expect 2026-03-07T11:15:00-05:00 open",
                "discomfort-normal after expect 2026-03-07T11:15:00-05:00 2026-03-08T12:15:00-04:00",
                "scabs-untouched after avoid 2026-03-07T11:15:00-05:00 open",
                "treated-site-protected after avoid 2026-03-07T11:15:00-05:00 2026-03-09T11:15:00-04:00",
                "vinegar-spray after may 2026-03-07T11:15:00-05:00 open",
                "alcohol-toner-pause after avoid 2026-03-07T11:15:00-05:00 2026-03-21T11:15:00-04:00",
                "vigorous-activity-pause after avoid 2026-03-07T11:15:00-05:00 2026-03-14T11:15:00-04:00",
                "excessive-heat-pause after avoid 2026-03-07T11:15:00-05:00 2026-03-14T11:15:00-04:00",
                "sun-exposure-pause after avoid 2026-03-07T11:15:00-05:00 2026-03-14T11:15:00-04:00",
                "sun-and-tanning-pause after avoid 2026-03-07T11:15:00-05:00 2026-03-21T11:15:00-04:00",
                "shade-outdoors after do 2026-03-07T11:15:00-05:00 open",
                "hydrocortisone after may 2026-03-07T23:15:00-05:00 open",
                "makeup after may 2026-03-07T23:15:00-05:00 open",
                "gentle-moisturiser after do 2026-03-08 open",
                "discomfort-persists after tell 2026-03-08T12:15:00-04:00 open",
                "scabs-appear after expect 2026-03-08T12:15:00-04:00 2026-03-10T12:15:00-04:00",
                "usual-skincare after may 2026-03-08T12:15:00-04:00 open",
            ],
            await LinesAsync(request));
    }

    [Fact]
    public async Task East_in_their_autumn_the_clocks_go_back_in_april()
    {
        // Sydney, Saturday 4 April 2026; at 03:00 on 5 April +11:00 becomes +10:00. Late in the day, so that 12 hours reach over the change.
        var request = CarePlans.Personal("Australia/Sydney", "2026-03-20T00:00:00Z", "2026-04-04T17:00:00", "2026-04-04T18:00:00", "yes");
        await AssertStepsAsync(
            request,
            "nectar-prepare before do 2026-03-21 2026-04-03",
            "antiviral-course before do 2026-03-30 2026-04-09",
            "numbing-cream-apply before do 2026-04-04T16:30:00+11:00 2026-04-04T17:00:00+11:00",
            "hydrocortisone after may 2026-04-05T05:00:00+10:00 open",
            "makeup after may 2026-04-05T05:00:00+10:00 open",
            "discomfort-normal after expect 2026-04-04T18:00:00+11:00 2026-04-05T17:00:00+10:00",
            "scabs-appear after expect 2026-04-05T17:00:00+10:00 2026-04-07T17:00:00+10:00",
            "treated-site-protected after avoid 2026-04-04T18:00:00+11:00 2026-04-06T18:00:00+10:00",
            "alcohol-toner-pause after avoid 2026-04-04T18:00:00+11:00 2026-04-18T18:00:00+10:00",
            "restorative-complex after do 2026-04-08 open");
    }

    [Fact]
    public async Task East_in_their_spring_the_clocks_go_forward_in_october()
    {
        // Sydney, Saturday 3 October 2026; at 02:00 on 4 October +10:00 becomes +11:00.
        var request = CarePlans.Personal("Australia/Sydney", "2026-09-15T00:00:00Z", "2026-10-03T17:00:00", "2026-10-03T18:00:00", "no");
        await AssertStepsAsync(
            request,
            "topical-retinoid-stop before avoid 2026-09-20 2026-10-03",
            "hydrocortisone after may 2026-10-04T07:00:00+11:00 open",
            "discomfort-normal after expect 2026-10-03T18:00:00+10:00 2026-10-04T19:00:00+11:00",
            "scabs-appear after expect 2026-10-04T19:00:00+11:00 2026-10-06T19:00:00+11:00",
            "treated-site-protected after avoid 2026-10-03T18:00:00+10:00 2026-10-05T18:00:00+11:00",
            "topical-retinoid-pause after avoid 2026-10-03T18:00:00+10:00 2026-10-10T18:00:00+11:00",
            "gentle-moisturiser after do 2026-10-04 open");
    }

    [Theory]
    [InlineData("Europe/Madrid", "2026-10-24", "+02:00", "2026-10-25T10:15:00+01:00", "2026-10-26T11:15:00+01:00")]
    [InlineData("Europe/Madrid", "2026-03-28", "+01:00", "2026-03-29T12:15:00+02:00", "2026-03-30T11:15:00+02:00")]
    [InlineData("America/Santiago", "2026-04-04", "-03:00", "2026-04-05T10:15:00-04:00", "2026-04-06T11:15:00-04:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04", "+11:00", "2026-04-05T10:45:00+10:30", "2026-04-06T11:15:00+10:30")]
    [InlineData("Asia/Kathmandu", "2026-10-24", "+05:45", "2026-10-25T11:15:00+05:45", "2026-10-26T11:15:00+05:45")]
    [InlineData("Pacific/Kiritimati", "2026-10-24", "+14:00", "2026-10-25T11:15:00+14:00", "2026-10-26T11:15:00+14:00")]
    [InlineData("America/Phoenix", "2026-10-31", "-07:00", "2026-11-01T11:15:00-07:00", "2026-11-02T11:15:00-07:00")]
    public async Task Each_zone_by_its_own_clock(string zone, string date, string offset, string after24Hours, string after2Days)
    {
        var request = CarePlans.Personal(zone, $"{date[..4]}-01-15T12:00:00Z", date + "T10:30:00", date + "T11:15:00", "no");
        await AssertStepsAsync(
            request,
            $"discomfort-normal after expect {date}T11:15:00{offset} {after24Hours}",
            $"treated-site-protected after avoid {date}T11:15:00{offset} {after2Days}",
            $"face-wash-waits after avoid {date} {date}");
    }

    [Fact]
    public async Task A_clock_time_that_is_skipped_is_the_first_one_after_the_gap()
    {
        // Two days after 02:30 there is no 02:30 in New York; the cream half an hour before 03:15 is put on at 01:45.
        await AssertStepsAsync(
            CarePlans.Personal("America/New_York", "2026-02-20T15:00:00Z", "2026-03-06T01:30:00", "2026-03-06T02:30:00", "no"),
            "treated-site-protected after avoid 2026-03-06T02:30:00-05:00 2026-03-08T03:00:00-04:00");
        await AssertStepsAsync(
            CarePlans.Personal("America/New_York", "2026-02-20T15:00:00Z", "2026-03-08T03:15:00", "2026-03-08T04:00:00", "no"),
            "numbing-cream-apply before do 2026-03-08T01:45:00-05:00 2026-03-08T03:15:00-04:00");
    }

    [Fact]
    public async Task Of_two_equal_clock_times_the_earlier_counts_and_hours_go_on()
    {
        await AssertStepsAsync(
            CarePlans.Personal("America/New_York", "2026-10-20T15:00:00Z", "2026-10-30T00:30:00", "2026-10-30T01:30:00", "no"),
            "treated-site-protected after avoid 2026-10-30T01:30:00-04:00 2026-11-01T01:30:00-04:00");
        await AssertStepsAsync(
            CarePlans.Personal("America/New_York", "2026-10-20T15:00:00Z", "2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "no"),
            "numbing-cream-apply before do 2026-11-01T01:00:00-04:00 2026-11-01T01:30:00-04:00",
            "scabs-untouched after avoid 2026-11-01T01:30:00-05:00 open",
            "treated-site-protected after avoid 2026-11-01T01:30:00-05:00 2026-11-03T01:30:00-05:00");
    }

    [Fact]
    public async Task A_day_that_the_zone_skips_is_a_day_of_the_plan_all_the_same()
    {
        // Samoa had no 30 December 2011: it crossed the date line. The plan counts dates; the entry of that day sorts where the gap ends.
        var request = CarePlans.Personal("Pacific/Apia", "2011-12-01T12:00:00Z", "2011-12-31T10:30:00", "2011-12-31T11:15:00", "no");
        request["protocol"] = "sublative-rf@1.0.0";
        await AssertStepsAsync(
            request,
            "numbing-cream-collect before do 2011-12-30 2011-12-30",
            "discomfort-normal after expect 2011-12-31T11:15:00+14:00 2012-01-01T11:15:00+14:00");
    }

    [Fact]
    public async Task The_appointment_counts_by_its_local_date_and_without_an_end_from_its_start()
    {
        var request = CarePlans.Personal("Asia/Kathmandu", "2026-05-01T00:00:00Z", "2026-06-09T20:00:00Z", "2026-06-09T20:30:00Z", "no");
        request["appointment"]!.AsObject().Remove("end");
        await AssertStepsAsync(
            request,
            "face-wash-waits after avoid 2026-06-10 2026-06-10",
            "numbing-cream-apply before do 2026-06-10T01:15:00+05:45 2026-06-10T01:45:00+05:45",
            "makeup after may 2026-06-10T13:45:00+05:45 open");
    }

    [Fact]
    public async Task An_appointment_over_midnight_counts_days_from_its_beginning_and_hours_from_its_end()
    {
        var request = CarePlans.Personal("Europe/Madrid", "2026-05-01T00:00:00Z", "2026-06-10T23:30:00", "2026-06-11T00:15:00", "no");
        await AssertStepsAsync(
            request,
            "face-wash-waits after avoid 2026-06-10 2026-06-10",
            "gentle-moisturiser after do 2026-06-11 open",
            "makeup after may 2026-06-11T12:15:00+02:00 open");
    }

    private async Task AssertStepsAsync(System.Text.Json.Nodes.JsonObject request, params string[] expected)
    {
        var lines = await LinesAsync(request);
        Assert.All(expected, line => Assert.Contains(line, lines));
    }

    private async Task<string[]> LinesAsync(System.Text.Json.Nodes.JsonObject request)
    {
        var (status, plan) = await CarePlans.PlanAsync(service, request);
        Assert.True(status == 200, plan.ToJsonString());
        return CarePlans.Lines(plan);
    }
}
