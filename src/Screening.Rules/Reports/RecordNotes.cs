using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>The findings of a health record for one finding of the decision: the first entries, and a count of the rest.</summary>
public sealed record RecordNotes
{
    /// <summary>The listed entries, those that changed the answer first.</summary>
    public IReadOnlyList<RecordNote> Entries { get; init; } = [];

    /// <summary>How many more there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int More { get; init; }

    /// <summary>How many were listed, or counted, with an earlier finding.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ToldBefore { get; init; }

    /// <summary>True when all that changed the answer was filled in for the patient, and not confirmed: it is not of the record.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFilledIn { get; init; }

    /// <summary>True when an entry disagrees with the patient's answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Disagrees { get; init; }

    /// <summary>
    /// The findings of the record for each finding of a decision, by the rule's index; entries that changed the answer come first.
    /// </summary>
    /// <param name="decision">The decision.</param>
    /// <param name="most">The most entries to list for a finding.</param>
    /// <param name="apart">True when each finding is read separately; otherwise an entry is listed only with its first finding.</param>
    public static IReadOnlyDictionary<int, RecordNotes> Of(Decision decision, int most, bool apart)
    {
        var named = new HashSet<(int Question, int? Option)>();
        var notes = new Dictionary<int, RecordNotes>();
        foreach (var rule in decision.Reasons)
        {
            List<RecordEvidence> entries = [.. decision.Intake.RecordOf(decision.Intake.Protocol.Rules[rule])];
            if (entries.Count == 0)
            {
                continue;
            }

            var unnamed = entries.Where(entry => !named.Contains((entry.Question, entry.Option)))
                .OrderByDescending(entry => entry.ChangesAnswer).ToList();
            named.UnionWith(apart ? [] : entries.Select(entry => (entry.Question, entry.Option)));
            notes[rule] = new RecordNotes
            {
                Entries = [.. unnamed.Take(most).Select(RecordNote.Of)],
                More = Math.Max(unnamed.Count - most, 0),
                ToldBefore = entries.Count - unnamed.Count,
                IsFilledIn = entries.Exists(entry => entry.ChangesAnswer) && entries.TrueForAll(entry => entry.Text is null || !entry.ChangesAnswer),
                Disagrees = entries.Exists(entry => entry.Disagrees),
            };
        }

        return notes;
    }

    /// <summary>What a record says about one question, in words for staff.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="record">The entries.</param>
    /// <param name="most">The most entries to list; the rest are counted.</param>
    /// <param name="language">The language.</param>
    public static IEnumerable<Phrase> Lines(Protocol protocol, IReadOnlyCollection<RecordEvidence> record, int most, Language language) =>
        new RecordLines(protocol, language).ForStaff(new RecordNotes
        {
            Entries = [.. record.Take(most).Select(RecordNote.Of)],
            More = Math.Max(record.Count - most, 0),
        });
}

/// <summary>A record entry and what it implies.</summary>
/// <param name="Question">The index of its question.</param>
/// <param name="Option">The index of the option that it implies, of an event's options for a question of events; null for unknown.</param>
/// <param name="When">The date in the record; null when the answer has none.</param>
/// <param name="Reference">The record's reference to it; null when it is not valid in FHIR.</param>
/// <param name="Text">The record's words; null for an answer that was filled in for the patient and not confirmed.</param>
public sealed record RecordNote(int Question, int? Option, RecordedTime? When, string? Reference, string? Text)
{
    private const int LongestReference = 128;

    /// <summary>True for an answer that was filled in for the patient and not confirmed: no entry of a record.</summary>
    [JsonIgnore]
    public bool IsSuggestion => Text is null;

    /// <inheritdoc cref="RecordEvidence.LeavesHowOftenOpen"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LeavesHowOftenOpen { get; init; }

    public static RecordNote Of(RecordEvidence evidence) =>
        new(evidence.Question, evidence.Option, evidence.When, ReferenceOf(evidence.Reference), evidence.Text) { LeavesHowOftenOpen = evidence.LeavesHowOftenOpen };

    /// <summary>The reference to an entry, if it is valid in FHIR; no other text is passed on.</summary>
    public static string? ReferenceOf(string reference) =>
        reference.Length is > 0 and <= LongestReference && reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.')
            ? reference
            : null;

    /// <summary>The option; null also for "unknown".</summary>
    public Option? OptionOf(Protocol protocol)
    {
        var question = protocol.Questions[Question];
        return Option is { } option && (question.Events?.Kind.Options ?? question.Codes)[option] is { Code: not ReservedCode.Unknown } known
            ? known
            : null;
    }
}
