using Hl7.Fhir.Model;
using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.Narratives;
using Screening.Fhir.Service;
using Screening.Rules;
using Task = System.Threading.Tasks.Task;

namespace Screening.Api.Fhir;

/// <summary>Answers with resources.</summary>
internal static class FhirResponse
{
    /// <summary>What every answer depends on besides the address.</summary>
    internal const string Vary = "Accept, Accept-Language";

    /// <summary>Answers with a resource.</summary>
    public static Task SendAsync(HttpContext context, int status, Resource resource, FhirFormat format) =>
        SendAsync(context, status, format.Write(resource, FhirRequest.IsPretty(context.Request)), format);

    /// <summary>Answers with the bytes of a resource.</summary>
    public static async Task SendAsync(HttpContext context, int status, byte[] bytes, FhirFormat format)
    {
        context.Response.Headers.Vary = Vary;
        await context.SendAsync(status, format.MediaType(), bytes);
    }

    /// <summary>
    /// The bytes of a Bundle. Where they are more than the answer may have it goes without narratives and, if that is too much still, is not
    /// laid out for people.
    /// </summary>
    public static byte[] Write(HttpContext context, Bundle bundle, FhirFormat format, long most)
    {
        var pretty = FhirRequest.IsPretty(context.Request);
        var bytes = format.Write(bundle, pretty);
        if (bytes.Length > most)
        {
            ResourceNarratives.Remove(bundle);
            bytes = format.Write(bundle, pretty);
        }

        return pretty && bytes.Length > most ? format.Write(bundle) : bytes;
    }

    /// <summary>Answers with a resource that stays the same for long: the digest of its bytes is its entity tag.</summary>
    public static Task SendTaggedAsync(HttpContext context, Resource resource, FhirFormat format)
    {
        var bytes = format.Write(resource, FhirRequest.IsPretty(context.Request));
        context.Response.Headers.Vary = Vary;
        return ETagResponse.SendAsync(context, bytes, ETagResponse.DigestOf(bytes), format.MediaType());
    }

    /// <summary>Answers with what is wrong with a request as a whole; in JSON when the request takes neither form.</summary>
    public static Task WriteAsync(HttpContext context, ProblemKind kind)
    {
        context.Response.Headers.ContentLanguage = Language.English.Tag;
        return SendAsync(
            context,
            kind.Status,
            OperationOutcomes.Of(kind.Code, kind.Status, kind.Title, kind.Remedy, ProblemWriter.TraceId(context)),
            FhirRequest.AnswerFormat(context.Request) ?? FhirFormat.Json);
    }

    /// <summary>Answers with everything that is wrong with a body.</summary>
    public static Task WriteAsync(HttpContext context, InputErrors errors, FhirFormat format)
    {
        context.Response.Headers.ContentLanguage = Language.English.Tag;
        return SendAsync(
            context,
            errors.AnyOfShape ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity,
            OperationOutcomes.Of(errors, ProblemWriter.TraceId(context)),
            format);
    }
}
