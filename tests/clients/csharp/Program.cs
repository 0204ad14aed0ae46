using ClientSuite;
using ClientSuite.Generated;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

// Says of each receipt whether it is good: Program receipts FILE KEYS
if (args is ["receipts", var receipts, var keys])
{
    await ReceiptVerifier.RunAsync(receipts, keys);
    return 0;
}

// Plays every worked case through the generated client: Program ADDRESS CASES
using var http = new HttpClient();
var client = new ScreeningClient(http) { BaseUrl = args[0] };
var settings = new JsonSerializerSettings { DateParseHandling = DateParseHandling.None };
var cases = (JArray)JsonConvert.DeserializeObject<JObject>(await File.ReadAllTextAsync(args[1]), settings)!["cases"]!;
var failed = 0;
foreach (var worked in cases)
{
    var expected = worked["expected"]!;
    var shown = await PlayAsync(worked["request"]!.ToString());
    var wanted = (int)expected["status"]! == 200
        ? $"{expected["eligibility"]} {(bool)expected["bookable"]!} {Day(expected["earliestDate"])} {Day(expected["notBefore"])} missing {string.Join(' ', expected["missing"]!)} slots {string.Join(' ', expected["slots"]!)}"
        : $"{expected["status"]} {string.Join(' ', expected["pointers"]!)}";
    if (shown != wanted)
    {
        failed++;
        await Console.Out.WriteLineAsync($"{worked["name"]}: expected {wanted}, came out as {shown}");
    }
}

await Console.Out.WriteLineAsync($"C# client: {cases.Count - failed} of {cases.Count} worked cases");
failed += await new DefaultRequests(args[0], http).PlayAsync();
return failed == 0 && cases.Count > 0 ? 0 : 1;

async Task<string> PlayAsync(string request)
{
    try
    {
        var typed = JsonConvert.DeserializeObject<CreateScreeningRequest>(request, new JsonSerializerSettings { MissingMemberHandling = MissingMemberHandling.Error })!;
        var decision = JObject.FromObject(
            await client.CreateScreeningAsync(audience: null, slots: null, accept_Language: null, prefer: null, body: typed));
        return $"{decision["eligibility"]} {(bool)decision["bookable"]!} {Day(decision["earliestDate"])} {Day(decision["notBefore"])} missing {string.Join(' ', decision["missing"]!.Select(m => m["pointer"]))} slots {string.Join(' ', decision["slots"]!.Select(s => s["eligibility"]))}";
    }
    catch (ApiException<ProblemResponse> problem)
    {
        return $"{problem.StatusCode} {string.Join(' ', problem.Result.Errors.Select(e => e.Pointer))}";
    }
}

// A generator may read a date as one of its language's own types; the day is what counts.
static string Day(JToken? date) => date is null || date.Type == JTokenType.Null ? "-" : date.Type == JTokenType.Date ? ((DateTimeOffset)date).ToString("yyyy-MM-dd") : date.ToString()[..10];
