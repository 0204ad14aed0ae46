using System.Text;
using System.Text.Json.Nodes;
using Ical.Net;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CarePlans;

/// <summary>The UIDs of plans without a reference: from the whole request, and of no use to anyone who guesses it.</summary>
public sealed class CalendarUidTests(ServiceFixture service)
{
    private static readonly (string, string) Key = ("CarePlans:Key", Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));

    [Fact]
    public async Task Two_people_at_one_start_have_no_UID_in_common()
    {
        var one = await UidsAsync(service, Requests.NothingToReport());
        JsonObject[] others =
        [
            Requests.NothingToReport().With("herpesSimplexHistory", "yes"),
            Requests.NothingToReport().With("skincareKit", "no"),
            Requests.NothingToReport(),
        ];
        others[^1]["asOf"] = "2026-06-01T18:05:00Z";
        foreach (var other in others)
        {
            Assert.Empty(one.Intersect(await UidsAsync(service, other)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?detail=full")]
    [InlineData("?preview=true")]
    [InlineData("?cancel=true")]
    public async Task The_same_request_has_the_same_UIDs_however_it_is_written(string query)
    {
        var request = Requests.NothingToReport();
        var turned = new JsonObject(request.Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var expected = await UidsAsync(service, request);
        Assert.Equal(expected, await UidsAsync(service, turned, query));
        var text = request.ToJsonString().Replace("\"face\"", " \"\\u0066ace\" ", StringComparison.Ordinal);
        using var escaped = await CarePlans.PostAsync(service, text, query, "text/calendar");
        Assert.Equal(expected, Uids(Encoding.UTF8.GetString(await escaped.Content.ReadAsByteArrayAsync())));
    }

    [Fact]
    public async Task Without_the_key_nobody_makes_the_UID_of_a_request()
    {
        using var keyed = new SettingsService(Key);
        using var again = new SettingsService(Key);
        using var other = new SettingsService(
            ("CarePlans:Key", Convert.ToBase64String([.. Enumerable.Range(100, 32).Select(value => (byte)value)])));
        using var random = new SettingsService();
        var request = Requests.NothingToReport();
        var uids = await UidsAsync(keyed, request);
        Assert.Equal("53da6905-056e-8209-921c-d984ad895108", uids[0]);
        Assert.Equal(uids, await UidsAsync(again, request));
        Assert.Empty(uids.Intersect(await UidsAsync(other, request)));
        Assert.Empty(uids.Intersect(await UidsAsync(random, request)));
    }

    [Fact]
    public async Task A_reference_needs_no_key()
    {
        using var keyed = new SettingsService(Key);
        var request = Requests.NothingToReport();
        request["reference"] = "bk-20931";
        Assert.Equal(await UidsAsync(service, request), await UidsAsync(keyed, request));
    }

    private static async Task<string[]> UidsAsync(ServiceFixture service, JsonObject request, string query = "") =>
        Uids(await CarePlans.CalendarAsync(service, request, query));

    private static string[] Uids(string text) => [.. Calendar.Load(text)!.Events.Select(entry => entry.Uid!)];
}
