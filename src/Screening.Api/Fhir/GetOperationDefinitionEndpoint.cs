using Screening.Api.Http;
using Screening.Fhir;
using Screening.Fhir.Service;
using Screening.Rules;

namespace Screening.Api.Fhir;

/// <summary>The definitions of the operations.</summary>
public sealed class GetOperationDefinitionEndpoint(PublicAddress address) : FhirEndpoint
{
    private const string Path = FhirRequest.Base + "/OperationDefinition/";

    /// <inheritdoc/>
    public override void Configure()
    {
        Get(Path + "{operation}");
        DescribeResource(
            "GetOperationDefinition",
            "Which parameters does an operation take?",
            "The OperationDefinition of `$screen`, at the address that the CapabilityStatement names, or of `$populate`, which is Structured Data Capture's with parameters of this service.",
            typeof(FhirOperationDefinition),
            "OperationDefinition",
            Problem(ProblemKind.NotFound, "There is no such operation."));
        Summary(summary => summary.Params["operation"] = "The operation, such as `screen`.");
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        if (await ResponseFormatAsync() is not { } format)
        {
            return;
        }

        var definition = Route<string>("operation") switch
        {
            OperationDefinitions.Screen => OperationDefinitions.OfScreen(ServiceVersion.Text, UrlOf(address, HttpContext.Request)),
            OperationDefinitions.Populate => OperationDefinitions.OfPopulate(
                ServiceVersion.Text, address.Of(HttpContext.Request, Path + OperationDefinitions.Populate) ?? Canonicals.Populate),
            _ => null,
        };
        HttpContext.Response.Headers.ContentLanguage = Language.English.Tag;
        await (definition is null
            ? FhirResponse.WriteAsync(
                HttpContext, ProblemKind.NotFound.Naming([OperationDefinitions.Screen, OperationDefinitions.Populate]))
            : FhirResponse.SendTaggedAsync(HttpContext, definition, format));
    }

    /// <summary>The canonical URL of the definition of <c>$screen</c>: its address or, where that is not known, its name.</summary>
    internal static string UrlOf(PublicAddress address, HttpRequest request) =>
        address.Of(request, Path + OperationDefinitions.Screen) ?? Canonicals.Screen;
}
