namespace Screening.Api.Decisions;

/// <summary>
/// What a page tells besides the decision where the answers came with a health record: what the record says, and, for staff, what of it
/// was not seen. Texts are plain and in the page's language.
/// </summary>
internal sealed record PageNotes
{
    /// <summary>When it would be, in the words of whoever asked; null: at the appointment's time, in the clinic's zone.</summary>
    /// <remarks>Only where nobody knows that zone: then the dates are those of the zone in which the outcome is the worst.</remarks>
    public string? When { get; init; }

    /// <summary>What should be known before anything else, each in a sentence.</summary>
    public IReadOnlyList<string> First { get; init; } = [];

    /// <summary>Whose answers they are and how old.</summary>
    public string? Answers { get; init; }

    /// <summary>How many entries of the record were looked at, and how many matter; null where there is none.</summary>
    public string? LookedAt { get; init; }

    /// <summary>What the record tells that has a part in a finding, by the rule's index.</summary>
    public IReadOnlyDictionary<int, RecordNotes> Record { get; init; } = new Dictionary<int, RecordNotes>();

    /// <summary>What of the record was not seen.</summary>
    public IReadOnlyList<string> NotSeen { get; init; } = [];

    /// <summary>Where the answers came by themselves.</summary>
    public static PageNotes None { get; } = new();
}
