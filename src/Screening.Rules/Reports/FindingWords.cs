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

    /// <summary>
    /// Every question that was asked, answered or not; one that the other answers make moot is left out, unless it was answered.
    /// </summary>
    public IEnumerable<ReportEvidence> AllAnswers()
    {
        foreach (var question in protocol.Questions)
        {
            // Of a record each finding tells its own entries; here they are told once.
            var told = source.Notes.Record.Where(one => protocol.Rules[one.Key].Document.Condition.Question == question.Id)
                .Select(one => one.Value with { ToldBefore = 0 }).ToList();
            if (told.Count > 0 || IsAsked(question))
            {
                yield return Evidence(question, told);
            }
        }
    }

    /// <summary>True for a question that a form shows, or that was answered all the same.</summary>
    private bool IsAsked(CompiledQuestion question) => IsAnswered(question)
        || (question.Document.AskedWhen ?? question.Document.NeededWhen) is not { } when
        || protocol.Questions.First(other => other.Id == when.Question) is var asked
            && (decision.Intake.Answers[asked.Index].Codes & asked.Bits(when.AnyOf)) != 0;

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
            ReportTexts.SourceOf(protocol, rule.Document.Line, language));
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
            Message = new(T(message.Clinician), T(Moot(index) ?? message.Patient)),
            Kind = $"{T(ReportTexts.Kind(finding.Effect))}: {T(ReportTexts.Outcome(finding.Outcome))}{lasts}",
            Deadlines =
            [
                .. RequirementWords.Told(decision).Where(requirement => requirement.Rule == index)
                    .SelectMany(requirement => RequirementWords.Sentences(requirement, language)),
            ],
            Clearance = clearance is null ? null
                : T(finding.Outcome == Outcome.Cleared ? ReportTexts.ClearedBy : ReportTexts.ReviewClearedBy)
                    .With("date", DateWords.Of(clearance.On, language)).With("by", clearance.By),
            ClearanceNote = clearance?.Note,
        };
    }

    /// <summary>
    /// What the person is told where an exclusion applies: of what is not known, that it need not be settled; of a requirement, that it
    /// need not be met, since the protocol's message names its days, which are not told then. Null where the protocol's message holds.
    /// </summary>
    private LocalizedText? Moot(int index) =>
        decision.Eligibility != Eligibility.Ineligible || decision.IsBinding(index) ? null
        : decision.Findings[index].Outcome == Outcome.Undetermined ? ReportTexts.Moot
        : decision.Findings[index] is { Outcome: Outcome.Triggered, Effect: Effect.Require } ? ReportTexts.RequirementMoot
        : null;

    /// <summary>The questions with their answers, and what a record tells of them; needed ones that were not answered as well.</summary>
    private IEnumerable<ReportEvidence> Evidence(CompiledRule rule, List<RecordNotes> record)
    {
        foreach (var question in rule.Evidence)
        {
            var told = question.Id == rule.Document.Condition.Question ? record : [];
            if (IsAnswered(question) || told.Count > 0 || question.IsMissing(decision.Intake.Answers))
            {
                yield return Evidence(question, told);
            }
        }
    }

    private ReportEvidence Evidence(CompiledQuestion question, List<RecordNotes> told)
    {
        var isAnswered = IsAnswered(question);
        var answer = Answer.Of(decision.Intake.PatientAnswers[question.Index].Parts with { Given = isAnswered });
        var isMissing = question.IsMissing(decision.Intake.Answers);
        var words = Answers(
            question, isMissing ? AnswerWords.Of(question, answer, language) : AnswerWords.OrEmpty(question, answer, language));
        var counts = told.TrueForAll(notes => notes.IsFilledIn) ? RecordTexts.SuggestionCounts : RecordTexts.Counts;
        var sentence = isAnswered ? RecordTexts.Answered : RecordTexts.NotAnswered;
        return new ReportEvidence
        {
            Question = T(question.Document.Text),
            IsAnswered = isAnswered,
            Answers = words,
            Answered = new(Sentence(sentence.Clinician, words), Sentence(sentence.Patient, words)),
            Record = [.. told.SelectMany(lines.ForStaff).DistinctBy(line => line.ToString())],
            YourRecord = told.Count == 0 ? [] : [.. told.SelectMany(lines.ForPatient).Distinct(), T(counts)],
        };
    }

    private bool IsAnswered(CompiledQuestion question) =>
        decision.Intake.PatientAnswers[question.Index] is var answer && (answer.Given || SaysSomething(question, answer));

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
}
