using System.Globalization;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>
/// What calendar entries say. Many calendars are shared at home or at work, so an entry names no condition, medicine or treatment unless the
/// caller asked for full detail: then the protocol's own words stand in it. Without it a title says which step of the plan it is, when, of
/// what kind, and that the care plan has the words.
/// </summary>
/// <param name="protocol">The protocol.</param>
/// <param name="full">Whether entries say what they are about.</param>
/// <param name="isPreview">Whether everything begins with the word that says that the appointment is not bookable.</param>
/// <param name="language">The language.</param>
internal sealed class CalendarTexts(Protocol protocol, bool full, bool isPreview, Language language)
{
    /// <summary>The maximum length of a title, in UTF-16 code units: what a month's view or a watch shows of it.</summary>
    public const int MaxTitle = 60;

    private const string Ellipsis = "…";

    private static readonly LocalizedText Appointment = Words.Text("calendar.appointment");
    private static readonly LocalizedText Before = Words.Text("calendar.before");
    private static readonly LocalizedText After = Words.Text("calendar.after");
    private static readonly LocalizedText AmountBefore = Words.Text("care.daysBefore");
    private static readonly LocalizedText AmountAfter = Words.Text("care.daysAfter");
    private static readonly LocalizedText Do = Words.Text("calendar.do");
    private static readonly LocalizedText Avoid = Words.Text("calendar.avoid");
    private static readonly LocalizedText May = Words.Text("calendar.may");
    private static readonly LocalizedText Expect = Words.Text("calendar.expect");
    private static readonly LocalizedText Tell = Words.Text("calendar.tell");
    private static readonly LocalizedText Step = Words.Text("calendar.step");
    private static readonly LocalizedText Neutral = Words.Text("calendar.neutral");
    private static readonly LocalizedText Risks = Words.Text("calendar.risks");
    private static readonly LocalizedText PreviewOf = Words.Text("calendar.preview");
    private static readonly LocalizedText Preview = Words.Text("plan.preview");
    private static readonly LocalizedText Line = Words.Text("calendar.line");

    /// <summary>The name of the calendar. It is shown beside every entry, so it is neutral whatever they say.</summary>
    public string Name => Marked(Words.Text("calendar.name").In(language));

    /// <summary>The title of the appointment itself.</summary>
    public string Title => Shortened(Marked(full ? protocol.Document.Title.In(language) : Appointment.In(language)));

    /// <summary>What full detail says of the appointment: the treatment, and the risks, which belong to every plan.</summary>
    public string? Description => Described(full ? [protocol.Document.Title.In(language), .. RiskLines] : []);

    private IEnumerable<string> RiskLines => protocol.Document.Risks.Count == 0
        ? [] : protocol.Document.Risks.Select(risk => "- " + risk.Text.In(language)).Prepend(Risks.In(language));

    /// <summary>The title of a step. A neutral one has its number in the plan, by which steps of the same days are told apart.</summary>
    public string TitleOf(CareStep step, int number) =>
        Shortened(Marked(full
            ? step.Text.In(language)
            : Neutral.With("n", number.ToString(CultureInfo.InvariantCulture)).With("step", Lead(step)).In(language)));

    /// <summary>What full detail says of a step: the whole of what the title may cut off, and its source.</summary>
    public string? DescriptionOf(CareStep step) => Described(full
        ?
        [
            Lead(step).In(language) + ".",
            step.Text.In(language),
            string.Create(CultureInfo.InvariantCulture, $"{protocol.Document.Source.Document}, {Line.In(language)} {step.Line}"),
        ]
        : []);

    private string Marked(string text) => isPreview ? PreviewOf.In(language).With("what", text) : text;

    private string? Described(string[] lines)
    {
        string[] all = [.. isPreview ? (string[])[Preview.In(language)] : [], .. lines];
        return all.Length == 0 ? null : string.Join('\n', all);
    }

    private static LocalizedText Lead(CareStep step) => Step.With("when", When(step)).With("what", step.Kind switch
    {
        CareKind.Do => Do,
        CareKind.Avoid => Avoid,
        CareKind.May => May,
        CareKind.Expect => Expect,
        CareKind.Tell => Tell,
    });

    /// <summary>When the entry of a step begins: so far from the appointment, or on the side of it to which the step belongs.</summary>
    private static LocalizedText When(CareStep step)
    {
        var (amount, sign) = step.Timing.Match(
            days => (days.From ?? days.Through) is { } day ? (CareAmount.Days(day), Math.Sign(day)) : default,
            clock => (clock.From ?? clock.Through) is { } point ? (CareAmount.Of(point, out var side), side) : default);
        return sign switch
        {
            < 0 => AmountBefore.With("n", amount),
            > 0 => AmountAfter.With("n", amount),
            _ => step.Phase == CarePhase.Before ? Before : After,
        };
    }

    /// <summary>Cuts a title after a word; where there is no space, between two characters as people count them.</summary>
    private static string Shortened(string title)
    {
        if (title.Length <= MaxTitle)
        {
            return title;
        }

        var room = MaxTitle - Ellipsis.Length;
        var end = title.LastIndexOf(' ', room);
        if (end <= 0)
        {
            for (var next = 0; next <= room; next += StringInfo.GetNextTextElementLength(title, next))
            {
                end = next;
            }
        }

        return title[..end].TrimEnd(' ', ',', ';', ':', '.') + Ellipsis;
    }
}
