using Hl7.Fhir.Model;
using Microsoft.Extensions.Primitives;
using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.Narratives;
using Screening.Fhir.Service;
using Screening.Rules;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Fhir;

/// <summary>Sends FHIR resources.</summary>
internal static class FhirResponse
{
    /// <summary>The request headers that every response depends on; an endpoint may name further ones before it sends one.</summary>
    internal const string Vary = "Accept, Accept-Language";

    /// <summary>How many record entries a DetectedIssue and the decision's parameters list: what both have goes first from the issues.</summary>
    private static readonly (int Issue, int Decision)[] FewerEntries =
        [(int.MaxValue, int.MaxValue), (3, int.MaxValue), (0, int.MaxValue), (0, 3), (0, 1), (0, 0)];

    /// <summary>Sends a resource.</summary>
    public static Task SendAsync(HttpContext context, int status, Resource resource, FhirFormat format) =>
        SendAsync(context, status, format.Write(resource, FhirRequest.IsPretty(context.Request)), format);

    /// <summary>Sends a serialized resource.</summary>
    public static async Task SendAsync(HttpContext context, int status, byte[] bytes, FhirFormat format)
    {
        context.Response.Headers.Vary = StringValues.Concat(Vary, context.Response.Headers.Vary);
        await context.SendAsync(status, format.MediaType(), bytes);
    }

    /// <summary>
    /// Serializes a decision. If it exceeds the limit it is written with shortened narratives; if still too large, without indentation, and
    /// with fewer and fewer entries of the record, the rest counted; at last without narratives.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="build">Builds the decision with at most so many record entries in each issue and, for each reason, in the parameters.</param>
    /// <param name="format">The format of the response.</param>
    /// <param name="maxBytes">The most bytes of the response.</param>
    public static byte[] Write(HttpContext context, Func<int, int, Bundle> build, FhirFormat format, long maxBytes)
    {
        var bundle = build(int.MaxValue, int.MaxValue);
        var bytes = format.Write(bundle, FhirRequest.IsPretty(context.Request));
        if (bytes.Length <= maxBytes)
        {
            return bytes;
        }

        ResourceNarratives.Shorten(Resources(bundle));
        bytes = format.Write(bundle, FhirRequest.IsPretty(context.Request));
        foreach (var (issue, decision) in FewerEntries.TakeWhile(_ => bytes.Length > maxBytes))
        {
            bundle = build(issue, decision);
            ResourceNarratives.Shorten(Resources(bundle));
            bytes = format.Write(bundle);
        }

        if (bytes.Length > maxBytes)
        {
            ResourceNarratives.Remove(Resources(bundle));
            bytes = format.Write(bundle);
        }

        return bytes;
    }

    private static IEnumerable<Resource?> Resources(Bundle bundle) => bundle.Entry.Select(entry => entry.Resource);

    /// <summary>Serializes parameters; if they exceed the limit, with shortened narratives and without indentation.</summary>
    public static byte[] Write(HttpContext context, Parameters parameters, FhirFormat format, long maxBytes)
    {
        var bytes = format.Write(parameters, FhirRequest.IsPretty(context.Request));
        if (bytes.Length <= maxBytes)
        {
            return bytes;
        }

        ResourceNarratives.Shorten(parameters.Parameter.Select(parameter => parameter.Resource));
        return format.Write(parameters);
    }

    /// <summary>Sends a resource that rarely changes, with the digest of its bytes as the entity tag.</summary>
    public static Task SendTaggedAsync(HttpContext context, Resource resource, FhirFormat format)
    {
        var bytes = format.Write(resource, FhirRequest.IsPretty(context.Request));
        context.Response.Headers.Vary = Vary;
        return ETagResponse.SendAsync(context, bytes, ETagResponse.DigestOf(bytes), format.MediaType());
    }

    /// <summary>Sends the error of a request as a whole; as JSON when the request accepts neither format.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind)
    {
        ProblemWriter.Count(context, kind);
        var explanation = kind.Explanation with { Remedy = ProblemDetail.Of(context, kind) };
        return SendAsync(
            context,
            kind.Status,
            OperationOutcomes.Of(kind.Code, kind.Status, explanation, ProblemWriter.TraceId(context), ProblemWriter.SetLanguage(context)),
            FhirRequest.ResponseFormatOf(context.Request) ?? FhirFormat.Json);
    }

    /// <summary>Sends all errors of a body.</summary>
    public static Task WriteAsync(HttpContext context, InputErrors errors, FhirFormat format)
    {
        var kind = ProblemKind.Of(errors);
        ProblemWriter.Count(context, kind);
        return SendAsync(
            context,
            kind.Status,
            OperationOutcomes.Of(errors, ProblemWriter.TraceId(context), ProblemWriter.SetLanguage(context)),
            format);
    }
}
