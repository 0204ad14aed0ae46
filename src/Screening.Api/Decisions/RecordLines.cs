using System.Globalization;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>What a health record tells, in words, and always as the record's: in no line of it the person says anything.</summary>
/// <param name="protocol">The protocol.</param>
/// <param name="language">The language.</param>
/// <param name="text">Makes a text one of the format in which it is told.</param>
/// <param name="code">Makes an id one of that format.</param>
internal sealed class RecordLines(Protocol protocol, Language language, Func<string, string> text, Func<string, string> code)
{
    /// <summary>In plain text.</summary>
    public static RecordLines Plain(Protocol protocol, Language language) => new(protocol, language, words => words, id => id);

    /// <summary>To staff: each entry by what it says, its name in the record, and the record's words for it.</summary>
    public IEnumerable<string> ForStaff(RecordNotes told) =>
    [
        .. told.Entries.Select(Entry),
        .. Counted(RecordTexts.MoreEntries, told.More),
        .. Counted(RecordTexts.ToldBefore, told.ToldBefore),
        .. told.Disagrees ? [text(RecordTexts.Disagrees.In(language))] : Array.Empty<string>(),
    ];

    /// <summary>To the patient: what the record says, in the words of the question's own answers.</summary>
    public IEnumerable<string> ForPatient(RecordNotes told) => told.Entries
        .Select(entry => Answer(entry) + InBrackets(When(entry.When)))
        .Distinct()
        .Select(answer => text(RecordTexts.FromYourRecord.In(language).With("answer", answer)));

    /// <summary>When, as the record has it; null where no date goes with it.</summary>
    public string? When(RecordedTime? time) => time switch
    {
        null => null,
        { Date: { } date } => DateWords.Of(date, language),
        { From: { } from, Through: { } through } => PageTexts.Through.In(language)
            .With("from", DateWords.Of(from, language)).With("through", DateWords.Of(through, language)),
        { From: { } from } => PageTexts.From.In(language).With("from", DateWords.Of(from, language)),
        _ => PageTexts.DateNotKnown.In(language),
    };

    private string Entry(RecordNote entry)
    {
        var name = entry.Reference is { } reference ? code(reference) : text(RecordTexts.UnnamedEntry.In(language));
        var said = text(RecordTexts.FromRecord.In(language).With("answer", Answer(entry)));
        return said.Replace(text("{entry}"), name, StringComparison.Ordinal) + text(InBrackets(entry.Text, When(entry.When)));
    }

    private static string InBrackets(params string?[] parts) =>
        string.Join(", ", parts.OfType<string>()) is { Length: > 0 } told ? $" ({told})" : string.Empty;

    private string Answer(RecordNote entry) => (entry.OptionOf(protocol)?.Label ?? RecordTexts.NotClear).In(language);

    private IEnumerable<string> Counted(LocalizedText words, int count) =>
        count > 0 ? [text(words.In(language).With("n", count.ToString(CultureInfo.InvariantCulture)))] : [];
}
