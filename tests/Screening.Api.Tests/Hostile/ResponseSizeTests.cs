using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Reference;
using Screening.Api.Tests.Screenings;

namespace Screening.Api.Tests.Hostile;

/// <summary>No answer is more than ten times its request, above a size that every request may ask for.</summary>
public sealed class ResponseSizeTests(ServiceFixture service)
{
    private const int Always = 64 * 1024;

    private static readonly int[] Counts = [10, 100, 400, 900, 1800, 4000, 8000];

    /// <summary>Bodies that ask for as much as can be asked for, each under the address that takes it.</summary>
    public static TheoryData<string, string, string> Bodies
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var count in GeneratedRun.IsFull ? Counts : [Counts[0], Counts[2], Counts[^1]])
            {
                AddScreenings(data, count);
                AddOperations(data, count);
                AddHooks(data, count);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task No_answer_is_ten_times_its_request(string name, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, path.StartsWith("/fhir", StringComparison.Ordinal) ? FhirCalls.Json : "application/json"),
        };
        request.Headers.AcceptLanguage.ParseAdd("es");
        using var response = await service.Client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        var most = Math.Max(Always, 10 * Encoding.UTF8.GetByteCount(body));
        Assert.True(answer.Length <= most, $"{name}: {(int)response.StatusCode}, {answer.Length} to {body.Length} ({(double)answer.Length / body.Length:0.0})");
        Assert.True(answer[0] != '{' || JsonNode.Parse(answer) is JsonObject, name);
        Assert.True((int)response.StatusCode is 200 or 400 or 412 or 413 or 422, $"{name}: {(int)response.StatusCode}");
    }

    [Theory]
    [InlineData("psoriasis eczema melanoma pregnant keloid rash")]
    [InlineData("psoriasis")]
    [InlineData("psoriasis eczema melanoma pregnant keloid rash hiv latex nickel hemophilia warfarin pacemaker bone plate isotretinoin herpes botox")]
    public async Task A_record_that_matches_many_rules_has_no_answer_of_ten_times_its_request(string text)
    {
        foreach (var count in (int[])[1, 3, 8, 20, 60, 100])
        {
            var nothing = Requests.NothingToReport();
            nothing["answers"] = new JsonObject();
            foreach (var answers in new[] { Requests.NothingToReport(), nothing })
            {
                var body = RestToFhir.Parameters(RestToFhir.Bare(answers))!.AsObject();
                body["parameter"]!.AsArray().Add(new JsonObject
                {
                    ["name"] = "record",
                    ["resource"] = CdsCalls.Bundle([.. Enumerable.Range(0, count).Select(i => CdsCalls.Resource(
                        $$"""{ "resourceType": "Condition", "id": "c{{i}}", "code": { "text": "{{text}}" } }"""))]),
                });
                await No_answer_is_ten_times_its_request($"{count} x {text}", "/fhir/Questionnaire/sublative-rf/$screen", body.ToJsonString());
            }
        }
    }

    private static void AddScreenings(TheoryData<string, string, string> data, int count)
    {
        string[] names = ["\\u007f", "~", "\\u0001\\u0002", "a", "\u2028", "😀", "/", "<"];
        foreach (var route in (string[])["/v1/screenings", "/v1/care-plans"])
        {
            foreach (var name in names)
            {
                AddSmall(data, $"{count} unknown members {name}", route, "{" + Join(count, i => $"\"{name}{i}\":1") + "}");
                AddSmall(data, $"{count} unknown answers {name}", route, With("answers", "{" + Join(count, i => $"\"{name}{i}\":1") + "}"));
            }

            AddSmall(data, $"{count} empty clearances", route, With("clearances", "[" + Join(count, _ => "{}") + "]"));
            AddSmall(data, $"{count} wrong codes", route, With("answers", "{\"skinConditions\":[" + Join(count, _ => "1") + "]}"));
            AddSmall(data, $"{count} empty injections", route, With("answers", "{\"injections\":[" + Join(count, _ => "{}") + "]}"));
            AddSmall(data, $"{count} injections", route, WithInjections(count).ToJsonString());
            AddSmall(data, $"{count} wrong slots", route, With("slots", "[" + Join(count, _ => "1") + "]"));
            var slots = Requests.Everything();
            slots["slots"] = new JsonArray([.. Enumerable.Range(0, count).Select(_ => (JsonNode)"2026-06-11T09:00:00")]);
            AddSmall(data, $"{count} slots", route, slots.ToJsonString());
        }
    }

    private static void AddOperations(TheoryData<string, string, string> data, int count)
    {
        foreach (var query in (string[])["", "?_format=xml&_pretty=true"])
        {
            var path = FhirCalls.Screen + query;
            void Add(string name, JsonNode? parameters) => data.Add($"{count} {name} {query}", path, parameters!.ToJsonString());
            var everything = RestToFhir.Bare(Requests.Everything());
            Add("everything", RestToFhir.Parameters(everything));
            Add("injections", RestToFhir.Parameters(RestToFhir.Bare(WithInjections(Math.Min(count, 1000)))));
            Add("parameters", JsonNode.Parse("{\"resourceType\":\"Parameters\",\"parameter\":[" + Join(count, _ => "{\"name\":\"x\"}") + "]}"));
            Add("empty parameters", JsonNode.Parse("{\"resourceType\":\"Parameters\",\"parameter\":[" + Join(count, _ => "{}") + "]}"));
            Add("nulls", JsonNode.Parse("{\"resourceType\":\"Parameters\",\"parameter\":[" + Join(count, _ => "null") + "]}"));
            Add("unknown members", JsonNode.Parse("{\"resourceType\":\"Parameters\"," + Join(count, i => $"\"a{i}\":1") + "}"));
            Add("items", JsonNode.Parse("{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"questionnaireResponse\",\"resource\":{\"resourceType\":\"QuestionnaireResponse\",\"status\":\"completed\",\"item\":[" + Join(count, _ => "{\"linkId\":\"a\"}") + "]}}]}"));
            foreach (var entry in (string[])["{}", "null", "{\"a\":1}", "{\"resource\":{\"resourceType\":\"Condition\",\"x\":1}}", "{\"resource\":{\"resourceType\":\"MedicationStatement\"}}", "{\"resource\":{\"resourceType\":\"OperationOutcome\"}}"])
            {
                var parameters = RestToFhir.Parameters(everything)!;
                parameters["parameter"]!.AsArray().Add(JsonNode.Parse("{\"name\":\"record\",\"resource\":{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[" + Join(count, _ => entry) + "]}}"));
                Add("entries " + entry, parameters);
            }
        }
    }

    private static void AddHooks(TheoryData<string, string, string> data, int count)
    {
        void Add(string name, JsonObject call) => data.Add($"{count} {name}", CdsCalls.Book, call.ToJsonString());
        var most = Math.Min(count, 100);
        foreach (var rest in (JsonObject[])[Requests.NothingToReport(), Requests.Everything(), WithInjections(Math.Min(count, 1000))])
        {
            var call = CdsCalls.Booking(RestToFhir.ForHook(rest));
            var appointment = call["context"]!["appointments"]!["entry"]![0]!["resource"]!;
            call["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, most).Select(_ => appointment.DeepClone())]);
            Add("appointments", call);
            call["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, most).Select(_ => new JsonObject())]);
            Add("empty appointments", call);
            call["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, most).Select(_ => appointment.DeepClone())]);
            call["prefetch"]!["conditions"] = CdsCalls.Bundle([.. Enumerable.Range(0, Math.Min(count, 1000)).Select(i => CdsCalls.Psoriasis("c" + i.ToString(CultureInfo.InvariantCulture)))]);
            Add("appointments with a record", call);
        }

        var broken = CdsCalls.Booking(Requests.NothingToReport());
        broken["context"]!["appointments"] = CdsCalls.Bundle([.. Enumerable.Range(0, most).Select(_ => CdsCalls.Appointment(Requests.NothingToReport()))]);
        foreach (var item in broken["prefetch"]!["questionnaireResponses"]!["entry"]![0]!["resource"]!["item"]!.AsArray())
        {
            item!["answer"] = new JsonArray(new JsonObject { ["valueBoolean"] = true }, new JsonObject { ["valueString"] = "x" }, new JsonObject());
        }

        Add("appointments with a broken form", broken);
        AddBare(data, count, most);
    }

    private static void AddBare(TheoryData<string, string, string> data, int count, int most)
    {
        const string Start = """{"hook":"appointment-book","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","prefetch":{"patient":{"resourceType":"Patient","id":"1"}},"context":{"patientId":"1","appointments":[""";
        data.Add($"{count} bare appointments", CdsCalls.Book, Start + Join(most, _ => "{}") + "]}}");
        data.Add($"{count} bare starts", CdsCalls.Book, Start + Join(most, _ => """{"resourceType":"Appointment","status":"booked","start":"2026-12-01T10:00:00Z"}""") + "]}}");
        data.Add($"{count} feedbacks", CdsCalls.Book + "/feedback", "{\"feedback\":[" + Join(count, _ => "{}") + "]}");
    }

    private static JsonObject WithInjections(int count) => Requests.NothingToReport().With(
        "injections", new JsonArray([.. Enumerable.Range(0, count).Select(i => new JsonObject { ["product"] = "filler", ["date"] = (1900 + (i % 126)).ToString(CultureInfo.InvariantCulture) })]));

    private static string With(string member, string json)
    {
        var request = Requests.NothingToReport();
        request[member] = "§";
        return request.ToJsonString().Replace("\"\\u00A7\"", json, StringComparison.Ordinal);
    }

    /// <summary>A larger body is refused before it is read.</summary>
    private static void AddSmall(TheoryData<string, string, string> data, string name, string path, string body)
    {
        if (Encoding.UTF8.GetByteCount(body) <= Always)
        {
            data.Add(name, path, body);
        }
    }

    private static string Join(int count, Func<int, string> part) => string.Join(',', Enumerable.Range(0, count).Select(part));
}
