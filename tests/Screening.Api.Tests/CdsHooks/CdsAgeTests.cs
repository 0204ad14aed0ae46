using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.CdsHooks;

/// <summary>Answers of long ago may no longer be true: whoever books is told before anything else is read.</summary>
public sealed class CdsAgeTests(ServiceFixture service)
{
    // Today is 1 June 2026.
    [Theory]
    [InlineData("2019-03-01T09:00:00Z", "can be booked (answers from 2019-03-01)", "se puede reservar (respuestas de 2019-03-01)")]
    [InlineData("2026-05-01", "can be booked (answers from 2026-05-01)", "se puede reservar (respuestas de 2026-05-01)")]
    [InlineData("2026-05-02", "can be booked", "se puede reservar")]
    [InlineData("2026-05", "can be booked (answers from 2026-05)", "se puede reservar (respuestas de 2026-05)")]
    [InlineData("2026", "can be booked (answers from 2026)", "se puede reservar (respuestas de 2026)")]
    [InlineData(null, "can be booked (answers undated)", "se puede reservar (respuestas sin fecha)")]
    public async Task A_summary_says_how_old_the_answers_are_where_somebody_may_book(string? authored, string english, string spanish)
    {
        var call = Call(Requests.NothingToReport(), authored);
        var card = Assert.Single(await service.CardsAsync(call));
        Assert.Equal("Sublative RF skin treatment, 10 June 2026: " + english, card.Text("summary"));
        Assert.Equal("info", card.Text("indicator"));
        Assert.EndsWith(": " + spanish, Assert.Single(await service.CardsAsync(call, language: "es")).Text("summary"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "(record not seen in full) (answers from 2019-09-30)")]
    [InlineData("es", "(historia vista en parte) (respuestas de 2019-09-30)")]
    public async Task However_much_there_is_to_say_the_treatment_is_still_named(string language, string end)
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["herpesSimplexHistory"] = "yes";
        rest["appointment"]!["start"] = "2026-09-30T10:00:00";
        var call = Call(rest, "2019-09-30");
        call["prefetch"]!.AsObject().Remove("conditions");
        var card = Assert.Single(await service.CardsAsync(call, language: language));
        Assert.Equal("conditional", card.Eligibility());
        Assert.EndsWith(end, card.Text("summary"), StringComparison.Ordinal);
        Assert.True(card.Text("summary").IndexOf('…', StringComparison.Ordinal) > 10, card.Text("summary"));
    }

    [Theory]
    [InlineData("yes", "2019-03-01")]
    [InlineData("yes", null)]
    [InlineData("unknown", "2019-03-01")]
    public async Task Where_nobody_may_book_the_summary_is_about_the_reason_alone(string pregnancy, string? authored)
    {
        var rest = Requests.NothingToReport();
        rest["answers"]!["pregnancy"] = pregnancy;
        Assert.DoesNotContain("(answers", Assert.Single(await service.CardsAsync(Call(rest, authored))).Text("summary"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_dated_in_the_future_is_none()
    {
        var card = Assert.Single(await service.CardsAsync(Call(Requests.NothingToReport(), "2026-06-04")));
        Assert.Equal(("incomplete", "critical"), (card.Eligibility(), card.Text("indicator")));
        Assert.Contains("- Intake forms not used, dated in the future: 1", card.Text("detail"), StringComparison.Ordinal);
    }

    private static JsonObject Call(JsonObject rest, string? authored)
    {
        var call = CdsCalls.Booking(rest);
        var form = call["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!.AsObject();
        form.Remove("authored");
        if (authored is not null)
        {
            form["authored"] = authored;
        }

        return call;
    }
}
