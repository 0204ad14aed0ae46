using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Screening.Api.Pages;
using Screening.Api.Tests.Screenings;
using Screening.Rules;

namespace Screening.Api.Tests.Pages;

/// <summary>Later dates stand further right, nothing leaves the drawing, and what is cut off is marked.</summary>
public sealed class TimelineTests(ServiceFixture service)
{
    private const double Left = Timeline.Edge;
    private const double Right = Timeline.Width - Timeline.Edge;

    public static TheoryData<string> Names => [.. PageRequests.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Days_follow_each_other_at_one_distance(string name)
    {
        var line = Timeline.Of(Screen(PageRequests.All[name]()));
        Assert.Equal(Left, line.Start(line.First), 6);
        Assert.Equal(Right, line.Start(line.Last.PlusDays(1)), 6);
        var width = line.Start(line.First.PlusDays(1)) - Left;
        for (var date = line.First; date <= line.Last; date = date.PlusDays(1))
        {
            Assert.Equal(width, line.Start(date.PlusDays(1)) - line.Start(date), 6);
            Assert.InRange(line.Middle(date), line.Start(date), line.Start(date.PlusDays(1)));
        }
    }

    [Fact]
    public void Every_date_that_counts_is_drawn_and_every_bar_stays_inside()
    {
        foreach (var request in Many())
        {
            var decision = Screen(request);
            var line = Timeline.Of(decision);
            LocalDate?[] dates = [decision.Today, decision.Date, decision.NotBefore, .. decision.Requirements.SelectMany(r => (LocalDate?[])[r.StopBy, r.StartBy, r.ContinueThrough])];
            Assert.All(dates.OfType<LocalDate>(), date => Assert.InRange(date, line.First, line.Last));
            Assert.All(line.Waits.SelectMany(lane => lane.Bars).Concat(line.Free), bar =>
            {
                Assert.InRange(bar.X, Left - 0.001, Right);
                Assert.InRange(bar.X + bar.Length, Left, Right + 1);
                Assert.True(bar.Length > 0);
                Assert.True(!bar.OpenLeft || bar.X == Left);
                Assert.True(!bar.OpenRight || Math.Abs(bar.X + bar.Length - Right) < 1);
            });
            Assert.InRange(line.Ticks().Count, 1, 12);
            Assert.Equal(line.Ticks().Order(), line.Ticks());

            // The drawn bars of a rule leave the requested date free exactly when its waits do.
            foreach (var lane in line.Waits)
            {
                var middle = line.Middle(decision.Date);
                var drawn = lane.Bars.Any(bar => bar.X <= middle && middle <= bar.X + bar.Length);
                Assert.Equal(decision.WaitingPeriods[lane.FirstWait..(lane.LastWait + 1)].Any(wait => wait.Contains(decision.Date)), drawn);
            }
        }
    }

    [Fact]
    public void An_open_interval_is_cut_at_the_edge_and_marked()
    {
        var line = Timeline.Of(Screen(PageRequests.All["deferred"]()));
        Assert.True(line.Waits[0].Bars[0] is { OpenLeft: true, OpenRight: false });
        Assert.Equal(Left, line.Waits[0].Bars[0].X, 6);

        // Two injections of one rule: one lane, two bars, the later one going on.
        Assert.Equal((2, 3, 2), (line.Waits[2].FirstWait, line.Waits[2].LastWait, line.Waits[2].Bars.Count));
        Assert.True(line.Waits[2].Bars[1].OpenRight);
    }

    [Fact]
    public void Waits_of_a_rule_that_overlap_are_one_bar()
    {
        var line = Timeline.Of(Screen(PageRequests.Winter().With("injections", PageRequests.Injections(("filler", "2026-12-01"), ("filler", "2026-12-20"), ("botulinum-toxin", "2026-12-03")))));
        Assert.Single(Assert.Single(line.Waits).Bars);
    }

    [Fact]
    public void A_wait_of_years_ago_is_not_drawn() =>
        Assert.Empty(Timeline.Of(Screen(PageRequests.Winter().With("injections", PageRequests.Injections(("filler", "2001"))))).Waits);

    [Theory]
    [InlineData("2026-12-24", "24 December 2026", "24 de diciembre de 2026")]
    [InlineData("2026-01-01", "1 January 2026", "1 de enero de 2026")]
    [InlineData("2026-02", "February 2026", "febrero de 2026")]
    [InlineData("2026", "2026", "2026")]
    public void A_date_is_written_as_people_write_it(string date, string english, string spanish)
    {
        Assert.True(PartialDate.TryParse(Encoding.UTF8.GetBytes(date), out var partial));
        Assert.Equal((english, spanish), (DateWords.Of(partial, Language.English), DateWords.Of(partial, Language.Find("es")!)));
    }

    private static IEnumerable<JsonObject> Many()
    {
        foreach (var (_, make) in PageRequests.All)
        {
            yield return make();
        }

        foreach (var start in (string[])["2026-11-22T23:00:00", "2026-11-23T10:00:00", "2027-11-30T10:00:00", "2199-12-31T23:00:00"])
        {
            foreach (var injections in (JsonArray[])[PageRequests.Injections(("filler", "2026")), PageRequests.Injections(("filler", "2199-12-31"), ("filler", "1900")), PageRequests.Injections(("botulinum-toxin", "unknown"), ("filler", "2026-12"))])
            {
                var request = PageRequests.Winter().With("injections", injections.DeepClone()).With("topicalRetinoidUse", "current").With("herpesSimplexHistory", "yes").With("antiviralStart", "2026-01-01");
                request["appointment"] = new JsonObject { ["timeZone"] = "America/New_York", ["start"] = start };
                yield return request;
            }
        }
    }

    private Decision Screen(JsonObject request)
    {
        var read = service.Services.GetRequiredService<ScreeningRequestReader>().Read(Encoding.UTF8.GetBytes(request.ToJsonString()), Instant.MinValue, new InputErrors());
        Assert.NotNull(read);
        return Screener.Screen(read.Intake, read.Appointment, read.Today);
    }
}
