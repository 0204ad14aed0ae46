using Screening.Api.Contract;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>The discovery response.</summary>
/// <remarks>
/// <see href="https://cds-hooks.hl7.org/2.0.1/#discovery"/>. <c>version</c> is from CDS Hooks 3.0; older clients ignore it.
/// </remarks>
internal static class CdsServiceList
{
    private const string SpecificationVersion = "2.0.1";

    private static readonly LocalizedText Title = Words.Text("service.title");
    private static readonly LocalizedText TitleToday = Words.Text("service.titleToday");

    private static readonly LocalizedText Description = Words.Text("service.description");

    private static readonly LocalizedText DescriptionToday = Words.Text("service.descriptionToday");

    private static readonly LocalizedText Usage = Words.Text("service.usage");

    /// <summary>Lists every service.</summary>
    public static CdsServicesResponse Of(ProtocolCatalog catalog, HookSettings settings, Language language) =>
        new() { Services = [.. HookService.All(catalog).Select(service => Of(service, settings, language))] };

    private static CdsServiceResponse Of(HookService service, HookSettings settings, Language language)
    {
        // Texts are from the latest version; a call is decided by the version in force on its day.
        var treatment = service.Family.Versions[^1].Document.Title.In(language);
        var booking = service.Hook == Hook.AppointmentBook;
        return new CdsServiceResponse
        {
            Hook = WireName.Of(service.Hook),
            Id = service.Id,
            Title = (booking ? Title : TitleToday).In(language).With("title", treatment),
            Description = (booking ? Description : DescriptionToday).In(language),
            UsageRequirements = Usage.In(language),
            Version = SpecificationVersion,
            Prefetch = PrefetchTemplate.For(service.Family, settings.Prefetch).Where(template => template.IsAsked)
                .ToDictionary(template => template.Key, template => template.Query),
        };
    }
}
