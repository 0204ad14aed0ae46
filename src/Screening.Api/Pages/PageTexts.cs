using Screening.Rules;

namespace Screening.Api.Pages;

/// <summary>
/// What only pages say, in every language: the names of their tables, of the drawing and of the form on paper. What every telling of a
/// decision says stands in <see cref="ReportTexts"/>. In braces: what is put in.
/// </summary>
internal static class PageTexts
{
    public static readonly LocalizedText Screening = Words.Text("page.screening");
    public static readonly LocalizedText Switch = Words.Text("page.switch");
    public static readonly LocalizedText ForClinician = Words.Text("page.forClinician");
    public static readonly LocalizedText ForPatient = Words.Text("page.forPatient");
    public static readonly LocalizedText IDoNotKnow = Words.Text("page.iDoNotKnow");
    public static readonly LocalizedText DateToFill = Words.Text("page.dateToFill");
    public static readonly LocalizedText EventToFill = Words.Text("page.eventToFill");
    public static readonly LocalizedText NameToFill = Words.Text("page.nameToFill");
    public static readonly LocalizedText BornToFill = Words.Text("page.bornToFill");
    public static readonly LocalizedText Rule = Words.Text("page.rule");
    public static readonly LocalizedText DateLine = Words.Text("page.dateLine");
    public static readonly LocalizedText LineText = Words.Text("page.lineText");
    public static readonly LocalizedText What = Words.Text("page.what");
    public static readonly LocalizedText When = Words.Text("page.when");
    public static readonly LocalizedText FreeLine = Words.Text("page.freeLine");
    public static readonly LocalizedText WaitLine = Words.Text("page.waitLine");
    public static readonly LocalizedText WaitsLine = Words.Text("page.waitsLine");
    public static readonly LocalizedText StopByShort = Words.Text("page.stopByShort");
    public static readonly LocalizedText StartByShort = Words.Text("page.startByShort");
    public static readonly LocalizedText ContinueThroughShort = Words.Text("page.continueThroughShort");
    public static readonly LocalizedText Waits = Words.Text("page.waits");
    public static readonly LocalizedText Wait = Words.Text("page.wait");
    public static readonly LocalizedText CountedFrom = Words.Text("page.countedFrom");
    public static readonly LocalizedText Start = Words.Text("page.start");
    public static readonly LocalizedText Answer = Words.Text("page.answer");
    public static readonly LocalizedText About = Words.Text("page.about");
    public static readonly LocalizedText AllAnswers = Words.Text("page.allAnswers");
    public static readonly LocalizedText IntakeForm = Words.Text("page.intakeForm");
    public static readonly LocalizedText IntakeFormLead = Words.Text("page.intakeFormLead");
    public static readonly LocalizedText OnlyIf = Words.Text("page.onlyIf");
    public static readonly LocalizedText ExclusionList = Words.Text("page.exclusionList");
    public static readonly LocalizedText ExclusionListLead = Words.Text("page.exclusionListLead");
    public static readonly LocalizedText Version = Words.Text("page.version");
    public static readonly LocalizedText InForce = Words.Text("page.inForce");
    public static readonly LocalizedText Questions = Words.Text("page.questions");
    public static readonly LocalizedText Lasts = Words.Text("page.lasts");
    public static readonly LocalizedText WaitDays = Words.Text("page.waitDays");

    /// <summary>The section of a receipt, what it is for, and what it is called by.</summary>
    public static readonly LocalizedText Receipt = Words.Text("page.receipt");
    public static readonly LocalizedText ReceiptLead = Words.Text("page.receiptLead");
    public static readonly LocalizedText ReceiptName = Words.Text("page.receiptName");

    /// <summary>What a decision's page is and what it is not.</summary>
    public static readonly Message Purpose = Words.Message("page.purpose");
}
