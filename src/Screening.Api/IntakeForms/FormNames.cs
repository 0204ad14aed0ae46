using System.Globalization;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>
/// The names of the form's fields, and the ids of the parts of its page. An answer's field is named as its place in a request, with dots.
/// </summary>
internal static class FormNames
{
    /// <summary>The language of the form: one of <see cref="Language.All"/>.</summary>
    public const string Language = "lang";

    /// <summary>Who reads the answer: <c>patient</c> or <c>clinician</c>.</summary>
    public const string Audience = "audience";

    /// <summary>What to do with the form; absent: decide.</summary>
    public const string Do = "do";

    /// <summary>
    /// The last of the form's fields, which nobody sees: a form that was cut on its way lacks it, and an answer that is lost must not pass
    /// for one that was not given.
    /// </summary>
    public const string End = "end";

    /// <summary>The clinic's time zone.</summary>
    public const string Zone = "appointment.timeZone";

    /// <summary>The date of the appointment, YYYY-MM-DD.</summary>
    public const string Date = "appointment.date";

    /// <summary>Its clock time at the clinic, HH:MM.</summary>
    public const string Time = "appointment.time";

    /// <summary>The treated areas, a field for each.</summary>
    public const string Areas = "appointment.areas";

    /// <summary>The value of a box that is ticked.</summary>
    public const string Yes = "yes";

    /// <summary>The most dates that are asked about at a time.</summary>
    public const int MostSlots = 10;

    /// <summary>The most events of a question.</summary>
    public const int MostRows = 100;

    /// <summary>How many events there is room for at first.</summary>
    public const int FirstRows = 4;

    private const string Slots = "slots.";
    private const string SlotBlocks = "slot-";

    /// <summary>The field of a question's answer, or what the names of its fields begin with.</summary>
    public static string Answer(CompiledQuestion question) => Answer(question.Id);

    /// <summary>The box that says that nothing of a list applies.</summary>
    public static string None(CompiledQuestion question) => Answer(question) + ".none";

    /// <summary>The box beside a date or a list of events that says that the person cannot say.</summary>
    public static string Unknown(string answer) => answer + ".unknown";

    /// <summary>What the names of an event's fields begin with; events count from 1.</summary>
    public static string Row(CompiledQuestion question, int row) => Answer(question) + "." + Number(row);

    /// <summary>The field of what happened in an event.</summary>
    public static string Kind(CompiledQuestion question, int row) => Row(question, row) + "." + question.Events!.Kind.Id;

    /// <summary>What the names of an event's date begin with.</summary>
    public static string When(CompiledQuestion question, int row) => Row(question, row) + "." + question.Events!.Date.Id;

    /// <summary>The three fields of a date.</summary>
    public static (string Day, string Month, string Year) Parts(string date) => (date + ".day", date + ".month", date + ".year");

    /// <summary>The date of a further slot; they count from 1.</summary>
    public static string SlotDate(int slot) => Slots + Number(slot) + ".date";

    /// <summary>Its time.</summary>
    public static string SlotTime(int slot) => Slots + Number(slot) + ".time";

    /// <summary>True for a field of a further slot.</summary>
    public static bool IsOfSlot(string name) => name.StartsWith(Slots, StringComparison.Ordinal);

    /// <summary>The part of the page of a question.</summary>
    public static string Block(CompiledQuestion question) => "q-" + question.Id;

    /// <summary>The part of one of its events.</summary>
    public static string Block(CompiledQuestion question, int row) => Block(question) + "-" + Number(row);

    /// <summary>The part of a further slot.</summary>
    public static string SlotBlock(int slot) => SlotBlocks + Number(slot);

    /// <summary>The slot of a part of the page; null for any other part.</summary>
    public static int? SlotOf(string block) => NumberAfter(SlotBlocks, block);

    /// <summary>The event of a part of the page; null for any other part.</summary>
    public static int? RowOf(string block, CompiledQuestion question) => NumberAfter(Block(question) + "-", block);

    /// <summary>
    /// Every field of a protocol's form: the part of the page that it stands in, and whether it may be there several times. The part of
    /// fields that a person does not see is the page itself.
    /// </summary>
    public static IReadOnlyDictionary<string, FormField> All(Protocol protocol)
    {
        var all = new Dictionary<string, FormField>(StringComparer.Ordinal)
        {
            [Language] = new(FormBlocks.Page),
            [Do] = new(FormBlocks.Page),
            [End] = new(FormBlocks.Page),
            [Audience] = new(FormBlocks.Audience),
            [Zone] = new(FormBlocks.Zone),
            [Date] = new(FormBlocks.When),
            [Time] = new(FormBlocks.When),
            [Areas] = new(Block(protocol.Areas), Several: true),
        };
        for (var slot = 1; slot <= MostSlots; slot++)
        {
            all[SlotDate(slot)] = all[SlotTime(slot)] = new(SlotBlock(slot));
        }

        foreach (var question in protocol.Questions.Where(question => question.Index != protocol.Areas.Index))
        {
            Add(all, question);
        }

        ClearanceFields.AddTo(all, protocol);
        return all;
    }

    private static void Add(Dictionary<string, FormField> all, CompiledQuestion question)
    {
        var field = new FormField(Block(question));
        switch (question.Kind)
        {
            case AnswerKind.Code:
                all[Answer(question)] = field;
                break;
            case AnswerKind.Codes:
                (all[Answer(question)], all[None(question)]) = (field with { Several = true }, field);
                break;
            case AnswerKind.Date:
                AddDate(all, Answer(question), field, canBeUnknown: false);
                break;
            case AnswerKind.PartialDate:
                AddDate(all, Answer(question), field, canBeUnknown: true);
                break;
            default:
                all[None(question)] = all[Unknown(Answer(question))] = field;
                for (var row = 1; row <= MostRows; row++)
                {
                    var inRow = new FormField(Block(question, row));
                    all[Kind(question, row)] = inRow;
                    AddDate(all, When(question, row), inRow, canBeUnknown: true);
                }

                break;
        }
    }

    private static void AddDate(Dictionary<string, FormField> all, string date, FormField field, bool canBeUnknown)
    {
        var (day, month, year) = Parts(date);
        all[day] = all[month] = all[year] = field;
        if (canBeUnknown)
        {
            all[Unknown(date)] = field;
        }
    }

    private static string Answer(string id) => "answers." + id;

    private static int? NumberAfter(string start, string block) =>
        block.StartsWith(start, StringComparison.Ordinal)
            && int.TryParse(block.AsSpan(start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A field of the form.</summary>
/// <param name="Block">The part of the page that it stands in.</param>
/// <param name="Several">Whether it may be there several times, each time with another value.</param>
internal readonly record struct FormField(string Block, bool Several = false);

/// <summary>The ids of the parts of the page that are no questions.</summary>
internal static class FormBlocks
{
    /// <summary>The page as a whole.</summary>
    public const string Page = "form";

    /// <summary>Who reads the answer.</summary>
    public const string Audience = "who";

    /// <summary>The date and the time of the appointment.</summary>
    public const string When = "when";

    /// <summary>The time zone.</summary>
    public const string Zone = "zone";
}
