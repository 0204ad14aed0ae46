using Screening.Api.CdsHooks;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.Tests.CdsHooks;

public static class CardIdTests
{
    private static readonly Guid Call = new("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea");

    [Theory]
    [InlineData(0, "bc602206-8cdb-8e88-9304-d3a7608b65a4")]
    [InlineData(2, "3e160eb2-1f39-8f05-a740-b2549f532d71")]
    public static void The_same_call_gives_the_same_ids_in_every_release(int place, string id) =>
        Assert.Equal(new Guid(id), CardId.Of(Call, "sublative-rf-appointment-book", new ScreenedAppointment { Place = place, Proposed = null }, null));
}
