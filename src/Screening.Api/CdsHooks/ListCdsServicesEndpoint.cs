using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Api.Loading;

namespace Screening.Api.CdsHooks;

/// <summary>CDS Hooks discovery.</summary>
public sealed class ListCdsServicesEndpoint(LoadedProtocols protocols, ClinicSettings clinic) : ApiEndpoint
{
    /// <inheritdoc/>
    private protected override bool IsOpenToAll => true;

    /// <inheritdoc/>
    public override void Configure()
    {
        Get("/cds-services");
        Describe(
            "ListCdsServices",
            "CDS Hooks",
            "Which CDS services are there?",
            "CDS Hooks discovery: for each protocol a service at `appointment-book` and one at `patient-view`, with what each asks to be fetched and sent along.",
            ResponseDescription.Json<CdsServicesResponse>("The services."));
        Options(route => route.WithMetadata(ParameterDescription.AcceptLanguage));
    }

    /// <inheritdoc/>
    public override async Task HandleAsync(CancellationToken ct)
    {
        var language = Languages.Of(HttpContext.Request);
        HttpContext.Response.Headers.ContentLanguage = language.Tag;
        HttpContext.Response.Headers.Vary = "Accept-Language";
        await HttpContext.SendJsonAsync(CdsServiceList.Of(protocols.Catalog, clinic.Settings, language), ResponseJson.Of<CdsServicesResponse>());
    }
}
