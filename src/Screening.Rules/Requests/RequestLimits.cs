namespace Screening.Rules;

/// <summary>The limits of a request's own texts and lists, which do not depend on a protocol, and the same in words.</summary>
public static class RequestLimits
{
    /// <summary>The maximum length of a reference, in characters.</summary>
    public const int LongestReference = 64;

    /// <summary>The maximum number of candidate starts.</summary>
    public const int MostSlots = 100;

    /// <summary>The maximum number of clearances.</summary>
    public const int MostClearances = 100;

    /// <summary>The maximum length of a clinician's name, in characters.</summary>
    public const int LongestName = 200;

    /// <summary>The maximum length of a note, in characters.</summary>
    public const int LongestNote = 1000;

    /// <summary>A reference.</summary>
    public static LocalizedText Reference { get; } = Accepted.Text(LongestReference);

    /// <summary>The candidate starts.</summary>
    public static LocalizedText Slots { get; } = Accepted.Times(MostSlots);

    /// <summary>The clearances.</summary>
    public static LocalizedText Clearances { get; } = Accepted.Objects(MostClearances, "ruleId", "by", "on", "note");

    /// <summary>A clinician's name.</summary>
    public static LocalizedText Name { get; } = Accepted.Name(LongestName);

    /// <summary>A note.</summary>
    public static LocalizedText Note { get; } = Accepted.Text(LongestNote);
}
