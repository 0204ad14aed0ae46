using System.Reflection;
using System.Text;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;
using Microsoft.Kiota.Serialization.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Defaults = ClientSuite.Defaults;
using Kiota = ClientSuite.Kiota;

namespace ClientSuite;

/// <summary>
/// Requests in which the program that uses a generated client leaves answers as the client makes them: none may be bookable. For each
/// question that always needs an answer, everything else is answered so that only this answer stands between the person and the treatment.
/// </summary>
internal sealed class DefaultRequests(string address, HttpClient http)
{
    private readonly Defaults.ScreeningClient nswag = new(http) { BaseUrl = address };
    private readonly Kiota.ScreeningClient kiota = new(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = address });

    /// <summary>Sends them all; the number that failed.</summary>
    public async Task<int> PlayAsync()
    {
        var protocol = JObject.Parse(await http.GetStringAsync(new Uri(address + "/v1/protocols/sublative-rf")));
        string[] needed = [.. protocol["questions"]!.Where(question => question["optional"] is null && question["neededWhen"] is null).Select(question => (string)question["id"]!)];
        var complete = Complete(protocol);
        (string Client, Func<string?, Task<bool>> IsBookable)[] clients =
        [
            ("NSwag", unset => IsBookableAsync(NSwag(complete, unset))),
            ("Kiota", async unset => await IsBookableAsync(await KiotaAsync(complete, unset))),
        ];
        var failed = 0;
        foreach (var (client, isBookable) in clients)
        {
            await ExpectAsync($"{client}: everything answered", await isBookable(null), expected: true);
            foreach (var question in needed)
            {
                await ExpectAsync($"{client}: {question} left as it is made", await isBookable(question), expected: false);
            }
        }

        var appointment = new { timeZone = "America/New_York", start = complete["appointment"]!["start"] };
        await ExpectAsync("NSwag: a new request", await IsBookableAsync(new Defaults.CreateScreeningRequest()), expected: false);
        await ExpectAsync(
            "NSwag: a new request with a protocol and a zone",
            await IsBookableAsync(new Defaults.CreateScreeningRequest { Protocol = "sublative-rf", Appointment = new() { TimeZone = appointment.timeZone } }),
            expected: false);
        await ExpectAsync("Kiota: a new request", await IsBookableAsync(new Kiota.Models.CreateScreeningRequest()), expected: false);
        await ExpectAsync(
            "Kiota: a new request with a protocol, a zone and new answers",
            await IsBookableAsync(new Kiota.Models.CreateScreeningRequest { Protocol = "sublative-rf", Appointment = new() { TimeZone = appointment.timeZone }, Answers = new() { Injections = new() } }),
            expected: false);
        await Console.Out.WriteLineAsync($"C# clients: {failed} of {(2 * (needed.Length + 1)) + 4} default requests failed");
        return failed;

        async Task ExpectAsync(string name, bool shown, bool expected)
        {
            if (shown != expected)
            {
                failed++;
                await Console.Out.WriteLineAsync($"{name}: bookable is {shown}");
            }
        }
    }

    /// <summary>A bookable request in which every date is given, so that a date which a client fills in stands in nobody's way.</summary>
    private static JObject Complete(JObject protocol)
    {
        var baseline = protocol["baseline"]!;
        var day = (DateTime)baseline["asOf"]!;
        var answers = (JObject)baseline["answers"]!.DeepClone();
        answers["herpesSimplexHistory"] = "yes";
        answers["antiviralStart"] = $"{day.AddDays(-10):yyyy-MM-dd}";
        answers["antiviralEnd"] = $"{day.AddYears(1):yyyy-MM-dd}";
        return new JObject
        {
            ["protocol"] = "sublative-rf",
            ["appointment"] = new JObject { ["timeZone"] = "America/New_York", ["start"] = $"{baseline["date"]:yyyy-MM-dd}T10:30:00", ["areas"] = baseline["areas"]!.DeepClone() },
            ["asOf"] = $"{day:yyyy-MM-dd}T16:00:00Z",
            ["answers"] = answers,
        };
    }

    private static Defaults.CreateScreeningRequest NSwag(JObject complete, string? unset)
    {
        var request = JsonConvert.DeserializeObject<Defaults.CreateScreeningRequest>(complete.ToString())!;
        if (unset is not null)
        {
            var property = Array.Find(typeof(Defaults.SublativeRfAnswers).GetProperties(), p => p.GetCustomAttribute<JsonPropertyAttribute>()?.PropertyName == unset)!;
            property.SetValue(request.Answers, property.GetValue(new Defaults.SublativeRfAnswers()));
        }

        return request;
    }

    private static async Task<Kiota.Models.CreateScreeningRequest> KiotaAsync(JObject complete, string? unset)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(complete.ToString()));
        var request = (await KiotaJsonSerializer.DeserializeAsync<Kiota.Models.CreateScreeningRequest>(stream))!;
        if (unset is not null)
        {
            var property = typeof(Kiota.Models.SublativeRfAnswers).GetProperty(char.ToUpperInvariant(unset[0]) + unset[1..])!;
            property.SetValue(request.Answers, property.GetValue(new Kiota.Models.SublativeRfAnswers()));
        }

        return request;
    }

    private async Task<bool> IsBookableAsync(Defaults.CreateScreeningRequest request)
    {
        try
        {
            return (await nswag.CreateScreeningAsync(audience: null, slots: null, accept_Language: null, prefer: null, body: request)).Bookable;
        }
        catch (Exception e) when (e is Defaults.ApiException or JsonSerializationException)
        {
            // Refused by the service, or by the client before it was sent.
            return false;
        }
    }

    private async Task<bool> IsBookableAsync(Kiota.Models.CreateScreeningRequest request)
    {
        try
        {
            return (await kiota.V1.Screenings.PostAsync(request))?.Bookable == true;
        }
        catch (Exception e) when (e is ApiException or InvalidOperationException)
        {
            // Refused by the service, or by the client's writer: a new list of injections is neither a list nor a text.
            return false;
        }
    }
}
