using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>What a health record tells of one finding: its first entries; the rest is counted.</summary>
public sealed record RecordNotes
{
    /// <summary>The entries that are named, those that raised the answer first.</summary>
    public IReadOnlyList<RecordNote> Entries { get; init; } = [];

    /// <summary>How many more there are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int More { get; init; }

    /// <summary>How many are named, or counted, with a finding before this one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ToldBefore { get; init; }

    /// <summary>True when an entry says what the person's answer does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Disagrees { get; init; }

    /// <summary>
    /// What the record tells of each finding of a decision, by the rule's index; those entries that raised the answer come first.
    /// </summary>
    /// <param name="decision">The decision.</param>
    /// <param name="most">The most entries that are named of a finding.</param>
    /// <param name="apart">True where each finding is read by itself: else what one has named is not named again by the next.</param>
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
                Disagrees = entries.Exists(entry => entry.Disagrees),
            };
        }

        return notes;
    }
}

/// <summary>What an entry of a record says.</summary>
/// <param name="Question">The index of the question that it tells of.</param>
/// <param name="Option">The index of the option that it raises, of an event's options for a question of events; null: not known.</param>
/// <param name="When">When, as the record has it; null where no date goes with it.</param>
/// <param name="Reference">What the record calls it; null when that is no reference that FHIR allows.</param>
/// <param name="Text">The record's words for it.</param>
public sealed record RecordNote(int Question, int? Option, RecordedTime? When, string? Reference, string? Text)
{
    private const int LongestReference = 128;

    /// <summary>What an entry says.</summary>
    public static RecordNote Of(RecordEvidence evidence) =>
        new(evidence.Question, evidence.Option, evidence.When, ReferenceOf(evidence.Reference), evidence.Text);

    /// <summary>What the record calls an entry, if FHIR allows it as a reference: whatever else it could be is told to nobody.</summary>
    public static string? ReferenceOf(string reference) =>
        reference.Length <= LongestReference && reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.')
            ? reference
            : null;

    /// <summary>The option; null, too, where that says nothing but that it is not known.</summary>
    public Option? OptionOf(Protocol protocol)
    {
        var question = protocol.Questions[Question];
        return Option is { } option && (question.Events?.Kind.Options ?? question.Codes)[option] is { Code: not ReservedCode.Unknown } known
            ? known
            : null;
    }
}
