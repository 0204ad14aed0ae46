using NodaTime;

namespace Screening.Benchmarks.Peers;

/// <summary>From a typed request to a typed decision: the checks, the dates, the rules, then words and evidence.</summary>
public static class TypedScreening
{
    private static readonly DateOnly EffectiveFrom = new(2025, 1, 1);

    /// <summary>Decides; null when the request cannot be screened. The rules are whichever is given.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">Counts only when the request has no as-of instant.</param>
    /// <param name="rules">The rules; null for the hand-written ones.</param>
    public static TypedDecision? Screen(TypedRequest request, DateTimeOffset now, Func<TypedAnswers, Place[]?, DateOnly, DateOnly, TypedFindings>? rules = null)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.Appointment.TimeZone);
        var asOf = request.AsOf ?? now;
        if (zone is null || request.Protocol is not ("sublative-rf" or "sublative-rf@1.0.0"))
        {
            return null;
        }

        var today = DateOnly.FromDateTime(InZone(asOf, zone).DateTime);
        var pinned = request.Protocol.Length > "sublative-rf".Length;
        if (!TryInZone(request.Appointment.Start, zone, out var start)
            || !TryInZone(request.Appointment.End, zone, out var end)
            || (!pinned && today < EffectiveFrom)
            || end < start
            || request.Appointment.Areas is []
            || Contradictory(request.Answers, today))
        {
            return null;
        }

        var date = start is { } requested ? DateOnly.FromDateTime(requested.DateTime) : today;
        if (date < today)
        {
            return null;
        }

        var found = rules is null
            ? HandWritten.Screen(request.Answers, request.Appointment.Areas, today, date)
            : rules(request.Answers, request.Appointment.Areas, today, date);
        var slots = Slots(request.Slots, zone, today, found);
        return slots is null ? null : new TypedDecision
        {
            DecisionId = Guid.CreateVersion7(now),
            Reference = request.Reference,
            Eligibility = found.Eligibility,
            Bookable = found.Eligibility >= Status.Conditional,
            EarliestDate = found.Eligibility >= Status.Deferred ? found.NotBefore : null,
            NotBefore = found.NotBefore,
            Windows = found.Windows,
            WaitingPeriods = Array.ConvertAll(found.Waits, wait => Wait(wait, request.Answers, date)),
            Requirements = Array.ConvertAll(found.Requirements, requirement => new RequirementEntry
            {
                RuleId = Texts.Rules[requirement.Rule].Id,
                StopBy = requirement.StopBy,
                StartBy = requirement.StartBy,
                ContinueThrough = requirement.ContinueThrough,
            }),
            Reasons = Array.ConvertAll(found.Reasons, rule => Reason(rule, found, request)),
            Missing = Array.ConvertAll(found.Missing, question => Texts.Missing[question]),
            Trace = Trace(found.Findings),
            Slots = slots,
            Protocol = Texts.Protocol,
            AsOf = asOf.UtcDateTime,
            Appointment = new AppointmentEntry { TimeZone = request.Appointment.TimeZone, Start = start, End = end, Date = date, Areas = request.Appointment.Areas },
        };
    }

    private static TraceEntry[] Trace(TypedFinding[] findings)
    {
        var trace = new TraceEntry[findings.Length];
        for (var i = 0; i < trace.Length; i++)
        {
            trace[i] = Texts.Rules[i].Trace(findings[i]);
        }

        return trace;
    }

    private static WaitingPeriod Wait(TypedWait wait, TypedAnswers answers, DateOnly date)
    {
        var retinoid = answers.TopicalRetinoidLastUsed;
        var (question, days, said) = wait.Rule switch
        {
            HandWritten.TopicalRetinoid => (Questions.TopicalRetinoidLastUsed, 14, retinoid.IsAbsent ? null : retinoid),
            HandWritten.HerpesProphylaxis => (Questions.AntiviralStart, 5, answers.AntiviralStart is { } start ? Said(start) : (SaidDate?)null),
            _ => (Questions.Injections, 14, answers.Injections!.List![wait.Event].Date),
        };
        return new WaitingPeriod(
            Texts.Rules[wait.Rule].Id,
            days,
            new WaitingPeriodEvent
            {
                Question = Texts.QuestionIds[question],
                Index = wait.Event < 0 ? null : wait.Event,
                Date = said,
                AssumedDate = wait.Assumed,
                Product = wait.Event < 0 ? Product.Absent : answers.Injections!.List![wait.Event].Product,
            },
            wait.From == DateOnly.MinValue ? null : wait.From,
            wait.Through,
            wait.Through.AddDays(1),
            wait.Contains(date) ? WaitStatus.Pending : WaitStatus.Satisfied);
    }

    private static Reason Reason(byte rule, TypedFindings found, TypedRequest request)
    {
        var finding = found.Findings[rule];
        var text = Texts.Rules[rule];
        var (clinician, patient) = text.Message(finding);
        return new Reason(text.Id, finding.Outcome, finding.Effect, finding.Level == found.Eligibility, text.Persistence, clinician, patient, Evidence(rule, request), text.Source);
    }

    private static Evidence[] Evidence(int rule, TypedRequest request)
    {
        var a = request.Answers;
        return rule switch
        {
            HandWritten.TopicalRetinoid => Both(Of(Questions.TopicalRetinoidUse, a.TopicalRetinoidUse), Of(Questions.TopicalRetinoidLastUsed, a.TopicalRetinoidLastUsed)),
            HandWritten.Isotretinoin => Both(Of(Questions.IsotretinoinUse, a.IsotretinoinUse), Of(Questions.IsotretinoinLastTaken, a.IsotretinoinLastTaken)),
            HandWritten.HerpesProphylaxis => Herpes(a),
            3 => Both(Of(Questions.ImmuneImpairment, a.ImmuneImpairment)),
            4 => Both(Of(Questions.SkinAllergy, a.SkinAllergy)),
            5 => Both(Of(Questions.Pregnancy, a.Pregnancy)),
            6 => Both(Of(Questions.Breastfeeding, a.Breastfeeding)),
            7 or 8 => Both(Of(Questions.SkinCancer, a.SkinCancer)),
            9 => Both(Of(Questions.BleedingOrVascularDisorder, a.BleedingOrVascularDisorder)),
            10 or 11 => Both(Of(Questions.AnticoagulantUse, a.AnticoagulantUse)),
            HandWritten.ElectronicImplant => Both(List(Questions.ElectronicImplants, a.ElectronicImplants)),
            HandWritten.MetalPlate => Both(List(Questions.MetalPlates, a.MetalPlates), List(Questions.TreatmentAreas, request.Appointment.Areas)),
            HandWritten.Injection => Both(Injections(a)),
            25 => Both(Of(Questions.MetalAllergy, a.MetalAllergy)),
            _ => Both(List(Questions.SkinConditions, a.SkinConditions)),
        };
    }

    private static Evidence[] Both(Evidence? first, Evidence? second = null) => (first, second) switch
    {
        ({ } one, { } other) => [one, other],
        ({ } one, null) => [one],
        (null, { } other) => [other],
        _ => [],
    };

    private static Evidence? Of<T>(byte question, T code)
        where T : struct, Enum =>
        EqualityComparer<T>.Default.Equals(code, default) ? null : new Evidence(Texts.QuestionIds[question], new AnswerValue(CodeConverter<T>.Text(code), default, null));

    private static Evidence? Of(byte question, SaidDate date) =>
        date.IsAbsent ? null : new Evidence(Texts.QuestionIds[question], new AnswerValue(default, date, null));

    private static Evidence? List(byte question, object? list) => list is null ? null : new Evidence(Texts.QuestionIds[question], new AnswerValue(default, default, list));

    private static Evidence? Injections(TypedAnswers answers) =>
        answers.Injections is { } injections ? new Evidence(Texts.QuestionIds[Questions.Injections], new AnswerValue(default, default, injections)) : null;

    private static Evidence[] Herpes(TypedAnswers answers)
    {
        var history = Of(Questions.HerpesSimplexHistory, answers.HerpesSimplexHistory);
        if (history is null || answers.AntiviralStart is not { } start)
        {
            return Both(history);
        }

        var started = new Evidence(Texts.QuestionIds[Questions.AntiviralStart], new AnswerValue(default, Said(start), null));
        return answers.AntiviralEnd is { } end
            ? [history, started, new Evidence(Texts.QuestionIds[Questions.AntiviralEnd], new AnswerValue(default, Said(end), null))]
            : [history, started];
    }

    private static SaidDate Said(DateOnly date) => new((short)date.Year, (byte)date.Month, (byte)date.Day, false);

    private static Slot[]? Slots(StatedStart[]? stated, DateTimeZone zone, DateOnly today, TypedFindings found)
    {
        if (stated is null or [])
        {
            return [];
        }

        var slots = new Slot[stated.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            if (!TryInZone(stated[i], zone, out var start) || DateOnly.FromDateTime(start!.Value.DateTime) is var date && date < today)
            {
                return null;
            }

            var status = HandWritten.StatusOn(date, found.Undated, found.Waits, found.RequiresWhenAllowed);
            slots[i] = new Slot(start.Value, date, status, status >= Status.Conditional);
        }

        return slots;
    }

    /// <summary>The time in the zone; false when the zone skips it. The earlier of two equal ones.</summary>
    private static bool TryInZone(StatedStart? stated, DateTimeZone zone, out DateTimeOffset? time)
    {
        time = null;
        if (stated is not { } start)
        {
            return true;
        }

        if (start.Offset is { } offset)
        {
            time = InZone(new DateTimeOffset(start.Local, offset), zone);
            return true;
        }

        var mapping = zone.MapLocal(LocalDateTime.FromDateTime(start.Local));
        if (mapping.Count == 0)
        {
            return false;
        }

        time = new DateTimeOffset(start.Local, mapping.EarlyInterval.WallOffset.ToTimeSpan());
        return true;
    }

    private static DateTimeOffset InZone(DateTimeOffset time, DateTimeZone zone) => time.ToOffset(zone.GetUtcOffset(Instant.FromDateTimeOffset(time)).ToTimeSpan());

    private static bool Contradictory(TypedAnswers answers, DateOnly today)
    {
        var last = answers.TopicalRetinoidLastUsed;
        var taken = answers.IsotretinoinLastTaken;
        return (!last.IsAbsent && answers.TopicalRetinoidUse == RetinoidUse.Never)
            || (last.Year != 0 && answers.TopicalRetinoidUse == RetinoidUse.Stopped && last.First > today)
            || (last.Year != 0 && answers.TopicalRetinoidUse == RetinoidUse.Current && last.Last < today)
            || (!taken.IsAbsent && answers.IsotretinoinUse == IsotretinoinUse.Never)
            || (taken.Year != 0 && taken.First > today)
            || ((answers.AntiviralStart ?? answers.AntiviralEnd) is not null && answers.HerpesSimplexHistory == YesNo.No)
            || (answers.AntiviralEnd is { } end && !(answers.AntiviralStart <= end))
            || Repeats<ElectronicImplant>(answers.ElectronicImplants)
            || Repeats<Place>(answers.MetalPlates)
            || Repeats<SkinCondition>(answers.SkinConditions);
    }

    private static bool Repeats<T>(ReadOnlySpan<T> codes)
        where T : struct, Enum
    {
        for (var i = 1; i < codes.Length; i++)
        {
            if (codes[..i].Contains(codes[i]))
            {
                return true;
            }
        }

        return false;
    }
}
