using Screening.Api.Http;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>Writes the list of services that discovery answers with.</summary>
/// <remarks><see href="https://cds-hooks.hl7.org/2.0.1/#discovery"/>. <c>version</c> comes from CDS Hooks 3.0; older clients do not look at it.</remarks>
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

    /// <summary>Writes every service.</summary>
    public static void Write(Utf8Output output, ProtocolCatalog catalog, HookSettings settings, Language language)
    {
        output.Raw("{\"services\":["u8);
        var next = false;
        foreach (var service in HookService.All(catalog))
        {
            output.Raw(next ? ","u8 : ""u8);
            Write(output, service, settings, language);
            next = true;
        }

        output.Raw("]}"u8);
    }

    private static void Write(Utf8Output output, HookService service, HookSettings settings, Language language)
    {
        // People are told of the latest version; a call is decided by the one that is in force on its day.
        var treatment = service.Family.Versions[^1].Document.Title.In(language);
        var booking = service.Hook == Hook.AppointmentBook;
        output.Raw("{\"hook\":"u8);
        output.Text(WireName.Of(service.Hook));
        output.Raw(",\"id\":"u8);
        output.Text(service.Id);
        output.Raw(",\"title\":"u8);
        output.Text((booking ? Title : TitleToday).In(language).With("title", treatment));
        output.Raw(",\"description\":"u8);
        output.Text((booking ? Description : DescriptionToday).In(language));
        output.Raw(",\"usageRequirements\":"u8);
        output.Text(Usage.In(language));
        output.Raw(",\"version\":"u8);
        output.Text(SpecificationVersion);
        output.Raw(",\"prefetch\":{"u8);
        var next = false;
        foreach (var template in PrefetchTemplate.For(service.Family, settings.Prefetch).Where(template => template.IsAsked))
        {
            output.Raw(next ? ","u8 : ""u8);
            output.Text(template.Key);
            output.Raw(":"u8);
            output.Text(template.Query);
            next = true;
        }

        output.Raw("}}"u8);
    }

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };
}
