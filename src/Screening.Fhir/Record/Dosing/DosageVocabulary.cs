namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// The words of one language for how often a medicine is taken. Each is written in small letters without accents, its tokens apart:
/// letters and digits are tokens of their own, as is a slash; <c>#</c> stands for any number. Data, not code: a phrase that is missing
/// is a new phrase here.
/// </summary>
internal sealed record DosageVocabulary
{
    /// <summary>What says by itself that it is every day.</summary>
    public string[] Daily { get; init; } = [];

    /// <summary>A time of the day: every day, unless something else says how often.</summary>
    public string[] PartOfDay { get; init; } = [];

    /// <summary>Less often than every day, or once.</summary>
    public string[] Seldomer { get; init; } = [];

    /// <summary>Only as needed.</summary>
    public string[] AsNeeded { get; init; } = [];

    /// <summary>What looks like one of the others and says nothing.</summary>
    public string[] Nothing { get; init; } = [];

    /// <summary>What stands before a length of time, with or without a number: every (2) days.</summary>
    public string[] Every { get; init; } = [];

    /// <summary>What stands behind a number: (3) times a day.</summary>
    public string[] Times { get; init; } = [];

    /// <summary>What joins two numbers or two days to a range.</summary>
    public string[] Through { get; init; } = [];

    /// <summary>What joins two numbers of which either may hold.</summary>
    public string[] Or { get; init; } = [];

    /// <summary>What may stand between how often and the days to which that is limited, and between those days.</summary>
    public string[] On { get; init; } = [];

    /// <summary>The numbers.</summary>
    public (int Value, string[] Phrases)[] Numbers { get; init; } = [];

    /// <summary>How often, in one word: once, twice.</summary>
    public (int Value, string[] Phrases)[] Often { get; init; } = [];

    /// <summary>The lengths of time, in minutes, as they stand behind a number.</summary>
    public (int Value, string[] Phrases)[] Units { get; init; } = [];

    /// <summary>The lengths of time, in minutes, for each of which something is said: weekly, a week.</summary>
    public (int Value, string[] Phrases)[] Per { get; init; } = [];

    /// <summary>The days of the week, and sets of them, from Monday, a bit each.</summary>
    public (int Value, string[] Phrases)[] Weekdays { get; init; } = [];
}
