namespace Screening.Rules;

/// <summary>
/// What a report says where a health record came along, in every language: who says what, the person or the record. In braces: what
/// is put in.
/// </summary>
public static class RecordTexts
{
    public static readonly Message Answered = NewMessage(
        "The person answered: {answer}", "La persona respondió: {answer}", "Your answer: {answer}", "Su respuesta: {answer}");

    public static readonly Message NotAnswered = NewMessage(
        "The person did not answer.", "La persona no respondió.", "You have not answered this.", "No ha respondido a esto.");

    public static readonly LocalizedText FromRecord = Text(
        "In the record: {answer}, from {entry}", "En la historia clínica: {answer}, de {entry}");
    public static readonly LocalizedText FromYourRecord = Text(
        "What your health record says: {answer}", "Lo que dice su historia clínica: {answer}");
    public static readonly LocalizedText InRecord = Text("In the health record: {answer}", "En la historia clínica: {answer}");
    public static readonly LocalizedText NotClear = Text("not clear whether this applies", "no está claro si esto se aplica");
    public static readonly LocalizedText Disagrees = Text(
        "The record and the answers disagree. The worse of the two counts.",
        "La historia clínica y las respuestas no coinciden. Cuenta la peor de las dos.");

    public static readonly LocalizedText MoreEntries = Text("In the record: {n} more entries", "En la historia clínica: {n} entradas más");
    public static readonly LocalizedText ToldBefore = Text(
        "In the record: {n} entries that are named or counted above",
        "En la historia clínica: {n} entradas que se nombran o cuentan más arriba");

    private static readonly LocalizedText UnnamedEntry = Text("an entry without a usable name", "una entrada sin nombre utilizable");
    public static readonly LocalizedText Counts = Text(
        "What your health record says counts here as well.", "Aquí también cuenta lo que dice su historia clínica.");

    public static readonly LocalizedText Record = Text("Health record", "Historia clínica");
    public static readonly LocalizedText LookedAt = Text(
        "entries looked at: {looked}; of these matter here: {matter}", "entradas comprobadas: {looked}; de ellas importan aquí: {matter}");

    /// <summary>What the record calls an entry, if that is a name that can be told.</summary>
    public static Phrase Entry(string? reference, Language language) =>
        reference is null ? UnnamedEntry.In(language) : Phrase.Code(reference);

    /// <summary>The status as a heading, to each reader.</summary>
    public static Message Headline(Eligibility eligibility, EvidenceBasis basis) => (eligibility, basis) switch
    {
        (Eligibility.Review, EvidenceBasis.Record) => ReportTexts.Headline(eligibility) with
        {
            Patient = Text(
                "Your treatment cannot be booked yet: a clinician needs to look at your health record",
                "Su tratamiento todavía no se puede reservar: un profesional clínico debe revisar su historia clínica"),
        },
        (Eligibility.Review, EvidenceBasis.Both) => ReportTexts.Headline(eligibility) with
        {
            Patient = Text(
                "Your treatment cannot be booked yet: a clinician needs to look at your answers and your health record",
                "Su tratamiento todavía no se puede reservar: un profesional clínico debe revisar sus respuestas y su historia clínica"),
        },
        _ => ReportTexts.Headline(eligibility),
    };

    /// <summary>What the status means and what comes next; <c>{date}</c> is the first unblocked date.</summary>
    public static Message Lead(Eligibility eligibility, EvidenceBasis basis) => (eligibility, basis) switch
    {
        (Eligibility.Conditional, EvidenceBasis.Record or EvidenceBasis.Both) => ReportTexts.Lead(eligibility) with
        {
            Clinician = Text(
                "By the answers given and by what the record says, this date is allowed, provided that every requirement below is met.",
                "Según las respuestas dadas y lo que dice la historia clínica, esta fecha está permitida, siempre que se "
                    + "cumplan todos los requisitos siguientes."),
        },
        (Eligibility.Ineligible, EvidenceBasis.Record) => NewMessage(
            "By what the record says, the exclusion list does not allow this treatment. No further answer changes that.",
            "Según lo que dice la historia clínica, la lista de exclusión no permite este tratamiento. Ninguna otra respuesta cambia eso.",
            "By what your health record says, this treatment is not done for the reason given below. If you have questions, "
                + "or if something in the record is not right, please talk with the clinic.",
            "Según lo que dice su historia clínica, este tratamiento no se hace por el motivo que se indica abajo. Si tiene "
                + "preguntas, o si algo de la historia no es correcto, hable con la clínica."),
        (Eligibility.Ineligible, EvidenceBasis.Both) => NewMessage(
            "By the answers given and by what the record says, the exclusion list does not allow this treatment. No further "
                + "answer changes that.",
            "Según las respuestas dadas y lo que dice la historia clínica, la lista de exclusión no permite este tratamiento. "
                + "Ninguna otra respuesta cambia eso.",
            "Your answers and your health record both tell of reasons, given below, for which this treatment is not done. If you have "
                + "questions, or if something is not right, please talk with the clinic.",
            "Tanto sus respuestas como su historia clínica indican motivos, que se dan abajo, por los que este tratamiento no se hace. "
                + "Si tiene preguntas, o si algo no es correcto, hable con la clínica."),
        _ => ReportTexts.Lead(eligibility),
    };

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };

    private static Message NewMessage(string en, string es, string patientEn, string patientEs) =>
        new() { Clinician = Text(en, es), Patient = Text(patientEn, patientEs) };
}
