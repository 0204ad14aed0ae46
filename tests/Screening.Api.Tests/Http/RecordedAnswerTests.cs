using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Http;

/// <summary>Answers that a serializer writes, byte for byte: order, what is left out or null, how texts are escaped.</summary>
public sealed partial class RecordedAnswerTests(ServiceFixture service)
{
    private const string Folder = "tests/Screening.Api.Tests/Http/Recorded/";
    private const string Update = "SCREENING_UPDATE";

    private static readonly Dictionary<string, (string Path, Func<JsonObject>? Body)> Calls = new(StringComparer.Ordinal)
    {
        ["health-live"] = ("/health/live", null),
        ["health-ready"] = ("/health/ready", null),
        ["protocols"] = ("/v1/protocols", null),
        ["cds-services"] = ("/cds-services", null),
        ["care-plan"] = ("/v1/care-plans", Plan),
        ["care-plan-preview"] = ("/v1/care-plans?preview=true", () => Requests.Everything()),
        ["card"] = (CdsCalls.Book, () => CdsCalls.Booking(Requests.NothingToReport())),
        ["card-of-everything"] = (CdsCalls.Book, () => CdsCalls.Booking(Requests.Everything())),
        ["cards-with-record"] = (CdsCalls.Book, WithRecord),
        ["card-without-decision"] = (CdsCalls.Opened, WithoutForm),
    };

    public static TheoryData<string, string> Answers
    {
        get
        {
            var answers = new TheoryData<string, string>();
            foreach (var name in Calls.Keys)
            {
                answers.Add(name, "en");
                answers.Add(name, "es");
            }

            return answers;
        }
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_has_the_bytes_that_were_recorded(string name, string language)
    {
        var path = Repository.Path($"{Folder}{name}.{language}.json");
        var answer = await AnswerAsync(name, language);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(path, answer + "\n");
        }

        Assert.Equal(await File.ReadAllTextAsync(path), answer + "\n");
    }

    private async Task<string> AnswerAsync(string name, string language)
    {
        var (path, body) = Calls[name];
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body is null ? null : new StringContent(body().ToJsonString(), Encoding.UTF8, "application/json");
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var response = await service.Client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal((200, "application/json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);

        // What is another each time: where the test's service listens, the sealed part of a link, and the id of a care plan's decision.
        var text = Encoding.UTF8.GetString(bytes).Replace(service.Address.ToString(), "http://service/", StringComparison.Ordinal);
        text = SealedLink().Replace(text, "/v1/decisions/…");
        text = name.StartsWith("care-plan", StringComparison.Ordinal) ? DecisionId().Replace(text, "${name}…\"") : text;

        // What a card says in words has tests of its own.
        return Words().Replace(text, "${name}…\"");
    }

    private static JsonObject Plan() =>
        CarePlans.CarePlans.Personal("Europe/Madrid", "2026-05-01T00:00:00Z", "2026-06-10T10:00:00.5", "2026-06-10T11:00:00", "yes");

    private static JsonObject WithRecord()
    {
        var rest = Requests.NothingToReport();
        var call = CdsCalls.Booking(rest);
        var later = CdsCalls.Appointment(rest);
        later["start"] = "next week";
        call["context"]!["appointments"] = CdsCalls.Bundle(CdsCalls.Appointment(rest), later);
        call["prefetch"]!["conditions"] = CdsCalls.Bundle(CdsCalls.Psoriasis(), CdsCalls.Psoriasis("not an id, <ñ>"));
        return call;
    }

    private static JsonObject WithoutForm()
    {
        var call = CdsCalls.View(Requests.NothingToReport());
        call["prefetch"]!["questionnaireResponses"] = CdsCalls.Bundle();
        call["prefetch"]!["observations"] = null;
        return call;
    }

    [GeneratedRegex("/v1/decisions/[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SealedLink();

    [GeneratedRegex("(?<name>\"decisionId\":\")[0-9a-f-]{36}\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DecisionId();

    [GeneratedRegex(@"(?<name>""(summary|detail)"":"")([^""\\]|\\.)*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
