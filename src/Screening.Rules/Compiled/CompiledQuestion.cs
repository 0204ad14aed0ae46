namespace Screening.Rules;

/// <summary>A question with its codes as bits.</summary>
public sealed class CompiledQuestion
{
    private NeededWhen? neededWhen;

    internal CompiledQuestion(Question document, int index, string pointer)
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
        Events = document as EventsQuestion;
        if (Events is not null)
        {
            EventKindNames = new Utf8Names(Events.Kind.Options.Select(o => o.Code));
            EventMembers = new KnownMembers(required: 2, Events.Kind.Id, Events.Date.Id);
        }
    }

    /// <summary>The question as it stands in the file.</summary>
    public Question Document { get; }

    /// <summary>Its position.</summary>
    public int Index { get; }

    /// <summary>Its id.</summary>
    public string Id => Document.Id;

    /// <summary>Where a request answers it.</summary>
    public string Pointer { get; }

    /// <summary>The options; a code's position is its index.</summary>
    public IReadOnlyList<Option> Codes { get; }

    /// <summary>Finds a code's index.</summary>
    public Utf8Names CodeNames { get; }

    /// <summary>How it is answered.</summary>
    public AnswerKind Kind { get; }

    /// <summary>The question, if its answer is a list of events.</summary>
    public EventsQuestion? Events { get; }

    /// <summary>Finds the index of an event's code.</summary>
    public Utf8Names? EventKindNames { get; }

    /// <summary>The members of an event.</summary>
    internal KnownMembers? EventMembers { get; }

    /// <summary>The bit of a code's index.</summary>
    public ulong Bit(int code) => Codes[code].Code == ReservedCode.Unknown ? Answer.UnknownBit : 1UL << code;

    /// <summary>
    /// The option to show for an answer by one code: the one that was said or, where a record raised another, the worst. The answer must
    /// have a code.
    /// </summary>
    public int ShownCode(in Answer answer)
    {
        var codes = answer.Codes;
        return answer.GivenCodes.Length > 0 ? answer.GivenCodes[0] : Enumerable.Range(0, Codes.Count).First(code => (codes & Bit(code)) != 0);
    }

    /// <summary>
    /// The option that an entry of a record raises; null for what no option says: that the events of a question of events are not known.
    /// </summary>
    public Option? OptionOf(RecordEvidence evidence) => evidence.Option is { } option ? (Events?.Kind.Options ?? Codes)[option] : null;

    /// <summary>The bits of codes by name; every name is one of the question's.</summary>
    internal ulong Bits(IEnumerable<string> codes) =>
        codes.Aggregate(0UL, (bits, code) => bits | Bit(Codes.Select(o => o.Code).ToList().IndexOf(code)));

    /// <summary>Whether an answer is needed, given what else was said.</summary>
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

    /// <summary>True when there are answers, its own part of an answer included, with which this one is needed.</summary>
    internal bool CanBeMissing => neededWhen is not null || !Document.Optional || Kind == AnswerKind.Events;

    /// <summary>
    /// True when the answer is needed and absent, or events were told in part: whether or not they need to be told, then the rest does.
    /// </summary>
    public bool IsMissing(ReadOnlySpan<Answer> answers) =>
        !answers[Index].Given && (Need(answers) == Rules.AnswerNeed.Yes || answers[Index].AbsentParts is not null);

    /// <summary>Of events that were told in part the members that were not, each with its text; else none.</summary>
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
    /// <summary>It is.</summary>
    Yes,

    /// <summary>The answer that would tell is absent.</summary>
    DependsOnAbsent,

    /// <summary>The answer that would tell is <c>unknown</c>.</summary>
    DependsOnUnknown,

    /// <summary>It is not.</summary>
    No,
}
