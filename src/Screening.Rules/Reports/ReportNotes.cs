using System.Globalization;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// What is told besides the decision where the answers came with a health record: what the record says, and, for staff, what of it was not
/// seen. In the report's language.
/// </summary>
public sealed record ReportNotes
{
    /// <summary>When it would be, in the words of whoever asked; null: at the appointment's time, in the clinic's zone.</summary>
    /// <remarks>Only where nobody knows that zone: then the dates are those of the zone in which the outcome is the worst.</remarks>
    public string? When { get; init; }

    /// <summary>What whoever asked calls the appointment: told to them, and not on a page that a patient may be given.</summary>
    [JsonIgnore]
    public string? Appointment { get; init; }

    /// <summary>What should be known before anything else, each in a sentence.</summary>
    public IReadOnlyList<string> First { get; init; } = [];

    /// <summary>Whose answers they are and how old.</summary>
    public Phrase? Answers { get; init; }

    /// <summary>How many entries of the record were looked at, and how many matter; null where there is none.</summary>
    public string? LookedAt { get; init; }

    /// <summary>What the record tells that has a part in a finding, by the rule's index.</summary>
    public IReadOnlyDictionary<int, RecordNotes> Record { get; init; } = new Dictionary<int, RecordNotes>();

    /// <summary>What of the record was not seen.</summary>
    public IReadOnlyList<Phrase> NotSeen { get; init; } = [];

    /// <summary>Where the answers came by themselves.</summary>
    public static ReportNotes None { get; } = new();

    /// <summary>How many entries of the record were looked at, and how many of them matter; null where there are none.</summary>
    public static string? LookedAtOf(RecordSummary summary, Language language) => summary.Looked == 0 ? null
        : RecordTexts.LookedAt.In(language)
            .With("looked", summary.Looked.ToString(CultureInfo.InvariantCulture))
            .With("matter", summary.Matter.ToString(CultureInfo.InvariantCulture));
}
