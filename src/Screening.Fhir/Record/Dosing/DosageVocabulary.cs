namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// The words of one language for how often a medicine is taken, in lower case without accents. Tokens are separated by spaces: letters and
/// digits are separate tokens, as is a slash; <c>#</c> matches any number. This is data: a missing phrase is added here.
/// </summary>
internal sealed record DosageVocabulary
{
    /// <summary>Means every day by itself.</summary>
    public string[] Daily { get; init; } = [];

    /// <summary>A time of day: every day, unless something else states how often.</summary>
    public string[] PartOfDay { get; init; } = [];

    /// <summary>Less often than every day, or once.</summary>
    public string[] LessThanDaily { get; init; } = [];

    /// <summary>Only as needed.</summary>
    public string[] AsNeeded { get; init; } = [];

    /// <summary>Resembles one of the others but has no meaning.</summary>
    public string[] Nothing { get; init; } = [];

    /// <summary>Precedes a period, with or without a number: every (2) days.</summary>
    public string[] Every { get; init; } = [];

    /// <summary>Follows a number: (3) times a day.</summary>
    public string[] Times { get; init; } = [];

    /// <summary>Joins two numbers or two days into a range.</summary>
    public string[] Through { get; init; } = [];

    /// <summary>Joins two alternative numbers.</summary>
    public string[] Or { get; init; } = [];

    /// <summary>May occur between the frequency and the days that limit it, and between those days.</summary>
    public string[] On { get; init; } = [];

    /// <summary>Number words.</summary>
    public (int Value, string[] Phrases)[] Numbers { get; init; } = [];

    /// <summary>A number of times in one word: once, twice.</summary>
    public (int Value, string[] Phrases)[] Often { get; init; } = [];

    /// <summary>Units of time, in minutes, that follow a number.</summary>
    public (int Value, string[] Phrases)[] Units { get; init; } = [];

    /// <summary>Periods, in minutes, of a frequency: weekly, a week.</summary>
    public (int Value, string[] Phrases)[] Per { get; init; } = [];

    /// <summary>Days of the week, and sets of them, one bit each from Monday.</summary>
    public (int Value, string[] Phrases)[] Weekdays { get; init; } = [];
}
