using Screening.Rules;

namespace Screening.Fhir;

/// <summary>The few texts that no protocol has: they go with the FHIR shape of a question or a finding, not with its subject.</summary>
internal static class FormTexts
{
    public static readonly LocalizedText NoneOfThese = Words.Text("form.noneOfThese");
    public static readonly LocalizedText Yes = Words.Text("form.yes");
    public static readonly LocalizedText No = Words.Text("form.no");
    public static readonly LocalizedText NotSure = Words.Text("form.notSure");
    public static readonly LocalizedText NotKnownWhen = Words.Text("form.notKnownWhen");
    public static readonly LocalizedText PartialDate = Words.Text("form.partialDate");
    public static readonly LocalizedText PartialDates = Words.Text("form.partialDates");
    public static readonly LocalizedText NotClearInRecord = Words.Text("form.notClearInRecord");

    public static readonly LocalizedText DateNotInRecord = Words.Text("form.dateNotInRecord");

    public static readonly LocalizedText MoreEntries = Words.Text("form.moreEntries");

    public static readonly LocalizedText RecordDisagrees = Words.Text("form.recordDisagrees");

    public static readonly LocalizedText Signed = Words.Text("form.signed");

    public static readonly LocalizedText Risks = Words.Text("form.risks");

    public static readonly LocalizedText OneOccasion = Words.Text("form.oneOccasion");

    public static readonly LocalizedText FilledIn = Words.Text("populate.filledIn");
    public static readonly LocalizedText LeftOpen = Words.Text("populate.leftOpen");
    public static readonly LocalizedText NoRecord = Words.Text("populate.noRecord");
    public static readonly LocalizedText KeepsNone = Words.Text("populate.keepsNone");
    public static readonly LocalizedText GapRemedy = Words.Text("populate.gapRemedy");
    public static readonly LocalizedText FilledInNarrative = Words.Text("populate.narrative");
    public static readonly LocalizedText NothingFilledIn = Words.Text("populate.nothing");

    public static readonly LocalizedText FromRecord = Words.Text("form.fromRecord");
    public static readonly LocalizedText FromRecordConfirmed = Words.Text("form.fromRecordConfirmed");
}
