using Screening.Api.Http;
using Screening.Fhir.Service;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>The FHIR capabilities of the service.</summary>
public sealed class GetCapabilityStatementEndpoint(PublicAddress address) : FhirEndpoint
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Get(FhirRequest.Base + "/metadata");
        Describe(
            "GetCapabilityStatement",
            Tag,
            "What can the service do in FHIR?",
            "The CapabilityStatement of FHIR R4 (4.0.1).",
            new ResponseDescription(StatusCodes.Status200OK, typeof(FhirCapabilityStatement), Json, "The CapabilityStatement.") { Headers = [ETag] },
            new ResponseDescription(StatusCodes.Status200OK, typeof(string), Xml, "In XML, where the request prefers it."),
            NotModified,
            Problem(ProblemKind.InvalidParameter, "The query has a parameter that this address does not accept."),
            Problem(ProblemKind.NotAcceptable, "The request takes neither JSON nor XML."));
        DescribeQuery();
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await ResponseFormatAsync() is { } format)
        {
            HttpContext.Response.Headers.ContentLanguage = Language.English.Tag;
            var screen = GetOperationDefinitionEndpoint.UrlOf(address, HttpContext.Request);
            await FhirResponse.SendTaggedAsync(HttpContext, CapabilityStatements.Build(ServiceVersion.Text, screen), format);
        }
    }
}
