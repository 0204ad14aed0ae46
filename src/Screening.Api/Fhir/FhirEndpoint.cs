using Screening.Api.Http;
using Screening.Fhir;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>Base class of the FHIR endpoints: response formats, and errors as OperationOutcome.</summary>
public abstract class FhirEndpoint : ApiEndpoint
{
    private protected const string Json = "application/fhir+json";
    private protected const string Xml = "application/fhir+xml";
    private protected const string Tag = "FHIR";

    private protected static readonly HeaderDescription ETag = new("ETag", "Changes when the resource does.");

    private protected static readonly ResponseDescription NotModified = ETagResponse.NotModified(ETag);

    /// <inheritdoc/>
    private protected override ResponseDescription Problem(ProblemKind kind, string meaning) =>
        new(kind.Status, typeof(FhirOutcome), Json, meaning) { Outcome = kind };

    /// <summary>Describes an operation that returns a resource which rarely changes.</summary>
    /// <param name="id">The operation's id.</param>
    /// <param name="summary">The question that it answers.</param>
    /// <param name="description">What it returns, in full.</param>
    /// <param name="type">The shape of the resource in the OpenAPI document.</param>
    /// <param name="name">The resource's type.</param>
    /// <param name="further">Further responses.</param>
    private protected void DescribeResource(
        string id, string summary, string description, Type type, string name, params IEnumerable<ResponseDescription> further)
    {
        Describe(
            id,
            Tag,
            summary,
            description,
            [
                new ResponseDescription(StatusCodes.Status200OK, type, Json, $"The {name}.") { Headers = [ETag] },
                new ResponseDescription(StatusCodes.Status200OK, typeof(string), Xml, "In XML, where the request prefers it."),
                NotModified,
                .. further,
                Problem(ProblemKind.NotAcceptable, "The request takes neither JSON nor XML."),
            ]);
        DescribeQuery();
    }

    /// <summary>Describes the query parameters of every FHIR address.</summary>
    private protected void DescribeQuery() => Options(route => route.WithMetadata([.. FhirRequest.Parameters, ParameterDescription.AcceptLanguage]));

    /// <summary>
    /// Returns the response format; null, after sending the error, when the request accepts none of the formats.
    /// </summary>
    private protected async Task<FhirFormat?> ResponseFormatAsync()
    {
        var format = FhirRequest.ResponseFormatOf(HttpContext.Request);
        if (format is null)
        {
            await FhirResponse.WriteAsync(HttpContext, ProblemKind.NotAcceptable);
        }

        return format;
    }

    /// <summary>Returns the response language and sets its header.</summary>
    private protected Language SetResponseLanguage()
    {
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        return language;
    }
}
