using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Loading.Flaw;

namespace Screening.Rules.Tests.Loading;

/// <summary>Flaws of rules, their conditions and their messages.</summary>
public static class RuleFlaws
{
    public static IReadOnlyList<Flaw> All { get; } =
    [
        Of("a rule twice", f => f.Append("/rules", f.At("/rules/{pregnancy}").ToJsonString()), "/rules", "'pregnancy' appears more than once."),
        OfShape("a rule's id in camelCase", f => f.Set("/rules/{skin-cancer}/id", "\"skinCancer\""), "/rules/{skin-cancer}/id", "A rule's id is kebab-case."),
        OfShape("line 0", f => f.Set("/rules/{pregnancy}/line", "0"), "/rules/{pregnancy}/line", "Lines are counted from 1."),
        OfShape("a line before the first", f => f.Set("/rules/{pregnancy}/line", "-16"), "/rules/{pregnancy}/line", "Lines are counted from 1."),

        Of("an unknown question in a condition", f => f.Set("/rules/{pregnancy}/condition/question", "\"pregnant\""), "/rules/{pregnancy}/condition/question", "There is no question of this id."),
        Of("a condition on an optional question", f => f.Set("/questions/{pregnancy}/optional", "true"), "/rules/{pregnancy}/condition/question", "A rule is decided by a question that is not optional."),
        Of("an unknown code in a condition", f => f.Set("/rules/{pregnancy}/condition/anyOf/0", "\"definitely\""), "/rules/{pregnancy}/condition/anyOf/0", "The question offers no such code"),
        Of("a code in other casing in a condition", f => f.Set("/rules/{pregnancy}/condition/anyOf/0", "\"Yes\""), "/rules/{pregnancy}/condition/anyOf/0", "The question offers no such code"),
        Of("unknown in a condition", f => f.Append("/rules/{skin-cancer}/condition/anyOf", "\"unknown\""), "/rules/{skin-cancer}/condition/anyOf/2", "or it is `unknown`"),
        Of("a code twice in a condition", f => f.Append("/rules/{pregnancy}/condition/anyOf", "\"yes\""), "/rules/{pregnancy}/condition/anyOf", "'yes' appears more than once."),
        OfShape("no codes in a condition", f => f.Set("/rules/{pregnancy}/condition/anyOf", "[]"), "/rules/{pregnancy}/condition/anyOf", "Name at least one code."),
        Of("an answer condition on events", f => f.Set("/rules/{pregnancy}/condition/question", "\"injections\""), "/rules/{pregnancy}/condition/question", "The question is answered by code."),
        Of("a treated-area condition on a choice", f => f.Set("/rules/{metal-plate-in-area}/condition/question", "\"pregnancy\""), "/rules/{metal-plate-in-area}/condition/question", "Places are a list of codes."),
        Of("an event distance on a choice", f => f.Set("/rules/{filler-or-toxin-injection}/condition/question", "\"pregnancy\""), "/rules/{filler-or-toxin-injection}/condition/question", "The events are an events question."),
        Of("a last use that is a full date", f => f.Set("/rules/{topical-retinoid}/condition/lastUse", "\"antiviralStart\""), "/rules/{topical-retinoid}/condition/lastUse", "The use is a choice, the last use a partial date."),
        Of("a last use that nobody asks for", f => f.Set("/rules/{topical-retinoid}/condition/lastUse", "\"retinoidLastUsed\""), "/rules/{topical-retinoid}/condition/lastUse", "The use is a choice, the last use a partial date."),
        Of("a last use that is not needed when the use has stopped", f => f.Set("/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf/0", "\"current\""), "/rules/{topical-retinoid}/condition/lastUse", "The last use is needed when the use has stopped."),
        Of("a last use that is optional", f => { f.Cut("/questions/{topicalRetinoidLastUsed}/neededWhen"); f.Set("/questions/{topicalRetinoidLastUsed}/optional", "true"); }, "/rules/{topical-retinoid}/condition/lastUse", "The last use is needed when the use has stopped."),
        Of("an unknown code for stopped", f => f.Set("/rules/{topical-retinoid}/condition/stopped", "\"past\""), "/rules/{topical-retinoid}/condition/anyOf/0", "The question offers no such code"),
        Of("a last use that may be in the future", f => f.Cut("/questions/{topicalRetinoidLastUsed}/checks/1"), "/rules/{topical-retinoid}/condition/lastUse", "The last use needs the checks"),
        Of("a planned last use that may be in the past", f => f.Cut("/questions/{topicalRetinoidLastUsed}/checks/2"), "/rules/{topical-retinoid}/condition/lastUse", "The last use needs the checks"),
        Of("an area that no place is called by", f => f.Set("/treatmentAreas/options/{neck}/code", "\"throat\""), "/rules/{metal-plate-in-area}/condition/question", "The question must offer every area"),
        Of("areas that are not needed for every place", f => f.Cut("/treatmentAreas/neededWhen/anyOf/0"), "/rules/{metal-plate-in-area}/condition/question", "The treated areas must be needed"),
        Of("the deciding question as evidence too", f => f.Append("/rules/{isotretinoin}/evidence", "\"isotretinoinUse\""), "/rules/{isotretinoin}/evidence", "'isotretinoinUse' appears more than once."),
        Of("a course that starts on a partial date", f => f.Set("/rules/{herpes-prophylaxis}/condition/start", "\"topicalRetinoidLastUsed\""), "/rules/{herpes-prophylaxis}/condition/start", "A course starts and ends on a full date."),
        Of("a course that ends on nothing", f => f.Set("/rules/{herpes-prophylaxis}/condition/end", "\"antiviralStop\""), "/rules/{herpes-prophylaxis}/condition/start", "A course starts and ends on a full date."),
        .. Days("topical-retinoid", "days"),
        .. Days("filler-or-toxin-injection", "days"),
        .. Days("herpes-prophylaxis", "daysBefore"),
        .. Days("herpes-prophylaxis", "daysAfter"),

        .. new[] { "[]", "[\"defer\"]", "[\"require\"]", "[\"exclude\", \"review\"]", "[\"exclude\", \"exclude\"]" }.Select(effects =>
            Of($"an answer condition with effects {effects}", f => f.Set("/rules/{pregnancy}/effects", effects), "/rules/{pregnancy}/effects", "These are not the effects of this kind of condition.")),
        .. new[] { "[]", "[\"defer\"]", "[\"require\", \"defer\"]", "[\"exclude\"]" }.Select(effects =>
            Of($"a stopped-use condition with effects {effects}", f => f.Set("/rules/{topical-retinoid}/effects", effects), "/rules/{topical-retinoid}/effects", "These are not the effects of this kind of condition.")),
        Of("a course that only defers", f => f.Set("/rules/{herpes-prophylaxis}/effects", "[\"defer\"]"), "/rules/{herpes-prophylaxis}/effects", "These are not the effects of this kind of condition."),
        Of("a treated area that defers", f => f.Set("/rules/{metal-plate-in-area}/effects", "[\"defer\"]"), "/rules/{metal-plate-in-area}/effects", "These are not the effects of this kind of condition."),
        Of("an event distance that requires", f => f.Append("/rules/{filler-or-toxin-injection}/effects", "\"require\""), "/rules/{filler-or-toxin-injection}/effects", "These are not the effects of this kind of condition."),
        Of("an exclusion until a date", f => f.Set("/rules/{pregnancy}/persistence", "\"until-date\""), "/rules/{pregnancy}/persistence", "A rule that counts days lasts until a date, and only such a rule."),
        Of("a wait without end", f => f.Set("/rules/{topical-retinoid}/persistence", "\"indefinite\""), "/rules/{topical-retinoid}/persistence", "A rule that counts days lasts until a date, and only such a rule."),
        Of("an unknown question as evidence", f => f.Set("/rules/{isotretinoin}/evidence/0", "\"isotretinoin\""), "/rules/{isotretinoin}/evidence/0", "There is no question of this id."),

        Of("no message for an exclusion", f => f.Cut("/rules/{pregnancy}/messages/exclude"), "/rules/{pregnancy}/messages/exclude", "This message is missing."),
        Of("no message for a requirement", f => f.Cut("/rules/{topical-retinoid}/messages/require"), "/rules/{topical-retinoid}/messages/require", "This message is missing."),
        Of("no message for a course too short", f => f.Cut("/rules/{herpes-prophylaxis}/messages/requireLonger"), "/rules/{herpes-prophylaxis}/messages/requireLonger", "This message is missing."),
        .. new[] { "review", "defer", "require", "requireLonger" }.Select(name =>
            Of($"a message for {name} that an exclusion has no use for", f => f.Set($"/rules/{{pregnancy}}/messages/{name}", f.At("/cleared").ToJsonString()), "/rules/{pregnancy}/messages/" + name, "The rule has no such effect.")),
        OfShape("a blank message for the clinician", f => f.Set("/rules/{pregnancy}/messages/exclude/clinician/en", "\"\""), "/rules/{pregnancy}/messages/exclude/clinician/en", "The text is blank."),
        OfShape("a blank Spanish message for the patient", f => f.Set("/rules/{pregnancy}/messages/undetermined/patient/es", "\"\\n\""), "/rules/{pregnancy}/messages/undetermined/patient/es", "The text is blank."),
    ];

    private static IEnumerable<Flaw> Days(string rule, string member) =>
        new[] { 0, -1, 3651 }.Select(days =>
            OfShape($"{days} {member} in {rule}", f => f.Set($"/rules/{{{rule}}}/condition/{member}", days.ToString()), $"/rules/{{{rule}}}/condition/{member}", "Days are 1 to 3650."));
}
