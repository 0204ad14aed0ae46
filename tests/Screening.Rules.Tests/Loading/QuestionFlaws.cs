using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Loading.Flaw;

namespace Screening.Rules.Tests.Loading;

/// <summary>Flaws of questions, their options and what they must not contradict.</summary>
public static class QuestionFlaws
{
    private const string HarmlessOption = """{ "code": "maybe", "label": { "en": "Maybe", "es": "Quizá" }, "harmless": true }""";

    public static IReadOnlyList<Flaw> All { get; } =
    [
        Of("a question twice", f => f.Append("/questions", f.At("/questions/{pregnancy}").ToJsonString()), "/questions", "'pregnancy' appears more than once."),
        Of("a question that is called as the areas are", f => f.Set("/questions/{skincareKit}/id", "\"treatmentAreas\""), "/questions", "'treatmentAreas' appears more than once."),
        OfShape("a question's id in kebab-case", f => f.Set("/questions/{skincareKit}/id", "\"skincare-kit\""), "/questions/{skincareKit}/id", "A question's id is camelCase."),
        OfShape("a question's id with a capital", f => f.Set("/questions/{skincareKit}/id", "\"SkincareKit\""), "/questions/{skincareKit}/id", "A question's id is camelCase."),
        OfShape("an empty question's id", f => f.Set("/questions/{skincareKit}/id", "\"\""), "/questions/{skincareKit}/id", "A question's id is camelCase."),
        OfShape("a blank question", f => f.Set("/questions/{pregnancy}/text/es", "\"\\u00a0\""), "/questions/{pregnancy}/text/es", "The text is blank."),
        Of("63 questions and the areas", f => Enumerable.Range(0, 63).ToList().ForEach(i => f.Append("/questions", $$"""{ "type": "date", "id": "date{{i}}", "text": { "en": "When?", "es": "¿Cuándo?" }, "optional": true }""")), "/questions", "at most 62 questions"),

        OfShape("a question without options", f => f.Set("/questions/{skincareKit}/options", "[]"), "/questions/{skincareKit}/options", "1 to 62 options"),
        OfShape("a question with 63 options", f => f.Set("/questions/{skincareKit}/options", $"[{string.Join(",", Enumerable.Range(0, 63).Select(i => HarmlessOption.Replace("maybe", "maybe-" + i, StringComparison.Ordinal)))}]"), "/questions/{skincareKit}/options", "1 to 62 options"),
        Of("an option twice", f => f.Append("/questions/{pregnancy}/options", f.At("/questions/{pregnancy}/options/{no}").ToJsonString()), "/questions/{pregnancy}/options", "'no' appears more than once."),
        OfShape("a code in camelCase", f => f.Set("/questions/{skincareKit}/options/{yes}/code", "\"yesPlease\""), "/questions/{skincareKit}/options/{yes}/code", "A code is kebab-case."),
        OfShape("a blank label", f => f.Set("/questions/{pregnancy}/options/{yes}/label/en", "\"\""), "/questions/{pregnancy}/options/{yes}/label/en", "The text is blank."),
        Of("an option that no rule looks at", f => f.Cut("/questions/{pregnancy}/options/{no}/harmless"), "/questions/{pregnancy}/options/{no}", "No rule looks at this option, and it is not marked harmless."),
        Of("an option that is expressly not harmless, and that no rule looks at", f => f.Set("/questions/{pregnancy}/options/{no}/harmless", "false"), "/questions/{pregnancy}/options/{no}", "No rule looks at this option, and it is not marked harmless."),
        Of("a harmless option that a rule looks at", f => f.Set("/questions/{pregnancy}/options/{yes}/harmless", "true"), "/questions/{pregnancy}/options/{yes}", "A rule looks at this option, so it is not harmless."),
        Of("a harmless option that a dated rule looks at", f => f.Set("/questions/{topicalRetinoidUse}/options/{current}/harmless", "true"), "/questions/{topicalRetinoidUse}/options/{current}", "A rule looks at this option, so it is not harmless."),
        Of("a harmless place that may be treated", f => f.Set("/questions/{metalPlates}/options/{neck}/harmless", "true"), "/questions/{metalPlates}/options/{neck}", "A rule looks at this option, so it is not harmless."),
        Of("a place that cannot be treated, not marked harmless", f => f.Cut("/questions/{metalPlates}/options/{elsewhere}/harmless"), "/questions/{metalPlates}/options/{elsewhere}", "No rule looks at this option, and it is not marked harmless."),
        Of("a harmless event", f => f.Set("/questions/{injections}/kind/options/{filler}/harmless", "true"), "/questions/{injections}/kind/options/{filler}", "A rule looks at this option, so it is not harmless."),
        Of("a harmless unknown", f => f.Set("/questions/{pregnancy}/options/{unknown}/harmless", "true"), "/questions/{pregnancy}/options/{unknown}/harmless", "Not to know is never harmless."),
        Of("a needed question that no rule looks at", f => f.Cut("/questions/{skincareKit}/optional"), "/questions/{skincareKit}", "The question is needed, but no rule looks at it."),
        Of("a needed question that is evidence alone", f => f.Cut("/questions/{isotretinoinLastTaken}/optional"), "/questions/{isotretinoinLastTaken}", "The question is needed, but no rule looks at it."),

        Of("a question both optional and needed", f => f.Set("/questions/{topicalRetinoidLastUsed}/optional", "true"), "/questions/{topicalRetinoidLastUsed}/optional", "optional or needed under a condition, not both"),
        Of("needed when an unknown question says so", f => f.Set("/questions/{topicalRetinoidLastUsed}/neededWhen/question", "\"retinoid\""), "/questions/{topicalRetinoidLastUsed}/neededWhen/question", "There is no question of this id."),
        Of("needed when an unknown code says so", f => f.Set("/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf", "[\"stopped\", \"ended\"]"), "/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf/1", "The question offers no such code, or it is `unknown`."),
        Of("needed when unknown", f => f.Set("/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf/0", "\"unknown\""), "/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf/0", "The question offers no such code, or it is `unknown`."),
        OfShape("needed when none of no codes was said", f => f.Set("/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf", "[]"), "/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf", "Name at least one code."),
        Of("needed when an optional question says so", f => f.Set("/questions/{topicalRetinoidLastUsed}/neededWhen", """{ "question": "skincareKit", "anyOf": ["yes"] }"""), "/questions/{topicalRetinoidLastUsed}/neededWhen/question", "a question that is always needed"),
        Of("needed when a question says so that is itself needed at times", f => { f.Set("/questions/{metalPlates}/neededWhen", """{ "question": "pregnancy", "anyOf": ["yes"] }"""); }, "/treatmentAreas/neededWhen/question", "a question that is always needed"),
        Of("needed when a date says so", f => f.Set("/questions/{topicalRetinoidLastUsed}/neededWhen/question", "\"antiviralStart\""), "/questions/{topicalRetinoidLastUsed}/neededWhen/anyOf/0", "The question offers no such code"),
        Of("asked when an unknown question says so", f => f.Set("/questions/{antiviralStart}/askedWhen/question", "\"herpes\""), "/questions/{antiviralStart}/askedWhen/question", "There is no question of this id."),

        Of("a contradiction to an unknown question", f => f.Set("/questions/{antiviralStart}/checks/0/answer/question", "\"herpes\""), "/questions/{antiviralStart}/checks/0/answer/question", "There is no question of this id."),
        Of("a contradiction to an unknown code", f => f.Set("/questions/{antiviralStart}/checks/0/answer/anyOf/0", "\"none\""), "/questions/{antiviralStart}/checks/0/answer/anyOf/0", "The question offers no such code"),
        Of("a choice that is not after the as-of date", f => f.Set("/questions/{pregnancy}/checks", """[{ "kind": "not-after-as-of" }]"""), "/questions/{pregnancy}/checks/0", "Only a date can be after the as-of date."),
        Of("a list that is not before the as-of date", f => f.Set("/questions/{metalPlates}/checks", """[{ "kind": "not-before-as-of" }]"""), "/questions/{metalPlates}/checks/0", "Only a date can be before the as-of date."),
        Of("a date that follows a partial date", f => f.Set("/questions/{antiviralEnd}/checks/1/question", "\"topicalRetinoidLastUsed\""), "/questions/{antiviralEnd}/checks/1/question", "A full date follows another full date."),
        Of("a date that follows nothing", f => f.Set("/questions/{antiviralEnd}/checks/1/question", "\"antiviralBegin\""), "/questions/{antiviralEnd}/checks/1/question", "A full date follows another full date."),

        OfShape("an event's member in kebab-case", f => f.Set("/questions/{injections}/date/id", "\"injection-date\""), "/questions/{injections}/date/id", "camelCase"),
        OfShape("an event's coded member in kebab-case", f => f.Set("/questions/{injections}/kind/id", "\"the-product\""), "/questions/{injections}/kind/id", "camelCase"),
        Of("an event's member that the FHIR form has already", f => f.Set("/questions/{injections}/date/id", "\"any\""), "/questions/{injections}", "FHIR form"),
        Of("an event whose members are called alike", f => f.Set("/questions/{injections}/date/id", "\"product\""), "/questions/{injections}/date/id", "stands once"),
        OfShape("an event's blank text", f => f.Set("/questions/{injections}/kind/text/en", "\"\""), "/questions/{injections}/kind/text/en", "The text is blank."),
        OfShape("an event's blank date text", f => f.Set("/questions/{injections}/date/text/en", "\"\""), "/questions/{injections}/date/text/en", "The text is blank."),
        OfShape("events of no kind", f => f.Set("/questions/{injections}/kind/options", "[]"), "/questions/{injections}/kind/options", "1 to 62 options"),
    ];
}
