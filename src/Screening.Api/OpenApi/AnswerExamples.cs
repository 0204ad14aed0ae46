using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Health;
using Screening.Api.Hosting;
using Screening.Api.Problems;
using Screening.Api.Protocols;
using Screening.Api.Screenings;
using Screening.Api.Screenings.Batch;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>What the service answers, made by what answers in truth: an example cannot say what the service would not.</summary>
internal sealed class AnswerExamples(ProtocolCatalog catalog, ScreeningRequestReader reader, RequestExamples requests)
{
    // Made up, but fixed: the document is the same each time.
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static readonly Guid DecisionId = new("019e8440-5c00-7a3b-9c1e-2f6d8b4a7c10");

    /// <summary>An example of an answer, its name and a sentence on it; null when the type has none.</summary>
    /// <param name="answer">The answer's type.</param>
    /// <param name="kind">The problem, if it is one.</param>
    /// <param name="body">The type of the body that the request had, if any.</param>
    public (string Name, string Summary, JsonNode Value)? Of(Type? answer, ProblemKind? kind, Type? body)
    {
        if (answer == typeof(ProblemResponse) && kind is not null)
        {
            return (kind.Code, kind.Title, Problem(kind, body));
        }

        return answer == typeof(ScreeningResponse) ? Decision(WireName.Of(Eligibility.Deferred))
            : answer == typeof(ScreeningBatchResponse) ? (RequestExamples.Batch, "A line for each line of the request, the second with its problem.", JsonValue.Create(BatchLines()))
            : answer == typeof(ProtocolListResponse) ? ("all", "Every protocol and its versions.", Protocols())
            : answer == typeof(ProtocolDocument) ? ("shortened", "The first of each list; a file has all of them.", Shortened(JsonNode.Parse(First.File.Span)!))
            : answer == typeof(HealthResponse) ? ("ready", "Every protocol was loaded.", new JsonObject { ["status"] = "ready", ["protocols"] = new JsonArray(First.Id + "@" + First.Document.Version) })
            : null;
    }

    private Protocol First => catalog.Families[0].Versions[^1];

    private (string Name, string Summary, JsonNode Value)? Decision(string name)
    {
        var (_, summary, body) = requests.All.Find(example => example.Name == name);
        if (body is null || Read(body, new InputErrors()) is not { } request)
        {
            return null;
        }

        using var output = new Utf8Output(DecisionWriter.UsualLength);
        Decide(output, request);
        return (name, summary, JsonNode.Parse(output.Written.Span)!);
    }

    private string BatchLines()
    {
        using var output = new Utf8Output(DecisionWriter.UsualLength);
        var line = 0;
        foreach (var body in requests.BatchLines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line++;
            var errors = new InputErrors();
            if (reader.Read(Encoding.UTF8.GetBytes(body), Instant.FromUnixTimeSeconds(0), errors, out var reference) is { } request)
            {
                Decide(output, request);
            }
            else
            {
                ProblemWriter.Write(output, ProblemKind.Of(errors), errors.All, TraceId, line, reference);
            }

            output.Raw("\n"u8);
        }

        return Encoding.UTF8.GetString(output.Written.Span);
    }

    private static void Decide(Utf8Output output, ScreeningRequest request) =>
        DecisionWriter.Write(output, DecisionId, request, Screener.Screen(request.Intake, request.Appointment, request.Today), Language.En);

    /// <summary>A problem with the errors that a request has when it deserves them.</summary>
    private JsonNode Problem(ProblemKind kind, Type? body)
    {
        var errors = new InputErrors();
        if (body == typeof(CreateScreeningRequest) && kind == ProblemKind.UnscreenableRequest)
        {
            Read(requests.All.Find(example => example.Name == RequestExamples.Refused).Request, errors);
        }
        else if (body == typeof(CreateScreeningRequest) && kind == ProblemKind.InvalidRequest)
        {
            Read(Misshapen(), errors);
        }

        using var output = new Utf8Output(1024);
        ProblemWriter.Write(output, kind, errors.All, TraceId);
        return JsonNode.Parse(output.Written.Span)!;
    }

    /// <summary>A request with two slips of its shape: a member in the wrong letter case, and null for an unanswered question.</summary>
    private JsonObject Misshapen()
    {
        var request = requests.All[0].Request.DeepClone().AsObject();
        var appointment = request["appointment"]!.AsObject();
        appointment.Remove("timeZone", out var zone);
        appointment["timezone"] = zone;
        var answers = request["answers"]!.AsObject();
        answers[answers.First().Key] = null;
        return request;
    }

    private ScreeningRequest? Read(JsonObject request, InputErrors errors) =>
        reader.Read(Encoding.UTF8.GetBytes(request.ToJsonString()), Instant.FromUnixTimeSeconds(0), errors);

    private JsonNode Protocols() => JsonSerializer.SerializeToNode(
        new ProtocolListResponse { Protocols = [.. catalog.Families.Select(family => ProtocolSummary.Of(family, family.Versions[^1].EffectiveFrom))] },
        ProtocolContract.Default.ProtocolListResponse)!;

    /// <summary>The same document with one object, the first, in each list of objects.</summary>
    private static JsonNode Shortened(JsonNode node)
    {
        switch (node)
        {
            case JsonArray { Count: > 1 } list when list[0] is JsonObject:
                list.RemoveRange(1, list.Count - 1);
                Shortened(list[0]!);
                break;
            case JsonArray { Count: 1 } list when list[0] is JsonObject only:
                Shortened(only);
                break;
            case JsonObject members:
                foreach (var member in members.Select(m => m.Value).OfType<JsonNode>())
                {
                    Shortened(member);
                }

                break;
        }

        return node;
    }
}
