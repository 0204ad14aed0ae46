using NodaTime;
using Screening.Api.Http;
using Screening.Api.Loading;
using Screening.Fhir;
using Screening.Fhir.Reading;
using Screening.Rules;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Fhir;

/// <summary>Base class of the operations on a protocol's Questionnaire: from the body to the response or all errors in the body.</summary>
public abstract class FhirOperationEndpoint(LoadedProtocols protocols, RecordLimiter limiter) : FhirEndpoint
{
    /// <summary>The path of an operation.</summary>
    private protected const string Path = FhirRequest.Base + "/Questionnaire/{protocol}/$";

    /// <inheritdoc/>
    private protected override string RequestMediaType => FhirRequest.MediaTypes[0];

    /// <inheritdoc/>
    private protected override string[] OtherRequestMediaTypes => FhirRequest.MediaTypes[1..];

    /// <summary>
    /// Returns the serialized response; null when the parameters have errors, which are reported, or, with the problem, when a receipt is
    /// wanted and there is none.
    /// </summary>
    private protected abstract byte[]? Respond(OperationCall call, out ProblemKind? problem);

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        // For an absent asOf and for a decision's id.
        var now = RequestTime.Of(HttpContext);
        if (await ResponseFormatAsync() is not { } format)
        {
            return;
        }

        if (protocols.Catalog.Find(Route<string>("protocol")!) is not { } family)
        {
            await FhirResponse.WriteAsync(HttpContext, ProblemKind.NotFound.Naming([.. protocols.Catalog.Families.Select(one => one.Id)]));
            return;
        }

        var bodyFormat = FhirRequest.BodyFormat(HttpContext.Request);
        if (await RequestBody.ReadAsync(HttpContext, bodyFormat is not null, RequestBody.MaxRecordBytes) is not { } body)
        {
            return;
        }

        var length = body.Bytes.Length;
        var errors = ResourceReader.NewErrors().For(length);
        byte[]? response = null;
        ProblemKind? problem = null;
        if (await limiter.WaitAsync(HttpContext, length, ct) is not { } lease)
        {
            body.Release(HttpContext);
            return;
        }

        using (lease)
        {
            var read = ScreenBody.Read(body.Span, bodyFormat!.Value, errors, family.Versions[^1], ct);
            body.Release(HttpContext);
            if (read is not null)
            {
                response = Respond(new OperationCall(read, family, now, errors, format, length), out problem);
            }
        }

        await (response is not null ? FhirResponse.SendAsync(HttpContext, StatusCodes.Status200OK, response, format)
            : errors.Any ? FhirResponse.WriteAsync(HttpContext, errors, format)
            : FhirResponse.WriteAsync(HttpContext, problem!));
    }
}

/// <summary>A call of an operation, with a body that has been read.</summary>
/// <param name="Body">The body.</param>
/// <param name="Family">The protocol, in all its versions.</param>
/// <param name="Now">The call's single reading of the clock.</param>
/// <param name="Errors">Receives the errors.</param>
/// <param name="Format">The format of the response.</param>
/// <param name="Length">The size of the body in bytes.</param>
internal sealed record OperationCall(ScreenBody Body, ProtocolFamily Family, Instant Now, InputErrors Errors, FhirFormat Format, long Length);
