using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Screens one intake against its protocol. Pure: the same arguments give the same decision. Every rule is evaluated; nothing
/// short-circuits.
/// </summary>
public static class Screener
{
    private const int MaxOnStack = 8;

    /// <summary>
    /// Screens an intake. It must be free of contradictions (see <see cref="Contradiction"/>), its clearances must be of review findings
    /// (see <see cref="CanClear"/>), and no requested date may be before <paramref name="today"/>.
    /// </summary>
    /// <param name="intake">The answers and clearances, with their protocol.</param>
    /// <param name="appointment">The requested appointment.</param>
    /// <param name="today">The clinic-local date on which the answers were true.</param>
    public static Decision Screen(Intake intake, Appointment appointment, LocalDate today)
    {
        var protocol = intake.Protocol;
        var answers = intake.Answers;
        var date = appointment.Start is { } start ? start.Date : today;
        var requested = Day.Of(date);
        var asOf = Day.Of(today);

        var mostWaits = MostWaits(protocol, answers);
        var context = new EvaluationContext
        {
            Answers = answers,
            Clearances = intake.Clearances.AsSpan(),
            Today = asOf,
            Date = requested,
            Waits = mostWaits <= MaxOnStack ? stackalloc WaitingPeriod[MaxOnStack] : new WaitingPeriod[mostWaits],
            Requirements = protocol.DatedRules <= MaxOnStack ? stackalloc Requirement[MaxOnStack] : new Requirement[protocol.DatedRules],
        };

        var findings = protocol.Clear.AsSpan().ToArray();
        var notClear = Evaluate(protocol, ref context, findings);
        foreach (var clearance in intake.Clearances)
        {
            ref var finding = ref findings[clearance.Rule];
            if (finding.Level == Eligibility.Review)
            {
                finding = finding with { Outcome = Outcome.Cleared, Level = Eligibility.Eligible };
            }
        }

        var missing = Missing(protocol, answers, intake.Suggestions.IsEmpty ? 0 : intake.Unconfirmed);
        var reasons = Reasons(findings, notClear);
        var undated = missing.IsEmpty ? Eligibility.Eligible : Eligibility.Incomplete;
        if (reasons.Length > 0 && findings[reasons[0]].Level is var worst && worst < Eligibility.Deferred && worst < undated)
        {
            undated = worst;
        }

        var waits = context.Waits[..context.WaitCount];
        var inOrder = ImmutableCollectionsMarshal.AsImmutableArray(waits.ToArray());
        Span<Window> windows = waits.Length < MaxOnStack ? stackalloc Window[MaxOnStack] : new Window[waits.Length + 1];
        windows = windows[..FreeDates.Windows(waits, asOf, windows)];
        var eligibility = StatusOn(requested, undated, waits, context.RequiresWhenAllowed);

        return new Decision
        {
            Intake = intake,
            Appointment = appointment,
            Today = today,
            Date = date,
            Eligibility = eligibility,
            Findings = ImmutableCollectionsMarshal.AsImmutableArray(findings),
            Reasons = reasons,
            WaitingPeriods = inOrder,
            Requirements = ImmutableCollectionsMarshal.AsImmutableArray(context.Requirements[..context.RequirementCount].ToArray()),
            Windows = eligibility >= Eligibility.Deferred ? ImmutableCollectionsMarshal.AsImmutableArray(windows.ToArray()) : [],
            NotBefore = FreeDates.NotBefore(windows, requested),
            Missing = missing,
            Slots = Slots(appointment, undated, waits, context.RequiresWhenAllowed),
        };
    }

    /// <summary>True when a clinician may clear a rule's finding: its level is review. Dates do not affect this.</summary>
    public static bool CanClear(Protocol protocol, ReadOnlySpan<Answer> answers, int rule, LocalDate today)
    {
        var mostWaits = MostWaits(protocol, answers);
        var context = new EvaluationContext
        {
            Answers = answers,
            Today = Day.Of(today),
            Date = Day.Of(today),
            Waits = mostWaits <= MaxOnStack ? stackalloc WaitingPeriod[MaxOnStack] : new WaitingPeriod[mostWaits],
            Requirements = stackalloc Requirement[1],
        };
        return protocol.Rules[rule].Evaluate(ref context).Level == Eligibility.Review;
    }

    /// <summary>The status on a date: first what no date can change, then the waits, then the requirements.</summary>
    private static Eligibility StatusOn(Day date, Eligibility undated, ReadOnlySpan<WaitingPeriod> waits, bool requiresWhenAllowed)
    {
        if (undated < Eligibility.Deferred)
        {
            return undated;
        }

        foreach (ref readonly var wait in waits)
        {
            if (wait.Contains(date))
            {
                return Eligibility.Deferred;
            }
        }

        return requiresWhenAllowed ? Eligibility.Conditional : Eligibility.Eligible;
    }

    private static ImmutableArray<Eligibility> Slots(Appointment appointment, Eligibility undated, ReadOnlySpan<WaitingPeriod> waits, bool requiresWhenAllowed)
    {
        if (appointment.Slots.IsEmpty)
        {
            return [];
        }

        var slots = new Eligibility[appointment.Slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = StatusOn(Day.Of(appointment.Slots[i].Date), undated, waits, requiresWhenAllowed);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(slots);
    }

    /// <summary>The needed questions without an answer, and those with an answer that nobody has confirmed.</summary>
    private static ImmutableArray<byte> Missing(Protocol protocol, ReadOnlySpan<Answer> answers, ulong unconfirmed)
    {
        Span<byte> missing = stackalloc byte[64];
        var count = 0;
        foreach (var question in unconfirmed == 0 ? protocol.CanBeMissing : protocol.Questions)
        {
            if (question.IsMissing(answers) || (unconfirmed & (1UL << question.Index)) != 0)
            {
                missing[count++] = (byte)question.Index;
            }
        }

        return count == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(missing[..count].ToArray());
    }

    /// <summary>Replaces the initial clear findings with the result of each rule; returns how many are not clear.</summary>
    private static int Evaluate(Protocol protocol, ref EvaluationContext context, Span<Finding> findings)
    {
        var notClear = 0;
        var relevantCodes = protocol.RelevantCodes.AsSpan();
        for (var i = 0; i < relevantCodes.Length; i++)
        {
            if (!relevantCodes[i].CanSkip(context.Answers))
            {
                findings[i] = protocol.Rules[i].Evaluate(ref context);
                notClear += findings[i].Outcome == Outcome.Clear ? 0 : 1;
            }
        }

        return notClear;
    }

    /// <summary>The given number of rules that are not clear: worst level first, then in protocol order.</summary>
    private static ImmutableArray<ushort> Reasons(ReadOnlySpan<Finding> findings, int count)
    {
        if (count == 0)
        {
            return [];
        }

        // Insertion sort, stable: a finding goes after those that are as bad.
        var reasons = new ushort[count];
        var filled = 0;
        for (var i = 0; filled < count; i++)
        {
            if (findings[i].Outcome == Outcome.Clear)
            {
                continue;
            }

            var place = filled++;
            for (; place > 0 && findings[reasons[place - 1]].Level > findings[i].Level; place--)
            {
                reasons[place] = reasons[place - 1];
            }

            reasons[place] = (ushort)i;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(reasons);
    }

    private static int MostWaits(Protocol protocol, ReadOnlySpan<Answer> answers)
    {
        // One wait for each rule that counts days, or one for each event.
        var events = 1;
        foreach (var question in protocol.EventQuestions)
        {
            events += answers[question].Events.Length;
        }

        return protocol.DatedRules * events;
    }
}
