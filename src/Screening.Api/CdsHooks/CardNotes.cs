using System.Globalization;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>What is told of an appointment besides its decision: when it would be, whose answers they are, what the record says and what of it was not seen.</summary>
/// <param name="screenings">What came of the call.</param>
/// <param name="screened">What came of the appointment.</param>
/// <param name="language">The language.</param>
/// <param name="text">Makes a text one of the format in which it is told.</param>
/// <param name="code">Makes an id one of that format.</param>
internal sealed class CardNotes(HookScreenings screenings, ScreenedAppointment screened, Language language, Func<string, string> text, Func<string, string> code)
{
    /// <summary>The most entries that are named in one line.</summary>
    private const int MostNamed = 5;

    private readonly HashSet<(int Question, int? Option)> named = [];

    /// <summary>What the page of a decision tells of it; so many entries of the record are told of each question, at most.</summary>
    public static PageNotes ForPage(HookScreenings screenings, ScreenedAppointment screened, Decision decision, Language language, int most)
    {
        var notes = new CardNotes(screenings, screened, language, words => words, id => id);
        return new PageNotes
        {
            When = screened.ZoneAssumed ? notes.When ?? DateWords.WithWeekday(decision.Date, language) : null,
            First = [.. notes.Caveats],
            Answers = notes.Answers,
            LookedAt = notes.LookedAt,
            Record = decision.Reasons.Where(rule => decision.Intake.RecordOf(decision.Intake.Protocol.Rules[rule]).Any())
                .ToDictionary(rule => (int)rule, rule => notes.OfRecord(decision, decision.Intake.Protocol.Rules[rule], most)),
            NotSeen = [.. notes.NotSeen],
        };
    }

    /// <summary>When it starts: in the clinic's zone, or, where nobody knows that, in the offset in which it was stated; null when it does not say.</summary>
    public string? When => screened is { Request.Appointment.Start: { } start, ZoneAssumed: false } ? $"{text(DateWords.Of(start, language))} ({code(start.Zone.Id)})"
        : screened.Proposed?.Start is { Offset: { } offset } stated
            ? text(string.Create(CultureInfo.InvariantCulture, $"{DateWords.WithWeekday(stated.Local.Date, language)}, {stated.Local.Hour:00}:{stated.Local.Minute:00} (UTC{NodaTime.Text.OffsetPattern.CreateWithInvariantCulture("+HH:mm").Format(offset)})"))
        : null;

    /// <summary>What is odd about the appointment, each in a sentence.</summary>
    public IEnumerable<string> Caveats
    {
        get
        {
            if (screened.Proposed is { NamesOtherPatient: true })
            {
                yield return Fill(CardTexts.OtherParticipant);
            }

            if (screened.Proposed is { EndLeftOut: true })
            {
                yield return Fill(CardTexts.EndLeftOut);
            }

            if (screened.ZoneAssumed)
            {
                yield return Fill(CardTexts.ZoneNotKnown);
            }
        }
    }

    /// <summary>Whose answers they are and how old; null where there is no form.</summary>
    public string? Answers
    {
        get
        {
            if (screenings.Form.Response is not { } form)
            {
                return null;
            }

            var from = screenings.Form.Authored is { } known ? Fill(CardTexts.AnswersFrom, ("date", DateWords.Of(known, language))) : Fill(CardTexts.AnswersFromUndated);
            return from.Replace(Hole("form"), ResourceJson.ReferenceTo(form) is { } reference ? code(reference) : Fill(CardTexts.TheForm), StringComparison.Ordinal);
        }
    }

    /// <summary>Which part of the record was not seen, and which forms were not used: nothing of it may pass for evidence of absence.</summary>
    public IEnumerable<string> NotSeen => CardSummary.NotSeen(screenings).Select(part => Fill(CardTexts.State(part.State), ("part", Part(part))))
        .Concat(screenings.Form.Unused.Select(unused => Fill(CardTexts.Form(unused.Key), ("n", Number(unused.Value)))))
        .Concat(screenings.Prefetch.Parts.Where(part => part.AboutOthers > 0 && part.Template.Key != PrefetchTemplate.ResponsesKey)
            .Select(part => Fill(CardTexts.AboutOthers, ("part", Part(part)), ("n", Number(part.AboutOthers)))))
        .Concat(Count(CardTexts.UnreadableEntries, screenings.Record.NotInFull))
        .Concat(Count(CardTexts.DanglingEntries, screenings.Record.Dangling))
        .Concat(Count(CardTexts.UnnamedEntries, screenings.Record.Unnamed.Count).Select(told => told + Named(screenings.Record.Unnamed)));

    /// <summary>How many entries of the record were looked at, and how many of them matter; null where there are none.</summary>
    public string? LookedAt => screened.Request?.Intake.RecordSummary is { Looked: > 0 } summary
        ? Fill(RecordTexts.LookedAt, ("looked", Number(summary.Looked)), ("matter", Number(summary.Matter)))
        : null;

    /// <summary>
    /// What the record tells that has a part in a rule, those entries that raised the answer first. What another rule's finding has named
    /// already is not named again.
    /// </summary>
    public RecordNotes OfRecord(Decision decision, CompiledRule rule, int most)
    {
        List<RecordEvidence> entries = [.. decision.Intake.RecordOf(rule)];
        var unnamed = entries.Where(entry => !named.Contains((entry.Question, entry.Option))).OrderByDescending(entry => entry.Raises).ToList();
        named.UnionWith(entries.Select(entry => (entry.Question, entry.Option)));
        return new RecordNotes
        {
            Entries = [.. unnamed.Take(most).Select(RecordNote.Of)],
            More = Math.Max(unnamed.Count - most, 0),
            ToldBefore = entries.Count - unnamed.Count,
            Disagrees = entries.Exists(entry => entry.Disagrees),
        };
    }

    /// <summary>A reference of the record, if it is one that FHIR allows; what else it could be comes from outside.</summary>
    private string Name(string reference) =>
        RecordNote.ReferenceOf(reference) is { } usable ? code(usable) : Fill(RecordTexts.UnnamedEntry);

    /// <summary>The first of the entries by their names, in brackets.</summary>
    private string Named(IReadOnlyList<string> entries) => $" ({string.Join(", ", entries.Take(MostNamed).Select(Name))}{(entries.Count > MostNamed ? ", …" : "")})";

    private IEnumerable<string> Count(LocalizedText words, int count) => count > 0 ? [Fill(words, ("n", Number(count)))] : [];

    private string Part(PrefetchedPart part) => part.Template.Label.In(language);

    /// <summary>A text with what belongs into its braces.</summary>
    private string Fill(LocalizedText words, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var filled = words.In(language);
        foreach (var (name, value) in values)
        {
            filled = filled.With(name, value);
        }

        return text(filled);
    }

    /// <summary>A hole that is filled only when the text around it has its format.</summary>
    private string Hole(string name) => text("{" + name + "}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
