using System.Collections.Immutable;
using System.Security.Cryptography;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// A protocol that loaded without a flaw, compiled into what a screening needs: names into tables, codes into bits, rules into evaluators.
/// Immutable. Made by <see cref="ProtocolLoader"/> alone.
/// </summary>
public sealed class Protocol
{
    internal Protocol(ProtocolDocument document, ReadOnlyMemory<byte> file)
    {
        Document = document;
        File = file;
        Reference = document.Id + "@" + document.Version;
        Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.Span));

        Question[] all = [.. document.Questions, document.TreatmentAreas];
        QuestionNames = new Utf8Names(document.Questions.Select(q => q.Id));
        var indexes = all.Select((q, i) => (q.Id, i)).ToDictionary(e => e.Id, e => e.i, StringComparer.Ordinal);
        Questions = [.. all.Select((q, i) => new CompiledQuestion(q, i, i == all.Length - 1 ? "/appointment/areas" : Pointer.To("/answers", q.Id)))];
        foreach (var question in Questions)
        {
            question.Link(id => Questions[indexes[id]]);
        }

        Contradictions = [.. Questions.SelectMany(question => (question.Document.Checks ?? []).Select(check => Contradiction.Compile(check, question, id => Questions[indexes[id]])))];
        Rules = [.. document.Rules.Select((rule, i) => new CompiledRule(rule, i, id => Questions[indexes[id]], Areas))];
        DatedRules = Rules.Count(rule => rule.Document.Effects.Contains(Effect.Defer));
        Watches = [.. Rules.Select(rule => rule.Watch)];
        Clear = [.. Rules.Select(rule => rule.Clear)];
        EventQuestions = [.. Questions.Where(question => question.Kind == AnswerKind.Events).Select(question => question.Index)];
        CanBeMissing = [.. Questions.Where(question => question.CanBeMissing)];
        CareSteps = [.. document.CareSteps.Select(step => new CompiledCareStep(step, id => Questions[indexes[id]]))];
        CodeMap = new CodeMap(document.Codes, id => Questions[indexes[id]]);
        Ranks = new AnswerRanks(document, Questions);
        Uses = RaisedUse.Of(document, id => Questions[indexes[id]]);
        RuleIndexes = document.Rules.Select((rule, i) => (rule.Id, i)).ToImmutableDictionary(e => e.Id, e => e.i, StringComparer.Ordinal);
    }

    /// <summary>The protocol as it stands in its file.</summary>
    public ProtocolDocument Document { get; }

    /// <summary>The file itself, byte for byte: what <see cref="Digest"/> is the digest of.</summary>
    public ReadOnlyMemory<byte> File { get; }

    /// <summary><c>sha256:</c> and the lower-case hexadecimal digest of the file.</summary>
    public string Digest { get; }

    /// <summary>The protocol's id.</summary>
    public string Id => Document.Id;

    /// <summary>The id with the version, as requests pin it: <c>id@version</c>.</summary>
    public string Reference { get; }

    /// <summary>The first clinic-local date on which this version is in force.</summary>
    public LocalDate EffectiveFrom => Document.EffectiveFrom;

    /// <summary>Every question in order, the treated areas last.</summary>
    public ImmutableArray<CompiledQuestion> Questions { get; }

    /// <summary>The treated areas.</summary>
    public CompiledQuestion Areas => Questions[^1];

    /// <summary>Every rule in order.</summary>
    public ImmutableArray<CompiledRule> Rules { get; }

    /// <summary>Every care step in order.</summary>
    public ImmutableArray<CompiledCareStep> CareSteps { get; }

    /// <summary>What each rule has to see of its answer, by rule index.</summary>
    internal ImmutableArray<Watch> Watches { get; }

    /// <summary>The finding of each rule that does not apply, by rule index.</summary>
    internal ImmutableArray<Finding> Clear { get; }

    /// <summary>The questions whose answers are events.</summary>
    internal ImmutableArray<int> EventQuestions { get; }

    /// <summary>The questions that are needed, always or by another answer.</summary>
    internal ImmutableArray<CompiledQuestion> CanBeMissing { get; }

    /// <summary>How many rules count days.</summary>
    internal int DatedRules { get; }

    /// <summary>What answers must not contradict, in the order of the questions.</summary>
    internal ImmutableArray<Contradiction> Contradictions { get; }

    /// <summary>What codes of a health record raise.</summary>
    internal CodeMap CodeMap { get; }

    /// <summary>How bad each answer by code is.</summary>
    internal AnswerRanks Ranks { get; }

    /// <summary>The uses that end on a date.</summary>
    internal ImmutableArray<RaisedUse> Uses { get; }

    /// <summary>The position of each rule.</summary>
    public ImmutableDictionary<string, int> RuleIndexes { get; }

    /// <summary>The names of the members of <c>answers</c>.</summary>
    public Utf8Names QuestionNames { get; }
}

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
        Kind = document.Match(_ => AnswerKind.Code, _ => AnswerKind.Codes, _ => AnswerKind.Date, _ => AnswerKind.PartialDate, _ => AnswerKind.Events);
        Events = document as EventsQuestion;
        EventKindNames = Events is null ? null : new Utf8Names(Events.Kind.Options.Select(o => o.Code));
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

    /// <summary>The bit of a code's index.</summary>
    public ulong Bit(int code) => Codes[code].Code == ReservedCode.Unknown ? Answer.UnknownBit : 1UL << code;

    /// <summary>
    /// The option to show for an answer by one code: the one that was said or, where a record raised another, the worst. The answer must
    /// have a code.
    /// </summary>
    public int ShownCode(in Answer answer)
    {
        var codes = answer.Codes;
        return answer.Said.Length > 0 ? answer.Said[0] : Enumerable.Range(0, Codes.Count).First(code => (codes & Bit(code)) != 0);
    }

    /// <summary>The bits of codes by name; every name is one of the question's.</summary>
    internal ulong Bits(IEnumerable<string> codes) =>
        codes.Aggregate(0UL, (bits, code) => bits | Bit(Codes.Select(o => o.Code).ToList().IndexOf(code)));

    /// <summary>Whether an answer is needed, given what else was said.</summary>
    public Need Need(ReadOnlySpan<Answer> answers)
    {
        if (neededWhen is not { } when)
        {
            return Document.Optional ? Screening.Rules.Need.No : Screening.Rules.Need.Yes;
        }

        ref readonly var other = ref answers[when.Question];
        return (other.Codes & when.Bits) != 0 ? Screening.Rules.Need.Yes
            : !other.Given ? Screening.Rules.Need.DependsOnAbsent
            : other.IsUnknown ? Screening.Rules.Need.DependsOnUnknown
            : Screening.Rules.Need.No;
    }

    /// <summary>True when there are answers to the other questions with which this one is needed.</summary>
    internal bool CanBeMissing => neededWhen is not null || !Document.Optional;

    /// <summary>True when the answer is needed and absent.</summary>
    public bool IsMissing(ReadOnlySpan<Answer> answers) => !answers[Index].Given && Need(answers) == Screening.Rules.Need.Yes;

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
public enum Need
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

/// <summary>Codes that mean the same in every protocol.</summary>
public static class ReservedCode
{
    /// <summary>The person cannot say.</summary>
    public const string Unknown = "unknown";
}
