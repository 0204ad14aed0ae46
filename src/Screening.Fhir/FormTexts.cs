using Screening.Rules;

namespace Screening.Fhir;

/// <summary>The few texts that no protocol has: they go with the FHIR shape of a question or a finding, not with its subject.</summary>
internal static class FormTexts
{
    public static readonly LocalizedText NoneOfThese = new() { En = "None of these", Es = "Nada de esto" };
    public static readonly LocalizedText Yes = new() { En = "Yes", Es = "Sí" };
    public static readonly LocalizedText No = new() { En = "No", Es = "No" };
    public static readonly LocalizedText NotSure = new() { En = "I am not sure", Es = "No lo sé con seguridad" };
    public static readonly LocalizedText NotKnownWhen = new() { En = "I do not know when", Es = "No sé cuándo" };
    public static readonly LocalizedText NotClearInRecord = new()
    {
        En = "The health record does not make clear whether this applies",
        Es = "La historia clínica no deja claro si esto se aplica",
    };

    public static readonly LocalizedText DateNotInRecord = new()
    {
        En = "The health record does not say when",
        Es = "La historia clínica no dice cuándo",
    };

    public static readonly LocalizedText MoreEntries = new()
    {
        En = "{n} more entries of the health record",
        Es = "{n} entradas más de la historia clínica",
    };

    public static readonly LocalizedText RecordDisagrees = new()
    {
        En = "The health record disagrees with what the person said; the worse of the two counts.",
        Es = "La historia clínica no coincide con lo que dijo la persona; cuenta lo más desfavorable de los dos.",
    };

    public static readonly LocalizedText Risks = new()
    {
        En = "What can come of the treatment",
        Es = "Lo que puede resultar del tratamiento",
    };

    public static readonly LocalizedText OneOccasion = new() { En = "One occasion", Es = "Una ocasión" };
}
