using System.Text.Json.Nodes;
using Ical.Net;
using Screening.Api.Tests.Screenings;
using Calendar = Ical.Net.Calendar;

namespace Screening.Api.Tests.CarePlans;

/// <summary>Calendar entries keep their identity from one calendar to the next, the newer one wins, and they can be taken back.</summary>
public sealed class CalendarIdentityTests(ServiceFixture service)
{
    [Fact]
    public async Task The_same_request_gives_the_same_bytes_and_each_entry_its_own_UID()
    {
        var text = await CarePlans.CalendarAsync(service, CarePlans.Personal());
        Assert.Equal(text, await CarePlans.CalendarAsync(service, CarePlans.Personal()));
        var uids = Uids(text);
        Assert.Equal(uids.Count, uids.Values.Distinct().Count());
        Assert.Equal(Uids(text).Values, Uids(await CarePlans.CalendarAsync(service, CarePlans.Personal(), "?detail=full")).Values);
    }

    [Fact]
    public async Task With_a_reference_a_moved_appointment_updates_its_entries()
    {
        var before = CarePlans.Personal();
        var moved = CarePlans.Personal();
        moved["asOf"] = "2026-05-02T08:30:00Z";
        moved["appointment"] = JsonNode.Parse("""{ "timeZone": "America/Denver", "start": "2026-06-20T15:00:00", "areas": ["neck"] }""");
        var first = Calendar.Load(await CarePlans.CalendarAsync(service, before))!.Events;
        var second = Calendar.Load(await CarePlans.CalendarAsync(service, moved))!.Events;
        Assert.Equal(first.Select(e => e.Uid!).Order(StringComparer.Ordinal), second.Select(e => e.Uid!).Order(StringComparer.Ordinal));
        Assert.True(second[0]!.Sequence > first[0]!.Sequence);
    }

    [Fact]
    public async Task The_same_reference_has_the_same_UID_in_every_release() =>
        Assert.Equal("dec2cf8d-320d-845a-83a1-d64d8f8221f4", Uids(await CarePlans.CalendarAsync(service, CarePlans.Personal()))[0]);

    [Fact]
    public async Task UIDs_of_different_appointments_differ()
    {
        var withReference = CarePlans.Personal();
        var otherReference = CarePlans.Personal();
        otherReference["reference"] = "bk-20932";
        var without = CarePlans.Personal();
        without.Remove("reference");
        var later = without.DeepClone().AsObject();
        later["appointment"]!["start"] = "2026-06-10T10:45:00";
        var elsewhere = without.DeepClone().AsObject();
        elsewhere["appointment"]!["timeZone"] = "Europe/Paris";
        var sets = new List<IEnumerable<string>>();
        foreach (var request in (JsonObject[])[withReference, otherReference, without, later, elsewhere])
        {
            sets.Add(Uids(await CarePlans.CalendarAsync(service, request)).Values);
        }

        Assert.Equal(sets.Sum(set => set.Count()), sets.SelectMany(set => set).Distinct().Count());
    }

    [Fact]
    public async Task Cancelled_are_the_entries_of_the_same_request()
    {
        foreach (var (query, reference) in ((string, string?)[])[("cancel=true", "bk-20931"), ("detail=full&cancel=true", null)])
        {
            var request = CarePlans.Personal();
            request["reference"] = reference;
            if (reference is null)
            {
                request.Remove("reference");
            }

            var plan = await CarePlans.ReadAsync(service, request);
            var cancelled = await CarePlans.ReadAsync(service, request, "?" + query);
            Assert.Equal("CANCEL", cancelled.Method);
            Assert.Equal(plan.Events.Select(entry => entry.Uid), cancelled.Events.Select(entry => entry.Uid));
            Assert.All(plan.Events.Zip(cancelled.Events), pair =>
            {
                Assert.Equal(EventStatus.Cancelled, pair.Second.Status);
                Assert.True(pair.Second.Sequence > pair.First.Sequence);
                Assert.Equal((pair.First.DtStart!.AsUtc, pair.First.DtEnd!.AsUtc), (pair.Second.DtStart!.AsUtc, pair.Second.DtEnd!.AsUtc));
                Assert.Empty(pair.Second.Alarms);
            });
        }
    }

    [Fact]
    public async Task Who_is_no_longer_bookable_is_cancelled_with_the_same_entries()
    {
        var request = Requests.NothingToReport();
        request["reference"] = "bk-20931";
        var plan = await CarePlans.ReadAsync(service, request);
        request["asOf"] = "2026-06-02T18:00:00Z";
        request.With("pregnancy", "yes");
        var cancelled = await CarePlans.ReadAsync(service, request, "?cancel=true");
        Assert.Equal("CANCEL", cancelled.Method);
        Assert.Equal(plan.Events.Select(entry => entry.Uid), cancelled.Events.Select(entry => entry.Uid));
        Assert.All(cancelled.Events, entry => Assert.Equal(EventStatus.Cancelled, entry.Status));
    }

    [Theory]
    [InlineData("bk-20931")]
    [InlineData(null)]
    public async Task An_appointment_that_has_passed_is_cancelled_by_the_same_request(string? reference)
    {
        var request = Requests.NothingToReport();
        request.Remove("asOf");
        if (reference is not null)
        {
            request["reference"] = reference;
        }

        await using var later = new TimedService();
        var plan = Calendar.Load(await CarePlans.CalendarAsync(later, request))!;
        later.Clock.AdvanceDays(30);
        var cancelled = Calendar.Load(await CarePlans.CalendarAsync(later, request, "?cancel=true"))!;
        Assert.Equal(plan.Events.Select(entry => entry.Uid), cancelled.Events.Select(entry => entry.Uid));
        Assert.All(plan.Events.Zip(cancelled.Events), pair => Assert.True(pair.Second.Sequence > pair.First.Sequence));
        using var plain = await CarePlans.PostAsync(later, request);
        Assert.Equal(422, (int)plain.StatusCode);
    }

    [Fact]
    public async Task Who_is_booked_again_a_second_later_is_newer_than_the_cancellation()
    {
        var request = CarePlans.Personal();
        var versions = new List<(int Sequence, DateTime Stamp)>();
        foreach (var (asOf, query) in ((string, string)[])[
            ("08:30:00", ""), ("08:30:00", "?cancel=true"), ("08:30:01", ""), ("08:30:01", "?cancel=true"), ("08:31:01", "")])
        {
            request["asOf"] = $"2026-05-01T{asOf}Z";
            var entry = (await CarePlans.ReadAsync(service, request, query)).Events[0]!;
            versions.Add((entry.Sequence, entry.DtStamp!.AsUtc));
        }

        Assert.Equal(versions.Select(version => version.Sequence).Distinct().Order(), versions.Select(version => version.Sequence));
        request["asOf"] = "2190-01-01T00:00:00Z";
        request["appointment"]!["start"] = "2190-06-10T10:30:00";
        request["appointment"]!["end"] = "2190-06-10T11:15:00";
        Assert.Equal(int.MaxValue - 1, (await CarePlans.ReadAsync(service, request)).Events[0]!.Sequence);
        Assert.Equal(int.MaxValue, (await CarePlans.ReadAsync(service, request, "?cancel=true")).Events[0]!.Sequence);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00a0\t")]
    [InlineData("\u0000")]
    [InlineData("\u200b\ufeff")]
    public async Task A_blank_reference_tells_nobody_apart(string blank)
    {
        var one = Requests.NothingToReport();
        var other = Requests.NothingToReport().With("skincareKit", "yes");
        (one["reference"], other["reference"]) = (blank, blank);
        Assert.Empty(
            Uids(await CarePlans.CalendarAsync(service, one)).Values.Intersect(Uids(await CarePlans.CalendarAsync(service, other)).Values));
        Assert.Equal(blank, (string)(await service.ScreenAsync(one)).Answer["reference"]!);
    }

    [Theory]
    [InlineData("Production", "", 1)]
    [InlineData("Production", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", 0)]
    [InlineData("Development", "", 0)]
    public async Task A_missing_key_is_one_warning_at_the_start_in_production(string environment, string key, int warnings)
    {
        await using var started = new SettingsService(("environment", environment), ("Access:Open", "true"), ("CarePlans:Key", key));
        Assert.NotNull(started.Client);
        Assert.Equal(warnings, started.All().Count(line => (string?)line["@l"] == "Warning"
            && ((string)line["@mt"]!).Contains("CarePlans__Key", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task JSON_does_not_change_by_cancelling()
    {
        var (_, plan) = await CarePlans.PlanAsync(service, CarePlans.Personal());
        var (status, cancelled) = await CarePlans.PlanAsync(service, CarePlans.Personal(), "?cancel=true");
        cancelled["decisionId"] = plan["decisionId"]!.DeepClone();
        Assert.Equal((200, plan.ToJsonString()), (status, cancelled.ToJsonString()));
    }

    /// <summary>Only a calendar takes entries back: a plan that can be read is a plan, whatever its query says.</summary>
    [Fact]
    public async Task JSON_of_who_may_not_be_booked_needs_a_preview_with_cancel_too()
    {
        var pregnant = CarePlans.Personal().With("pregnancy", "yes");
        var passed = Requests.NothingToReport();
        passed.Remove("asOf");
        passed["appointment"]!["start"] = "2026-05-20T10:00:00";
        foreach (var request in (JsonObject[])[pregnant, passed])
        {
            var (status, _) = await CarePlans.PlanAsync(service, request, "?cancel=true");
            Assert.Equal(422, status);
            Assert.Equal("CANCEL", (await CarePlans.ReadAsync(service, request, "?cancel=true")).Method);
        }

        var (previewed, plan) = await CarePlans.PlanAsync(service, pregnant, "?cancel=true&preview=true");
        Assert.Equal((200, false), (previewed, (bool)plan["bookable"]!));
    }

    private static Dictionary<int, string> Uids(string text) =>
        Calendar.Load(text)!.Events.Select((entry, index) => (index, entry.Uid!)).ToDictionary(e => e.index, e => e.Item2);
}
