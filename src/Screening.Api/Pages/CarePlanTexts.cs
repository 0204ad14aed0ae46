using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>What the page of a care plan says besides the protocol's own instructions, in every language.</summary>
internal static class CarePlanTexts
{
    public static readonly LocalizedText Title = Words.Text("plan.title");
    public static readonly LocalizedText Lead = Words.Text("plan.lead");
    public static readonly LocalizedText Purpose = Words.Text("plan.purpose");
    public static readonly LocalizedText Preview = Words.Text("plan.preview");
    public static readonly LocalizedText PreviewHeading = Words.Text("plan.previewHeading");
    public static readonly LocalizedText Appointment = Words.Text("plan.appointment");
    public static readonly LocalizedText Until = Words.Text("plan.until");
    public static readonly LocalizedText Zone = Words.Text("plan.zone");
    public static readonly LocalizedText FromEnd = Words.Text("plan.fromEnd");
    public static readonly LocalizedText FromStart = Words.Text("plan.fromStart");
    public static readonly LocalizedText Before = Words.Text("plan.before");
    public static readonly LocalizedText OnTheDay = Words.Text("plan.onTheDay");
    public static readonly LocalizedText After = Words.Text("plan.after");
    public static readonly LocalizedText Warnings = Words.Text("plan.warnings");
    public static readonly LocalizedText Telephone = Words.Text("plan.telephone");
    public static readonly LocalizedText Risks = Words.Text("plan.risks");
    public static readonly LocalizedText Days = Words.Text("plan.days");
    public static readonly LocalizedText On = Words.Text("plan.on");
    public static readonly LocalizedText DaysUntil = Words.Text("plan.daysUntil");
    public static readonly LocalizedText Times = Words.Text("plan.times");
    public static readonly LocalizedText TimesOfDay = Words.Text("plan.timesOfDay");
    public static readonly LocalizedText TimesUntil = Words.Text("plan.timesUntil");
    public static readonly LocalizedText Passed = Words.Text("plan.passed");
    public static readonly LocalizedText Source = Words.Text("plan.source");
    public static readonly LocalizedText OwnDecision = Words.Text("plan.ownDecision");

    /// <summary>What a step asks of the person.</summary>
    public static LocalizedText Kind(CareKind kind) => kind switch
    {
        CareKind.Do => Words.Text("plan.do"),
        CareKind.Avoid => Words.Text("plan.avoid"),
        CareKind.May => Words.Text("plan.may"),
        CareKind.Expect => Words.Text("plan.expect"),
        CareKind.Tell => Words.Text("plan.tell"),
    };
}
