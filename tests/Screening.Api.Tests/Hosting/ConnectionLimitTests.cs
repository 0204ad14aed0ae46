using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Hosting;

/// <summary>The number of connections is limited, and each must be used.</summary>
public sealed class ConnectionLimitTests
{
    private const string Request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    [Fact]
    public async Task One_connection_too_many_is_told_to_come_back()
    {
        await using var service = new LimitedService(("Connections:Max", "2"));
        _ = service.Address;
        using var one = await ServedAsync(service);
        using var two = await ServedAsync(service);
        using var refused = new RawConnection(service.Address);
        await refused.SendAsync(Request);
        var response = await refused.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 503 Service Unavailable\r\n", response, StringComparison.Ordinal);
        Assert.Contains("\r\nRetry-After: ", response, StringComparison.Ordinal);

        // A place that is free is given again.
        one.Dispose();
        while (true)
        {
            using var next = new RawConnection(service.Address);
            await next.SendAsync(Request);
            if (await next.ReadLineAsync() == "HTTP/1.1 200 OK")
            {
                break;
            }
        }
    }

    [Fact]
    public async Task Far_too_many_connections_wait_and_the_service_goes_on()
    {
        await using var service = new LimitedService(("Connections:Max", "2"));
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);
        List<RawConnection> many = [.. Enumerable.Range(0, 200).Select(_ => new RawConnection(service.Address))];
        Assert.Equal(200, (await service.ScreenAsync(Requests.NothingToReport())).Status);
        many.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task A_connection_that_sends_nothing_is_closed_after_seconds()
    {
        await using var service = new LimitedService();
        using var silent = new RawConnection(service.Address);
        Assert.Equal(string.Empty, await silent.ReadToEndAsync());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    public static void A_number_of_connections_that_cannot_be_stops_the_start(string value) =>
        Assert.Contains("Connections:Max", Settings.FailedStartTests.Refusal("Connections:Max", value), StringComparison.Ordinal);

    private static async Task<RawConnection> ServedAsync(LimitedService service)
    {
        var connection = new RawConnection(service.Address);
        await connection.SendAsync(Request);
        Assert.Equal("HTTP/1.1 200 OK", await connection.ReadLineAsync());
        return connection;
    }
}
