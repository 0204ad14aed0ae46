using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>What one rule says. Level is the eligibility that it asks for, null for none.</summary>
internal sealed record NaiveFinding(
    string RuleId, int Line, string Persistence, string Outcome, string Effect, string? Level, string[] Questions);

/// <summary>The 26 rules of sublative-rf, in the order of the contract's table.</summary>
internal static class NaiveRules
{
    public static List<NaiveFinding> Evaluate(NaiveRequest request, LocalDate today, LocalDate requested)
    {
        string? cancer = request.Code("skinCancer");
        string? anticoagulant = request.Code("anticoagulantUse");
        string? isotretinoin = request.Code("isotretinoinUse");
        return
        [
            TopicalRetinoid(request, today, requested),
            Choice("isotretinoin", 4, "review", "indefinite", "isotretinoinUse", isotretinoin,
                isotretinoin is "current" or "past"),
            HerpesProphylaxis(request, today, requested),
            YesNo("immune-impairment", 12, "indefinite", "immuneImpairment", request),
            YesNo("skin-allergy", 14, "indefinite", "skinAllergy", request),
            YesNo("pregnancy", 16, "until-resolved", "pregnancy", request),
            YesNo("breastfeeding", 16, "until-resolved", "breastfeeding", request),
            Choice("skin-cancer", 18, "exclude", "indefinite", "skinCancer", cancer, cancer is "current" or "suspected"),
            Choice("skin-cancer-history", 18, "review", "indefinite", "skinCancer", cancer,
                cancer is "past" or "precancer"),
            YesNo("bleeding-or-vascular-disorder", 20, "indefinite", "bleedingOrVascularDisorder", request),
            Choice("anticoagulant-daily", 22, "exclude", "indefinite", "anticoagulantUse", anticoagulant,
                anticoagulant is "daily"),
            Choice("anticoagulant-other", 22, "review", "indefinite", "anticoagulantUse", anticoagulant,
                anticoagulant is "occasional" or "antiplatelet"),
            Skin("keloid-scarring", "indefinite", "keloid-scarring", request),
            Skin("abnormal-wound-healing", "indefinite", "abnormal-wound-healing", request),
            Skin("psoriasis", "indefinite", "psoriasis", request),
            Skin("eczema", "indefinite", "eczema", request),
            Skin("rash", "until-resolved", "rash", request),
            Skin("skin-sores", "until-resolved", "sores", request),
            Skin("open-wound", "until-resolved", "open-wound", request),
            Skin("severe-active-acne", "until-resolved", "severe-active-acne", request),
            Skin("oral-herpes-outbreak", "until-resolved", "oral-herpes-outbreak", request),
            Skin("skin-infection", "until-resolved", "infection", request),
            ElectronicImplant(request),
            MetalPlate(request),
            Injection(request, today, requested),
            YesNo("metal-allergy", 32, "indefinite", "metalAllergy", request),
        ];
    }

    private static NaiveFinding YesNo(string id, int line, string persistence, string question, NaiveRequest request)
    {
        string? code = request.Code(question);
        return Choice(id, line, "exclude", persistence, question, code, code == "yes");
    }

    private static NaiveFinding Choice(
        string id, int line, string effect, string persistence, string question, string? code, bool triggers)
    {
        NaiveFinding rule = Rule(id, line, persistence, effect, "/answers/" + question);
        if (code is null)
        {
            return Absent(rule);
        }

        if (code == "unknown")
        {
            return Unknown(rule);
        }

        return triggers ? Triggered(rule, effect) : rule;
    }

    private static NaiveFinding Skin(string id, string persistence, string code, NaiveRequest request)
    {
        NaiveFinding rule = Rule(id, 24, persistence, "exclude", "/answers/skinConditions");
        List<string>? conditions = request.List("skinConditions");
        if (conditions is null)
        {
            return Absent(rule);
        }

        if (conditions.Contains(code))
        {
            return Triggered(rule, "exclude");
        }

        return conditions.Contains("unknown") ? Unknown(rule) : rule;
    }

    private static NaiveFinding ElectronicImplant(NaiveRequest request)
    {
        NaiveFinding rule = Rule("electronic-implant", 26, "indefinite", "exclude", "/answers/electronicImplants");
        List<string>? implants = request.List("electronicImplants");
        if (implants is null)
        {
            return Absent(rule);
        }

        if (implants.Exists(implant => implant != "unknown"))
        {
            return Triggered(rule, "exclude");
        }

        return implants.Contains("unknown") ? Unknown(rule) : rule;
    }

    private static NaiveFinding MetalPlate(NaiveRequest request)
    {
        NaiveFinding rule = Rule(
            "metal-plate-in-area", 28, "indefinite", "exclude", "/answers/metalPlates", "/appointment/areas");
        List<string>? plates = request.List("metalPlates");
        if (plates is null)
        {
            return Absent(rule);
        }

        if (request.Areas is not null && plates.Exists(request.Areas.Contains))
        {
            return Triggered(rule, "exclude");
        }

        if (NamesTreatmentArea(plates) && request.Areas is null)
        {
            return Absent(rule);
        }

        return plates.Contains("unknown") ? Unknown(rule) : rule;
    }

    public static bool NamesTreatmentArea(List<string> plates)
    {
        return plates.Contains("face") || plates.Contains("neck") || plates.Contains("chest") || plates.Contains("hands");
    }

    private static NaiveFinding TopicalRetinoid(NaiveRequest request, LocalDate today, LocalDate requested)
    {
        NaiveFinding rule = Rule(
            "topical-retinoid", 2, "until-date", "defer", "/answers/topicalRetinoidUse", "/answers/topicalRetinoidLastUsed");
        string? use = request.Code("topicalRetinoidUse");
        if (use is null || (use == "stopped" && request.RetinoidLastUsed is null))
        {
            return Absent(rule);
        }

        if (use == "unknown")
        {
            return Unknown(rule);
        }

        if (Blocked("topical-retinoid", request, today, requested))
        {
            return Triggered(rule, "defer");
        }

        return use == "current" ? Triggered(rule, "require") : rule;
    }

    private static NaiveFinding HerpesProphylaxis(NaiveRequest request, LocalDate today, LocalDate requested)
    {
        NaiveFinding rule = Rule(
            "herpes-prophylaxis", 6, "until-date", "defer",
            "/answers/herpesSimplexHistory", "/answers/antiviralStart", "/answers/antiviralEnd");
        string? history = request.Code("herpesSimplexHistory");
        if (history is null)
        {
            return Absent(rule);
        }

        if (history == "unknown")
        {
            return Unknown(rule);
        }

        if (history == "no")
        {
            return rule;
        }

        return Blocked("herpes-prophylaxis", request, today, requested)
            ? Triggered(rule, "defer")
            : Triggered(rule, "require");
    }

    private static NaiveFinding Injection(NaiveRequest request, LocalDate today, LocalDate requested)
    {
        NaiveFinding rule = Rule("filler-or-toxin-injection", 30, "until-date", "defer", "/answers/injections");
        if (request.InjectionsUnknown)
        {
            return Unknown(rule);
        }

        if (request.Injections is null)
        {
            return Absent(rule);
        }

        return Blocked("filler-or-toxin-injection", request, today, requested) ? Triggered(rule, "defer") : rule;
    }

    private static bool Blocked(string ruleId, NaiveRequest request, LocalDate today, LocalDate requested)
    {
        return NaiveWaits.Of(request, today).Exists(wait => wait.RuleId == ruleId && wait.Blocks(requested));
    }

    /// <summary>A rule that is clear: it shows the worst effect that it could have had.</summary>
    private static NaiveFinding Rule(
        string id, int line, string persistence, string worstEffect, params string[] questions)
    {
        return new NaiveFinding(id, line, persistence, "clear", worstEffect, null, questions);
    }

    private static NaiveFinding Absent(NaiveFinding rule)
    {
        return rule with { Outcome = "undetermined", Level = "incomplete" };
    }

    private static NaiveFinding Unknown(NaiveFinding rule)
    {
        return rule with { Outcome = "undetermined", Level = "review" };
    }

    private static NaiveFinding Triggered(NaiveFinding rule, string effect)
    {
        string level = effect switch
        {
            "exclude" => "ineligible",
            "review" => "review",
            "defer" => "deferred",
            _ => "conditional",
        };
        return rule with { Outcome = "triggered", Effect = effect, Level = level };
    }
}
