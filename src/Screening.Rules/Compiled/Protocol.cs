using System.Collections.Immutable;
using System.Security.Cryptography;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// A protocol that loaded without errors, compiled for screening: names into tables, codes into bits, rules into evaluators. Immutable.
/// Only <see cref="ProtocolLoader"/> creates it.
/// </summary>
public sealed class Protocol
{
    internal Protocol(ProtocolDocument document, ReadOnlyMemory<byte> file)
    {
        Document = document;
        File = file;
        Reference = document.Id + "@" + document.Version;
        Digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(file.Span));

        QuestionIds = [.. document.Questions.Select(q => q.Id)];
        QuestionNames = new Utf8Names(QuestionIds);
        AcceptedQuestions = Accepted.OneOf(QuestionIds);
        Questions =
        [
            .. document.Questions.Select((q, i) => new CompiledQuestion(q, i, Pointer.To("/answers", q.Id))),
            new CompiledQuestion(document.TreatmentAreas, document.Questions.Count, "/appointment/areas", mayBeEmpty: false),
        ];
        var indexes = Questions.ToDictionary(question => question.Id, question => question.Index, StringComparer.Ordinal);
        foreach (var question in Questions)
        {
            question.Link(Find);
        }

        Contradictions =
        [
            .. from question in Questions
               from check in question.Document.Checks ?? []
               select Contradiction.Compile(check, question, Find),
        ];
        Rules = [.. document.Rules.Select((rule, i) => new CompiledRule(rule, i, document, Find))];
        DatedRules = Rules.Count(rule => rule.Document.Condition.WaitDays is not null);
        RelevantCodes = [.. Rules.Select(rule => rule.RelevantCodes)];
        Clear = [.. Rules.Select(rule => rule.Clear)];
        EventQuestions = [.. Questions.Where(question => question.Kind == AnswerKind.Events).Select(question => question.Index)];
        CanBeMissing = [.. Questions.Where(question => question.CanBeMissing)];
        CareSteps = [.. document.CareSteps.Select(step => new CompiledCareStep(step, Find))];
        CodeMap = new CodeMap(document, Find);
        RecordVocabulary = new RecordVocabulary(document.Codes, CodeMap.Mentions);
        Ranks = new AnswerRanks(document, Questions);
        Uses = ReconciledUse.Of(document, Find);
        AcceptedRules = Accepted.RuleOf(document);
        RuleIndexes = document.Rules.Select((rule, i) => (rule.Id, i)).ToImmutableDictionary(e => e.Id, e => e.i, StringComparer.Ordinal);

        CompiledQuestion Find(string id) => Questions[indexes[id]];
    }

    /// <summary>The protocol as written in its file.</summary>
    public ProtocolDocument Document { get; }

    /// <summary>The file, byte for byte: the input of <see cref="Digest"/>.</summary>
    public ReadOnlyMemory<byte> File { get; }

    /// <summary><c>sha256:</c> and the lower-case hexadecimal digest of the file.</summary>
    public string Digest { get; }

    public string Id => Document.Id;

    /// <summary>The id and version that a request pins: <c>id@version</c>.</summary>
    public string Reference { get; }

    /// <summary>The first clinic-local date on which this version is in force.</summary>
    public LocalDate EffectiveFrom => Document.EffectiveFrom;

    /// <summary>Every question in order, the treated areas last.</summary>
    public ImmutableArray<CompiledQuestion> Questions { get; }

    /// <summary>The question of the treated areas.</summary>
    public CompiledQuestion Areas => Questions[^1];

    /// <summary>Every rule in order.</summary>
    public ImmutableArray<CompiledRule> Rules { get; }

    /// <summary>Every care step in order.</summary>
    public ImmutableArray<CompiledCareStep> CareSteps { get; }

    /// <summary>The codes that matter to each rule, by rule index.</summary>
    internal ImmutableArray<RelevantCodes> RelevantCodes { get; }

    /// <summary>The finding of each rule that does not apply, by rule index.</summary>
    internal ImmutableArray<Finding> Clear { get; }

    /// <summary>The questions whose answers are events.</summary>
    internal ImmutableArray<int> EventQuestions { get; }

    /// <summary>The questions that can be missing from a set of answers.</summary>
    internal ImmutableArray<CompiledQuestion> CanBeMissing { get; }

    /// <summary>How many rules count days.</summary>
    internal int DatedRules { get; }

    /// <summary>The contradictions to check, in the order of the questions.</summary>
    internal ImmutableArray<Contradiction> Contradictions { get; }

    /// <summary>What can be read from a health record.</summary>
    public RecordVocabulary RecordVocabulary { get; }

    /// <summary>What codes and words of a health record imply.</summary>
    internal CodeMap CodeMap { get; }

    /// <summary>How bad each coded answer is.</summary>
    internal AnswerRanks Ranks { get; }

    /// <summary>The uses that end on a date.</summary>
    internal ImmutableArray<ReconciledUse> Uses { get; }

    /// <summary>The position of each rule.</summary>
    public ImmutableDictionary<string, int> RuleIndexes { get; }

    /// <summary>The rules that a clearance can name, in words.</summary>
    public LocalizedText AcceptedRules { get; }

    /// <summary>The names of the members of <c>answers</c>.</summary>
    public Utf8Names QuestionNames { get; }

    /// <summary>The same, in order.</summary>
    internal ImmutableArray<string> QuestionIds { get; }

    /// <summary>The same, in words.</summary>
    internal LocalizedText AcceptedQuestions { get; }
}
