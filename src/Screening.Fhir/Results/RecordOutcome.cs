using Hl7.Fhir.Model;
using Screening.Fhir.Record;
using Screening.Rules;
using Issue = Hl7.Fhir.Model.OperationOutcome.IssueComponent;

namespace Screening.Fhir.Results;

/// <summary>
/// The gaps of the record: a warning for each kind, and information for a server's remarks, with the FHIRPath of every entry. The content
/// of entries is not repeated.
/// </summary>
internal static class RecordOutcome
{
    private static readonly LocalizedText Remedy = new()
    {
        En = "The decision stands for the rest of the record: that nothing was found there means nothing.",
        Es = "La decisión vale para el resto de la historia: que no se encontrara nada allí no significa nada.",
    };

    /// <summary>The outcome; null when the record has no gap.</summary>
    public static OperationOutcome? Of(ScreenResult result) => result.Gaps.Count == 0 ? null : new OperationOutcome
    {
        Id = "record",
        Language = result.Language.Tag(),
        Issue = [.. result.Gaps.GroupBy(gap => gap.Kind).OrderBy(group => group.Key).Select(group => new Issue
        {
            Severity = group.Key == RecordGapKind.Remark ? OperationOutcome.IssueSeverity.Information : OperationOutcome.IssueSeverity.Warning,
            Code = group.Key == RecordGapKind.Remark ? OperationOutcome.IssueType.Informational : OperationOutcome.IssueType.Incomplete,
            Details = new CodeableConcept(Canonicals.RecordGaps, Code(group.Key)) { Text = Text(group.Key).In(result.Language) },
            Diagnostics = group.Key == RecordGapKind.Remark ? null : Remedy.In(result.Language),
            Expression = group.Select(gap => gap.Expression).ToList(),
        })],
    };

    private static string Code(RecordGapKind kind) => kind switch
    {
        RecordGapKind.Dangling => "dangling",
        RecordGapKind.NotInFull => "not-in-full",
        RecordGapKind.InPart => "in-part",
        RecordGapKind.Unnamed => "unnamed",
        RecordGapKind.Remark => "remark",
    };

    private static LocalizedText Text(RecordGapKind kind) => kind switch
    {
        RecordGapKind.Dangling => new()
        {
            En = "Entries of the record that only point at a medicine or device, which did not come.",
            Es = "Entradas de la historia que solo remiten a una medicina o un dispositivo que no llegó.",
        },
        RecordGapKind.NotInFull => new()
        {
            En = "Entries of the record that could not be read in full: there is nothing in them, their names are too long, or they carry a modifier extension or implicit rules that this service does not know.",
            Es = "Entradas de la historia que no se pudieron leer por completo: no contienen nada, sus nombres son demasiado largos, o llevan una extensión modificadora o reglas implícitas que este servicio no conoce.",
        },
        RecordGapKind.InPart => new()
        {
            En = "Parts of the record of which there is more than what came, or of which a search failed.",
            Es = "Partes de la historia de las que hay más de lo que llegó, o en las que falló una búsqueda.",
        },
        RecordGapKind.Unnamed => new()
        {
            En = "Entries of the record that do not say what they are, or are of, in a code of a code system that this service knows or in words.",
            Es = "Entradas de la historia que no dicen qué son, o de qué son, con un código de un sistema que este servicio conozca ni con palabras.",
        },
        RecordGapKind.Remark => new()
        {
            En = "The record system adds information or a warning to a search that went well.",
            Es = "El sistema de historias añade información o una advertencia a una búsqueda que salió bien.",
        },
    };
}
