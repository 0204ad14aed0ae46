using Screening.Api.Tests.Hosting;

namespace Screening.Api.Tests.Http;

/// <summary>No link follows the name that a client gives the service, whichever header or request line it stands in.</summary>
public sealed class ForgedHostTests
{
    // Whole: three letters of it come about by chance in a sealed link.
    private const string Forged = "zq9.example";

    private static readonly string[] Forwarding =
        ["X-Forwarded-Host", "X-Original-Host", "X-Host", "X-Forwarded-Prefix", "X-Original-URL", "X-Rewrite-URL", "Forwarded"];

    private static readonly string[] Pages =
        ["/", "/swagger", "/swagger/index.html", "/openapi/v1.json", "/nowhere", "/fhir/Questionnaire?url=http%3A%2F%2Fnone"];

    [Theory]
    [InlineData(null)]
    [InlineData("https://screening.example.org")]
    public async Task No_response_of_any_route_names_it(string? publicUrl)
    {
        await using var service = new SettingsService(("AllowedHosts", "*"), ("Service:PublicUrl", publicUrl ?? string.Empty));
        using var client = RouteCall.Client(service);
        var linking = 0;
        foreach (var call in RouteCall.All.Concat(Pages.Select(page => new RouteCall("GET", page, page, [], null, null))))
        {
            var broken = call with { Body = call.Body is null ? null : "{" };
            foreach (var variant in (RouteCall[])[call, call with { Method = "DELETE" }, broken])
            {
                foreach (var accept in (string[])["*/*", "text/html"])
                {
                    using var request = variant.Message();
                    request.Headers.Host = Forged + ":8443";
                    request.Headers.TryAddWithoutValidation("Accept", accept);
                    foreach (var name in Forwarding)
                    {
                        request.Headers.TryAddWithoutValidation(name, name == "Forwarded" ? "host=" + Forged : Forged);
                    }

                    using var response = await client.SendAsync(request);
                    var text = $"{response}\n{await response.Content.ReadAsStringAsync()}";
                    Assert.False(text.Contains(Forged, StringComparison.OrdinalIgnoreCase), $"{variant} {accept}: {text}");
                    linking += publicUrl is not null && text.Contains(publicUrl + "/", StringComparison.Ordinal) ? 1 : 0;
                }
            }
        }

        // The doors that write links did write them: cards, the CapabilityStatement, the operations and the forms.
        Assert.True(publicUrl is null || linking >= 8, $"{linking}");
    }

    [Theory]
    [InlineData("GET http://zq9.example/fhir/metadata HTTP/1.1\r\nHost: zq9.example\r\n")]
    [InlineData("GET http://zq9.example/ HTTP/1.1\r\nHost: zq9.example\r\n")]
    [InlineData("GET http://zq9.example/ HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET //zq9.example/%2e%2e HTTP/1.1\r\nHost: localhost\r\n")]
    [InlineData("GET / HTTP/1.0\r\n")]
    [InlineData("GET /fhir/metadata HTTP/1.0\r\n")]
    [InlineData("GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\nHost: zq9.example\r\n")]
    [InlineData("GET /fhir/metadata HTTP/1.1\r\nHost: localhost@zq9.example\r\n")]
    public async Task Nor_does_a_request_line_that_names_it(string head)
    {
        await using var service = new SettingsService(("AllowedHosts", "*"));
        using var connection = new RawConnection(service.Address);
        await connection.SendAsync(head + "Connection: close\r\n\r\n");
        var response = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 ", response, StringComparison.Ordinal);
        Assert.DoesNotContain(Forged, response, StringComparison.Ordinal);
    }
}
