namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>A batch is a conversation: answers come while lines are still sent, and it ends when either side does.</summary>
public sealed class BatchStreamTests
{
    private static readonly string[] Secrets = ["eligible", "bk-secret", "pregnancy"];

    [Fact]
    public async Task A_line_is_answered_before_the_next_is_sent()
    {
        await using var service = new BatchService();
        using var connection = await BatchConnection.OpenAsync(service);
        for (var i = 1; i <= 20; i++)
        {
            // A line and the beginning of the next: the beginning waits.
            await connection.SendAsync((i == 1 ? "{\"refer" : "") + "ence\":\"" + i + "\"}\n{\"refer");
            if (i == 1)
            {
                Assert.Equal(200, await connection.HeadAsync());
            }

            var answer = (await connection.NextAsync())!;
            Assert.Equal((i, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), ((int)answer["line"]!, (string?)answer["reference"]));
        }

        await connection.WriteAsync("0\r\n\r\n");
        Assert.Equal("21: 400 - invalid-json", Batches.Summary((await connection.NextAsync())!));
        Assert.Null(await connection.NextAsync());
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_answered_before_its_end_has_come()
    {
        await using var service = new BatchService();
        using var connection = await BatchConnection.OpenAsync(service);
        await connection.SendAsync(new string(' ', 70_000));
        Assert.Equal(200, await connection.HeadAsync());
        Assert.Equal("1: 413 -", Batches.Summary((await connection.NextAsync())!));
        for (var i = 0; i < 50; i++)
        {
            await connection.SendAsync(new string(' ', 70_000));
        }

        await connection.SendAsync("\n" + Batches.Good("second") + "\n");
        Assert.Equal("second", Batches.Summary((await connection.NextAsync())!));
    }

    [Fact]
    public async Task Every_line_sees_the_same_clock_and_has_its_own_id()
    {
        // It moves on by an hour at each reading.
        await using var service = new BatchService { TickingClock = true };
        var line = Requests.NothingToReport();
        line.Remove("asOf");
        var answers = await service.BatchAsync(string.Join('\n', Enumerable.Repeat(line.ToJsonString(), 50)));
        Assert.Single(answers.Select(answer => (string)answer["asOf"]!).Distinct(StringComparer.Ordinal));
        Assert.Equal(50, answers.Select(answer => (string)answer["decisionId"]!).Distinct(StringComparer.Ordinal).Count());

        var (_, first) = await service.ScreenAsync(line);
        var (_, second) = await service.ScreenAsync(line);
        Assert.NotEqual((string)first["asOf"]!, (string)second["asOf"]!);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_not_read_from()
    {
        var held = new HeldResponses();
        await using var service = new BatchService { Held = held };
        using var connection = await BatchConnection.OpenAsync(service);
        await connection.SendAsync(Batches.Good("first") + "\n");
        await held.Begun;

        // It is there to be read, and is read once the answer to the first is on its way.
        await connection.SendAsync(Batches.Good("second") + "\n");
        Assert.Equal((1, 0), held.Readings);
        held.Release();
        Assert.Equal(200, await connection.HeadAsync());
        Assert.Equal("first", Batches.Summary((await connection.NextAsync())!));
        Assert.Equal("second", Batches.Summary((await connection.NextAsync())!));
        Assert.Equal(0, held.Readings.WhileItWaits);
    }

    [Fact]
    public async Task A_client_that_goes_away_without_reading_stops_the_work()
    {
        var held = new HeldResponses();
        await using var service = new BatchService { Held = held };
        using var connection = await BatchConnection.OpenAsync(service);
        // More than one part of an answer, and no more than the service reads ahead: beyond that it sees no end either.
        await connection.SendAsync(string.Concat(Enumerable.Repeat(Batches.Good("bk-secret") + "\n", 50)));
        await held.Begun;
        connection.Reset();

        var log = Assert.Single(await service.LinesAsync(1));
        Assert.InRange((int)log["Lines"]!, 1, 49);
        Assert.Equal(0, (int)log["FailedLines"]!);
    }

    [Fact]
    public async Task A_client_that_goes_away_between_two_lines_is_noticed()
    {
        await using var service = new BatchService();
        using var connection = await BatchConnection.OpenAsync(service);
        await connection.SendAsync(Batches.Good("bk-secret") + "\n{}\n{\"half\":");
        Assert.Equal(200, await connection.HeadAsync());
        Assert.NotNull(await connection.NextAsync());
        Assert.NotNull(await connection.NextAsync());
        connection.Reset();

        // All that is logged of a batch.
        var log = Assert.Single(await service.LinesAsync(1));
        Assert.Equal(("/v1/screenings/batch", 2, 1), ((string?)log["Route"], (int)log["Lines"]!, (int)log["FailedLines"]!));
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, log.ToJsonString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ZZ\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\n")]
    public async Task A_broken_framing_ends_the_answer_after_the_lines_that_were_complete(string bytes)
    {
        await using var service = new BatchService();
        using var connection = await BatchConnection.OpenAsync(service);
        await connection.SendAsync(Batches.Good("one") + "\n" + Batches.Good("half"));
        Assert.Equal(200, await connection.HeadAsync());
        Assert.Equal("one", Batches.Summary((await connection.NextAsync())!));
        await connection.WriteAsync(bytes);
        await Assert.ThrowsAnyAsync<IOException>(connection.NextAsync);
        Assert.Equal((200, 1), Assert.Single(await service.LinesAsync(1)) is var log ? ((int)log["Status"]!, (int)log["Lines"]!) : default);
    }

    [Fact]
    public async Task A_broken_framing_before_the_first_answer_is_400()
    {
        await using var service = new BatchService();
        using var connection = await BatchConnection.OpenAsync(service);
        await connection.WriteAsync("ZZ\r\n");
        Assert.Equal(400, await connection.HeadAsync());
    }
}
