namespace Screening.Rules;

/// <summary>A question with its codes as bits.</summary>
public sealed class CompiledQuestion
{
    private NeededWhen? neededWhen;

    internal CompiledQuestion(Question document, int index, string pointer, bool mayBeEmpty = true)
    {
        Document = document;
        Index = index;
        Pointer = pointer;
        Codes = document.Codes;
        CodeNames = new Utf8Names(Codes.Select(o => o.Code));
        Kind = document.Match(
            _ => AnswerKind.Code,
            _ => AnswerKind.Codes,
            _ => AnswerKind.Date,
            _ => AnswerKind.PartialDate,
            _ => AnswerKind.Events);
        Accepted = Rules.Accepted.AnswerTo(document, mayBeEmpty);
        Events = document as EventsQuestion;
        if (Events is not null)
        {
            EventKindNames = new Utf8Names(Events.Kind.Options.Select(o => o.Code));
            EventMembers = new KnownMembers(
                required: 2,
                (Events.Kind.Id, Rules.Accepted.OneOf(Rules.Accepted.Codes(Events.Kind.Options))),
                (Events.Date.Id, Rules.Accepted.PartialDateOrUnknown));
        }
    }

    /// <summary>The question as written in the protocol file.</summary>
    public Question Document { get; }

    /// <summary>Its position in the protocol.</summary>
    public int Index { get; }

    public string Id => Document.Id;

    /// <summary>The JSON pointer of its answer in a request.</summary>
    public string Pointer { get; }

    /// <summary>The options; a code's index is its position.</summary>
    public IReadOnlyList<Option> Codes { get; }

    /// <summary>Looks up a code's index.</summary>
    public Utf8Names CodeNames { get; }

    /// <summary>How the question is answered.</summary>
    public AnswerKind Kind { get; }

    /// <summary>The answers that it takes, in words.</summary>
    public LocalizedText Accepted { get; }

    /// <summary>The question, if its answer is a list of events.</summary>
    public EventsQuestion? Events { get; }

    /// <summary>Looks up the index of an event's code.</summary>
    public Utf8Names? EventKindNames { get; }

    /// <summary>The members of an event.</summary>
    internal KnownMembers? EventMembers { get; }

    /// <summary>The bit of a code's index.</summary>
    public ulong Bit(int code) => Codes[code].Code == ReservedCode.Unknown ? Answer.UnknownBit : 1UL << code;

    /// <summary>
    /// The option to show for an answer by one code: the patient's or, where the record added another, the worst. The answer must have a
    /// code.
    /// </summary>
    public int ShownCode(in Answer answer)
    {
        var codes = answer.Codes;
        return answer.GivenCodes.Length > 0 ? answer.GivenCodes[0] : Enumerable.Range(0, Codes.Count).First(code => (codes & Bit(code)) != 0);
    }

    /// <summary>
    /// The option that a record entry implies; null when no option expresses it: the events of a question of events are unknown.
    /// </summary>
    public Option? OptionOf(RecordEvidence evidence) => evidence.Option is { } option ? (Events?.Kind.Options ?? Codes)[option] : null;

    /// <summary>The bits of these codes, all of which must be codes of the question.</summary>
    internal ulong Bits(IEnumerable<string> codes) =>
        codes.Aggregate(0UL, (bits, code) => bits | Bit(Codes.Select(o => o.Code).ToList().IndexOf(code)));

    /// <summary>Whether an answer is needed, given the other answers.</summary>
    public AnswerNeed Need(ReadOnlySpan<Answer> answers)
    {
        if (neededWhen is not { } when)
        {
            return Document.Optional ? Rules.AnswerNeed.No : Screening.Rules.AnswerNeed.Yes;
        }

        ref readonly var other = ref answers[when.Question];
        return (other.Codes & when.Bits) != 0 ? Rules.AnswerNeed.Yes
            : !other.Given ? Rules.AnswerNeed.DependsOnAbsent
            : other.IsUnknown ? Rules.AnswerNeed.DependsOnUnknown
            : Rules.AnswerNeed.No;
    }

    /// <summary>True when some combination of answers, including a partial answer to this question, can leave it missing.</summary>
    internal bool CanBeMissing => neededWhen is not null || !Document.Optional || Kind == AnswerKind.Events;

    /// <summary>
    /// True when the answer is needed and absent, or when an event was stated in part: the rest is then needed, whether or not the events
    /// were.
    /// </summary>
    public bool IsMissing(ReadOnlySpan<Answer> answers) =>
        !answers[Index].Given && (Need(answers) == Rules.AnswerNeed.Yes || answers[Index].AbsentParts is not null);

    /// <summary>The members that partially stated events lack, each with its text; otherwise empty.</summary>
    public IEnumerable<(string Member, LocalizedText Text)> AbsentParts(Answer answer)
    {
        if (Events is not { } events || answer.AbsentParts is not { } absent)
        {
            return [];
        }

        (EventParts Part, string Member, LocalizedText Text)[] parts =
            [(EventParts.Kind, events.Kind.Id, events.Kind.Text), (EventParts.Date, events.Date.Id, events.Date.Text)];
        return parts.Where(part => absent.HasFlag(part.Part)).Select(part => (part.Member, part.Text));
    }

    internal void Link(Func<string, CompiledQuestion> find)
    {
        if (Document.NeededWhen is { } when)
        {
            var other = find(when.Question);
            neededWhen = new NeededWhen(other.Index, other.Bits(when.AnyOf));
        }
    }

    private readonly record struct NeededWhen(int Question, ulong Bits);
}

/// <summary>How a question is answered.</summary>
public enum AnswerKind
{
    /// <summary>One code.</summary>
    Code,

    /// <summary>A list of codes.</summary>
    Codes,

    /// <summary>A full date.</summary>
    Date,

    /// <summary>A partial date or <c>unknown</c>.</summary>
    PartialDate,

    /// <summary>A list of events or <c>unknown</c>.</summary>
    Events,
}

/// <summary>Whether an answer is needed.</summary>
public enum AnswerNeed
{
    /// <summary>The answer is needed.</summary>
    Yes,

    /// <summary>The answer that decides it is absent.</summary>
    DependsOnAbsent,

    /// <summary>The answer that decides it is <c>unknown</c>.</summary>
    DependsOnUnknown,

    /// <summary>The answer is not needed.</summary>
    No,
}
