using System.Globalization;
using NodaTime.Text;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The notes on a card besides the decision: whose answers they are, what the record says and which parts of it were not seen.
/// </summary>
internal static class CardNotes
{
    /// <summary>The maximum number of entries named in one line.</summary>
    private const int MaxNamed = 5;

    private static readonly OffsetPattern Offsets = OffsetPattern.CreateWithInvariantCulture("+HH:mm");

    /// <summary>Creates the notes.</summary>
    public static ReportNotes Of(HookScreenings screenings, ScreenedAppointment screened, Language language, int maxEntries) => new()
    {
        When = screened is { ZoneAssumed: true, Decision: { } assumed }
            ? Stated(screened, language) ?? DateWords.WithWeekday(assumed.Date, language)
            : null,
        Appointment = screened.Proposed?.Reference,
        First =
        [
            .. screened.Proposed is { EndLeftOut: true } ? [CardTexts.EndLeftOut.In(language)] : Array.Empty<string>(),
            .. screened.ZoneAssumed ? [CardTexts.ZoneNotKnown.In(language)] : Array.Empty<string>(),
        ],
        Answers = Answers(screenings.Form, language),
        LookedAt = screened.Request is { } request ? ReportNotes.LookedAtOf(request.Intake.RecordSummary, language) : null,
        Record = screened.Decision is { } decision ? RecordNotes.Of(decision, maxEntries, apart: false) : ReportNotes.None.Record,
        NotSeen = [.. NotSeen(screenings, language)],
    };

    /// <summary>Returns the start with the offset that the request states; null without one.</summary>
    public static string? Stated(ScreenedAppointment screened, Language language)
    {
        if (screened.Proposed?.Start is not { Offset: { } offset } start)
        {
            return null;
        }

        var time = string.Create(CultureInfo.InvariantCulture, $"{start.Local.Hour:00}:{start.Local.Minute:00}");
        return $"{DateWords.WithWeekday(start.Local.Date, language)}, {time} (UTC{Offsets.Format(offset)})";
    }

    /// <summary>Returns whose answers they are and how old; null without a form.</summary>
    private static Phrase? Answers(FilledInForm filled, Language language)
    {
        if (filled.Response is not { } form)
        {
            return null;
        }

        var name = ResourceJson.ReferenceTo(form) is { } reference ? Phrase.Code(reference) : CardTexts.TheForm.In(language);
        return filled.Authored is { } known
            ? Phrase.Of(CardTexts.AnswersFrom, language, ("form", name), ("date", DateWords.Of(known, language)))
            : Phrase.Of(CardTexts.AnswersFromUndated, language, ("form", name));
    }

    /// <summary>
    /// Returns which parts of the record were not seen and which forms were not used: none of them may pass for evidence of absence.
    /// </summary>
    private static IEnumerable<Phrase> NotSeen(HookScreenings screenings, Language language)
    {
        var (parts, record) = (screenings.Prefetch.Parts, screenings.Record);
        var notSeen = screenings.NotSeen.Concat(parts.Where(part => part.State == PartState.NotAsked));
        var ofOthers = parts.Where(part => part.AboutOthers > 0 && part.Template.Key != PrefetchTemplate.ResponsesKey);
        return
        [
            .. notSeen.Select(part => Part(CardTexts.State(part.State), part)),
            .. parts.Where(part => part.Remark != ServerRemark.None).Select(part => Part(CardTexts.Remark(part.Remark), part)),
            .. screenings.Form.Unused.SelectMany(unused => Count(CardTexts.Form(unused.Key), unused.Value)),
            .. ofOthers.Select(part => Part(CardTexts.AboutOthers, part)),
            .. Count(CardTexts.UnreadableEntries, record.NotInFull),
            .. Count(CardTexts.DanglingEntries, record.Dangling),
            .. Count(CardTexts.UnnamedEntries, record.Unnamed.Count).Select(part => part + Named(record.Unnamed)),
        ];

        Phrase Part(LocalizedText words, PrefetchedPart part) =>
            Phrase.Of(words, language, ("part", part.Template.Label.In(language)), ("n", Number(part.AboutOthers)));

        IEnumerable<Phrase> Count(LocalizedText words, int count) =>
            count > 0 ? [Phrase.Of(words, language, ("n", Number(count)))] : [];

        // Names the first entries in brackets; a name that is not a valid FHIR reference is not shown.
        Phrase Named(IReadOnlyList<string> entries)
        {
            var names = entries.Take(MaxNamed).Select(entry => RecordTexts.Entry(RecordNote.ReferenceOf(entry), language)).ToList();
            var all = names.Skip(1).Aggregate(names[0], (part, name) => part + ", " + name);
            return " (" + all + (entries.Count > MaxNamed ? ", …)" : ")");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
