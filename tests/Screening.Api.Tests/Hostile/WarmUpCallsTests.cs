namespace Screening.Api.Tests.Hostile;

public sealed class WarmUpCallsTests(ServiceFixture service)
{
    [Fact]
    public async Task The_calls_that_the_service_makes_itself_go_well()
    {
        _ = service.Client;
        Assert.Equal(Enumerable.Repeat("HTTP/1.1 200 OK", 24), await WarmUpCalls.MakeAsync(service.Services, rounds: 24, TestContext.Current.CancellationToken));
    }
}
