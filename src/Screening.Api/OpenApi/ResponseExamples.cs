using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.CarePlans;
using Screening.Api.Contract;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Moves;
using Screening.Api.Problems;
using Screening.Api.Receipts;
using Screening.Api.Screenings.Batch;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>Examples of responses, produced by the service's own code, so that they cannot differ from real ones.</summary>
internal sealed class ResponseExamples(
    ProtocolCatalog catalog, ScreeningRequestReader reader, RequestExamples requests, PublicAddress address)
{
    // Arbitrary but fixed, so that the document never changes.
    public const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    public static readonly Guid DecisionId = new("019e8440-5c00-7a3b-9c1e-2f6d8b4a7c10");

    /// <summary>Returns an example of a response, its name and a one-sentence summary; null when there is none.</summary>
    /// <param name="response">The response.</param>
    /// <param name="body">The type of the request body, if any.</param>
    public (string Name, string Summary, JsonNode Value)? Of(ResponseDescription response, Type? body)
    {
        if (response.Kind is { } kind)
        {
            return (kind.Code, kind.Explanation.Meaning.En, Problem(kind, body));
        }

        return response.Type == typeof(ScreeningResponse) ? EachSlot()
            : response.Type == typeof(CarePlanResponse) ? FromScreening(WireName.Of(Eligibility.Conditional), Plan)
            : response.MediaType == CarePlanCalendar.MediaType ? FromScreening(WireName.Of(Eligibility.Conditional), Calendar)
            : response.Type == typeof(ScreeningBatchResponse)
                ? (RequestExamples.Batch, "A line for each line of the request, the last with its problem.", JsonValue.Create(BatchLines()))
            : response.Type == typeof(ProtocolListResponse) ? ("all", "Every protocol and its versions.", Protocols())
            : response.Type == typeof(ProblemDescription) ? (Unknown.Code, "A code that a question does not offer.", ResponseJson.ToNode(Unknown))
            : response.Type == typeof(ProblemListResponse)
                ? ("shortened", "One of them.", ResponseJson.ToNode(new ProblemListResponse { Problems = [Unknown] }))
            : response.Type == typeof(ProtocolDocument)
                ? ("shortened", "The first of each list; a file has all of them.", Shortened(JsonNode.Parse(First.File.Span)!))
            : response.Type == typeof(SigningKeysResponse) ? ("one", "A key that signs.", ResponseJson.ToNode(Keys))
            : response.Type == typeof(VerifyDecisionResponse)
                ? ("genuine", "A good receipt, whose decision comes out again.", ResponseJson.ToNode(Verified))
            : response.Type == typeof(MoveDecisionResponse) ? Moved()
            : response.Type == typeof(HealthResponse) ? ("ready", "Every protocol was loaded.", ResponseJson.ToNode(Ready))
            : null;
    }

    private ProblemDescription Unknown =>
        ProblemForms.Describe(ProblemForms.All.Single(one => one.Code == ErrorCode.UnknownCode.Code), address.Prefix);

    // The key of RFC 7515, A.3.
    private static SigningKeysResponse Keys => new()
    {
        Keys =
        [
            new SigningKeyResponse
            {
                Kty = "EC",
                Crv = "P-256",
                X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
                Kid = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U",
                Use = "sig",
                Alg = "ES256",
            },
        ],
    };

    private static VerifyDecisionResponse Verified => new()
    {
        Genuine = true,
        Key = new ReceiptKey { State = KeyState.Current, Kid = Keys.Keys[0].Kid },
        Leaf = "Ws5uZ3h0yyp1iEoN1GcTn0GkBWuUMGlrm5cvsG0cqbM",
        Bound = RequestBinding.Yes,
        Replay = new DecisionReplay { Result = ReplayResult.Identical },
    };

    private HealthResponse Ready => new() { Status = "ready", Protocols = [First.Reference] };

    private Protocol First => catalog.Families[0].Versions[^1];

    private (string Name, string Summary, JsonNode Value)? FromScreening(string name, Func<ScreeningRequest, Decision, JsonNode> write)
    {
        var (_, summary, body) = requests.All.Find(example => example.Name == name);
        return body is not null && requests.Read(body, new InputErrors()) is { } request
            ? (name, summary, write(request, Screener.Screen(request.Intake, request.Appointment, request.Today)))
            : null;
    }

    /// <summary>The example with a past slot among others, as <c>slots=each</c> has it answered.</summary>
    private (string Name, string Summary, JsonNode Value)? EachSlot()
    {
        if (requests.WithPastSlot() is not (var name, { } body))
        {
            return FromScreening(WireName.Of(Eligibility.Deferred), Decision);
        }

        var request = requests.Read(body, new InputErrors(), new ReadingOptions { EachSlot = true })!;
        return (
            name,
            "Deferred. With `slots=each`: two candidate starts have a status each, and one is past.",
            Decision(request, Screener.Screen(request.Intake, request.Appointment, request.Today)));
    }

    /// <summary>The deferred example, moved to the date from which it is allowed.</summary>
    private (string Name, string Summary, JsonNode Value)? Moved()
    {
        var (_, _, body) = requests.All.Find(example => example.Name == WireName.Of(Eligibility.Deferred));
        if (body is null || requests.Read(body, new InputErrors()) is not { } request)
        {
            return null;
        }

        var before = Screener.Screen(request.Intake, request.Appointment, request.Today);
        var moved = request with
        {
            Reference = null,
            Appointment = request.Appointment with { Start = request.Appointment.Zone.Noon(before.NotBefore.ToLocalDate()) },
        };
        var asked = JsonElement.Parse(RequestWriter.Written(request));
        var decision = MovedDecision.Of(moved, DecisionFacts.Of(request, before), asked, before, request.AsOf);
        return (
            WireName.Of(decision.Decision.Eligibility),
            "A deferred appointment, moved to the date from which it is allowed.",
            WriteToNode(output => decision.Write(output, DecisionId, Language.English, "header.payload.signature~request~findings~")));
    }

    private static JsonNode Decision(ScreeningRequest request, Decision decision) =>
        WriteToNode(output => DecisionWriter.Write(output, DecisionId, request, decision, Language.English));

    private static JsonNode Plan(ScreeningRequest request, Decision decision) =>
        ResponseJson.ToNode(CarePlanResponses.Of(DecisionId, decision, CarePlanner.Plan(request.Intake, request.Appointment), Language.English));

    private static JsonNode Calendar(ScreeningRequest request, Decision decision) =>
        JsonValue.Create(CarePlanCalendar.Write(
            request,
            decision,
            CarePlanner.Plan(request.Intake, request.Appointment),
            CalendarUids.OfReference(request.Intake.Protocol, request.Reference!),
            default,
            Language.English));

    private static JsonNode WriteToNode(Action<Utf8Output> write)
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
                DecisionWriter.Write(output, DecisionId, request, Screener.Screen(request.Intake, request.Appointment, request.Today), Language.English);
            }
            else
            {
                ProblemWriter.Write(output, ProblemKind.Of(errors), errors.All, TraceId, Language.English, address.Prefix, line, reference);
            }

            output.Raw("\n"u8);
        }

        return Encoding.UTF8.GetString(output.Written.Span);
    }

    /// <summary>Creates a problem, with the errors that a matching request has.</summary>
    private JsonNode Problem(ProblemKind kind, Type? body)
    {
        var errors = new InputErrors();
        if (body == typeof(CreateScreeningRequest) && kind == ProblemKind.UnscreenableRequest)
        {
            requests.Read(requests.All.Find(example => example.Name == RequestExamples.Rejected).Request, errors);
        }
        else if (body == typeof(CreateScreeningRequest) && kind == ProblemKind.InvalidRequest)
        {
            requests.Read(Misshapen(), errors);
        }

        return WriteToNode(output => ProblemWriter.Write(output, kind, errors.All, TraceId, Language.English, address.Prefix));
    }

    /// <summary>
    /// Creates a request with two mistakes in its shape: a member in the wrong letter case, and null for an unanswered question.
    /// </summary>
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
        var each = catalog.Families.Select(family => ProtocolSummary.Of(family, family.Versions[^1].EffectiveFrom, address.Prefix));
        return ResponseJson.ToNode(new ProtocolListResponse { Protocols = [.. each] });
    }

    /// <summary>Returns the document with only the first object in each list of objects.</summary>
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
