using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.CarePlans;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Screenings.Batch;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>What the service answers, made by what answers in truth: an example cannot say what the service would not.</summary>
internal sealed class ResponseExamples(ProtocolCatalog catalog, ScreeningRequestReader reader, RequestExamples requests)
{
    // Made up, but fixed: the document is the same each time.
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    public static readonly Guid DecisionId = new("019e8440-5c00-7a3b-9c1e-2f6d8b4a7c10");

    /// <summary>An example of an answer, its name and a sentence on it; null when there is none.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="body">The type of the body that the request had, if any.</param>
    public (string Name, string Summary, JsonNode Value)? Of(ResponseDescription answer, Type? body)
    {
        if (answer.Kind is { } kind)
        {
            return (kind.Code, kind.Title, Problem(kind, body));
        }

        return answer.Type == typeof(ScreeningResponse) ? Decided(WireName.Of(Eligibility.Deferred), Decision)
            : answer.Type == typeof(CarePlanResponse) ? Decided(WireName.Of(Eligibility.Conditional), Plan)
            : answer.MediaType == CarePlanCalendar.MediaType ? Decided(WireName.Of(Eligibility.Conditional), Calendar)
            : answer.Type == typeof(ScreeningBatchResponse) ? (RequestExamples.Batch, "A line for each line of the request, the second with its problem.", JsonValue.Create(BatchLines()))
            : answer.Type == typeof(ProtocolListResponse) ? ("all", "Every protocol and its versions.", Protocols())
            : answer.Type == typeof(ProtocolDocument) ? ("shortened", "The first of each list; a file has all of them.", Shortened(JsonNode.Parse(First.File.Span)!))
            : answer.Type == typeof(HealthResponse) ? ("ready", "Every protocol was loaded.", ResponseJson.ToNode(Ready))
            : null;
    }

    private HealthResponse Ready => new() { Status = "ready", Protocols = [First.Reference] };

    private Protocol First => catalog.Families[0].Versions[^1];

    private (string Name, string Summary, JsonNode Value)? Decided(string name, Func<ScreeningRequest, Decision, JsonNode> write)
    {
        var (_, summary, body) = requests.All.Find(example => example.Name == name);
        return body is not null && requests.Read(body, new InputErrors()) is { } request
            ? (name, summary, write(request, Screener.Screen(request.Intake, request.Appointment, request.Today)))
            : null;
    }

    private static JsonNode Decision(ScreeningRequest request, Decision decision) =>
        Written(output => DecisionWriter.Write(output, DecisionId, request, decision, Language.En));

    private static JsonNode Plan(ScreeningRequest request, Decision decision) =>
        ResponseJson.ToNode(CarePlanResponses.Of(DecisionId, decision, CarePlanner.Plan(request.Intake, request.Appointment), Language.En));

    private static JsonNode Calendar(ScreeningRequest request, Decision decision) =>
        JsonValue.Create(CarePlanCalendar.Write(request, decision, CarePlanner.Plan(request.Intake, request.Appointment), full: false, Language.En));

    private static JsonNode Written(Action<Utf8Output> write)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        write(output);
        return JsonNode.Parse(output.Written.Span)!;
    }

    private string BatchLines()
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        var line = 0;
        foreach (var body in requests.BatchLines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            line++;
            var errors = new InputErrors();
            if (reader.Read(Encoding.UTF8.GetBytes(body), Instant.FromUnixTimeSeconds(0), errors, out var reference) is { } request)
            {
                DecisionWriter.Write(output, DecisionId, request, Screener.Screen(request.Intake, request.Appointment, request.Today), Language.En);
            }
            else
            {
                ProblemWriter.Write(output, ProblemKind.Of(errors), errors.All, TraceId, line, reference);
            }

            output.Raw("\n"u8);
        }

        return Encoding.UTF8.GetString(output.Written.Span);
    }

    /// <summary>A problem with the errors that a request has when it deserves them.</summary>
    private JsonNode Problem(ProblemKind kind, Type? body)
    {
        var errors = new InputErrors();
        if (body == typeof(CreateScreeningRequest) && kind == ProblemKind.UnscreenableRequest)
        {
            requests.Read(requests.All.Find(example => example.Name == RequestExamples.Refused).Request, errors);
        }
        else if (body == typeof(CreateScreeningRequest) && kind == ProblemKind.InvalidRequest)
        {
            requests.Read(Misshapen(), errors);
        }

        return Written(output => ProblemWriter.Write(output, kind, errors.All, TraceId));
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

    private JsonNode Protocols()
    {
        var each = catalog.Families.Select(family => ProtocolSummary.Of(family, family.Versions[^1].EffectiveFrom));
        return ResponseJson.ToNode(new ProtocolListResponse { Protocols = [.. each] });
    }

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
