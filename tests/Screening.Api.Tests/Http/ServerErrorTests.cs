using Screening.Api.Tests.Hosting;

namespace Screening.Api.Tests.Http;

/// <summary>What the server refuses by itself has no body, and both the README and the OpenAPI document say so.</summary>
public sealed class ServerErrorTests(ServiceFixture service)
{
    public static TheoryData<int, string> Refused => new()
    {
        { 400, "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n" },
        { 400, "GET / HTTP/1.1\r\n\r\n" },
        { 400, "POST /v1/screenings HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n" },
        { 405, "GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { 408, "GET / HTTP/1.1\r\nHost: localhost\r\n" },
        { 414, $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: localhost\r\n\r\n" },
        { 431, $"GET / HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 40_000)}\r\n\r\n" },
        { 505, "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task It_is_a_status_without_a_body_and_documented(int status, string request)
    {
        using var connection = new RawConnection(service.Address);
        await connection.SendAsync(request);
        var response = await connection.ReadToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", response, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 0\r\n", response, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", response, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", response, StringComparison.Ordinal);

        const string Readme = "What is not HTTP at all (400, 408, 414, 431, 505), and a `*` in place of an address (405), is refused by the "
            + "server itself, without a body";
        Assert.Contains(status.ToString(System.Globalization.CultureInfo.InvariantCulture), Readme, StringComparison.Ordinal);
        Assert.Contains(Readme, Words(await File.ReadAllTextAsync(Repository.Path("README.md"))), StringComparison.Ordinal);
        var introduction = (string)(await OpenApi.OpenApi.GetAsync(service)).Root["info"]!["description"]!;
        const string Introduction = "(`400`, `408`, `414`, `431`, `505`), and a `*` in place of an address (`405`), is refused by the server";
        Assert.Contains(Introduction, introduction, StringComparison.Ordinal);
    }

    private static string Words(string text) => text.ReplaceLineEndings(" ");
}
