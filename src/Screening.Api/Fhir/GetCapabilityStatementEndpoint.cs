using Screening.Api.Http;
using Screening.Fhir.Service;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>The FHIR capabilities of the service.</summary>
public sealed class GetCapabilityStatementEndpoint(PublicAddress address) : FhirEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get(FhirRequest.Base + "/metadata");
        DescribeResource(
            "GetCapabilityStatement",
            "What can the service do in FHIR?",
            "The CapabilityStatement of FHIR R4 (4.0.1).",
            typeof(FhirCapabilityStatement),
            "CapabilityStatement");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await ResponseFormatAsync() is { } format)
        {
            HttpContext.Response.Headers.ContentLanguage = Language.English.Tag;
            var screen = GetOperationDefinitionEndpoint.UrlOf(address, HttpContext.Request);
            var statement = CapabilityStatements.Build(ServiceVersion.Text, screen, address.Of(HttpContext.Request, FhirRequest.Base));
            await FhirResponse.SendTaggedAsync(HttpContext, statement, format);
        }
    }
}
