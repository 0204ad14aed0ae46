namespace Screening.Fhir.Record.Dosing;

/// <summary>What is said of how often a medicine is taken.</summary>
internal readonly record struct DosageSense
{
    private const int AllWeek = 0b111_1111;

    /// <summary>It is taken once a day or more often.</summary>
    public static DosageSense EveryDay { get; } = new() { SaysDaily = true };

    /// <summary>It is taken at some time of the day, which is every day unless something else says how often.</summary>
    public static DosageSense PartOfDay { get; } = new() { SaysPartOfDay = true };

    /// <summary>It is taken less often, once, or as needed.</summary>
    public static DosageSense Seldomer { get; } = new() { SaysSeldomer = true };

    /// <summary>The days of the week that are named, a bit each.</summary>
    public int Weekdays { get; private init; }

    /// <summary>True when it is taken every day: what says so counts, whatever else is said.</summary>
    public bool IsDaily => SaysDaily || IsWholeWeek(Weekdays) || (SaysPartOfDay && !SaysSeldomer && Weekdays == 0);

    private bool SaysDaily { get; init; }

    private bool SaysPartOfDay { get; init; }

    private bool SaysSeldomer { get; init; }

    /// <summary>It is taken on days of the week.</summary>
    public static DosageSense On(int weekdays) => new() { Weekdays = weekdays };

    /// <summary>True for all seven days.</summary>
    public static bool IsWholeWeek(int weekdays) => (weekdays & AllWeek) == AllWeek;

    /// <summary>All that two say.</summary>
    public static DosageSense operator |(DosageSense one, DosageSense other) => new()
    {
        SaysDaily = one.SaysDaily || other.SaysDaily,
        SaysPartOfDay = one.SaysPartOfDay || other.SaysPartOfDay,
        SaysSeldomer = one.SaysSeldomer || other.SaysSeldomer,
        Weekdays = one.Weekdays | other.Weekdays,
    };
}
