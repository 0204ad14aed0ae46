using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Tests.Http;

/// <summary>What a request prefers is understood as RFC 9110 has it, and is never an error.</summary>
public sealed class LanguagesTests
{
    [Theory]
    [InlineData("es", "es")]
    [InlineData("ES", "es")]
    [InlineData("es-MX", "es")]
    [InlineData("es-419,es;q=0.9,en;q=0.8", "es")]
    [InlineData("en-GB,en;q=0.9,es;q=0.8", "en")]
    [InlineData("en;q=0.8,es;q=0.9", "es")]
    [InlineData("es;q=0.8,en;q=0.9", "en")]
    [InlineData("es, en", "es")]
    [InlineData("en, es", "en")]
    [InlineData("fr-CH, fr;q=0.9, es;q=0.5, *;q=0.1", "es")]
    [InlineData("fr, de;q=0.9", "en")]
    [InlineData("fr, es;q=0.1", "es")]
    [InlineData("*", "en")]
    [InlineData("*;q=0.5, es;q=0.4", "en")]
    [InlineData("es, *;q=0.5", "es")]
    [InlineData("en;q=0, *", "es")]
    [InlineData("es;q=0, *", "en")]
    [InlineData("es;q=0", "en")]
    [InlineData("en;q=0", "en")]
    [InlineData("en;q=0, es;q=0.001", "es")]
    [InlineData("est, esx", "en")]
    [InlineData("es ; q=0.7 , en ; q=0.6", "es")]
    [InlineData("es;q=1.000,en;q=0.999", "es")]
    [InlineData("es;Q=0.9", "es")]
    [InlineData("en;q=.2, es;q=.3", "es")]
    [InlineData("es;q=.", "en")]
    [InlineData("es;q=.1234", "en")]
    [InlineData("es;q=1.1", "en")]
    [InlineData("es;q=x", "en")]
    [InlineData("es;q=0.1234", "en")]
    [InlineData("es;q=", "en")]
    [InlineData("es;q=0..5", "en")]
    [InlineData("es;q=-1, ;;,,q=1", "en")]
    [InlineData(";q=1", "en")]
    [InlineData("\"es", "en")]
    [InlineData("", "en")]
    [InlineData(null, "en")]
    public void A_language_is_chosen(string? header, string expected) => Assert.Equal(expected, Languages.Of(Request(acceptLanguage: header)).Tag);

    [Fact]
    public void Lines_of_one_header_are_one_list() =>
        Assert.Equal(Language.Find("es")!, Languages.Of(Request(acceptLanguage: new StringValues(["en;q=0.2", "es;q=0.3"]))));

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("*", false)]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", false)]
    [InlineData("text/html, image/gif, image/jpeg, */*; q=0.2", false)]
    [InlineData("text/html, */*; q=0.01", false)]
    [InlineData("text/html, application/xhtml+xml, image/jxr, */*", true)]
    [InlineData("text/html, text/plain, text/css, application/xhtml+xml, */*;q=0.01", true)]
    [InlineData("application/json", false)]
    [InlineData("text/html", true)]
    [InlineData("TEXT/HTML", true)]
    [InlineData("text/html; charset=utf-8", true)]
    [InlineData("text/*", false)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true)]
    [InlineData("text/html, */*", false)]
    [InlineData("text/html, image/*;q=0.5", true)]
    [InlineData("image/png, text/html;q=0.1", true)]
    [InlineData("text/html, image/png, application/*", false)]
    [InlineData("text/html, image/png, application/json;q=0", true)]
    [InlineData("text/html, application/json", false)]
    [InlineData("application/json;q=0.5, text/html;q=0.6", true)]
    [InlineData("application/json;q=0.6, text/html;q=0.5", false)]
    [InlineData("text/html;q=0.5, */*", false)]
    [InlineData("text/html;q=0, */*", false)]
    [InlineData("text/html;q=0, text/*", false)]
    [InlineData("application/json;q=0, */*;q=0.1", false)]
    [InlineData("text/html;q=0", false)]
    [InlineData("text/calendar", false)]
    [InlineData("text/htmlx, text", false)]
    [InlineData("image/png", false)]
    [InlineData("application/json;profile=\"a,text/html\"", false)]
    [InlineData("text/html;q=2", false)]
    [InlineData(",;=,", false)]
    public void A_page_is_for_who_asks_as_browsers_do(string? header, bool html) => Assert.Equal(html, ResponseFormat.PrefersPage(Request(accept: header), "application/json"));

    [Theory]
    [InlineData(null, false)]
    [InlineData("*", false)]
    [InlineData("*/*", false)]
    [InlineData("text/calendar", true)]
    [InlineData("text/calendar, application/json;q=0.9", true)]
    [InlineData("text/*", true)]
    [InlineData("text/calendar, application/json", false)]
    [InlineData("text/calendar;q=0, text/*", false)]
    [InlineData("application/json;q=0, */*;q=0.1", true)]
    [InlineData("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", false)]
    public void A_form_is_chosen(string? header, bool calendar) => Assert.Equal(calendar, ResponseFormat.Prefers(Request(accept: header), "text/calendar", "application/json"));

    [Fact]
    public void Neither_choice_allocates()
    {
        HttpRequest[] requests = [Request(), Request("application/json", "es"), Request("text/html,*/*;q=0.8", "es-MX,es;q=0.9,en;q=0.8,*;q=0.1")];
        Assert.Equal(0, Allocated());

        long Allocated()
        {
            // The first round warms what is measured in the second.
            long allocated = 0;
            for (var round = 0; round < 2; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                foreach (var request in requests)
                {
                    _ = Languages.Of(request);
                    _ = ResponseFormat.PrefersPage(request, "application/json");
                }

                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }

            return allocated;
        }
    }

    private static HttpRequest Request(StringValues accept = default, StringValues acceptLanguage = default)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = accept;
        request.Headers.AcceptLanguage = acceptLanguage;
        return request;
    }
}
