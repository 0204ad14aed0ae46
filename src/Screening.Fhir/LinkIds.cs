using Screening.Rules;

namespace Screening.Fhir;

/// <summary>
/// The linkIds of a protocol's Questionnaire. A question's own id wherever one item can hold its answer; what takes a second item has the id with a
/// suffix, which no question's id can be: those have no dots.
/// </summary>
public static class LinkIds
{
    /// <summary>The item beside a partial date that says that the person does not know it.</summary>
    public static string Unknown(string date) => date + ".unknown";

    /// <summary>The item before a list of events that says whether there are any.</summary>
    public static string Any(string events) => events + ".any";

    /// <summary>The item that a person answers a question by, or begins to.</summary>
    public static string First(CompiledQuestion question) => question.Kind == AnswerKind.Events ? Any(question.Id) : question.Id;

    /// <summary>
    /// The items that are to be asked for where an answer is missing, each with its text: of events that were told in part the parts that
    /// were not, else the item that the question is answered by.
    /// </summary>
    public static IEnumerable<(string LinkId, LocalizedText Text)> Missing(CompiledQuestion question, Answer answer) =>
        question.AbsentParts(answer).Select(part => (Member(question.Id, part.Member), part.Text)).DefaultIfEmpty((First(question), question.Document.Text));

    /// <summary>A member of an event.</summary>
    public static string Member(string events, string member) => events + "." + member;
}

/// <summary>Answers that this service adds to a protocol's own, in the code system <see cref="Canonicals.GeneralAnswers"/>.</summary>
public static class GeneralAnswer
{
    /// <summary>Of a list of codes: none of them.</summary>
    public const string None = "none";

    /// <summary>There are events to list.</summary>
    public const string Yes = "yes";

    /// <summary>There are no events.</summary>
    public const string No = "no";

    /// <summary>The person cannot say.</summary>
    public const string Unknown = "unknown";
}
