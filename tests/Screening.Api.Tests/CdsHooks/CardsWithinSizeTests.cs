using System.Globalization;
using Screening.Api.CdsHooks;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.Tests.CdsHooks;

public static class CardsWithinSizeTests
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
        ScreenedAppointment[] screened = [.. Enumerable.Range(0, count).Select(i => new ScreenedAppointment { Place = i, Proposed = null })];
        var fitting = new CardsWithinSize<string>(screened, card => card.Length, most);
        var cards = fitting.All(Whole) ?? fitting.Some(Whole, one => Card("O", one, 600), (one, left) => $"R{one.Place}+{left}");
        Assert.Equal(expected, string.Join(',', cards.Select(card => card.TrimEnd('.'))));

        static string Whole(ScreenedAppointment one) => Card("W", one, 1_800);

        static string Card(string kind, ScreenedAppointment one, int length) =>
            (kind + one.Place.ToString(CultureInfo.InvariantCulture)).PadRight(length, '.');
    }
}
