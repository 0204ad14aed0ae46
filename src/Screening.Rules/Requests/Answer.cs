using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// One answer. The default is "not answered". <see cref="Codes"/> is what rules look at; <see cref="GivenCodes"/> keeps codes in the order
/// in which they were said, for the evidence. What <see cref="RecordReconciliation"/> raised has its codes here as well: then an answer by one
/// code may have several, the worst of them first in <see cref="GivenCodes"/>, and an unanswered question may have some.
/// </summary>
public readonly struct Answer
{
    /// <summary>The bit of the reserved code <c>unknown</c>, in every question's <see cref="Codes"/>.</summary>
    public const ulong UnknownBit = 1UL << 63;

    private readonly object? list;

    private Answer(ulong codes, PartialDate date, object? list, bool given = true)
    {
        Given = given;
        Codes = codes;
        Date = date;
        this.list = list;
    }

    /// <summary>False when the question is unanswered.</summary>
    public bool Given { get; }

    /// <summary>The date of a date question, unless unknown.</summary>
    public PartialDate Date { get; }

    /// <summary>One bit for each code that was said; of events, for each kind of them.</summary>
    public ulong Codes { get; }

    /// <summary>True when the person could not say, or not all.</summary>
    public bool IsUnknown => (Codes & UnknownBit) != 0;

    /// <summary>The option indexes of a list of codes, in the order in which they were said; empty for one code that a person said.</summary>
    public ReadOnlySpan<byte> GivenCodes => list as byte[];

    /// <summary>The events of an events question, in the order in which they were said.</summary>
    public ReadOnlySpan<EventAnswer> Events => list as EventAnswer[];

    /// <summary>The answer <c>unknown</c> in place of a code, a date or a list.</summary>
    public static Answer Unknown { get; } = new(UnknownBit, default, null);

    /// <summary>One code.</summary>
    public static Answer Code(ulong bit) => new(bit, default, null);

    /// <summary>A list of codes.</summary>
    public static Answer List(ulong bits, byte[] said) => new(bits, default, said);

    /// <summary>A date.</summary>
    public static Answer Dated(PartialDate date) => new(0, date, null);

    /// <summary>
    /// A list of events. One of which a part was not told leaves the question unanswered, so that it is asked again; what was told counts
    /// all the same, as what a record tells of an unanswered question does: it may exclude or defer, and makes nothing better.
    /// </summary>
    public static Answer Of(EventAnswer[] events) =>
        new(Kinds(events), default, events, given: Array.TrueForAll(events, one => one.Absent is null));

    /// <summary>The parts of its events that were not told, of whichever of them; null when none is missing.</summary>
    public EventParts? AbsentParts
    {
        get
        {
            EventParts? absent = null;
            foreach (var one in Events)
            {
                absent = one.Absent is { } parts ? (absent ?? 0) | parts : absent;
            }

            return absent;
        }
    }

    /// <summary>All that the answer is made of.</summary>
    public AnswerParts Parts => new(Given, Codes, Date == default ? null : Date, list as byte[], list as EventAnswer[]);

    /// <summary>The answer that is made of these parts.</summary>
    public static Answer Of(AnswerParts parts) =>
        new(parts.Codes, parts.Date ?? default, (object?)parts.GivenCodes?.ToArray() ?? parts.Events?.ToArray(), parts.Given);

    /// <summary>True when the person did not answer, but a record tells something of it: it counts, and the question stays unanswered.</summary>
    internal bool IsOnRecordAlone => !Given && (Codes != 0 || Date != default || list is not null);

    /// <summary>The same answer with other codes: their bits, and their option indexes in the order in which they are shown.</summary>
    internal Answer With(ulong bits, byte[] said, bool given) => new(bits, Date, said, given);

    /// <summary>The same answer with other events; or with the same of which it is not known whether they are all.</summary>
    internal Answer With(EventAnswer[] events, bool unknown) =>
        new((unknown ? UnknownBit : Codes & UnknownBit) | Kinds(events), Date, events, Given);

    /// <summary>A date, or that it is not known.</summary>
    internal static Answer Dated(PartialDate? date, bool given) => date is { } known ? new Answer(0, known, null, given) : new Answer(UnknownBit, default, null, given);

    private static ulong Kinds(EventAnswer[] events)
    {
        ulong kinds = 0;
        foreach (var one in events)
        {
            kinds |= one.SaysWhat ? 1UL << one.Kind : 0;
        }

        return kinds;
    }
}

/// <summary>
/// All that an answer is made of, what <see cref="RecordReconciliation"/> raised included, for whoever keeps it to decide on it again. An empty list is another
/// thing than none.
/// </summary>
/// <param name="Given"><see cref="Answer.Given"/>.</param>
/// <param name="Codes"><see cref="Answer.Codes"/>.</param>
/// <param name="Date"><see cref="Answer.Date"/>; null for none.</param>
/// <param name="GivenCodes"><see cref="Answer.GivenCodes"/>; null where it is no list of codes.</param>
/// <param name="Events"><see cref="Answer.Events"/>; null where it is no list of events.</param>
public readonly record struct AnswerParts(bool Given, ulong Codes, PartialDate? Date, IReadOnlyList<byte>? GivenCodes, IReadOnlyList<EventAnswer>? Events);

/// <summary>One event: what (an option index) and when; no date: the person cannot say when, unless that part is absent.</summary>
public readonly record struct EventAnswer(byte Kind, PartialDate? Date)
{
    /// <summary>The parts that were not told, which is another thing than not to know; null when both were.</summary>
    public EventParts? Absent { get; init; }

    /// <summary>False when it was not told what happened.</summary>
    [JsonIgnore]
    public bool SaysWhat => Absent is not { } absent || !absent.HasFlag(EventParts.Kind);

    /// <summary>False when it was not told when, not even that this is unknown.</summary>
    [JsonIgnore]
    public bool SaysWhen => Absent is not { } absent || !absent.HasFlag(EventParts.Date);
}

/// <summary>The parts of an event.</summary>
[Flags]
public enum EventParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>What happened.</summary>
    Kind = 1,

    /// <summary>When.</summary>
    Date = 2,
}
