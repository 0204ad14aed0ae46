using Screening.Api.Http;
using Screening.Fhir;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>What the endpoints of FHIR have in common: their forms, and errors as OperationOutcome.</summary>
public abstract class FhirEndpoint : ApiEndpoint
{
    private protected const string Json = "application/fhir+json";
    private protected const string Xml = "application/fhir+xml";
    private protected const string Tag = "FHIR";

    private protected static readonly HeaderDescription ETag = new("ETag", "Changes when the resource does.");

    private protected static readonly ResponseDescription NotModified = ETagResponse.NotModified(ETag);

    /// <inheritdoc/>
    private protected override ResponseDescription Problem(ProblemKind kind, string meaning) => new(kind.Status, typeof(FhirOutcome), Json, meaning) { Outcome = kind };

    /// <summary>The parameters of the query that every address takes.</summary>
    private protected void DescribeQuery() => Options(route => route.WithMetadata(
        new ParameterDescription("_format", InHeader: false, "The format of the response, overriding `Accept`: `json` or `xml`, or their media types."),
        new ParameterDescription("_pretty", InHeader: false, "Whether the response is indented for people to read.", ["true", "false"]),
        ParameterDescription.AcceptLanguage));

    /// <summary>The form of the answer; null, and answered, when the request asks for none that there is or has a query that is not known here.</summary>
    private protected async Task<FhirFormat?> ResponseFormatAsync()
    {
        if (!FhirRequest.HasGoodQuery(HttpContext.Request))
        {
            await FhirResponse.WriteAsync(HttpContext, ProblemKind.InvalidParameter);
            return null;
        }

        var format = FhirRequest.AnswerFormat(HttpContext.Request);
        if (format is null)
        {
            await FhirResponse.WriteAsync(HttpContext, ProblemKind.NotAcceptable);
        }

        return format;
    }

    /// <summary>The language of the answer, told in its header.</summary>
    private protected Language AnswerLanguage()
    {
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        return language;
    }
}
