using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// One answer; the default is "not answered". Rules check <see cref="Codes"/>; <see cref="GivenCodes"/> keeps the codes in the order given,
/// for the evidence. Codes added by <see cref="RecordReconciliation"/> are included: an answer by one code may then have several, the worst
/// first in <see cref="GivenCodes"/>, and an unanswered question may have some.
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

    /// <summary>One bit for each code given; for events, for each kind.</summary>
    public ulong Codes { get; }

    /// <summary>True when the patient could not say, or could not say everything.</summary>
    public bool IsUnknown => (Codes & UnknownBit) != 0;

    /// <summary>The option indexes of a list of codes, in the order given; empty for a single code from the patient.</summary>
    public ReadOnlySpan<byte> GivenCodes => list as byte[];

    /// <summary>The events of an events question, in the order given.</summary>
    public ReadOnlySpan<EventAnswer> Events => list as EventAnswer[];

    /// <summary>The answer <c>unknown</c> in place of a code, a date or a list.</summary>
    public static Answer Unknown { get; } = new(UnknownBit, default, null);

    /// <summary>One code.</summary>
    public static Answer Code(ulong bit) => new(bit, default, null);

    /// <summary>A list of codes.</summary>
    public static Answer List(ulong bits, byte[] givenCodes) => new(bits, default, givenCodes);

    /// <summary>A date.</summary>
    public static Answer Dated(PartialDate date) => new(0, date, null);

    /// <summary>
    /// A list of events. An event with an absent part leaves the question unanswered, so that it is asked again. What was stated still
    /// counts, like a record's findings on an unanswered question: it may exclude or defer, and improves nothing.
    /// </summary>
    public static Answer Of(EventAnswer[] events) =>
        new(Kinds(events), default, events, given: Array.TrueForAll(events, one => one.Absent is null));

    /// <summary>The parts that any of its events lack; null when none is missing.</summary>
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

    /// <summary>Every part of the answer.</summary>
    public AnswerParts Parts => new(Given, Codes, Date == default ? null : Date, list as byte[], list as EventAnswer[]);

    /// <summary>The answer made of these parts.</summary>
    public static Answer Of(AnswerParts parts) =>
        new(parts.Codes, parts.Date ?? default, (object?)parts.GivenCodes?.ToArray() ?? parts.Events?.ToArray(), parts.Given);

    /// <summary>
    /// True when the patient did not answer but a record entry says something: it counts, and the question stays unanswered.
    /// </summary>
    internal bool IsFromRecordOnly => !Given && (Codes != 0 || Date != default || list is not null);

    /// <summary>
    /// What the patient said of an answer that is not all the patient's: it may exclude or defer, and the question stays unanswered.
    /// </summary>
    internal Answer AsUnanswered() => new(Codes, Date, list, given: false);

    /// <summary>The same answer with other codes: their bits, and their option indexes in display order.</summary>
    internal Answer With(ulong bits, byte[] givenCodes, bool given) => new(bits, Date, givenCodes, given);

    /// <summary>The same answer with other events, and optionally marked as unknown, since there may be more.</summary>
    internal Answer With(EventAnswer[] events, bool unknown) =>
        new((unknown ? UnknownBit : Codes & UnknownBit) | Kinds(events), Date, events, Given);

    /// <summary>A date; null for an unknown date.</summary>
    internal static Answer Dated(PartialDate? date, bool given) => date is { } known ? new Answer(0, known, null, given) : new Answer(UnknownBit, default, null, given);

    private static ulong Kinds(EventAnswer[] events)
    {
        ulong kinds = 0;
        foreach (var one in events)
        {
            kinds |= one.HasKind ? 1UL << one.Kind : 0;
        }

        return kinds;
    }
}

/// <summary>
/// Every part of an answer, including those added by <see cref="RecordReconciliation"/>, so that it can be stored and decided on again. An
/// empty list differs from no list.
/// </summary>
/// <param name="Given"><see cref="Answer.Given"/>.</param>
/// <param name="Codes"><see cref="Answer.Codes"/>.</param>
/// <param name="Date"><see cref="Answer.Date"/>; null without a date.</param>
/// <param name="GivenCodes"><see cref="Answer.GivenCodes"/>; null when the answer is not a list of codes.</param>
/// <param name="Events"><see cref="Answer.Events"/>; null when the answer is not a list of events.</param>
public readonly record struct AnswerParts(bool Given, ulong Codes, PartialDate? Date, IReadOnlyList<byte>? GivenCodes, IReadOnlyList<EventAnswer>? Events);

/// <summary>
/// One event: what happened (an option index) and when. A null date means that the patient cannot say when, unless that part is absent.
/// </summary>
public readonly record struct EventAnswer(byte Kind, PartialDate? Date)
{
    /// <summary>The parts that were not stated, which differs from unknown; null when both were stated.</summary>
    public EventParts? Absent { get; init; }

    /// <summary>False when it was not stated what happened.</summary>
    [JsonIgnore]
    public bool HasKind => Absent is not { } absent || !absent.HasFlag(EventParts.Kind);

    /// <summary>False when it was not stated when, not even as unknown.</summary>
    [JsonIgnore]
    public bool HasDate => Absent is not { } absent || !absent.HasFlag(EventParts.Date);
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
