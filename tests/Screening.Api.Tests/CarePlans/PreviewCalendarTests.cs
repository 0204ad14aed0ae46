using Ical.Net;
using Screening.Api.Tests.Screenings;
using Calendar = Ical.Net.Calendar;

namespace Screening.Api.Tests.CarePlans;

/// <summary>The calendar of an appointment that is not bookable: nobody may take it for one that is.</summary>
public sealed class PreviewCalendarTests(ServiceFixture service)
{
    [Fact]
    public async Task A_preview_is_tentative()
    {
        var calendar = await CarePlans.ReadAsync(service, Requests.NothingToReport().With("pregnancy", "yes"), "?preview=true");
        Assert.All(calendar.Events, entry => Assert.Equal(EventStatus.Tentative, entry.Status));
    }

    [Theory]
    [InlineData("en", "", "Preview")]
    [InlineData("en", "&detail=full", "Preview")]
    [InlineData("es", "", "Vista previa")]
    [InlineData("es", "&detail=full", "Vista previa")]
    public async Task A_preview_says_so_in_each_name_that_a_calendar_shows(string language, string detail, string word)
    {
        var request = Requests.NothingToReport().With("pregnancy", "yes");
        using var response = await CarePlans.PostAsync(service, request, "?preview=true" + detail, "text/calendar", language);
        Assert.Equal("attachment; filename=\"preview.ics\"", response.Content.Headers.ContentDisposition!.ToString());
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains($"X-WR-CALNAME:{word}: ", text, StringComparison.Ordinal);
        var calendar = Calendar.Load(text)!;
        Assert.All(calendar.Events, entry =>
        {
            Assert.StartsWith(word + ": ", entry.Summary, StringComparison.Ordinal);
            Assert.StartsWith(word + ". ", entry.Description, StringComparison.Ordinal);
            Assert.InRange(entry.Summary!.Length, 1, 60);
            Assert.All(entry.Alarms, alarm => Assert.StartsWith(word, alarm.Description, StringComparison.Ordinal));
        });
        if (detail.Length == 0)
        {
            var shown = string.Join('\n', calendar.Events.SelectMany(entry => (string[])[entry.Summary!, entry.Description!]));
            Assert.All(CarePlanCalendarTests.Telling, telling => Assert.DoesNotContain(telling, shown, StringComparison.OrdinalIgnoreCase));
        }

        // What is bookable is no preview, whoever asks; and what takes entries back is none.
        using var bookable = await CarePlans.PostAsync(
            service, Requests.NothingToReport(), "?preview=true" + detail, "text/calendar", language);
        Assert.DoesNotContain(word, await bookable.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("attachment; filename=\"appointment.ics\"", bookable.Content.Headers.ContentDisposition!.ToString());
        var cancelled = await CarePlans.CalendarAsync(service, request, "?preview=true&cancel=true" + detail, language);
        Assert.DoesNotContain(word, cancelled, StringComparison.Ordinal);
    }
}
