using System.Globalization;
using System.Text;
using Screening.Api.CdsHooks;
using Screening.Api.Http;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.Tests.CdsHooks;

public static class FittingCardsTests
{
    [Theory]
    [InlineData(3, 10_000, "W0,W1,W2")]
    [InlineData(3, 4_500, "W0,O1,O2")]
    [InlineData(3, 3_000, "O0,O1,O2")]
    [InlineData(4, 3_100, "O0,O1,O2,O3")]
    [InlineData(4, 2_700, "O0,O1,R2+2")]
    [InlineData(1, 10, "R0+1")]
    public static void The_first_are_told_whole_and_the_others_as_far_as_there_is_room(int count, long most, string expected)
    {
        using var output = new Utf8Output(64);
        var cards = new FittingCards(output, [.. Enumerable.Range(0, count).Select(i => new ScreenedAppointment { Place = i, Proposed = null })], most);
        if (!cards.TryWrite(one => Card("W", one, 1_800)))
        {
            cards.Write(one => Card("W", one, 1_800), one => Card("O", one, 600), (one, left) => Card($"R{one.Place}+{left}", null, 0));
        }

        var written = Encoding.UTF8.GetString(output.Written.Span);
        Assert.Equal(expected, written.Replace(".", "", StringComparison.Ordinal));

        void Card(string kind, ScreenedAppointment? one, int length) =>
            output.Raw(Encoding.UTF8.GetBytes((kind + one?.Place.ToString(CultureInfo.InvariantCulture)).PadRight(length, '.')));
    }
}
