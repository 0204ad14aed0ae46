using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Api.Receipts;
using Screening.Api.Telemetry;
using Screening.Rules;

namespace Screening.Api.Verification;

/// <summary>Checks a receipt, and makes its decision again.</summary>
public sealed class VerifyDecisionEndpoint(SigningKeys keys, DecisionReplayer replayer, LoadedProtocols protocols) : ApiEndpoint
{
    private const string Parameter = "protocol";

    private static readonly ReceiptBodyReader Reader = new(ReceiptFormat.Request, Words.Text("accepted.screeningRequest"));

    /// <inheritdoc/>
    public override void Configure()
    {
        Post("/v1/decisions/verify");
        Describe(
            "VerifyDecision",
            "Receipts",
            "Is this receipt genuine, and does the decision come out again?",
            "Takes a `receipt` of `/v1/screenings` or `/v1/care-plans`, of a card of `/cds-services/{id}` or of `$screen`, checks its signature and its form, and decides its request again by the "
                + "same version of the protocol. Codes, dates and their order are compared, not words. A receipt that is not genuine is "
                + "answered too, with the `flaw`. Parts after the first `~` may have been cut off, each with its `~`: the first part alone "
                + "still proves the status.\n\n"
                + "With a `request`, `bound` says whether that is the one that was decided on. The service keeps nothing of either.",
            typeof(VerifyDecisionRequest),
            ResponseDescription.Json<VerifyDecisionResponse>("What was found, whether or not the receipt is genuine."),
            ResponseDescription.Problem(ProblemKind.InvalidRequest, "Not JSON, or not the shape of a verification or of its request."),
            ResponseDescription.Problem(ProblemKind.BodyTooLarge, "The body is larger than 256 KiB."),
            ResponseDescription.Problem(ProblemKind.UnsupportedMediaType, "The body is not `application/json` in UTF-8."),
            ResponseDescription.Problem(ProblemKind.UnscreenableRequest, "The request in the body cannot be screened."));
        Options(route => route.WithMetadata(new ParameterDescription(
            Parameter,
            InHeader: false,
            "`id@version`: decides again by this version, to see what would differ. Absent: by the version that decided.")));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        Protocol? version = null;
        if (HttpContext.Request.Query[Parameter] is [{ } name])
        {
            var versions = protocols.Catalog.Families.SelectMany(family => family.Versions).ToList();
            version = versions.Find(one => one.Reference == name);
            if (version is null)
            {
                await ProblemWriter.WriteAsync(
                    HttpContext, ProblemKind.InvalidParameter.Naming([.. versions.Select(one => one.Reference)]));
                return;
            }
        }

        var now = RequestTime.Of(HttpContext);
        var response = await RequestBody.ReadJsonAsync(
            HttpContext, VerifyDecisionRequest.MaxBytes, (body, errors) => Verify(body, version, now, errors));
        if (response is not null)
        {
            await HttpContext.SendJsonAsync(response, ResponseJson.Of<VerifyDecisionResponse>());
        }
    }

    private VerifyDecisionResponse? Verify(ReadOnlySpan<byte> body, Protocol? version, NodaTime.Instant now, InputErrors errors)
    {
        if (Reader.Read(body, errors) is not { Receipt: { } receipt } asked || errors.Any)
        {
            return null;
        }

        var check = ReceiptReader.Check(receipt, keys);
        ServiceMetrics.Of(HttpContext)?.ReceiptChecks.Add(ReceiptReader.OutcomeOf(check));
        var sent = asked.Beside is null ? null : replayer.Read(asked.Beside, check, now, errors);
        return errors.Any ? null : new VerifyDecisionResponse
        {
            Genuine = check.Flaw is null,
            Flaw = check.Flaw,
            Key = new ReceiptKey
            {
                State = check.Key?.State ?? KeyState.Unknown,
                Kid = check.Key?.Public.Kid,
                Revoked = check.Key?.Public.Revoked,
            },
            Leaf = check.Leaf,
            Bound = DecisionReplayer.BindingOf(check, asked.Beside is not null, sent),
            Replay = replayer.Replay(check, sent, version),
        };
    }
}
