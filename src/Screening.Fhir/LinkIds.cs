using Screening.Rules;

namespace Screening.Fhir;

/// <summary>
/// The linkIds of a protocol's Questionnaire. A question's own id if one item can hold its answer; a second item has a suffix with a dot,
/// which no question's id contains.
/// </summary>
public static class LinkIds
{
    /// <summary>
    /// The hidden item with the linkIds of the answers that were filled in from a record and, where there are any, of the item
    /// <see cref="Confirmed"/>, which is shown for it. No question's id contains a hyphen.
    /// </summary>
    public const string FromRecord = "from-record";

    /// <summary>The item by which the patient confirms those answers.</summary>
    public const string Confirmed = FromRecord + ".confirmed";

    /// <summary>The item beside a partial date for a patient who does not know it.</summary>
    public static string Unknown(string date) => date + ".unknown";

    /// <summary>The item before a list of events that asks whether there are any.</summary>
    public static string Any(string events) => events + ".any";

    /// <summary>The item that answers a question, or the first of several.</summary>
    public static string First(CompiledQuestion question) => question.Kind == AnswerKind.Events ? Any(question.Id) : question.Id;

    /// <summary>
    /// The items to ask for a missing answer, each with its text: the absent parts of partially stated events, otherwise the item of the
    /// question.
    /// </summary>
    public static IEnumerable<(string LinkId, LocalizedText Text)> Missing(CompiledQuestion question, Answer answer) =>
        question.AbsentParts(answer).Select(part => (Member(question.Id, part.Member), part.Text)).DefaultIfEmpty((First(question), question.Document.Text));

    /// <summary>The items of a question outside of groups, each with whether it may appear more than once.</summary>
    internal static IEnumerable<(string LinkId, bool Repeats)> Of(CompiledQuestion question) => question.Kind switch
    {
        AnswerKind.PartialDate => [(question.Id, false), (Unknown(question.Id), false)],
        AnswerKind.Events => [(Any(question.Id), false), (question.Id, true)],
        _ => [(question.Id, false)],
    };

    /// <summary>The items of an event.</summary>
    internal static IEnumerable<string> Members(CompiledQuestion question) => question.Events is not { } events ? [] :
    [
        Member(question.Id, events.Kind.Id), Member(question.Id, events.Date.Id), Unknown(Member(question.Id, events.Date.Id)),
    ];

    /// <summary>A member of an event.</summary>
    public static string Member(string events, string member) => events + "." + member;
}

/// <summary>The answers that this service adds to a protocol's own, in the code system <see cref="Canonicals.GeneralAnswers"/>.</summary>
public static class GeneralAnswer
{
    /// <summary>None of a list of codes.</summary>
    public const string None = "none";

    /// <summary>There are events to list.</summary>
    public const string Yes = "yes";

    /// <summary>There are no events.</summary>
    public const string No = "no";

    /// <summary>The patient cannot say.</summary>
    public const string Unknown = "unknown";
}
