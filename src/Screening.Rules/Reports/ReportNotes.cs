using System.Globalization;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// Notes in addition to the decision if the answers came with a health record: the record's findings and, for staff, its gaps. In the
/// report's language.
/// </summary>
public sealed record ReportNotes
{
    /// <summary>The time in the client's words; null for the appointment's time in the clinic's zone.</summary>
    /// <remarks>Only when that zone is unknown: the dates are then those of the zone with the worst result.</remarks>
    public string? When { get; init; }

    /// <summary>The client's name for the appointment: shown to staff, and not on a page that a patient may be given.</summary>
    [JsonIgnore]
    public string? Appointment { get; init; }

    /// <summary>The caveats to read first, one sentence each.</summary>
    public IReadOnlyList<string> First { get; init; } = [];

    /// <summary>The origin of the answers, and their age.</summary>
    public Phrase? Answers { get; init; }

    /// <summary>How many record entries were read, and how many matter; null without any.</summary>
    public string? LookedAt { get; init; }

    /// <summary>The record's findings for each finding of the decision, by the rule's index.</summary>
    public IReadOnlyDictionary<int, RecordNotes> Record { get; init; } = new Dictionary<int, RecordNotes>();

    /// <summary>The gaps of the record.</summary>
    public IReadOnlyList<Phrase> NotSeen { get; init; } = [];

    /// <summary>The notes for answers without a record.</summary>
    public static ReportNotes None { get; } = new();

    /// <summary>How many record entries were read, and how many matter; null without any.</summary>
    public static string? LookedAtOf(RecordSummary summary, Language language) => summary.EntriesRead == 0 ? null
        : RecordTexts.LookedAt.In(language)
            .With("looked", summary.EntriesRead.ToString(CultureInfo.InvariantCulture))
            .With("matter", summary.EntriesMatched.ToString(CultureInfo.InvariantCulture));
}
