using System.Collections.Immutable;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Reconciles the answers of an intake with a health record: each becomes the worse of the patient's answer and the record's. A record
/// never clears an answer and never replaces one: a question left unanswered stays unanswered (and the screening incomplete) whatever the
/// record says, unless the record's finding excludes by itself. Answers that were filled in for the patient, and that the patient has not
/// confirmed, count like findings of a record. Pure: the same arguments give the same intake.
/// </summary>
public static class RecordReconciliation
{
    /// <summary>
    /// The intake with every answer reconciled, and the evidence for it; without record entries and suggestions, the same intake. Starts
    /// from the patient's answers, even if they have been reconciled before.
    /// </summary>
    /// <param name="intake">The patient's intake, free of contradictions.</param>
    /// <param name="entries">The record, without entries that are not true.</param>
    /// <param name="today">The as-of local date. An end after it has not yet happened.</param>
    public static Intake Reconcile(Intake intake, IReadOnlyList<RecordEntry> entries, LocalDate today)
    {
        var protocol = intake.Protocol;
        var asOf = Day.Of(today);
        var findings = protocol.CodeMap.Find(entries, asOf);
        var summary = new RecordSummary(Count(entries.Select(entry => entry.Reference)), Count(findings.Select(one => one.Reference)));
        findings.AddRange(SuggestedFindings.Of(intake));
        if (findings.Count == 0)
        {
            return entries.Count == 0 ? intake : intake.ReconciledWith(null, intake.Clearances, [], summary);
        }

        var answers = intake.PatientAnswers.ToArray();
        var evidence = ImmutableArray.CreateBuilder<RecordEvidence>();
        ulong changed = 0;
        foreach (var group in findings.GroupBy(one => one.Question.Index).OrderBy(group => group.Key))
        {
            var question = protocol.Questions[group.Key];
            var before = intake.PatientAnswers[question.Index];
            var all = ReconciledUse.WithUndatedEndsAsUnknown(protocol, question, intake.PatientAnswers, [.. group], asOf);
            var counted = Reconcile(protocol, question, answers, all.FindAll(one => IsNew(protocol, intake, one, asOf)), asOf);

            // Latest first, with undated entries counted as of today: a reader who sees only the first few sees those that may still
            // matter.
            foreach (var same in all.GroupBy(one => (one.Option, one.Reference))
                .OrderByDescending(same => same.Max(one => one.Dates.Max(date => date?.Last ?? asOf))))
            {
                var effects = same.Any(counted.Contains);
                changed |= effects ? 1UL << question.Index : 0;
                var disagrees = effects && before.Given && !before.IsUnknown;
                var first = same.First();
                int? option = same.Key.Option is RecordFinding.Unknown ? null : same.Key.Option;
                evidence.Add(new RecordEvidence(question.Index, option, same.Key.Reference, first.Coding, first.Words, effects, disagrees)
                {
                    LeavesHowOftenOpen = same.Any(one => one.LeavesHowOftenOpen),
                    When = option is null ? null : RecordedTime.Of(question, same.SelectMany(one => one.Dates)),
                });
            }
        }

        // A clinician cleared what the patient said; the clearance does not cover anything else.
        var clearances = intake.Clearances.Where(clearance =>
            (protocol.Rules[clearance.Rule].EvidenceBits & changed) == 0 && Screener.CanClear(protocol, answers, clearance.Rule, today));
        return intake.ReconciledWith(answers, [.. clearances], evidence.DrainToImmutable(), summary);
    }

    /// <summary>
    /// False for a word match that may only restate the patient's answer: the finding that a code would imply instead changes no answer.
    /// </summary>
    private static bool IsNew(Protocol protocol, Intake intake, RecordFinding one, Day today)
    {
        if (one.ImpliedByCode.IsEmpty)
        {
            return true;
        }

        var implied = ReconciledUse.WithUndatedEndsAsUnknown(protocol, one.Question, intake.PatientAnswers, [.. one.ImpliedByCode], today);
        return Reconcile(protocol, one.Question, intake.PatientAnswers.ToArray(), implied, today).Count > 0;
    }

    private static int Count(IEnumerable<string> references) => references.Distinct(StringComparer.Ordinal).Count();

    /// <summary>Reconciles one question's answer; returns the findings that changed it.</summary>
    private static HashSet<RecordFinding> Reconcile(Protocol protocol, CompiledQuestion question, Answer[] answers, List<RecordFinding> findings, Day today)
    {
        ref var answer = ref answers[question.Index];
        switch (question.Kind)
        {
            case AnswerKind.Events:
                return ReconciledEvents.Reconcile(ref answer, findings);
            case AnswerKind.Codes:
                return ReconciledCodes.Reconcile(question, ref answer, findings);
            default:
                var counted = ReconciledUse.Reconcile(protocol, question, answers, findings, today, out var remaining);
                counted.UnionWith(ReconciledChoice.Reconcile(protocol.Ranks, question, ref answer, remaining));
                return counted;
        }
    }
}

/// <summary>
/// Adds the record's codes to a list of codes. An absent list stays absent: the record does not say that there is nothing else.
/// </summary>
internal static class ReconciledCodes
{
    public static HashSet<RecordFinding> Reconcile(CompiledQuestion question, ref Answer answer, List<RecordFinding> findings)
    {
        var counted = new HashSet<RecordFinding>(ReferenceEqualityComparer.Instance);
        var bits = answer.Codes;
        List<byte> shown = [.. answer.GivenCodes];
        foreach (var one in findings.Where(one => !question.Codes[one.Option].Harmless))
        {
            if ((answer.Codes & question.Bit(one.Option)) == 0)
            {
                counted.Add(one);
            }

            if ((bits & question.Bit(one.Option)) == 0)
            {
                bits |= question.Bit(one.Option);
                shown.Add((byte)one.Option);
            }
        }

        answer = counted.Count == 0 ? answer : answer.With(bits, [.. shown], answer.Given);
        return counted;
    }
}

/// <summary>
/// Adds the record's codes to the patient's choice, so that every rule sees the codes that it checks. Codes that no longer matter are
/// dropped: a harmless one and, beside an exclusion, one that only leads to a clinician's review; never one that counts days or makes
/// another answer needed. The worst code is shown first; of two equally bad, the patient's.
/// </summary>
internal static class ReconciledChoice
{
    public static HashSet<RecordFinding> Reconcile(AnswerRanks ranks, CompiledQuestion question, ref Answer answer, List<RecordFinding> findings)
    {
        var given = answer.Codes;
        var codes = Enumerable.Range(0, question.Codes.Count)
            .Where(code => (given & question.Bit(code)) != 0 || findings.Exists(one => one.Option == code))
            .OrderBy(code => ranks.Of(question, code)).ThenBy(code => (given & question.Bit(code)) == 0)
            .ToList();
        var excludes = codes.Count > 0 && ranks.Of(question, codes[0]) == AnswerRanks.Rank.Exclude;
        if (codes.Count > 1)
        {
            codes.RemoveAll(code => !ranks.MakesAnotherNeeded(question, code) && ranks.Of(question, code) switch
            {
                AnswerRanks.Rank.Harmless => true,
                AnswerRanks.Rank.Review or AnswerRanks.Rank.Unknown => excludes,
                _ => false,
            });
        }

        var counted = findings.Where(one => codes.Contains(one.Option) && (given & question.Bit(one.Option)) == 0)
            .ToHashSet<RecordFinding>(ReferenceEqualityComparer.Instance);
        if (counted.Count > 0)
        {
            var bits = codes.Aggregate(0UL, (bits, code) => bits | question.Bit(code));
            answer = answer.With(bits, [.. codes.Select(code => (byte)code)], answer.Given || excludes);
        }

        return counted;
    }
}

/// <summary>
/// Adds the record's events that the patient did not state: a stated event is one of the same kind, on the same date or on a partial date
/// that contains it. Events are also added to an absent or unknown answer, which stays absent or unknown. An event whose date nobody knows
/// makes the answer unknown. Beyond a limit, whole months or years are added instead: they cover the same days, and more.
/// </summary>
internal static class ReconciledEvents
{
    /// <summary>The most events that are added with their own dates: each has its own wait in every decision.</summary>
    private const int MaxDatedEvents = 100;

    public static HashSet<RecordFinding> Reconcile(ref Answer answer, List<RecordFinding> findings)
    {
        HashSet<EventAnswer> stated = [.. answer.Events];
        var isKnown = !answer.IsUnknown;
        var counted = findings
            .Where(one => one.Option == RecordFinding.Unknown ? isKnown : !Events(one).All(other => IsStated(stated, other)))
            .ToHashSet<RecordFinding>(ReferenceEqualityComparer.Instance);
        List<EventAnswer> added = [.. findings.SelectMany(Events).Distinct().Where(one => !IsStated(stated, one))];
        for (var wider = 0; wider < 2 && added.Count > MaxDatedEvents; wider++)
        {
            added = [.. added.Select(one => one with { Date = one.Date?.Coarser }).Distinct()];
        }

        var isUnknown = findings.Exists(one => one.Option == RecordFinding.Unknown);
        answer = counted.Count == 0 ? answer : answer.With([.. answer.Events, .. added], isUnknown);
        return counted;
    }

    private static IEnumerable<EventAnswer> Events(RecordFinding one) =>
        one.Option == RecordFinding.Unknown ? [] : one.Dates.Select(date => new EventAnswer((byte)one.Option, date));

    /// <summary>True for a stated event of the same kind, on the same date or in the month or year that contains it.</summary>
    private static bool IsStated(HashSet<EventAnswer> stated, EventAnswer one) => stated.Contains(one)
        || (one.Date is { } date
            && (stated.Contains(one with { Date = date.Coarser }) || stated.Contains(one with { Date = date.Coarser.Coarser })));
}
