using System.Globalization;

namespace Screening.Rules;

/// <summary>
/// What a report says of a decision, in every language: headings, labels, and the status in plain words. What is said of the treatment
/// stands in the protocol. In braces: what is put in.
/// </summary>
public static class ReportTexts
{

    public static readonly LocalizedText Missing = Text("What to ask next", "Qué preguntar ahora");
    public static readonly LocalizedText MissingPatient = Text("What we still need to ask you", "Lo que todavía necesitamos preguntarle");
    public static readonly LocalizedText MissingBesides = Text("Also not answered", "Tampoco se ha respondido");
    public static readonly LocalizedText Binding = Text("Why", "Por qué");
    public static readonly LocalizedText Besides = Text("Also found", "También se encontró");
    public static readonly LocalizedText Requirements = Text("What must be done for this date", "Lo que hay que hacer para esta fecha");
    public static readonly LocalizedText RequirementsBesides = Text(
        "Would also be needed on the requested date",
        "También haría falta en la fecha solicitada");
    public static readonly LocalizedText RequirementsMoot = Text("Would also have been needed", "También habría hecho falta");
    public static readonly LocalizedText StopBy = Text("Last day of use: {date}, or earlier", "Último día de uso: {date}, o antes");
    public static readonly LocalizedText StartBy = Text("Start on {date}, or earlier", "Empezar el {date}, o antes");
    public static readonly LocalizedText ContinueThrough = Text(
        "Go on through {date}, or longer",
        "Seguir hasta el {date} inclusive, o más tiempo");

    public static readonly LocalizedText NotAnswered = Text("Not answered", "Sin respuesta");
    public static readonly LocalizedText NotKnown = Text("The person cannot say", "La persona no lo sabe");
    public static readonly LocalizedText DateNotKnown = Text("date not known", "fecha desconocida");
    public static readonly LocalizedText None = Text("None", "Ninguno");
    public static readonly LocalizedText Source = Text("Source: {document}, line {line}", "Fuente: {document}, línea {line}");
    public static readonly LocalizedText ClearedBy = Text("Cleared by {by} on {date}", "Autorizado por {by} el {date}");

    public static readonly LocalizedText Dates = Text("Dates", "Fechas");
    public static readonly LocalizedText RequestedDate = Text("Requested date", "Fecha solicitada");
    public static readonly LocalizedText AsOfDate = Text("Answers as of", "Respuestas a fecha de");
    public static readonly LocalizedText FirstFree = Text("First possible date", "Primera fecha posible");
    public static readonly LocalizedText NotBefore = Text(
        "Not before, by the waits known so far",
        "No antes de, según las esperas conocidas hasta ahora");
    public static readonly LocalizedText Free = Text("Possible dates", "Fechas posibles");
    public static readonly LocalizedText RequiredLine = Text("To be done", "Por hacer");
    public static readonly LocalizedText RequiredBesides = Text(
        "Would be needed on the requested date",
        "Haría falta en la fecha solicitada");
    public static readonly LocalizedText Through = Text("{from} through {through}", "del {from} al {through}, ambos incluidos");
    public static readonly LocalizedText Until = Text("through {through}", "hasta el {through} inclusive");
    public static readonly LocalizedText From = Text("from {from} on", "desde el {from}");
    public static readonly LocalizedText NoDates = Text(
        "No possible dates are named: this does not depend on dates alone.",
        "No se indican fechas posibles: esto no depende solo de las fechas.");

    public static readonly LocalizedText CountedAs = Text("counted as {date}", "se cuenta como {date}");
    public static readonly LocalizedText NotPossible = Text("Not possible", "No es posible");
    public static readonly LocalizedText Blocked = Text("inside the wait", "dentro de la espera");
    public static readonly LocalizedText NotBlocked = Text("outside the wait", "fuera de la espera");
    public static readonly LocalizedText DaysLong = Text("{n} days", "{n} días");
    public static readonly LocalizedText FreeAgain = Text("free of this wait from {date} on", "libre de esta espera desde el {date}");

    public static readonly LocalizedText Slots = Text("Other times asked about", "Otras horas consultadas");
    public static readonly LocalizedText SlotsNote = Text(
        "Requirements are dated for the requested date. Check a slot by itself before it is booked.",
        "Los requisitos tienen fechas para la fecha solicitada. Compruebe cada hora por separado antes de reservarla.");

    public static readonly LocalizedText TodayQuestion = Text(
        "No appointment: could the person be treated today?",
        "Sin cita: ¿se podría tratar a la persona hoy?");
    private static readonly LocalizedText AndMore = Text("and {n} more", "y {n} más");

    public static readonly LocalizedText NotSeen = Text("What was not seen", "Lo que no se vio");
    public static readonly LocalizedText NotSeenLead = Text(
        "That nothing was found there means nothing.",
        "Que no se encontrara nada allí no significa nada.");

    public static readonly LocalizedText Appointment = Text("Appointment", "Cita");
    public static readonly LocalizedText End = Text("End", "Fin");
    public static readonly LocalizedText Answers = Text("Answers", "Respuestas");
    public static readonly LocalizedText TimeZone = Text("Time zone", "Zona horaria");
    public static readonly LocalizedText Protocol = Text("Protocol", "Protocolo");
    public static readonly LocalizedText Digest = Text("Protocol digest", "Huella del protocolo");
    public static readonly LocalizedText DecisionId = Text("Decision id", "Id. de la decisión");
    public static readonly LocalizedText Reference = Text("Reference", "Referencia");
    public static readonly LocalizedText Status = Text("Status code", "Código de estado");
    public static readonly LocalizedText RulesLookedAt = Text("Rules looked at", "Reglas comprobadas");
    public static readonly LocalizedText RulesClear = Text(
        "{all}, of which {clear} do not apply",
        "{all}, de las cuales {clear} no se aplican");
    public static readonly LocalizedText ClinicTime = Text("clinic time", "hora de la clínica");

    /// <summary>How many more there are than are told.</summary>
    public static string More(int count, Language language) => AndMore.In(language).With("n", count.ToString(CultureInfo.InvariantCulture));

    /// <summary>The status as a heading, to each reader.</summary>
    public static Message Headline(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Said(
            "May be booked",
            "Se puede reservar",
            "Your treatment can be booked for this date",
            "Su tratamiento se puede reservar para esta fecha"),
        Eligibility.Conditional => Said(
            "May be booked, with requirements to be met",
            "Se puede reservar, con requisitos por cumplir",
            "Your treatment can be booked for this date if you do what is listed below",
            "Su tratamiento se puede reservar para esta fecha si hace lo que se indica abajo"),
        Eligibility.Deferred => Said(
            "May not be booked on this date",
            "No se puede reservar en esta fecha",
            "Your treatment cannot be booked for this date",
            "Su tratamiento no se puede reservar para esta fecha"),
        Eligibility.Review => Said(
            "May not be booked: a clinician must decide first",
            "No se puede reservar: antes debe decidir un profesional clínico",
            "Your treatment cannot be booked yet: a clinician needs to look at your answers",
            "Su tratamiento todavía no se puede reservar: un profesional clínico debe revisar sus respuestas"),
        Eligibility.Incomplete => Said(
            "May not be booked: answers are missing",
            "No se puede reservar: faltan respuestas",
            "Your treatment cannot be booked yet: we need more answers from you",
            "Su tratamiento todavía no se puede reservar: necesitamos más respuestas"),
        Eligibility.Ineligible => Said(
            "May not be booked: an exclusion applies",
            "No se puede reservar: hay un motivo de exclusión",
            "Your treatment cannot be booked",
            "Su tratamiento no se puede reservar"),
    };

    /// <summary>What the status means and what comes next; <c>{date}</c> is the first unblocked date.</summary>
    public static Message Lead(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Said(
            "By the answers given, nothing on the exclusion list stands in the way on this date.",
            "Según las respuestas dadas, nada de la lista de exclusión lo impide en esta fecha.",
            "By your answers, nothing stands in the way on this date.",
            "Según sus respuestas, nada lo impide en esta fecha."),
        Eligibility.Conditional => Said(
            "By the answers given, this date is allowed, provided that every requirement below is met.",
            "Según las respuestas dadas, esta fecha está permitida, siempre que se cumplan todos los requisitos siguientes.",
            "Please read what must be done, and by when. If you cannot do it, tell the clinic: the date then has to change.",
            "Lea qué hay que hacer y para cuándo. Si no puede hacerlo, avise a la clínica: entonces habrá que cambiar la fecha."),
        Eligibility.Deferred => Said(
            "A waiting period covers this date. The first possible date after it is {date}.",
            "Un periodo de espera incluye esta fecha. La primera fecha posible después es el {date}.",
            "The first possible date after it is {date}.",
            "La primera fecha posible después es el {date}."),
        Eligibility.Review => Said(
            "No date can be confirmed until a clinician has decided what is listed below.",
            "No se puede confirmar ninguna fecha hasta que un profesional clínico decida lo que se indica abajo.",
            "This is not a refusal. The clinic will look at what is listed below and tell you.",
            "Esto no es una negativa. La clínica revisará lo que se indica abajo y le avisará."),
        Eligibility.Incomplete => Said(
            "The questions below must be answered before a date can be confirmed.",
            "Las preguntas siguientes deben responderse antes de poder confirmar una fecha.",
            "Please answer the questions below and give them to the clinic.",
            "Responda las preguntas siguientes y entréguelas a la clínica."),
        Eligibility.Ineligible => Said(
            "By the answers given, the exclusion list does not allow this treatment. No further answer changes that.",
            "Según las respuestas dadas, la lista de exclusión no permite este tratamiento. Ninguna otra respuesta cambia eso.",
            "By your answers, this treatment is not done for the reason given below. If you have questions, or if an answer is not "
                + "right, please talk with the clinic.",
            "Según sus respuestas, este tratamiento no se hace por el motivo que se indica abajo. Si tiene preguntas, o si alguna "
                + "respuesta no es correcta, hable con la clínica."),
    };

    /// <summary>The lower bound, where the status promises no date; <c>{date}</c> is the first unblocked date.</summary>
    public static readonly Message Bound = Said(
        "By the waits known so far, it cannot be before {date}.",
        "Según las esperas conocidas hasta ahora, no puede ser antes del {date}.",
        "It cannot be before {date}.",
        "No puede ser antes del {date}.");

    /// <summary>A slot's status in a few words, the same to each reader.</summary>
    public static LocalizedText Short(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Text("Can be booked", "Se puede reservar"),
        Eligibility.Conditional => Text("Can be booked, with requirements", "Se puede reservar, con requisitos"),
        Eligibility.Deferred => Text("Cannot be booked: inside a wait", "No se puede reservar: dentro de una espera"),
        Eligibility.Review => Text(
            "Cannot be booked yet: a clinician must decide first",
            "Todavía no se puede reservar: antes debe decidir un profesional clínico"),
        Eligibility.Incomplete => Text("Cannot be booked yet: answers are missing", "Todavía no se puede reservar: faltan respuestas"),
        Eligibility.Ineligible => Text("Cannot be booked", "No se puede reservar"),
    };

    /// <summary>What a finding is, for staff.</summary>
    public static LocalizedText Kind(Effect effect) => effect switch
    {
        Effect.Exclude => Text("Exclusion", "Exclusión"),
        Effect.Review => Text("For a clinician to decide", "Debe decidir un profesional clínico"),
        Effect.Defer => Text("Wait", "Espera"),
        Effect.Require => Text("Requirement", "Requisito"),
    };

    /// <summary>What a rule came to, for staff.</summary>
    public static LocalizedText Outcome(Outcome outcome) => outcome switch
    {
        Rules.Outcome.Triggered => Text("applies", "se aplica"),
        Rules.Outcome.Undetermined => Text("not known whether it applies", "no se sabe si se aplica"),
        Rules.Outcome.Cleared => Text("cleared by a clinician", "autorizado por un profesional clínico"),
        Rules.Outcome.Clear => Text("does not apply", "no se aplica"),
    };

    /// <summary>How long a finding lasts, for staff.</summary>
    public static LocalizedText Lasts(Persistence persistence) => persistence switch
    {
        Persistence.Indefinite => Text("no end is known", "sin final conocido"),
        Persistence.UntilResolved => Text("until it has resolved", "hasta que se haya resuelto"),
        Persistence.UntilDate => Text("until a date", "hasta una fecha"),
    };

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };

    private static Message Said(string en, string es, string patientEn, string patientEs) =>
        new() { Clinician = Text(en, es), Patient = Text(patientEn, patientEs) };
}
