using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.Screenings;
using Calendar = Ical.Net.Calendar;

namespace Screening.Api.Tests.CarePlans;

/// <summary>Asks the service for care plans.</summary>
internal static class CarePlans
{
    public const string Path = "/v1/care-plans";

    /// <summary>A bookable person for whom every conditional step of one side of the skincare kit is shown.</summary>
    public static JsonObject Personal(string zone, string asOf, string start, string end, string kit)
    {
        var request = Requests.NothingToReport();
        request["appointment"] = new JsonObject { ["timeZone"] = zone, ["start"] = start, ["end"] = end, ["areas"] = new JsonArray("face") };
        request["asOf"] = asOf;
        request["clearances"] = JsonNode.Parse($$"""[{ "ruleId": "isotretinoin", "by": "Dr A. Example", "on": "{{asOf[..10]}}" }]""");
        return request.With("isotretinoinUse", "past").With("herpesSimplexHistory", "yes").With("skincareKit", kit);
    }

    /// <summary>Such a person at one appointment, with a reference.</summary>
    public static JsonObject Personal()
    {
        var request = Personal("Europe/Madrid", "2026-05-01T08:30:00Z", "2026-06-10T10:30:00", "2026-06-10T11:15:00", "yes");
        request["reference"] = "bk-20931";
        return request;
    }

    /// <summary>Posts a request.</summary>
    public static Task<HttpResponseMessage> PostAsync(ServiceFixture service, JsonNode request, string query = "", string? accept = null, string? language = null) =>
        PostAsync(service, request.ToJsonString(), query, accept, language);

    /// <summary>Posts a request as it is written.</summary>
    public static async Task<HttpResponseMessage> PostAsync(ServiceFixture service, string body, string query, string? accept, string? language = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, Path + query)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/json") } },
        };
        if (accept is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (language is not null)
        {
            message.Headers.TryAddWithoutValidation("Accept-Language", language);
        }

        return await service.Client.SendAsync(message);
    }

    /// <summary>The status and the JSON of an answer.</summary>
    public static async Task<(int Status, JsonObject Answer)> PlanAsync(ServiceFixture service, JsonNode request, string query = "")
    {
        using var response = await PostAsync(service, request, query);
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsByteArrayAsync())!);
    }

    /// <summary>The iCalendar text of a plan.</summary>
    public static async Task<string> CalendarAsync(ServiceFixture service, JsonNode request, string query = "", string? language = null)
    {
        using var response = await PostAsync(service, request, query, "text/calendar", language);
        Assert.Equal(
            "text/calendar; charset=utf-8" + (query.Contains("cancel=true", StringComparison.Ordinal) ? "; method=CANCEL" : ""),
            response.Content.Headers.ContentType?.ToString());
        return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>The calendar of a plan.</summary>
    public static async Task<Calendar> ReadAsync(ServiceFixture service, JsonNode request, string query = "") =>
        Calendar.Load(await CalendarAsync(service, request, query))!;

    /// <summary>Each step as one line, as a reader would write it down: id, phase, kind, beginning and end.</summary>
    public static string[] Lines(JsonObject plan) => [.. plan["steps"]!.AsArray().Select(step =>
    {
        var (from, through) = step!.AsObject().ContainsKey("startsOn") ? ("startsOn", "endsOn") : ("startsAt", "endsAt");
        return $"{step["id"]} {step["phase"]} {step["kind"]} {step[from]?.ToString() ?? "open"} {step[through]?.ToString() ?? "open"}";
    })];
}
