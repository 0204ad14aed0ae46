using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Pages;

/// <summary>Nothing that a request says becomes markup, and the page loads and runs nothing.</summary>
public sealed class PageSafetyTests(ServiceFixture service)
{
    private const string Hostile = "<script>alert(1)</script>\"'`&{date}--></style>";

    [Fact]
    public async Task What_a_request_says_is_text()
    {
        var request = PageRequests.All["review"]();
        request["reference"] = Hostile[..Math.Min(Hostile.Length, 64)];
        var clearance = request["clearances"]![0]!;
        clearance["by"] = Hostile + "\u202E";
        clearance["note"] = Hostile + "\u2066\u0007 emoji 👩‍⚕️ ñ";

        var html = await service.HtmlAsync(request);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u2066", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "</style>", RegexOptions.NonBacktracking));
        var text = PageClient.Text(html);
        Assert.Contains($"Cleared by {Hostile}[U+202E] on 20 November 2026", text, StringComparison.Ordinal);
        Assert.Contains(Hostile + "[U+2066][U+0007] emoji 👩‍⚕️ ñ", text, StringComparison.Ordinal);
        Assert.Contains("\n" + Hostile[..Math.Min(Hostile.Length, 64)] + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_well_formed_whatever_the_request_says()
    {
        foreach (var (_, make) in PageRequests.All)
        {
            var request = make();
            request["reference"] = Hostile;
            foreach (var audience in (string[])["clinician", "patient"])
            {
                var html = await service.HtmlAsync(request, "?audience=" + audience, "es");
                // HTML's own void elements and attributes without a value, closed so that a strict reader can judge the rest.
                var xml = Regex.Replace(html[html.IndexOf("<html", StringComparison.Ordinal)..], "<(?<tag>meta|input|br)(?<rest>[^>]*)>", "<${tag}${rest}/>", RegexOptions.NonBacktracking).Replace(" checked/>", "/>", StringComparison.Ordinal);
                var page = XDocument.Parse(xml);
                string[] names = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
                Assert.Equal(names, names.Distinct());
                Assert.All(page.Descendants().Attributes("aria-labelledby").SelectMany(label => label.Value.Split(' ')), label => Assert.Contains(label, names));
            }
        }
    }

    [Fact]
    public async Task It_loads_and_runs_nothing()
    {
        using var response = await service.PageAsync(PageRequests.All["deferred"]());
        var html = await response.Content.ReadAsStringAsync();
        var style = Regex.Match(html, "<style>(?<rules>[^<]*)</style>", RegexOptions.NonBacktracking).Groups["rules"].Value;
        var digest = "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Equal(
            $"default-src 'none'; style-src '{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));

        // The saved file carries the policy as well; and there is nothing for it to forbid.
        Assert.Contains("http-equiv=\"Content-Security-Policy\"", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<(script|link|img|iframe|object|embed|form|a|base)[ >]|\\s(src|href|style|on[a-z]+)=|@import|http:", html);
        Assert.Equal("url(#stripes)", Assert.Single(Regex.Matches(style, "url\\([^)]*\\)", RegexOptions.NonBacktracking)).Value);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("?audience=clinician", 200)]
    [InlineData("?audience=patient", 200)]
    [InlineData("?audience=", 400)]
    [InlineData("?audience=Patient", 400)]
    [InlineData("?audience=nurse", 400)]
    [InlineData("?audience=patient&audience=patient", 400)]
    [InlineData("?audience=patient&audience=clinician", 400)]
    public async Task An_audience_is_one_that_there_is_in_either_form(string query, int status)
    {
        foreach (var accept in (string[])["text/html", "application/json"])
        {
            using var response = await service.PageAsync(Requests.NothingToReport(), query, "es", accept);
            Assert.Equal(status, (int)response.StatusCode);
            if (status == 400)
            {
                var problem = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!;
                Assert.Equal("/problems/invalid-parameter", (string)problem["type"]!);
                Assert.DoesNotContain("nurse", problem.ToJsonString(), StringComparison.Ordinal);
            }
        }
    }
}
