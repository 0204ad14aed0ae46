using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.Service;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>The definition of the operation <c>$screen</c>.</summary>
public sealed class GetOperationDefinitionEndpoint(PublicAddress address) : FhirEndpoint
{
    private const string Path = FhirRequest.Base + "/OperationDefinition/" + OperationDefinitions.Screen;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get(Path);
        DescribeResource(
            "GetOperationDefinition",
            "Which parameters does `$screen` take?",
            "The OperationDefinition of `$screen`, at the address that the CapabilityStatement names.",
            typeof(FhirOperationDefinition),
            "OperationDefinition");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await ResponseFormatAsync() is { } format)
        {
            HttpContext.Response.Headers.ContentLanguage = Language.English.Tag;
            var definition = OperationDefinitions.Build(ServiceVersion.Text, UrlOf(address, HttpContext.Request));
            await FhirResponse.SendTaggedAsync(HttpContext, definition, format);
        }
    }

    /// <summary>The canonical URL of the definition: its address or, where that is not known, its name.</summary>
    internal static string UrlOf(PublicAddress address, HttpRequest request) => address.Of(request, Path) ?? Canonicals.Screen;
}
