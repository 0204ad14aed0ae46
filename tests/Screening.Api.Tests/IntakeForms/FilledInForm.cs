using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>A request as a person would fill it into the form, and the sending of it.</summary>
internal static class FilledInForm
{
    public const string Path = "/intake/sublative-rf";

    private static readonly JsonArray Questions =
        JsonNode.Parse(File.ReadAllText(Repository.Path("src/Screening.Rules/Protocols/sublative-rf/1.0.0.json")))!["questions"]!.AsArray();

    /// <summary>Every worked case, by its name.</summary>
    public static IReadOnlyDictionary<string, JsonObject> Cases { get; } =
        JsonNode.Parse(File.ReadAllText(Repository.Path("tests/Screening.Api.Tests/Cases/sublative-rf.json")))!["cases"]!.AsArray()
            .ToDictionary(one => (string)one!["name"]!, one => one!["request"]!.AsObject());

    /// <summary>
    /// The same request without what a form does not have: no as-of instant, slots or reference, and a start in the clinic's zone.
    /// </summary>
    public static JsonObject Sayable(JsonObject request)
    {
        var said = request.DeepClone().AsObject();
        foreach (var name in (string[])["asOf", "slots", "reference"])
        {
            said.Remove(name);
        }

        var appointment = said["appointment"]!.AsObject();
        appointment.Remove("end");
        if (OffsetDateTimePattern.ExtendedIso.Parse((string?)appointment["start"] ?? string.Empty) is { Success: true } stated)
        {
            var local = stated.Value.ToInstant().InZone(DateTimeZoneProviders.Tzdb[(string)appointment["timeZone"]!]).LocalDateTime;
            appointment["start"] = LocalDateTimePattern.ExtendedIso.Format(local);
        }

        return said;
    }

    /// <summary>The fields of a request.</summary>
    public static List<(string Name, string Value)> Of(
        JsonObject request, string language = "en", string audience = "clinician", string? action = null)
    {
        List<(string, string)> fields = [("lang", language), ("audience", audience)];
        if (action is not null)
        {
            fields.Add(("do", action));
        }

        var appointment = request["appointment"]!;
        fields.Add(("appointment.timeZone", (string)appointment["timeZone"]!));
        var start = ((string?)appointment["start"])?.Split('T') ?? [string.Empty, string.Empty];
        fields.Add(("appointment.date", start[0]));
        fields.Add(("appointment.time", start[1]));
        fields.AddRange((appointment["areas"]?.AsArray() ?? []).Select(area => ("appointment.areas", (string)area!)));
        foreach (var question in Questions)
        {
            Add(fields, (string)question!["type"]!, (string)question["id"]!, request["answers"]![(string)question["id"]!]);
        }

        foreach (var clearance in request["clearances"]?.AsArray() ?? [])
        {
            var name = "clearances." + (string)clearance!["ruleId"]!;
            fields.Add((name + ".by", (string)clearance["by"]!));
            AddDate(fields, name + ".on", (string)clearance["on"]!);
            fields.Add((name + ".note", (string?)clearance["note"] ?? string.Empty));
        }

        fields.Add(("end", "yes"));
        return fields;
    }

    /// <summary>Sends fields as a browser does from this service's own page.</summary>
    public static Task<HttpResponseMessage> SendAsync(
        this ServiceFixture service, IEnumerable<(string Name, string Value)> fields, Action<HttpRequestMessage>? change = null) =>
        service.SendAsync(
            string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")), change);

    /// <summary>Sends a body.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this ServiceFixture service, string body, Action<HttpRequestMessage>? change = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative));
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        message.Headers.Add("Sec-Fetch-Site", "same-origin");
        message.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
        change?.Invoke(message);
        return await service.Client.SendAsync(message);
    }

    /// <summary>Sends fields; the status and the page.</summary>
    public static async Task<(int Status, string Html)> AnswerAsync(
        this ServiceFixture service, IEnumerable<(string Name, string Value)> fields)
    {
        using var response = await service.SendAsync(fields);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static void Add(List<(string, string)> fields, string type, string id, JsonNode? answer)
    {
        var name = "answers." + id;
        switch (type)
        {
            case "choice" when answer is not null:
                fields.Add((name, (string)answer!));
                break;
            case "codes" when answer is JsonArray { Count: 0 }:
                fields.Add((name + ".none", "yes"));
                break;
            case "codes":
                fields.AddRange((answer?.AsArray() ?? []).Select(code => (name, (string)code!)));
                break;
            case "date" or "partial-date":
                AddDate(fields, name, (string?)answer);
                break;
            case "events" when answer is JsonArray events:
                if (events.Count == 0)
                {
                    fields.Add((name + ".none", "yes"));
                }

                foreach (var (index, one) in events.Index())
                {
                    var row = string.Create(CultureInfo.InvariantCulture, $"{name}.{index + 1}");
                    fields.Add((row + ".product", (string)one!["product"]!));
                    AddDate(fields, row + ".date", (string)one["date"]!);
                }

                break;
            case "events" when answer is not null:
                fields.Add((name + ".unknown", "yes"));
                break;
        }
    }

    /// <summary>The fields of a date.</summary>
    public static IReadOnlyList<(string Name, string Value)> Date(string name, string date)
    {
        List<(string, string)> fields = [];
        AddDate(fields, name, date);
        return fields;
    }

    private static void AddDate(List<(string, string)> fields, string name, string? date)
    {
        if (date == "unknown")
        {
            fields.Add((name + ".unknown", "yes"));
        }

        // A browser sends empty fields too, and a month without a zero before it.
        var parts = date is null or "unknown" ? [] : date.Split('-');
        fields.Add((name + ".year", parts.ElementAtOrDefault(0) ?? string.Empty));
        fields.Add((name + ".month", (parts.ElementAtOrDefault(1) ?? string.Empty).TrimStart('0')));
        fields.Add((name + ".day", (parts.ElementAtOrDefault(2) ?? string.Empty).TrimStart('0')));
    }
}
