using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>What the cards themselves say, in every language. What is said of the treatment stands in the protocol. In braces: what a card puts in.</summary>
internal static class CardTexts
{
    public static readonly LocalizedText Summary = Text("{title}, {when}: {what}", "{title}, {when}: {what}");
    public static readonly LocalizedText Today = Text("today", "hoy");
    public static readonly LocalizedText NoneProposed = Text("no appointment", "ninguna cita");
    public static readonly LocalizedText NumberedAppointment = Text("appointment {n}", "cita {n}");
    public static readonly LocalizedText NoForm = Text("not screened, no usable intake form came", "sin comprobar, no llegó ningún cuestionario utilizable");
    public static readonly LocalizedText CouldNotScreen = Text("could not be screened", "no se pudo comprobar");
    public static readonly LocalizedText NotInFull = Text(" (record not seen in full)", " (historia vista en parte)");
    public static readonly LocalizedText OldAnswers = Text(" (answers from {date})", " (respuestas de {date})");
    public static readonly LocalizedText UndatedAnswers = Text(" (answers undated)", " (respuestas sin fecha)");

    public static readonly LocalizedText CouldNotScreenLead = Text("This appointment could not be screened. Treat it as not bookable.", "No se pudo comprobar esta cita. Considérela no reservable.");
    public static readonly LocalizedText NoAppointment = Text("The request proposes no appointment.", "La solicitud no propone ninguna cita.");
    public static readonly LocalizedText AnswersUnusable = Text("The answers cannot be used as they are. Ask again what is listed here.", "Las respuestas no se pueden usar tal como están. Vuelva a preguntar lo que se indica aquí.");
    public static readonly LocalizedText StartInThePast = Text("It starts in the past.", "Comienza en el pasado.");
    public static readonly LocalizedText ErrorAt = Text("{code}, at {where}", "{code}, en {where}");

    public static readonly LocalizedText ZoneNotKnown = Text(
        "The clinic's time zone is not known. Every local date that this could be was looked at, and the worst outcome is shown; at the clinic its dates may differ by a day.",
        "No se conoce la zona horaria de la clínica. Se comprobaron todas las fechas locales posibles y se muestra el peor resultado; en la clínica sus fechas pueden diferir en un día.");

    public static readonly LocalizedText EndLeftOut = Text("The end of the appointment makes no sense and was left out; it changes nothing of this.", "El final de la cita no tiene sentido y se omitió; esto no cambia nada.");

    public static readonly LocalizedText AboutOthers = Text("{part}: {n} not used, about somebody else", "{part}: {n} sin usar, de otra persona");
    public static readonly LocalizedText UnreadableEntries = Text("Entries of the record that could not be read in full: {n}", "Entradas de la historia que no se pudieron leer por completo: {n}");
    public static readonly LocalizedText DanglingEntries = Text("Entries of the record that only point at a medicine or device, which did not come: {n}", "Entradas de la historia que solo remiten a una medicina o un dispositivo que no llegó: {n}");
    public static readonly LocalizedText UnnamedEntries = Text("Entries of the record that do not say what they are in a known code or in words: {n}", "Entradas de la historia que no dicen qué son con un código conocido ni con palabras: {n}");

    public static readonly LocalizedText AnswersFrom = Text("From {form}, filled in: {date}", "De {form}, rellenado: {date}");
    public static readonly LocalizedText AnswersFromUndated = Text("From {form}; it does not say when it was filled in", "De {form}; no dice cuándo se rellenó");
    public static readonly LocalizedText TheForm = Text("the intake form", "el cuestionario");

    public static readonly LocalizedText FormLink = Text("Intake form (FHIR Questionnaire)", "Cuestionario (FHIR Questionnaire)");
    public static readonly LocalizedText PageLink = Text("This decision, to read or print", "Esta decisión, para leer o imprimir");

    // Where an answer would be many times its request.
    public static readonly LocalizedText OutcomeOnly = Text("Of so many appointments in so short a call only the outcome is told here. For the whole decision call again with this one alone.", "De tantas citas en una llamada tan corta aquí solo se dice el resultado. Para la decisión completa vuelva a llamar solo con esta.");
    public static readonly LocalizedText LeftOut = Text("Could not be screened, too many in one call: {n} more appointments", "No se pudieron comprobar, demasiadas en una llamada: {n} citas más");
    public static readonly LocalizedText LeftOutRemedy = Text("Call again with fewer appointments at a time.", "Vuelva a llamar con menos citas a la vez.");

    public static readonly LocalizedText ProtocolLink = Text("Exclusion list with its sources", "Lista de exclusión con sus fuentes");

    /// <summary>The status in a few words, for a card's summary; <c>{date}</c> is the first possible date, <c>{n}</c> the number of answers that are missing.</summary>
    public static LocalizedText Short(Eligibility eligibility) => eligibility switch
    {
        Eligibility.Eligible => Text("can be booked", "se puede reservar"),
        Eligibility.Conditional => Text("can be booked if its requirements are met", "se puede reservar si se cumplen los requisitos"),
        Eligibility.Deferred => Text("not on this date, first possible {date}", "no en esta fecha, primera posible {date}"),
        Eligibility.Review => Text("not yet, a clinician must decide first", "todavía no, antes debe decidir un profesional clínico"),
        Eligibility.Incomplete => Text("not screened, answers missing: {n}", "sin comprobar, respuestas que faltan: {n}"),
        Eligibility.Ineligible => Text("not possible, an exclusion applies", "no es posible, hay un motivo de exclusión"),
    };

    /// <summary>Why an appointment cannot be screened, and what to do.</summary>
    public static LocalizedText Flaw(AppointmentFlaw flaw) => flaw switch
    {
        AppointmentFlaw.NotAnAppointment => Text("The entry holds no Appointment.", "La entrada no contiene una cita (Appointment)."),
        AppointmentFlaw.Off => Text("It was cancelled, missed or entered in error.", "Se canceló, no se acudió o se registró por error."),
        AppointmentFlaw.OtherPatient => Text("It names another patient than the one of this request.", "Nombra a otro paciente que el de esta solicitud."),
        AppointmentFlaw.DatesWanted => Text("It names dates that are wanted, or a slot, and no start: none of them is asked for.", "Nombra fechas deseadas, o un hueco, y ningún comienzo: no pregunta por ninguna de ellas."),
        AppointmentFlaw.NotToCome => Text("Its status is not that of an appointment that is still to take place, such as proposed or booked.", "Su estado no es el de una cita que todavía tendrá lugar, como proposed o booked."),
        AppointmentFlaw.NoStart => Text("It does not say when it starts.", "No dice cuándo comienza."),
        AppointmentFlaw.StartUnreadable => Text("Its start is no date and time with an offset.", "Su comienzo no es una fecha y hora con desplazamiento horario."),
        AppointmentFlaw.MeaningUnknown => Text("It carries a modifier extension or implicit rules that this service does not know.", "Lleva una extensión modificadora o reglas implícitas que este servicio no conoce."),
        AppointmentFlaw.ZoneUnknown => Text("It names an unknown time zone, or two.", "Nombra una zona horaria que no existe, o dos."),
    };

    /// <summary>How a part of the record was not seen; <c>{part}</c> is its name.</summary>
    public static LocalizedText State(PartState state) => state switch
    {
        PartState.Seen => Text("{part}: seen", "{part}: visto"),
        PartState.NotSent => Text("{part}: not sent", "{part}: no se envió"),
        PartState.NotAsked => Text("{part}: not asked for", "{part}: no se pidió"),
        PartState.Failed => Text("{part}: could not be fetched", "{part}: no se pudo obtener"),
        PartState.Paged => Text("{part}: only in part", "{part}: solo una parte"),
        PartState.Unreadable => Text("{part}: could not be read", "{part}: no se pudo leer"),
    };

    /// <summary>What a server said beside what it found; <c>{part}</c> is what it was asked for.</summary>
    public static LocalizedText Remark(ServerRemark remark) => remark == ServerRemark.Warning
        ? Text("{part}: the record system adds a warning, for instance that there may be more than it shows", "{part}: el sistema de historias añade una advertencia, por ejemplo de que puede haber más de lo que muestra")
        : Text("{part}: the record system adds some information", "{part}: el sistema de historias añade información");

    /// <summary>Why filled-in forms were not used; <c>{n}</c> is how many.</summary>
    public static LocalizedText Form(FormFlaw flaw) => flaw switch
    {
        FormFlaw.NotThePerson => Text("Intake forms not used, not about this person: {n}", "Cuestionarios sin usar, no son de esta persona: {n}"),
        FormFlaw.OtherQuestionnaire => Text("Forms not used, of another questionnaire: {n}", "Formularios sin usar, de otro cuestionario: {n}"),
        FormFlaw.NotFinished => Text("Intake forms not used, not finished: {n}", "Cuestionarios sin usar, sin terminar: {n}"),
        FormFlaw.InTheFuture => Text("Intake forms not used, dated in the future: {n}", "Cuestionarios sin usar, con fecha futura: {n}"),
        FormFlaw.LaterMayBeMissing => Text("Intake forms not used, a later one may be missing: {n}", "Cuestionarios sin usar, puede faltar uno posterior: {n}"),
        FormFlaw.OrderUnknown => Text("Intake forms not used, it cannot be told which is the latest: {n}", "Cuestionarios sin usar, no se sabe cuál es el último: {n}"),
    };

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };
}
