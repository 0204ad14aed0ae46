using System.Text.Json.Serialization;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>What a health record tells of one finding: its first entries; the rest is counted.</summary>
internal sealed record RecordNotes
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
}

/// <summary>What an entry of a record says.</summary>
/// <param name="Question">The index of the question that it tells of.</param>
/// <param name="Option">The index of the option that it raises, of an event's options for a question of events; null: not known.</param>
/// <param name="When">When, as the record has it; null where no date goes with it.</param>
/// <param name="Reference">What the record calls it; null when that is no reference that FHIR allows.</param>
/// <param name="Text">The record's words for it.</param>
internal sealed record RecordNote(int Question, int? Option, RecordedTime? When, string? Reference, string? Text)
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
