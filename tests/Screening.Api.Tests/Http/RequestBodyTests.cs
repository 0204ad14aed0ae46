using System.Net.Sockets;
using System.Text;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Http;

/// <summary>What a body may be, before anybody reads what stands in it.</summary>
public sealed class RequestBodyTests(ServiceFixture service)
{
    private const string Path = "/v1/screenings";

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    public async Task Another_content_type_is_415(string? contentType)
    {
        using var response = await service.PostAsync(Path, Encoding.UTF8.GetBytes(Requests.NothingToReport().ToJsonString()), contentType);
        Assert.Equal(415, (int)response.StatusCode);
        await MalformedRequestTests.AssertProblemAsync(response, 415);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("Application/JSON")]
    public async Task UTF8_may_be_said(string contentType)
    {
        using var response = await service.PostAsync(Path, Requests.NothingToReport().ToJsonString(), contentType);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_64_KiB_is_413_and_one_of_64_KiB_is_read(bool chunked)
    {
        var request = Requests.NothingToReport().ToJsonString();
        foreach (var (length, status) in ((int, int)[])[(65536, 200), (65537, 413), (1_000_000, 413)])
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.PadRight(length)));
            content.Headers.ContentType = new("application/json");
            using var message = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
            message.Headers.TransferEncodingChunked = chunked;
            using var response = await service.Client.SendAsync(message);
            Assert.Equal(status, (int)response.StatusCode);
            if (status != 200)
            {
                await MalformedRequestTests.AssertProblemAsync(response, status);
            }
        }
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Content-Length: -1", "{}")]
    [InlineData("Content-Length: 1e3", "{}")]
    public async Task Broken_framing_is_400(string header, string body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(service.Address.Host, service.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n{header}\r\n\r\n{body}"));
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_is_GET_without_the_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/health/ready");
        using var response = await service.Client.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }
}
