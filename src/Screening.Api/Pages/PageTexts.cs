using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// What only pages say, in every language: the names of their tables, of the drawing and of the form on paper. What every telling of a
/// decision says stands in <see cref="ReportTexts"/>. In braces: what is put in.
/// </summary>
internal static class PageTexts
{
    public static readonly LocalizedText Switch = Text("Show and print for", "Mostrar e imprimir para");
    public static readonly LocalizedText ForClinician = Text("Clinic staff", "Personal clínico");
    public static readonly LocalizedText ForPatient = Text("Patient", "Paciente");
    public static readonly LocalizedText IDoNotKnow = Text("I do not know", "No lo sé");
    public static readonly LocalizedText DateToFill = Text("Date:", "Fecha:");
    public static readonly LocalizedText EventToFill = Text("Which, and date:", "Cuál y fecha:");
    public static readonly LocalizedText NameToFill = Text("Name:", "Nombre:");
    public static readonly LocalizedText Rule = Text("rule", "regla");
    public static readonly LocalizedText DateLine = Text("Date line", "Línea de fechas");
    public static readonly LocalizedText LineText = Text(
        "From {from} to {through}. The tables below say the same in words.",
        "Del {from} al {through}. Las tablas siguientes dicen lo mismo con palabras.");
    public static readonly LocalizedText What = Text("What", "Qué");
    public static readonly LocalizedText When = Text("When", "Cuándo");
    public static readonly LocalizedText FreeLine = Text("Possible dates (plain)", "Fechas posibles (liso)");
    public static readonly LocalizedText WaitLine = Text("Wait {n}: not possible (striped)", "Espera {n}: no es posible (rayado)");
    public static readonly LocalizedText WaitsLine = Text("Waits {n}: not possible (striped)", "Esperas {n}: no es posible (rayado)");
    public static readonly LocalizedText StopByShort = Text("last use {date}", "último uso {date}");
    public static readonly LocalizedText StartByShort = Text("start {date}", "empezar {date}");
    public static readonly LocalizedText ContinueThroughShort = Text("through {date}", "hasta {date}");
    public static readonly LocalizedText Waits = Text("Waiting periods", "Periodos de espera");
    public static readonly LocalizedText Wait = Text("Wait", "Espera");
    public static readonly LocalizedText CountedFrom = Text("Counted from", "Se cuenta desde");
    public static readonly LocalizedText Start = Text("Start", "Comienzo");
    public static readonly LocalizedText Answer = Text("Answer", "Respuesta");
    public static readonly LocalizedText About = Text("About this answer", "Sobre esta respuesta");
    public static readonly LocalizedText IntakeForm = Text("Intake form", "Cuestionario");
    public static readonly LocalizedText IntakeFormLead = Text(
        "Please answer every question and give this paper to the clinic.",
        "Responda todas las preguntas y entregue este papel a la clínica.");
    public static readonly LocalizedText OnlyIf = Text(
        "Only if your answer to question {n} is: {answers}",
        "Solo si su respuesta a la pregunta {n} es: {answers}");

    private static LocalizedText Text(string en, string es) => new() { En = en, Es = es };
}
