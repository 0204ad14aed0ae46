using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Screening.Api.Settings;
using Screening.Api.Tests.IntakeForms;
using Screening.Api.Tests.Pages;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Receipts;

/// <summary>A page has the receipt of its decision at its end, where one was made, and is as it was where none was.</summary>
public sealed partial class PrintedReceiptTests(ServiceFixture service)
{
    [Theory]
    [InlineData("/v1/screenings", "screenings")]
    [InlineData("/v1/screenings?audience=patient", "screenings")]
    [InlineData("/v1/care-plans?preview=true", "care-plans")]
    public async Task A_page_prints_the_receipt_that_was_preferred_and_its_leaf(string path, string door)
    {
        foreach (var (_, request) in PageRequests.All)
        {
            using var response = await service.PreferAsync(request(), path: path, accept: "text/html");
            var page = await response.Content.ReadAsStringAsync();
            Assert.Equal("receipt", Assert.Single(response.Headers.GetValues("Preference-Applied")));
            var (leaf, receipt) = Printed(page);
            var found = await service.VerifyAsync(receipt, request());
            Assert.Equal((true, leaf, "yes"), ((bool)found["genuine"]!, (string)found["leaf"]!, (string)found["bound"]!));
            Assert.Equal("identical", (string)found["replay"]!["result"]!);
            var payload = SignedDecisions.Payload(receipt);
            Assert.Equal(door, (string)payload["door"]!);
            Assert.Contains((string)payload["jti"]!, page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/v1/screenings", "en", "Receipt")]
    [InlineData("/v1/care-plans", "es", "Comprobante")]
    public async Task A_page_without_one_is_the_same_but_for_that_section(string path, string language, string heading)
    {
        var with = await PageAsync("receipt");
        Assert.Contains($"<h2>{heading}</h2>", with, StringComparison.Ordinal);
        Assert.Equal(await PageAsync("none"), Section().Replace(with, string.Empty));

        async Task<string> PageAsync(string prefer)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, path);
            message.Content = new StringContent(Requests.NothingToReport().ToJsonString(), null, "application/json");
            message.Headers.Add("Accept", "text/html");
            message.Headers.Add("Accept-Language", language);
            message.Headers.TryAddWithoutValidation("Prefer", prefer);
            using var response = await service.Client.SendAsync(message);
            return DecisionId().Replace(await response.Content.ReadAsStringAsync(), "id");
        }
    }

    [Theory]
    [InlineData(null, "clinician")]
    [InlineData(null, "patient")]
    [InlineData("plan", "clinician")]
    public async Task The_form_prints_one_where_every_decision_has_one(string? action, string audience)
    {
        using var folder = new KeysFolder().Write(("current", KeysFolder.NewKey()));
        await using var always = new PagesService(folder.File, isAlways: true);
        var request = FilledInForm.Sayable(Requests.NothingToReport());
        var (status, page) = await always.AnswerAsync(FilledInForm.Of(request, audience: audience, action: action));
        Assert.Equal(200, status);
        var (_, receipt) = Printed(page);
        Assert.Equal("intake", (string)SignedDecisions.Payload(receipt)["door"]!);
        Assert.Equal("identical", (string)(await always.VerifyAsync(receipt))["replay"]!["result"]!);

        (_, page) = await service.AnswerAsync(FilledInForm.Of(request, audience: audience, action: action));
        Assert.Equal((string.Empty, string.Empty), Printed(page));
    }

    [Theory]
    [InlineData("/v1/screenings")]
    [InlineData("/v1/care-plans")]
    [InlineData("/intake/sublative-rf")]
    public async Task Without_keys_no_page_tells_the_decision(string path)
    {
        await using var unsigned = new PagesService(null, isAlways: false);
        var fields = FilledInForm.Of(FilledInForm.Sayable(Requests.NothingToReport()));
        using var response = path == FilledInForm.Path
            ? await unsigned.SendAsync(fields, message => message.Headers.Add("Prefer", "receipt"))
            : await unsigned.PreferAsync(Requests.NothingToReport(), path: path, accept: "text/html");
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(503, (int)response.StatusCode);
        Assert.DoesNotContain("<header class=\"yes\">", text, StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Preference-Applied"));
        Assert.Contains(path == "/v1/screenings" ? "/problems/receipt-unavailable" : "<h1>", text, StringComparison.Ordinal);
    }

    /// <summary>The leaf and the receipt of a page; both empty where it has none.</summary>
    private static (string Leaf, string Receipt) Printed(string page) => Section().Match(page) is { Success: true } section
        ? (section.Groups["leaf"].Value, section.Groups["receipt"].Value)
        : (string.Empty, string.Empty);

    [GeneratedRegex(
        """<section><h2>[^<]*</h2>\s*<p>[^<]*</p>\s*<p>[^<]*<code>(?<leaf>[\w-]{43})</code></p>\s*"""
            + """<div class="source"><code>(?<receipt>[\w.~-]*)</code></div></section>\n""",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Section();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DecisionId();

    /// <summary>A service in production, which signs every decision or has no key to sign one.</summary>
    private sealed class PagesService(string? keys, bool isAlways) : ServiceFixture
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting(ServiceSettings.AccessOpen.Name, "true");
            builder.UseSetting(ServiceSettings.IntakeOpen.Name, "true");
            builder.UseSetting(ServiceSettings.ReceiptsKeys.Name, keys);
            builder.UseSetting(ServiceSettings.ReceiptsAlways.Name, isAlways ? "true" : "false");
            base.ConfigureWebHost(builder);
        }
    }
}
