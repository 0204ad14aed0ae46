namespace Screening.Fhir.Record.Dosing;

/// <summary>What a dosage states about how often a medicine is taken.</summary>
internal readonly record struct DosageSense
{
    private const int AllWeek = 0b111_1111;

    /// <summary>Taken once a day or more often.</summary>
    public static DosageSense EveryDay { get; } = new() { StatesDaily = true };

    /// <summary>Taken at a time of day: daily, unless something else states how often.</summary>
    public static DosageSense PartOfDay { get; } = new() { StatesPartOfDay = true };

    /// <summary>Taken less often, once, or as needed.</summary>
    public static DosageSense LessThanDaily { get; } = new() { StatesLessThanDaily = true };

    /// <summary>The days of the week, one bit each.</summary>
    public int Weekdays { get; private init; }

    /// <summary>True when taken every day. A statement that it is daily counts, whatever else is stated.</summary>
    public bool IsDaily => StatesDaily || IsWholeWeek(Weekdays) || (StatesPartOfDay && !StatesLessThanDaily && Weekdays == 0);

    /// <summary>True when taken less often, and nothing states that it is daily.</summary>
    public bool IsLessThanDaily => !IsDaily && (StatesLessThanDaily || Weekdays != 0);

    private bool StatesDaily { get; init; }

    private bool StatesPartOfDay { get; init; }

    private bool StatesLessThanDaily { get; init; }

    /// <summary>Taken on days of the week.</summary>
    public static DosageSense On(int weekdays) => new() { Weekdays = weekdays };

    /// <summary>True for all seven days.</summary>
    public static bool IsWholeWeek(int weekdays) => (weekdays & AllWeek) == AllWeek;

    /// <summary>Combines the statements of both.</summary>
    public static DosageSense operator |(DosageSense one, DosageSense other) => new()
    {
        StatesDaily = one.StatesDaily || other.StatesDaily,
        StatesPartOfDay = one.StatesPartOfDay || other.StatesPartOfDay,
        StatesLessThanDaily = one.StatesLessThanDaily || other.StatesLessThanDaily,
        Weekdays = one.Weekdays | other.Weekdays,
    };
}
