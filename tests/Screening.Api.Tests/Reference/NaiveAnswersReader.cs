using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>Reads the answers of one request, question by question.</summary>
internal static class NaiveAnswersReader
{
    public static readonly string[] Questions =
    [
        "pregnancy", "breastfeeding", "immuneImpairment", "skinAllergy", "metalAllergy", "bleedingOrVascularDisorder",
        "skinCancer", "anticoagulantUse", "electronicImplants", "metalPlates", "skinConditions",
        "topicalRetinoidUse", "topicalRetinoidLastUsed", "isotretinoinUse", "isotretinoinLastTaken",
        "herpesSimplexHistory", "antiviralStart", "antiviralEnd", "injections", "skincareKit",
    ];

    public static void Read(JsonObject answers, NaiveRequest request, NaiveErrors errors)
    {
        foreach (KeyValuePair<string, JsonNode?> member in answers)
        {
            if (!Questions.Contains(member.Key))
            {
                errors.Meaning("/answers/" + NaiveJson.Escape(member.Key));
            }
        }

        ReadCode(answers, "pregnancy", ["yes", "no", "unknown"], request, errors);
        ReadCode(answers, "breastfeeding", ["yes", "no", "unknown"], request, errors);
        ReadCode(answers, "immuneImpairment", ["yes", "no", "unknown"], request, errors);
        ReadCode(answers, "skinAllergy", ["yes", "no", "unknown"], request, errors);
        ReadCode(answers, "metalAllergy", ["yes", "no", "unknown"], request, errors);
        ReadCode(answers, "bleedingOrVascularDisorder", ["yes", "no", "unknown"], request, errors);
        ReadCode(answers, "skinCancer", ["none", "current", "suspected", "past", "precancer", "unknown"], request, errors);
        ReadCode(answers, "anticoagulantUse", ["none", "occasional", "daily", "antiplatelet", "unknown"], request, errors);
        ReadList(
            answers,
            "electronicImplants",
            [
                "pacemaker", "defibrillator", "lvad", "insulin-pump", "glucose-monitor", "neurostimulator",
                "cochlear-implant", "loop-recorder", "other", "unknown",
            ],
            request,
            errors);
        ReadList(answers, "metalPlates", ["face", "neck", "chest", "hands", "elsewhere", "unknown"], request, errors);
        ReadList(
            answers,
            "skinConditions",
            [
                "keloid-scarring", "abnormal-wound-healing", "psoriasis", "eczema", "rash", "sores", "open-wound",
                "severe-active-acne", "oral-herpes-outbreak", "infection", "unknown",
            ],
            request,
            errors);
        ReadCode(answers, "topicalRetinoidUse", ["never", "current", "stopped", "unknown"], request, errors);
        request.RetinoidLastUsed = ReadPartial(answers, "topicalRetinoidLastUsed", "/answers", false, errors);
        ReadCode(answers, "isotretinoinUse", ["never", "current", "past", "unknown"], request, errors);
        request.IsotretinoinLastTaken = ReadPartial(answers, "isotretinoinLastTaken", "/answers", false, errors);
        ReadCode(answers, "herpesSimplexHistory", ["yes", "no", "unknown"], request, errors);
        request.AntiviralStart = ReadDay(answers, "antiviralStart", errors);
        request.AntiviralEnd = ReadDay(answers, "antiviralEnd", errors);
        ReadInjections(answers, request, errors);
        ReadCode(answers, "skincareKit", ["yes", "no"], request, errors);
    }

    /// <summary>The codes of a list; with null for the allowed codes any string will do.</summary>
    public static List<string> CodesOf(JsonArray list, string pointer, string[]? allowed, NaiveErrors errors)
    {
        List<string> codes = [];
        for (int i = 0; i < list.Count; i++)
        {
            string at = pointer + "/" + i.ToString(CultureInfo.InvariantCulture);
            string? code = NaiveJson.AsText(list[i]);
            if (code is null)
            {
                errors.Shape(at);
                continue;
            }

            if (allowed is not null && !allowed.Contains(code))
            {
                errors.Meaning(at);
            }

            if (codes.Contains(code))
            {
                errors.Meaning(at);
            }

            codes.Add(code);
        }

        return codes;
    }

    private static void ReadCode(
        JsonObject answers, string question, string[] allowed, NaiveRequest request, NaiveErrors errors)
    {
        string? code = NaiveJson.Text(answers, question, "/answers", false, errors);
        if (code is null)
        {
            return;
        }

        if (allowed.Contains(code))
        {
            request.Codes[question] = code;
        }
        else
        {
            errors.Meaning("/answers/" + question);
        }
    }

    private static void ReadList(
        JsonObject answers, string question, string[] allowed, NaiveRequest request, NaiveErrors errors)
    {
        JsonArray? list = NaiveJson.Array(answers, question, "/answers", errors);
        if (list is not null)
        {
            request.Lists[question] = CodesOf(list, "/answers/" + question, allowed, errors);
        }
    }

    private static NaivePartialDate? ReadPartial(
        JsonObject parent, string name, string at, bool required, NaiveErrors errors)
    {
        string? text = NaiveJson.Text(parent, name, at, required, errors);
        if (text is null)
        {
            return null;
        }

        if (text == "unknown")
        {
            return new NaivePartialDate(true, default, default);
        }

        NaivePartialDate? date = NaiveDates.Partial(text);
        if (date is null)
        {
            errors.Meaning(at + "/" + name);
        }

        return date;
    }

    private static LocalDate? ReadDay(JsonObject answers, string question, NaiveErrors errors)
    {
        string? text = NaiveJson.Text(answers, question, "/answers", false, errors);
        if (text is null)
        {
            return null;
        }

        LocalDate? date = NaiveDates.Day(text);
        if (date is null)
        {
            errors.Meaning("/answers/" + question);
        }

        return date;
    }

    private static void ReadInjections(JsonObject answers, NaiveRequest request, NaiveErrors errors)
    {
        if (!answers.TryGetPropertyValue("injections", out JsonNode? node))
        {
            return;
        }

        string? text = NaiveJson.AsText(node);
        if (text == "unknown")
        {
            request.InjectionsUnknown = true;
            return;
        }

        if (text is not null)
        {
            // A string may stand here, but only that one: an unknown code.
            errors.Meaning("/answers/injections");
            return;
        }

        if (node is not JsonArray list)
        {
            errors.Shape("/answers/injections");
            return;
        }

        request.Injections = [];
        for (int i = 0; i < list.Count; i++)
        {
            string at = "/answers/injections/" + i.ToString(CultureInfo.InvariantCulture);
            if (list[i] is not JsonObject item)
            {
                errors.Shape(at);
                continue;
            }

            NaiveJson.UnknownMembers(item, at, ["product", "date"], errors);
            string? product = NaiveJson.Text(item, "product", at, true, errors);
            if (product is not null && product != "filler" && product != "botulinum-toxin")
            {
                errors.Meaning(at + "/product");
            }

            NaivePartialDate? date = ReadPartial(item, "date", at, true, errors);
            if (product is not null && date is not null)
            {
                request.Injections.Add(new NaiveInjection(product, date));
            }
        }
    }
}
