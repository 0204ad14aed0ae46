using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Loading.Flaw;

namespace Screening.Rules.Tests.Loading;

/// <summary>Flaws of the members that stand at the top of a protocol.</summary>
public static class HeadFlaws
{
    public static IReadOnlyList<Flaw> All { get; } =
    [
        .. new[] { "Sublative-RF", "sublative_rf", "sublative--rf", "-rf", "rf-", "", "sublative rf", "sublativé" }.Select(id =>
            OfShape($"the protocol's id '{id}'", f => f.Set("/id", $"\"{id}\""), "/id", "An id is kebab-case.")),
        .. new[] { "1.0", "1", "1.0.0.0", "v1.0.0", "1.0.0-beta", "01.0.0", "1.0.x", "", "1..0", " 1.0.0", "1.0.-1" }.Select(version =>
            OfShape($"the version '{version}'", f => f.Set("/version", $"\"{version}\""), "/version", "A version is MAJOR.MINOR.PATCH.")),
        Of("a version beyond all numbers", f => f.Set("/version", "\"1.0.99999999999\""), "/version", "A version is MAJOR.MINOR.PATCH."),

        OfShape("a blank title", f => f.Set("/title/en", "\" \\t\""), "/title/en", "The text is blank."),
        OfShape("an empty Spanish title", f => f.Set("/title/es", "\"\""), "/title/es", "The text is blank."),
        OfShape("a blank source", f => f.Set("/source/document", "\"\""), "/source/document", "The text is blank."),
        OfShape("a blank text for a cleared finding", f => f.Set("/cleared/patient/es", "\" \""), "/cleared/patient/es", "The text is blank."),
        OfShape("an empty list of rules", f => f.Set("/rules", "[]"), "/rules", "A protocol has 1 to 1000 rules."),

        Of("a baseline whose date is before its as-of date", f => f.Set("/baseline/date", "\"2026-05-31\""), "/baseline/date", "The requested date is before the as-of date."),
        OfShape("a baseline whose answers are a list", f => f.Set("/baseline/answers", "[]"), "/baseline/answers", "Answers are an object."),
        OfShape("a baseline without areas", f => f.Set("/baseline/areas", "[]"), "/baseline/areas", "at least one"),
        Of("a baseline with an unknown area", f => f.Set("/baseline/areas", "[\"knee\"]"), "/baseline/areas", "of the protocol's"),
        OfShape("a baseline with an area twice", f => f.Set("/baseline/areas", "[\"face\", \"face\"]"), "/baseline/areas", "each once"),

        OfShape("an empty list of reasons to override", f => f.Set("/overrideReasons", "[]"), "/overrideReasons", "Name at least one reason"),
        OfShape("a reason to override in capitals", f => f.Set("/overrideReasons/0/code", "\"Other\""), "/overrideReasons/0/code", "A code is kebab-case."),
        OfShape("a blank reason to override", f => f.Set("/overrideReasons/0/text/es", "\" \""), "/overrideReasons/0/text/es", "The text is blank."),
        Of("a reason to override twice", f => f.Set("/overrideReasons/1/code", "\"other-treatment\""), "/overrideReasons", "'other-treatment' appears more than once."),

        OfShape("no treatment areas to choose from", f => f.Set("/treatmentAreas/options", "[]"), "/treatmentAreas/options", "1 to 62 options"),
        Of("an unknown treatment area as an option", f => f.Append("/treatmentAreas/options", """{ "code": "unknown", "label": { "en": "?", "es": "?" } }"""), "/treatmentAreas/options", "The areas of a treatment are known."),
        Of("a treatment area twice", f => f.Append("/treatmentAreas/options", """{ "code": "face", "label": { "en": "Face", "es": "Cara" } }"""), "/treatmentAreas/options", "'face' appears more than once."),
        OfShape("a blank label of a treatment area", f => f.Set("/treatmentAreas/options/{face}/label/en", "\"\""), "/treatmentAreas/options/{face}/label/en", "The text is blank."),
        Of("treatment areas needed when an unknown question says so", f => f.Set("/treatmentAreas/neededWhen/question", "\"metalPlate\""), "/treatmentAreas/neededWhen/question", "There is no question of this id."),
    ];
}
