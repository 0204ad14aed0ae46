using System.Globalization;

namespace Screening.Rules;

/// <summary>What a finding weighs; each has one weight.</summary>
internal enum FindingWeight
{
    /// <summary>It must be met, or would have to be.</summary>
    Required,

    /// <summary>It decides the status.</summary>
    Binding,

    /// <summary>It does not decide it.</summary>
    Beside,
}

/// <summary>Every reason in words: what is said of it, what it rests on, and its source.</summary>
internal sealed class FindingWords(ReportSource source)
{
    private readonly Decision decision = source.Decision;
    private readonly DecisionBasis basis = DecisionBasis.Of(source.Decision, source.Notes.Record);
    private readonly Protocol protocol = source.Decision.Intake.Protocol;
    private readonly Language language = source.Language;
    private readonly RecordLines lines = new(source.Decision.Intake.Protocol, source.Language);

    /// <summary>True when a health record has a part in the decision.</summary>
    public bool HasRecord => decision.Intake.IsReconciled || source.Notes.Record.Count > 0;

    /// <summary>The findings of a weight; null when there are none.</summary>
    public FindingsSection? Section(FindingWeight weight)
    {
        var groups = new List<List<ushort>>();
        foreach (var rule in decision.Reasons.Where(rule => WeightOf(rule) == weight))
        {
            if (!source.Apart && groups is [.., var last] && RestsOnTheSame(last[0], rule))
            {
                last.Add(rule);
            }
            else
            {
                groups.Add([rule]);
            }
        }

        return groups.Count == 0 ? null : new FindingsSection(T(Heading(weight)), [.. groups.Select(Group)]);
    }

    private LocalizedText Heading(FindingWeight weight) => weight switch
    {
        FindingWeight.Required when decision.Eligibility == Eligibility.Ineligible => ReportTexts.RequirementsMoot,
        FindingWeight.Required => decision.Bookable ? ReportTexts.Requirements : ReportTexts.RequirementsBesides,
        FindingWeight.Binding => ReportTexts.Binding,
        FindingWeight.Beside => ReportTexts.Besides,
    };

    private FindingWeight WeightOf(int rule) =>
        decision.Findings[rule] is { Outcome: Outcome.Triggered, Effect: Effect.Require } ? FindingWeight.Required
        : decision.IsBinding(rule) ? FindingWeight.Binding
        : FindingWeight.Beside;

    /// <summary>One list of skin conditions decides many rules: what rests on the same answers and line is told together.</summary>
    private bool RestsOnTheSame(int one, int other)
    {
        var (first, second) = (protocol.Rules[one], protocol.Rules[other]);
        return first.EvidenceBits == second.EvidenceBits && first.Document.Line == second.Document.Line;
    }

    private ReportGroup Group(List<ushort> rules)
    {
        var rule = protocol.Rules[rules[0]];
        var record = rules.Select(one => source.Notes.Record.GetValueOrDefault(one)).OfType<RecordNotes>().ToList();
        return new ReportGroup(
            [.. rules.Select(one => Finding(one))],
            [.. Evidence(rule, record)],
            T(ReportTexts.Source).With("line", Number(rule.Document.Line)).With("document", protocol.Document.Source.Document));
    }

    private ReportFinding Finding(int index)
    {
        var (rule, finding) = (protocol.Rules[index], decision.Findings[index]);
        var message = finding.Outcome == Outcome.Cleared ? protocol.Document.Cleared : rule.Message(finding);
        var excludes = finding is { Outcome: Outcome.Triggered, Effect: Effect.Exclude } && !basis.IsFilledIn(index);
        var lasts = excludes ? ", " + T(ReportTexts.Lasts(rule.Document.Persistence)) : string.Empty;
        var clearance = decision.ClearanceOf(index);
        return new ReportFinding
        {
            RuleId = rule.Id,
            Message = new(T(message.Clinician), T(message.Patient)),
            Kind = $"{T(ReportTexts.Kind(finding.Effect))}: {T(ReportTexts.Outcome(finding.Outcome))}{lasts}",
            Deadlines =
            [
                .. RequirementWords.Told(decision).Where(requirement => requirement.Rule == index)
                    .SelectMany(requirement => RequirementWords.Sentences(requirement, language)),
            ],
            Clearance = clearance is null ? null
                : T(finding.Outcome == Outcome.Cleared ? ReportTexts.ClearedBy : ReportTexts.ReviewClearedBy).With("date", DateWords.Of(clearance.On, language)).With("by", clearance.By),
            ClearanceNote = clearance?.Note,
        };
    }

    /// <summary>The questions with their answers, and what a record tells of them; needed ones that were not answered as well.</summary>
    private IEnumerable<ReportEvidence> Evidence(CompiledRule rule, List<RecordNotes> record)
    {
        foreach (var question in rule.Evidence)
        {
            var told = question.Id == rule.Document.Condition.Question ? record : [];
            var answer = decision.Intake.PatientAnswers[question.Index];
            var isAnswered = answer.Given || SaysSomething(question, answer);
            if (isAnswered || told.Count > 0 || question.IsMissing(decision.Intake.Answers))
            {
                var words = Answers(question, AnswerWords.Of(question, Answer.Of(answer.Parts with { Given = isAnswered }), language));
                var sentence = isAnswered ? RecordTexts.Answered : RecordTexts.NotAnswered;
                yield return new ReportEvidence
                {
                    Question = T(question.Document.Text),
                    IsAnswered = isAnswered,
                    Answers = words,
                    Answered = new(Sentence(sentence.Clinician, words), Sentence(sentence.Patient, words)),
                    Record = [.. told.SelectMany(lines.ForStaff).DistinctBy(line => line.ToString())],
                    YourRecord = told.Count == 0 ? [] : [.. told.SelectMany(lines.ForPatient).Distinct(), T(told.TrueForAll(notes => notes.IsFilledIn) ? RecordTexts.SuggestionCounts : RecordTexts.Counts)],
                };
            }
        }
    }

    /// <summary>True for what the person said beside an answer that was filled in: the rest is still asked for.</summary>
    private bool SaysSomething(CompiledQuestion question, in Answer answer) =>
        (answer.Codes != 0 || !answer.Events.IsEmpty || answer.Date != default)
        && decision.Intake.Suggestions.Any(one => one.Question.Index == question.Index);

    private string Sentence(LocalizedText text, IReadOnlyList<string> words) => T(text).With("answer", string.Join(", ", words));

    /// <summary>What was said; of many events those that block the date first.</summary>
    private IReadOnlyList<string> Answers(CompiledQuestion question, IReadOnlyList<string> words)
    {
        if (words.Count <= source.Most)
        {
            return words;
        }

        var blocking = decision.WaitingPeriods.Where(wait => wait.Question == question.Index && wait.Contains(decision.Date))
            .Select(wait => (int)wait.Event).ToHashSet();
        var first = words.Index().OrderByDescending(one => blocking.Contains(one.Index)).Select(one => one.Item).Take(source.Most);
        return [.. first, ReportTexts.More(words.Count - source.Most, language)];
    }

    private string T(LocalizedText text) => text.In(language);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
