using System.Globalization;

namespace Screening.Rules;

/// <summary>The findings of a health record in words, always attributed to the record and never to the patient.</summary>
internal sealed class RecordLines(Protocol protocol, Language language)
{
    /// <summary>For staff: each entry with its finding, its reference and the record's words.</summary>
    public IEnumerable<Phrase> ForStaff(RecordNotes notes) =>
    [
        .. notes.Entries.Select(Entry),
        .. Counted(RecordTexts.MoreEntries, notes.More),
        .. Counted(RecordTexts.ToldBefore, notes.ToldBefore),
        .. notes.Disagrees ? [RecordTexts.Disagrees.In(language)] : Array.Empty<Phrase>(),
    ];

    /// <summary>For the patient: the record's findings, in the words of the question's options.</summary>
    public IEnumerable<string> ForPatient(RecordNotes notes) => notes.Entries
        .Select(entry => (entry.IsSuggestion ? RecordTexts.Suggested.Patient : RecordTexts.FromYourRecord).In(language)
            .With("answer", Answer(entry) + InBrackets(When(entry.When))))
        .Distinct();

    /// <summary>The date in the record; null when the answer has none.</summary>
    private string? When(RecordedTime? time) => time switch
    {
        null => null,
        { Date: { } date } => DateWords.Of(date, language),
        { From: { } from, Through: { } through } => ReportTexts.Through.In(language)
            .With("from", DateWords.Of(from, language)).With("through", DateWords.Of(through, language)),
        { From: { } from } => ReportTexts.From.In(language).With("from", DateWords.Of(from, language)),
        _ => ReportTexts.DateNotKnown.In(language),
    };

    private Phrase Entry(RecordNote entry) => entry.IsSuggestion
        ? RecordTexts.Suggested.Clinician.In(language).With("answer", Answer(entry)) + InBrackets(When(entry.When))
        : Phrase.Of(RecordTexts.FromRecord, language, ("answer", Answer(entry)), ("entry", RecordTexts.Entry(entry.Reference, language)))
        + " (" + Phrase.Quote(entry.Text!) + (When(entry.When) is { } when ? $", {when})" : ")");

    private static string InBrackets(string? part) => part is null ? string.Empty : $" ({part})";

    private string Answer(RecordNote entry) => (entry.LeavesHowOftenOpen ? RecordTexts.HowOftenNotStated : entry.OptionOf(protocol)?.Label ?? RecordTexts.NotClear).In(language);

    private IEnumerable<Phrase> Counted(LocalizedText words, int count) =>
        count > 0 ? [words.In(language).With("n", count.ToString(CultureInfo.InvariantCulture))] : [];
}
