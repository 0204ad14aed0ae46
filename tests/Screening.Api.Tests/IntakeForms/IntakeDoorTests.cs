using System.Net;
using System.Net.Http.Headers;
using Screening.Api.Tests.Access;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>Who may reach the form, and from where it may be sent.</summary>
public sealed class IntakeDoorTests(ServiceFixture service)
{
    private const string PublicUrl = "https://clinic.example.org/skin";

    /// <summary>
    /// What a browser says of where a form was sent from, and whether it is taken; <c>{own}</c> is the address of the request.
    /// </summary>
    public static TheoryData<string?, string?, bool> Origins => new()
    {
        { "same-origin", null, true },
        { "same-origin", "null", true },
        { "same-site", "{own}", false },
        { "cross-site", "{own}", false },
        { "none", "{own}", false },
        { "Same-Origin", null, false },
        { "same-origin, same-origin", null, false },
        { "", "{own}", false },
        { null, "{own}", true },
        { null, null, false },
        { null, "null", false },
        { null, "https://evil.example", false },
        { null, "{own}/", false },
        { null, "{own}.evil.example", false },
        { null, "https://localhost", false },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task A_form_is_taken_from_this_service_alone(string? site, string? origin, bool isTaken)
    {
        var own = service.Address.GetLeftPart(UriPartial.Authority);
        await CheckAsync(service, site, origin?.Replace("{own}", own, StringComparison.Ordinal), isTaken);
    }

    [Theory]
    [InlineData("https://clinic.example.org", true)]
    [InlineData("https://clinic.example.org/skin", false)]
    [InlineData("http://clinic.example.org", false)]
    [InlineData("https://clinic.example.org:8443", false)]
    [InlineData("http://127.0.0.1", false)]
    public static async Task At_a_public_address_its_origin_counts(string origin, bool isTaken)
    {
        await using var prefixed = new SettingsService(("Service:PublicUrl", PublicUrl));
        await CheckAsync(prefixed, null, origin, isTaken);
        await CheckAsync(prefixed, null, prefixed.Address.GetLeftPart(UriPartial.Authority), isTaken: false);
    }

    [Theory]
    [InlineData(null, "a=b", null, 403, "not sent from its own page")]
    [InlineData("same-origin", "a=b", "text/plain", 415, "")]
    [InlineData("same-origin", null, null, 413, "More was typed than the form can take.")]
    public async Task A_person_is_told_by_a_page_why_a_form_is_not_taken(string? site, string? body, string? type, int status, string says)
    {
        using var response = await service.SendAsync(body ?? new string('x', 70_000), message =>
        {
            message.Headers.Remove("Sec-Fetch-Site");
            message.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site ?? "cross-site");
            message.Headers.Accept.ParseAdd("text/html");
            message.Content!.Headers.ContentType = type is null ? message.Content.Headers.ContentType : new MediaTypeHeaderValue(type);
        });
        Assert.Equal((status, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"?lang=en\">Open the form again</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("You are known", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Nowhere/Foo")]
    public async Task Without_a_zone_what_is_missing_is_told_all_the_same(string zone)
    {
        var (status, page) = await service.AnswerAsync([("audience", "clinician"), ("appointment.timeZone", zone), ("end", "yes")]);
        Assert.Equal(zone.Length == 0 ? 400 : 422, status);
        Assert.Equal(16, WorkedFormTests.Told(page).Length);
    }

    [Fact]
    public static async Task The_start_page_says_which_of_its_links_want_a_certificate()
    {
        await using var keyed = new KeyedService { Settings = [("Intake:Open", "true")] };
        Assert.Equal(2, await NotedAsync(keyed));
        await using var closed = new KeyedService();
        Assert.Equal(4, await NotedAsync(closed));

        static async Task<int> NotedAsync(KeyedService asked)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
            message.Headers.Accept.ParseAdd("text/html");
            using var response = await asked.Client.SendAsync(message);
            return (await response.Content.ReadAsStringAsync()).Split("with a certificate of this clinic").Length - 1;
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1")]
    public async Task Only_a_form_is_taken(string contentType)
    {
        using var response = await service.SendAsync(
            "a=b", message => message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_form_above_its_size_is_refused_and_an_empty_one_is_told()
    {
        using var large = await service.SendAsync("a=" + new string('x', 64 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var empty = await service.SendAsync(string.Empty);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var most = await service.SendAsync(string.Concat(Enumerable.Repeat("&", 60_000)));
        Assert.Equal(HttpStatusCode.BadRequest, most.StatusCode);
    }

    [Theory]
    [InlineData("/intake/nothing", 404)]
    [InlineData("/intake/sublative-rf@1.0.0", 404)]
    [InlineData("/intake/sublative-rf?lang=xx", 400)]
    [InlineData("/intake/sublative-rf?pregnancy=yes", 400)]
    [InlineData("/intake/sublative-rf?lang=en&lang=es", 400)]
    public async Task An_address_has_a_protocol_and_a_language_and_no_more(string path, int status)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        message.Headers.Accept.ParseAdd("text/html");
        using var response = await service.Client.SendAsync(message);
        Assert.Equal((status, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task A_page_with_the_form_is_kept_nowhere_framed_nowhere_and_sent_to_this_service_alone()
    {
        using var form = await service.Client.GetAsync(new Uri(FilledInForm.Path, UriKind.Relative));
        using var bad = await service.SendAsync(string.Empty);
        using var decision = await service.SendAsync(BadForm.Good);
        using var dates = await service.SendAsync([.. BadForm.Good.Where(field => field.Name != "do"), ("do", "dates")]);
        foreach (var response in (HttpResponseMessage[])[form, bad, decision, dates])
        {
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
            Assert.Equal("no-store", headers["Cache-Control"]);
            Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
            Assert.Equal("same-origin", headers["Referrer-Policy"]);
            Assert.Equal(response == form ? "Accept-Language" : "Accept-Language, Prefer", headers["Vary"]);
            Assert.Equal("text/html; charset=utf-8", headers["Content-Type"]);
            Assert.Matches(
                "^default-src 'none'; style-src 'sha256-[^']+' 'sha256-[^']+'; base-uri 'none'; form-action 'self'; "
                    + "frame-ancestors 'none'$",
                headers["Content-Security-Policy"]);
            var html = await response.Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("no-referrer", html, StringComparison.Ordinal);
            Assert.All(
                html.Split("<form ").Skip(1),
                one => Assert.Contains("autocomplete=\"off\"", one.Split('>')[0], StringComparison.Ordinal));
        }
    }

    /// <summary>A clinic that lets its patients in gives each address so many requests a minute.</summary>
    [Fact]
    public static async Task An_open_form_asks_nobody_and_has_a_limit_for_each_address()
    {
        await using var keyed = new KeyedService { Settings = [("Intake:Open", "true"), ("Intake:PerMinute", "3")] };
        Assert.Equal([200, 200, 200, 429], await StatusesAsync(keyed, 4));
        using var refused = await keyed.Client.GetAsync(new Uri(FilledInForm.Path, UriKind.Relative));
        Assert.Equal(20, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds);

        // Nothing else is open by it, nor is any client held up.
        using var rest = await keyed.PostAsync("/v1/screenings", "{}");
        Assert.Equal(HttpStatusCode.Unauthorized, rest.StatusCode);
        Assert.Equal(200, await keyed.StatusAsync(KeyedService.Good));
        keyed.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal([200, 429], await StatusesAsync(keyed, 2));
    }

    [Fact]
    public static async Task Without_its_setting_it_is_for_clients()
    {
        await using var keyed = new KeyedService();
        Assert.Equal([401], await StatusesAsync(keyed, 1));
        using var sent = await keyed.SendAsync(BadForm.Good);
        Assert.Equal(HttpStatusCode.Unauthorized, sent.StatusCode);
        Assert.Equal(200, await keyed.StatusAsync(KeyedService.Good, FilledInForm.Path));
    }

    [Fact]
    public static async Task In_a_browser_by_a_certificate()
    {
        var certificate = Certificates.Leaf(Certificates.Root);
        await using var tls = await TlsService.StartAsync(("salon", certificate));
        Assert.Equal(HttpStatusCode.OK, await tls.StatusAsync(certificate, path: FilledInForm.Path));
        Assert.Equal(HttpStatusCode.Unauthorized, await tls.StatusAsync(null, path: FilledInForm.Path));
        Assert.Equal(HttpStatusCode.NotFound, await tls.StatusAsync(null, path: "/"));
    }

    /// <summary>Whoever lets in everybody to the API has not said that it may be shown to patients.</summary>
    [Theory]
    [InlineData(null, 403)]
    [InlineData("true", 200)]
    public static async Task A_service_that_is_open_to_all_needs_the_setting_too(string? open, int status)
    {
        (string, string)[] settings = open is null ? [("Access:Open", "true")] : [("Access:Open", "true"), ("Intake:Open", open)];
        await using var opened = new SettingsService(settings);
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(FilledInForm.Path, UriKind.Relative));
        message.Headers.Accept.ParseAdd("text/html");
        using var response = await opened.Client.SendAsync(message);
        Assert.Equal((status, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    private static async Task CheckAsync(ServiceFixture asked, string? site, string? origin, bool isTaken)
    {
        using var response = await asked.SendAsync(BadForm.Good.Select(field => field), message =>
        {
            message.Headers.Remove("Sec-Fetch-Site");
            if (site is not null)
            {
                message.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
            }

            if (origin is not null)
            {
                message.Headers.TryAddWithoutValidation("Origin", origin);
            }
        });
        Assert.Equal((isTaken ? 200 : 403, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(isTaken, (await response.Content.ReadAsStringAsync()).Contains("class=\"followup\"", StringComparison.Ordinal));
    }

    private static async Task<List<int>> StatusesAsync(ServiceFixture asked, int times)
    {
        var statuses = new List<int>();
        for (var i = 0; i < times; i++)
        {
            using var response = await asked.Client.GetAsync(new Uri(FilledInForm.Path, UriKind.Relative));
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }
}
