using System.Text.Json.Nodes;
using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Loading.Flaw;

namespace Screening.Rules.Tests.Loading;

/// <summary>Worked examples that are missing, cannot be screened or do not come out.</summary>
public static class ExampleFlaws
{
    private const string Pregnant = "/rules/{pregnancy}/examples/{Pregnancy excludes.}";
    private const string MonthBetween = """{ "name": "Use goes on", "answers": { "topicalRetinoidUse": "current" }, "date": "2026-07-01", "expect": """;
    private const string AntiviralInTime = """{ "name": "In time", "answers": { "herpesSimplexHistory": "yes" }, "expect": """;
    private const string FillerBetween = """{ "name": "Filler", "answers": { "injections": [{ "product": "filler", "date": "2026-06-09" }] }, "expect": """;

    public static IReadOnlyList<Flaw> All { get; } =
    [
        OfShape("an example without a name", f => f.Set(Pregnant + "/name", "\"\""), Pregnant + "/name", "The text is blank."),
        Of("an example with an unknown area", f => f.Set(Pregnant + "/areas", "[\"knee\"]"), Pregnant + "/areas", "of the protocol's"),
        OfShape("an example without areas", f => f.Set(Pregnant + "/areas", "[]"), Pregnant + "/areas", "at least one"),
        OfShape("an example whose answers are a text", f => f.Set(Pregnant + "/answers", "\"yes\""), Pregnant + "/answers", "Answers are an object."),
        Of("an example without an unknown question", f => f.Set(Pregnant + "/without", "[\"pregnant\"]"), Pregnant + "/without", "There is no question of this id."),
        Of("no example of a clear rule", f => Keep(f, "pregnancy", "triggered", "undetermined"), "/rules/{pregnancy}/examples", "No example shows the rule clear."),
        Of("no example of an undetermined rule", f => Keep(f, "pregnancy", "triggered", "clear"), "/rules/{pregnancy}/examples", "No example shows the rule undetermined."),
        Of("no example of a triggered rule", f => Keep(f, "pregnancy", "clear", "undetermined"), "/rules/{pregnancy}/examples", "No example shows the rule triggered with effect exclude."),
        Of("no example of a deferral", f => Drop(f, "topical-retinoid", "defer"), "/rules/{topical-retinoid}/examples", "No example shows the rule triggered with effect defer."),
        Of("no example of a requirement", f => Drop(f, "topical-retinoid", "require"), "/rules/{topical-retinoid}/examples", "No example shows the rule triggered with effect require."),
        OfShape("no example at all", f => f.Set("/rules/{pregnancy}/examples", "[]"), "/rules/{pregnancy}/examples", "No example shows the rule clear."),

        Of("an example with an unknown code", f => f.Set(Pregnant + "/answers/pregnancy", "\"definitely\""), Pregnant, "cannot be screened: /answers/pregnancy: "),
        Of("an example with an unknown question", f => f.Set(Pregnant + "/answers/pregnant", "\"yes\""), Pregnant, "cannot be screened: /answers/pregnant: "),
        Of("an example with an answer of the wrong type", f => f.Set(Pregnant + "/answers/pregnancy", "true"), Pregnant, "cannot be screened: /answers/pregnancy: "),
        Of("an example with contradictory answers", f => f.Set(Pregnant + "/answers/antiviralStart", "\"2026-06-01\""), Pregnant, "cannot be screened: /answers/antiviralStart: "),
        Of("an example with an answer after the as-of date", f => f.Set(Pregnant + "/answers", """{ "isotretinoinUse": "past", "isotretinoinLastTaken": "2026-06-02" }"""), Pregnant, "cannot be screened: /answers/isotretinoinLastTaken: "),
        Of("an example dated before its as-of date", f => f.Set(Pregnant + "/date", "\"2026-05-31\""), Pregnant, "cannot be screened: /date: The requested date is before the as-of date."),
        Of("a baseline that cannot be screened", f => f.Set("/baseline/answers/pregnancy", "\"definitely\""), "/rules/{breastfeeding}/examples/0", "cannot be screened: /answers/pregnancy: "),
        Of("a baseline that leaves a needed question open", f => f.Cut("/baseline/answers/pregnancy"), "/rules/{breastfeeding}/examples/0", "expects eligibility eligible; it comes out as incomplete."),

        Of("an example with another status", f => f.Set(Pregnant + "/expect/eligibility", "\"review\""), Pregnant, "'Pregnancy excludes.' expects eligibility review; it comes out as ineligible."),
        Of("an example with another outcome", f => f.Set(Pregnant + "/expect/outcome", "\"undetermined\""), Pregnant, "expects outcome undetermined; it comes out as triggered."),
        Of("an example with another effect", f => f.Append("/rules/{pregnancy}/examples", Changed(f, Pregnant, "effect", "review")), "/rules/{pregnancy}/examples", "expects effect review; it comes out as exclude.").AtEnd("pregnancy"),
        Of("an example with another lower bound", f => f.Set(Pregnant + "/expect/notBefore", "\"2026-06-11\""), Pregnant, "expects notBefore 2026-06-11; it comes out as 2026-06-10."),
        Of("an example with a wait that is none", f => f.Set(Pregnant + "/expect/blockedThrough", "\"2026-06-11\""), Pregnant, "expects blockedThrough 2026-06-11; it comes out as nothing."),
        Of("an example with a requirement that is none", f => f.Set(Pregnant + "/expect/stopBy", "\"2026-06-11\""), Pregnant, "expects stopBy 2026-06-11; it comes out as nothing."),
        Added("an example with another first blocked date", "filler-or-toxin-injection", FillerBetween + """{ "eligibility": "deferred", "outcome": "triggered", "blockedFrom": "2026-05-26" } }""", "expects blockedFrom 2026-05-26; it comes out as 2026-05-27."),
        Added("an example with another last blocked date", "filler-or-toxin-injection", FillerBetween + """{ "eligibility": "deferred", "outcome": "triggered", "blockedThrough": "2026-06-23" } }""", "expects blockedThrough 2026-06-23; it comes out as 2026-06-22."),
        Added("an example with a beginning of an open wait", "topical-retinoid", MonthBetween + """{ "eligibility": "conditional", "outcome": "triggered", "effect": "require", "blockedFrom": "2026-06-01" } }""", "expects blockedFrom 2026-06-01; it comes out as open."),
        Added("an example with another last day of use", "topical-retinoid", MonthBetween + """{ "eligibility": "conditional", "outcome": "triggered", "effect": "require", "stopBy": "2026-06-18" } }""", "expects stopBy 2026-06-18; it comes out as 2026-06-17."),
        Added("an example with another first day of a course", "herpes-prophylaxis", AntiviralInTime + """{ "eligibility": "conditional", "outcome": "triggered", "effect": "require", "startBy": "2026-06-06" } }""", "expects startBy 2026-06-06; it comes out as 2026-06-05."),
        Added("an example with another last day of a course", "herpes-prophylaxis", AntiviralInTime + """{ "eligibility": "conditional", "outcome": "triggered", "effect": "require", "continueThrough": "2026-06-14" } }""", "expects continueThrough 2026-06-14; it comes out as 2026-06-15."),
    ];

    private static Flaw Added(string name, string rule, string example, string reason) =>
        Of(name, f => f.Append($"/rules/{{{rule}}}/examples", example), $"/rules/{{{rule}}}/examples", reason).AtEnd(rule);

    private static string Changed(JsonObject file, string example, string member, string value)
    {
        var copy = file.At(example).DeepClone();
        copy["expect"]![member] = value;
        return copy.ToJsonString();
    }

    private static void Keep(JsonObject file, string rule, params string[] outcomes) =>
        file.At($"/rules/{{{rule}}}/examples").AsArray().RemoveAll(e => !outcomes.Contains(e!["expect"]!["outcome"]!.GetValue<string>()));

    private static void Drop(JsonObject file, string rule, string effect) =>
        file.At($"/rules/{{{rule}}}/examples").AsArray().RemoveAll(e => e!["expect"]!["outcome"]!.GetValue<string>() == "triggered" && e["expect"]!["effect"]!.GetValue<string>() == effect);

    private static Flaw AtEnd(this Flaw flaw, string rule) =>
        flaw with { Pointer = flaw.Pointer + "/" + Shipped.Protocol.Rules[Shipped.Protocol.RuleIndexes[rule]].Document.Examples.Count };
}
