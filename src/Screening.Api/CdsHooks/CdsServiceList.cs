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

    private static readonly LocalizedText Title = Text("{title}: check before booking", "{title}: comprobación antes de reservar");
    private static readonly LocalizedText TitleToday = Text("{title}: could it be today?", "{title}: ¿podría ser hoy?");

    private static readonly LocalizedText Description = Text(
        "Checks each proposed appointment against the exclusion list of the treatment: may it be booked, from which date, under which conditions, and why.",
        "Comprueba cada cita propuesta con la lista de exclusión del tratamiento: si se puede reservar, desde qué fecha, con qué condiciones y por qué.");

    private static readonly LocalizedText DescriptionToday = Text(
        "Checks whether the person could be treated today, against the exclusion list of the treatment, and says why, from which date, or what to ask.",
        "Comprueba si se podría tratar hoy a la persona, con la lista de exclusión del tratamiento, y dice por qué, desde qué fecha o qué preguntar.");

    private static readonly LocalizedText Usage = Text(
        "Call it for this treatment only. It decides by the answers of the intake form: without a finished QuestionnaireResponse in prefetch the person counts as not screened. "
            + "It fetches nothing itself, so whatever is not in prefetch was not seen. Name the clinic's time zone on the Appointment (extension timezone, or tz-code on its start), or configure it.",
        "Llame a este servicio solo para este tratamiento. Decide según las respuestas del cuestionario: sin un QuestionnaireResponse terminado en prefetch, la persona cuenta como no comprobada. "
            + "No obtiene nada por sí mismo: lo que no está en prefetch no se ha visto. Indique la zona horaria de la clínica en la cita (extensión timezone, o tz-code en su comienzo) o configúrela.");

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

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };
}
