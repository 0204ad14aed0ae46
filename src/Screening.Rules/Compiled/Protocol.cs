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

        QuestionNames = new Utf8Names(document.Questions.Select(q => q.Id));
        Questions =
        [
            .. document.Questions.Select((q, i) => new CompiledQuestion(q, i, Pointer.To("/answers", q.Id))),
            new CompiledQuestion(document.TreatmentAreas, document.Questions.Count, "/appointment/areas"),
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
        RuleIndexes = document.Rules.Select((rule, i) => (rule.Id, i)).ToImmutableDictionary(e => e.Id, e => e.i, StringComparer.Ordinal);

        CompiledQuestion Find(string id) => Questions[indexes[id]];
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
    internal ImmutableArray<RelevantCodes> RelevantCodes { get; }

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

    /// <summary>What can be read of a health record.</summary>
    public RecordVocabulary RecordVocabulary { get; }

    /// <summary>What codes and words of a health record raise.</summary>
    internal CodeMap CodeMap { get; }

    /// <summary>How bad each answer by code is.</summary>
    internal AnswerRanks Ranks { get; }

    /// <summary>The uses that end on a date.</summary>
    internal ImmutableArray<ReconciledUse> Uses { get; }

    /// <summary>The position of each rule.</summary>
    public ImmutableDictionary<string, int> RuleIndexes { get; }

    /// <summary>The names of the members of <c>answers</c>.</summary>
    public Utf8Names QuestionNames { get; }
}
