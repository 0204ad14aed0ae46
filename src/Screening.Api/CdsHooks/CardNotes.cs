using System.Globalization;
using NodaTime.Text;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>
/// What is told of an appointment besides its decision: whose answers they are, what the record says and what of it was not seen.
/// </summary>
internal static class CardNotes
{
    /// <summary>The most entries that are named in one line.</summary>
    private const int MostNamed = 5;

    private static readonly OffsetPattern Offsets = OffsetPattern.CreateWithInvariantCulture("+HH:mm");

    /// <summary>The notes; so many entries of the record are told of each finding, at most.</summary>
    public static ReportNotes Of(HookScreenings screenings, ScreenedAppointment screened, Language language, int most) => new()
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
        Record = screened.Decision is { } decision ? RecordNotes.Of(decision, most, apart: false) : ReportNotes.None.Record,
        NotSeen = [.. NotSeen(screenings, language)],
    };

    /// <summary>When it starts, in the offset in which it was stated; null when it does not say.</summary>
    public static string? Stated(ScreenedAppointment screened, Language language)
    {
        if (screened.Proposed?.Start is not { Offset: { } offset } stated)
        {
            return null;
        }

        var time = string.Create(CultureInfo.InvariantCulture, $"{stated.Local.Hour:00}:{stated.Local.Minute:00}");
        return $"{DateWords.WithWeekday(stated.Local.Date, language)}, {time} (UTC{Offsets.Format(offset)})";
    }

    /// <summary>Whose answers they are and how old; null where there is no form.</summary>
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
    /// Which part of the record was not seen, and which forms were not used: nothing of it may pass for evidence of absence.
    /// </summary>
    private static IEnumerable<Phrase> NotSeen(HookScreenings screenings, Language language)
    {
        var (parts, record) = (screenings.Prefetch.Parts, screenings.Record);
        var notSeen = CardSummary.NotSeen(screenings).Concat(parts.Where(part => part.State == PartState.NotAsked));
        var ofOthers = parts.Where(part => part.AboutOthers > 0 && part.Template.Key != PrefetchTemplate.ResponsesKey);
        return
        [
            .. notSeen.Select(part => Part(CardTexts.State(part.State), part)),
            .. parts.Where(part => part.Remark != ServerRemark.None).Select(part => Part(CardTexts.Remark(part.Remark), part)),
            .. screenings.Form.Unused.SelectMany(unused => Count(CardTexts.Form(unused.Key), unused.Value)),
            .. ofOthers.Select(part => Part(CardTexts.AboutOthers, part)),
            .. Count(CardTexts.UnreadableEntries, record.NotInFull),
            .. Count(CardTexts.DanglingEntries, record.Dangling),
            .. Count(CardTexts.UnnamedEntries, record.Unnamed.Count).Select(told => told + Named(record.Unnamed)),
        ];

        Phrase Part(LocalizedText words, PrefetchedPart part) =>
            Phrase.Of(words, language, ("part", part.Template.Label.In(language)), ("n", Number(part.AboutOthers)));

        IEnumerable<Phrase> Count(LocalizedText words, int count) =>
            count > 0 ? [Phrase.Of(words, language, ("n", Number(count)))] : [];

        // The first of the entries by their names, in brackets; a name that is no reference which FHIR allows is not told.
        Phrase Named(IReadOnlyList<string> entries)
        {
            var names = entries.Take(MostNamed).Select(entry => RecordTexts.Entry(RecordNote.ReferenceOf(entry), language)).ToList();
            var all = names.Skip(1).Aggregate(names[0], (told, name) => told + ", " + name);
            return " (" + all + (entries.Count > MostNamed ? ", …)" : ")");
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
