using System.Globalization;
using Screening.Rules;

namespace Screening.Api.IntakeForms;

/// <summary>What a form asks for: the value of the button that sent it.</summary>
internal enum FormStep
{
    /// <summary>The decision; questions that lack an answer are told instead.</summary>
    Decide,

    /// <summary>The decision by what is there, as a program gets it.</summary>
    DecideAnyway,

    /// <summary>The filled-in form.</summary>
    Edit,

    /// <summary>The filled-in form with room for another event.</summary>
    More,

    /// <summary>The filled-in form in another language.</summary>
    Translate,

    /// <summary>The status of other dates.</summary>
    Dates,

    /// <summary>The decision for one of these dates.</summary>
    Take,

    /// <summary>The care plan as a page.</summary>
    Plan,

    /// <summary>The care plan as a calendar file.</summary>
    Calendar,
}

/// <summary>What a form asks for.</summary>
/// <param name="Step">The step.</param>
/// <param name="Question">Of <see cref="FormStep.More"/>: the question.</param>
/// <param name="Slot">Of <see cref="FormStep.Take"/>: the date, from 1.</param>
/// <param name="Language">Of <see cref="FormStep.Translate"/>: the language.</param>
internal readonly record struct FormAction(FormStep Step, CompiledQuestion? Question = null, int Slot = 0, Language? Language = null)
{
    public const string Decide = "decide";
    public const string DecideAnyway = "decide-anyway";
    public const string Edit = "edit";
    public const string Dates = "dates";
    public const string Plan = "plan";
    public const string Calendar = "calendar";
    private const string MoreOf = "more.";
    private const string TakeOf = "take.";
    private const string LanguageOf = "lang.";

    /// <summary>The value for another event of a question.</summary>
    public static string More(CompiledQuestion question) => MoreOf + question.Id;

    /// <summary>The value for one of the dates.</summary>
    public static string Take(int slot) => TakeOf + slot.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value for another language.</summary>
    public static string In(Language language) => LanguageOf + language.Tag;

    /// <summary>Reads a value; null when there is no such button.</summary>
    public static FormAction? Of(string value, Protocol protocol) => value switch
    {
        Decide => new(FormStep.Decide),
        DecideAnyway => new(FormStep.DecideAnyway),
        Edit => new(FormStep.Edit),
        Dates => new(FormStep.Dates),
        Plan => new(FormStep.Plan),
        Calendar => new(FormStep.Calendar),
        _ when value.StartsWith(MoreOf, StringComparison.Ordinal) =>
            protocol.Questions.FirstOrDefault(question => question.Events is not null && More(question) == value) is { } events
                ? new(FormStep.More, Question: events) : null,
        _ when value.StartsWith(TakeOf, StringComparison.Ordinal) =>
            Enumerable.Range(1, FormNames.MostSlots).FirstOrDefault(slot => Take(slot) == value) is var slot and > 0
                ? new(FormStep.Take, Slot: slot) : null,
        _ when value.StartsWith(LanguageOf, StringComparison.Ordinal) =>
            Rules.Language.Find(value[LanguageOf.Length..]) is { } language ? new(FormStep.Translate, Language: language) : null,
        _ => null,
    };
}
