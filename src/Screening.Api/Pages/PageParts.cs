using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>What every part of the page is made from, and how it says things.</summary>
internal sealed record PageParts(Html Html, Guid Id, ScreeningRequest Request, Decision Decision, Language Language, Audience Audience, PageNotes Notes)
{
    /// <summary>True when the page is for staff: then it holds both wordings, and staff turn it to the one they want.</summary>
    public bool ForStaff => Audience == Audience.Clinician;

    /// <summary>What of the decision is by the answers, and what by a health record.</summary>
    public DecisionGrounds Grounds { get; } = DecisionGrounds.Of(Decision);

    /// <summary>True when a health record has a part in it: then every answer is named as the person's.</summary>
    public bool HasRecord => Decision.Intake.IsRaised || Notes.Record.Count > 0;

    /// <summary>When it would be.</summary>
    public string When => Notes.When
        ?? (Decision.Appointment.Start is { } start ? DateWords.Of(start, Language) : DateWords.WithWeekday(Decision.Date, Language));

    /// <summary>True when the clinic's zone is known, and not one that was tried.</summary>
    public bool ZoneKnown => Notes.When is null;

    /// <summary>A text in the page's language.</summary>
    public string T(LocalizedText text) => text.In(Language);

    /// <summary>A date in words.</summary>
    public string Date(LocalDate date) => DateWords.Of(date, Language);

    /// <summary>A date for the drawing.</summary>
    public string ShortDate(LocalDate date) => DateWords.Short(date, Language);

    /// <inheritdoc cref="RequirementWords.Told"/>
    public IReadOnlyList<Requirement> Requirements => RequirementWords.Told(Decision);

    /// <summary>How requirements are called: to be done, or only if the date were possible.</summary>
    public LocalizedText RequiredName => Decision.Bookable ? PageTexts.RequiredLine : PageTexts.RequiredBesides;

    /// <summary>Some text to each reader; the element's name is plain.</summary>
    public void Say(string element, Message message, Func<string, string>? fill = null) => Say(element, message.Clinician, message.Patient, fill);

    /// <summary>Some text to each reader; the element's name is plain.</summary>
    public void Say(string element, LocalizedText clinician, LocalizedText patient, Func<string, string>? fill = null)
    {
        fill ??= text => text;
        if (ForStaff)
        {
            Html.Add($"""<{element} class="for-clinician">{fill(T(clinician))}</{element}>""");
            Html.Add($"""<{element} class="for-patient">{fill(T(patient))}</{element}>""");
        }
        else
        {
            Html.Add($"<{element}>{fill(T(patient))}</{element}>");
        }
    }
}
