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
    private const int OnStack = 16;

    /// <summary>
    /// Decides. The intake must be free of contradictions, its clearances must be of review findings (<see cref="Contradiction"/>
    /// and <see cref="CanClear"/> tell), and no requested date may be before <paramref name="today"/>.
    /// </summary>
    /// <param name="intake">What was said, about the protocol that it names.</param>
    /// <param name="appointment">When it would be.</param>
    /// <param name="today">The clinic-local date on which the answers were true.</param>
    public static Decision Screen(Intake intake, Appointment appointment, LocalDate today)
    {
        var protocol = intake.Protocol;
        var answers = intake.Answers;
        var date = appointment.Start is { } start ? start.Date : today;

        var mostWaits = MostWaits(protocol, answers);
        var situation = new Situation
        {
            Answers = answers,
            Today = today,
            Date = date,
            Waits = mostWaits <= OnStack ? stackalloc WaitingPeriod[OnStack] : new WaitingPeriod[mostWaits],
            Requirements = protocol.Rules.Length <= OnStack * 4 ? stackalloc Requirement[OnStack * 4] : new Requirement[protocol.Rules.Length],
        };

        var findings = new Finding[protocol.Rules.Length];
        for (var i = 0; i < findings.Length; i++)
        {
            findings[i] = protocol.Rules[i].Evaluate(ref situation);
        }

        foreach (var clearance in intake.Clearances)
        {
            ref var finding = ref findings[clearance.Rule];
            finding = finding with { Outcome = Outcome.Cleared, Level = Eligibility.Eligible };
        }

        var missing = Missing(protocol, answers);
        var undated = missing.IsEmpty ? Eligibility.Eligible : Eligibility.Incomplete;
        foreach (var finding in findings)
        {
            undated = finding.Level < Eligibility.Deferred && finding.Level < undated ? finding.Level : undated;
        }

        var waits = situation.Waits[..situation.WaitCount];
        var inOrder = ImmutableCollectionsMarshal.AsImmutableArray(waits.ToArray());
        Span<Window> windows = waits.Length < OnStack ? stackalloc Window[OnStack] : new Window[waits.Length + 1];
        windows = windows[..FreeDates.Windows(waits, today, windows)];
        var eligibility = StatusOn(date, undated, waits, situation.RequiresWhenAllowed);

        return new Decision
        {
            Intake = intake,
            Appointment = appointment,
            Today = today,
            Date = date,
            Eligibility = eligibility,
            Findings = ImmutableCollectionsMarshal.AsImmutableArray(findings),
            Reasons = Reasons(findings),
            WaitingPeriods = inOrder,
            Requirements = ImmutableCollectionsMarshal.AsImmutableArray(situation.Requirements[..situation.RequirementCount].ToArray()),
            Windows = eligibility >= Eligibility.Deferred ? ImmutableCollectionsMarshal.AsImmutableArray(windows.ToArray()) : [],
            NotBefore = FreeDates.NotBefore(windows, date),
            Missing = missing,
            Slots = Slots(appointment, undated, waits, situation.RequiresWhenAllowed),
        };
    }

    /// <summary>True when a rule's finding is one that a clinician may clear: it stands at level review. No date has a part in that.</summary>
    public static bool CanClear(Protocol protocol, ReadOnlySpan<Answer> answers, int rule, LocalDate today)
    {
        var mostWaits = MostWaits(protocol, answers);
        var situation = new Situation
        {
            Answers = answers,
            Today = today,
            Date = today,
            Waits = mostWaits <= OnStack ? stackalloc WaitingPeriod[OnStack] : new WaitingPeriod[mostWaits],
            Requirements = stackalloc Requirement[1],
        };
        return protocol.Rules[rule].Evaluate(ref situation).Level == Eligibility.Review;
    }

    /// <summary>The status on a date: what no date can change, then the waits, then the requirements.</summary>
    private static Eligibility StatusOn(LocalDate date, Eligibility undated, ReadOnlySpan<WaitingPeriod> waits, bool requiresWhenAllowed)
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
            slots[i] = StatusOn(appointment.Slots[i].Date, undated, waits, requiresWhenAllowed);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(slots);
    }

    private static ImmutableArray<byte> Missing(Protocol protocol, ReadOnlySpan<Answer> answers)
    {
        Span<byte> missing = stackalloc byte[protocol.Questions.Length];
        var count = 0;
        foreach (var question in protocol.Questions)
        {
            if (question.IsMissing(answers))
            {
                missing[count++] = (byte)question.Index;
            }
        }

        return count == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(missing[..count].ToArray());
    }

    private static ImmutableArray<ushort> Reasons(ReadOnlySpan<Finding> findings)
    {
        var count = 0;
        foreach (ref readonly var finding in findings)
        {
            count += finding.Outcome == Outcome.Clear ? 0 : 1;
        }

        if (count == 0)
        {
            return [];
        }

        var reasons = new ushort[count];
        var next = 0;
        for (var level = Eligibility.Ineligible; level <= Eligibility.Eligible; level++)
        {
            for (var i = 0; i < findings.Length && next < count; i++)
            {
                if (findings[i].Level == level && findings[i].Outcome != Outcome.Clear)
                {
                    reasons[next++] = (ushort)i;
                }
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(reasons);
    }

    private static int MostWaits(Protocol protocol, ReadOnlySpan<Answer> answers)
    {
        // One wait for each rule that counts days, or one for each event.
        var events = 1;
        foreach (ref readonly var answer in answers)
        {
            events += answer.Events.Length;
        }

        return protocol.DatedRules * events;
    }
}
