namespace Screening.Benchmarks.Peers;

/// <summary>
/// The 26 rules as one would write them by hand for this one protocol: plain comparisons on typed fields, no table, no indirection.
/// </summary>
public static class HandWritten
{
    /// <summary>The rules' positions.</summary>
    public const int TopicalRetinoid = 0, Isotretinoin = 1, HerpesProphylaxis = 2, ElectronicImplant = 22, MetalPlate = 23, Injection = 24, Count = 26;

    private static readonly TypedFinding ClearExclude = new(RuleOutcome.Clear, RuleEffect.Exclude, Status.Eligible);
    private static readonly TypedFinding ClearReview = new(RuleOutcome.Clear, RuleEffect.Review, Status.Eligible);
    private static readonly TypedFinding Excluded = new(RuleOutcome.Triggered, RuleEffect.Exclude, Status.Ineligible);
    private static readonly TypedFinding Reviewed = new(RuleOutcome.Triggered, RuleEffect.Review, Status.Review);
    private static readonly Place[] TreatedAreas = [Place.Face, Place.Neck, Place.Chest, Place.Hands];

    /// <summary>Decides.</summary>
    public static TypedFindings Screen(TypedAnswers answers, Place[]? areas, DateOnly today, DateOnly date)
    {
        var findings = new TypedFinding[Count];
        var situation = new DatedSituation(answers, today, date);
        findings[TopicalRetinoid] = situation.TopicalRetinoid();
        findings[Isotretinoin] = Isotretinoins(answers.IsotretinoinUse);
        findings[HerpesProphylaxis] = situation.HerpesProphylaxis();
        findings[3] = Exclude(answers.ImmuneImpairment);
        findings[4] = Exclude(answers.SkinAllergy);
        findings[5] = Exclude(answers.Pregnancy);
        findings[6] = Exclude(answers.Breastfeeding);
        (findings[7], findings[8]) = SkinCancers(answers.SkinCancer);
        findings[9] = Exclude(answers.BleedingOrVascularDisorder);
        (findings[10], findings[11]) = Anticoagulants(answers.AnticoagulantUse);
        SkinConditions(answers.SkinConditions, findings);
        findings[ElectronicImplant] = Implant(answers.ElectronicImplants);
        findings[MetalPlate] = Plate(answers.MetalPlates, areas);
        findings[Injection] = situation.Injections();
        findings[25] = Exclude(answers.MetalAllergy);

        return Finish(answers, areas, ref situation, findings);
    }

    /// <summary>What follows from the findings, the same whoever found them.</summary>
    internal static TypedFindings Finish(TypedAnswers answers, Place[]? areas, ref DatedSituation situation, TypedFinding[] findings)
    {
        var missing = Missing(answers, areas);
        var undated = missing.Length == 0 ? Status.Eligible : Status.Incomplete;
        foreach (ref readonly var finding in findings.AsSpan())
        {
            if (finding.Level < Status.Deferred && finding.Level < undated)
            {
                undated = finding.Level;
            }
        }

        var waits = situation.Waits;
        var eligibility = StatusOn(situation.Date, undated, waits, situation.RequiresWhenAllowed);
        var (windows, notBefore) = Windows(waits, situation.Today, situation.Date);
        return new TypedFindings
        {
            Eligibility = eligibility,
            Undated = undated,
            RequiresWhenAllowed = situation.RequiresWhenAllowed,
            Findings = findings,
            Reasons = Reasons(findings),
            Waits = waits,
            Requirements = situation.Requirements,
            Windows = eligibility >= Status.Deferred ? windows : [],
            NotBefore = notBefore,
            Missing = missing,
        };
    }

    /// <summary>The status on a date.</summary>
    public static Status StatusOn(DateOnly date, Status undated, TypedWait[] waits, bool requiresWhenAllowed)
    {
        if (undated < Status.Deferred)
        {
            return undated;
        }

        foreach (ref readonly var wait in waits.AsSpan())
        {
            if (wait.Contains(date))
            {
                return Status.Deferred;
            }
        }

        return requiresWhenAllowed ? Status.Conditional : Status.Eligible;
    }

    /// <summary>The finding of a rule whose answer is not there, or <c>unknown</c>.</summary>
    internal static TypedFinding NotKnown(RuleEffect effect, bool absent) => new(RuleOutcome.Undetermined, effect, absent ? Status.Incomplete : Status.Review);

    /// <summary>The finding of one rule that counts no days, when an engine has told that it is not clear.</summary>
    internal static TypedFinding Finding(int rule, TypedAnswers answers, Place[]? areas) => rule switch
    {
        Isotretinoin => Isotretinoins(answers.IsotretinoinUse),
        3 => Exclude(answers.ImmuneImpairment),
        4 => Exclude(answers.SkinAllergy),
        5 => Exclude(answers.Pregnancy),
        6 => Exclude(answers.Breastfeeding),
        7 => SkinCancers(answers.SkinCancer).Now,
        8 => SkinCancers(answers.SkinCancer).Past,
        9 => Exclude(answers.BleedingOrVascularDisorder),
        10 => Anticoagulants(answers.AnticoagulantUse).Daily,
        11 => Anticoagulants(answers.AnticoagulantUse).Other,
        ElectronicImplant => Implant(answers.ElectronicImplants),
        MetalPlate => Plate(answers.MetalPlates, areas),
        25 => Exclude(answers.MetalAllergy),
        _ => answers.SkinConditions is not { } said ? NotKnown(RuleEffect.Exclude, true)
            : said.AsSpan().Contains((SkinCondition)(rule - 11)) ? Excluded
            : NotKnown(RuleEffect.Exclude, false),
    };

    private static TypedFinding Isotretinoins(IsotretinoinUse use) => use switch
    {
        IsotretinoinUse.Never => ClearReview,
        IsotretinoinUse.Current or IsotretinoinUse.Past => Reviewed,
        _ => NotKnown(RuleEffect.Review, use == IsotretinoinUse.Absent),
    };

    private static (TypedFinding Now, TypedFinding Past) SkinCancers(SkinCancer cancer) => cancer switch
    {
        SkinCancer.None => (ClearExclude, ClearReview),
        SkinCancer.Current or SkinCancer.Suspected => (Excluded, ClearReview),
        SkinCancer.Past or SkinCancer.Precancer => (ClearExclude, Reviewed),
        _ => (NotKnown(RuleEffect.Exclude, cancer == SkinCancer.Absent), NotKnown(RuleEffect.Review, cancer == SkinCancer.Absent)),
    };

    private static (TypedFinding Daily, TypedFinding Other) Anticoagulants(AnticoagulantUse use) => use switch
    {
        AnticoagulantUse.None => (ClearExclude, ClearReview),
        AnticoagulantUse.Daily => (Excluded, ClearReview),
        AnticoagulantUse.Occasional or AnticoagulantUse.Antiplatelet => (ClearExclude, Reviewed),
        _ => (NotKnown(RuleEffect.Exclude, use == AnticoagulantUse.Absent), NotKnown(RuleEffect.Review, use == AnticoagulantUse.Absent)),
    };

    private static TypedFinding Exclude(YesNo answer) => answer switch
    {
        YesNo.No => ClearExclude,
        YesNo.Yes => Excluded,
        _ => NotKnown(RuleEffect.Exclude, answer == YesNo.Absent),
    };

    private static void SkinConditions(SkinCondition[]? said, TypedFinding[] findings)
    {
        var otherwise = said is null ? NotKnown(RuleEffect.Exclude, true)
            : said.AsSpan().Contains(SkinCondition.Unknown) ? NotKnown(RuleEffect.Exclude, false)
            : ClearExclude;
        findings.AsSpan(12, 10).Fill(otherwise);
        foreach (var condition in said ?? [])
        {
            if (condition != SkinCondition.Unknown)
            {
                findings[11 + (int)condition] = Excluded;
            }
        }
    }

    private static TypedFinding Implant(ElectronicImplant[]? said) =>
        said is null ? NotKnown(RuleEffect.Exclude, true)
        : said.Length == 0 ? ClearExclude
        : said is [Peers.ElectronicImplant.Unknown] ? NotKnown(RuleEffect.Exclude, false)
        : Excluded;

    private static TypedFinding Plate(Place[]? plates, Place[]? areas)
    {
        if (plates is null)
        {
            return NotKnown(RuleEffect.Exclude, true);
        }

        var unknown = false;
        foreach (var plate in plates)
        {
            if (plate <= Place.Hands)
            {
                if (areas is null)
                {
                    return NotKnown(RuleEffect.Exclude, true);
                }

                if (areas.AsSpan().Contains(plate))
                {
                    return Excluded;
                }
            }

            unknown |= plate == Place.Unknown;
        }

        return unknown ? NotKnown(RuleEffect.Exclude, false) : ClearExclude;
    }

    private static byte[] Missing(TypedAnswers answers, Place[]? areas)
    {
        Span<byte> missing = stackalloc byte[Questions.Count];
        var count = 0;
        Note(missing, ref count, Questions.Pregnancy, answers.Pregnancy == YesNo.Absent);
        Note(missing, ref count, Questions.Breastfeeding, answers.Breastfeeding == YesNo.Absent);
        Note(missing, ref count, Questions.ImmuneImpairment, answers.ImmuneImpairment == YesNo.Absent);
        Note(missing, ref count, Questions.SkinAllergy, answers.SkinAllergy == YesNo.Absent);
        Note(missing, ref count, Questions.MetalAllergy, answers.MetalAllergy == YesNo.Absent);
        Note(missing, ref count, Questions.BleedingOrVascularDisorder, answers.BleedingOrVascularDisorder == YesNo.Absent);
        Note(missing, ref count, Questions.SkinCancer, answers.SkinCancer == SkinCancer.Absent);
        Note(missing, ref count, Questions.AnticoagulantUse, answers.AnticoagulantUse == AnticoagulantUse.Absent);
        Note(missing, ref count, Questions.ElectronicImplants, answers.ElectronicImplants is null);
        Note(missing, ref count, Questions.MetalPlates, answers.MetalPlates is null);
        Note(missing, ref count, Questions.SkinConditions, answers.SkinConditions is null);
        Note(missing, ref count, Questions.TopicalRetinoidUse, answers.TopicalRetinoidUse == RetinoidUse.Absent);
        Note(missing, ref count, Questions.TopicalRetinoidLastUsed, answers.TopicalRetinoidUse == RetinoidUse.Stopped && answers.TopicalRetinoidLastUsed.IsAbsent);
        Note(missing, ref count, Questions.IsotretinoinUse, answers.IsotretinoinUse == IsotretinoinUse.Absent);
        Note(missing, ref count, Questions.HerpesSimplexHistory, answers.HerpesSimplexHistory == YesNo.Absent);
        Note(missing, ref count, Questions.Injections, answers.Injections is null);
        Note(missing, ref count, Questions.TreatmentAreas, areas is null && answers.MetalPlates is { } plates && plates.AsSpan().IndexOfAny(TreatedAreas) >= 0);
        return missing[..count].ToArray();
    }

    private static void Note(Span<byte> missing, ref int count, byte question, bool isMissing)
    {
        if (isMissing)
        {
            missing[count++] = question;
        }
    }

    private static byte[] Reasons(TypedFinding[] findings)
    {
        Span<byte> reasons = stackalloc byte[Count];
        var count = 0;
        foreach (ref readonly var finding in findings.AsSpan())
        {
            count += finding.Outcome == RuleOutcome.Clear ? 0 : 1;
        }

        var next = 0;
        for (var level = Status.Ineligible; next < count; level++)
        {
            for (var rule = 0; rule < findings.Length; rule++)
            {
                if (findings[rule].Level == level && findings[rule].Outcome != RuleOutcome.Clear)
                {
                    reasons[next++] = (byte)rule;
                }
            }
        }

        return reasons[..count].ToArray();
    }

    private static (TypedWindow[] Windows, DateOnly NotBefore) Windows(TypedWait[] inOrder, DateOnly today, DateOnly date)
    {
        if (inOrder.Length == 0)
        {
            return ([new TypedWindow(today, null)], date);
        }

        TypedWait[] waits = [.. inOrder];
        waits.AsSpan().Sort(static (a, b) => a.From.CompareTo(b.From));
        Span<TypedWindow> windows = waits.Length < 16 ? stackalloc TypedWindow[16] : new TypedWindow[waits.Length + 1];
        var count = 0;
        var free = today;
        var notBefore = date;
        foreach (ref readonly var wait in waits.AsSpan())
        {
            if (wait.From > free)
            {
                windows[count++] = new TypedWindow(free, wait.From.AddDays(-1));
            }

            if (wait.Through >= free)
            {
                free = wait.Through.AddDays(1);
            }

            // In order of their beginnings, so that a date pushed out of one wait is tried against every later one.
            if (wait.Contains(notBefore))
            {
                notBefore = wait.Through.AddDays(1);
            }
        }

        windows[count++] = new TypedWindow(free, null);
        return (windows[..count].ToArray(), notBefore);
    }
}
