using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Loading.Flaw;

namespace Screening.Rules.Tests.Loading;

/// <summary>JSON that is not what the format says: the published schema sees these as well.</summary>
public static class ShapeFlaws
{
    public static IReadOnlyList<Flaw> All { get; } =
    [
        OfShape("an unknown member", f => f.Set("/comment", "\"hello\""), "/comment", "No member of this name"),
        OfShape("a misspelt member", f => { f.Set("/quesions", f.At("/questions").ToJsonString()); f.Cut("/questions"); }, "/quesions", "No member of this name"),
        OfShape("a member in other casing", f => f.Set("/Version", "\"1.0.0\""), "/Version", "No member of this name"),
        OfShape("a member with dots and quotes in its name", f => f.Set("/a.b'c]d", "1"), "/a.b'c]d", "No member of this name"),
        OfShape("a member with a tilde in its name", f => f.Set("/a~b", "1"), "/a~b", "No member of this name"),
        OfShape("an unknown member of a question", f => f.Set("/questions/{pregnancy}/help", "\"\""), "/questions/{pregnancy}/help", "No member of this name"),
        OfShape("an unknown member of an option", f => f.Set("/questions/{pregnancy}/options/{yes}/harmful", "true"), "/questions/{pregnancy}/options/{yes}/harmful", "No member of this name"),
        OfShape("an unknown member of a condition", f => f.Set("/rules/{pregnancy}/condition/noneOf", "[\"no\"]"), "/rules/{pregnancy}/condition/noneOf", "No member of this name"),
        OfShape("another kind's member of a condition", f => f.Set("/rules/{pregnancy}/condition/days", "3"), "/rules/{pregnancy}/condition/days", "No member of this name"),
        OfShape("an unknown member of an example's expectation", f => f.Set("/rules/{pregnancy}/examples/0/expect/bookable", "true"), "/rules/{pregnancy}/examples/0/expect/bookable", "No member of this name"),
        OfShape("a message for no such effect", f => f.Set("/rules/{pregnancy}/messages/maybe", f.At("/cleared").ToJsonString()), "/rules/{pregnancy}/messages/maybe", "No member of this name"),
        OfShape("a type on the treatment areas", f => f.Set("/treatmentAreas/type", "\"codes\""), "/treatmentAreas/type", "No member of this name"),

        OfShape("a text of 4001 characters", f => f.Set("/title/en", $"\"{new string('x', 4001)}\""), "/title/en", "A text has 4000 characters at most."),
        OfShape("a list of 1001 elements", f => f.Set("/rules/{pregnancy}/effects", $"[{string.Join(',', Enumerable.Repeat("\"exclude\"", 1001))}]"), "/rules/{pregnancy}/effects", "A list has 1000 elements at most."),

        OfShape("no source line", f => f.Cut("/rules/{pregnancy}/line"), "/rules/{pregnancy}", "Missing here: 'line'."),
        OfShape("no source document", f => f.Cut("/source"), "", "Missing here: 'source'."),
        OfShape("no id and no version", f => { f.Cut("/id"); f.Cut("/version"); }, "", "Missing here: 'id', 'version'."),
        OfShape("no rules", f => f.Cut("/rules"), "", "Missing here: 'rules'."),
        OfShape("no baseline", f => f.Cut("/baseline"), "", "Missing here: 'baseline'."),
        OfShape("no Spanish title", f => f.Cut("/title/es"), "/title", "Missing here: 'es'."),
        OfShape("no Spanish label", f => f.Cut("/questions/{pregnancy}/options/{yes}/label/es"), "/questions/{pregnancy}/options/{yes}/label", "Missing here: 'es'."),
        OfShape("no Spanish message for the patient", f => f.Cut("/rules/{pregnancy}/messages/exclude/patient/es"), "/rules/{pregnancy}/messages/exclude/patient", "Missing here: 'es'."),
        OfShape("no message for the patient", f => f.Cut("/rules/{pregnancy}/messages/exclude/patient"), "/rules/{pregnancy}/messages/exclude", "Missing here: 'patient'."),
        OfShape("no message for when it is not known", f => f.Cut("/rules/{pregnancy}/messages/undetermined"), "/rules/{pregnancy}/messages", "Missing here: 'undetermined'."),
        OfShape("no examples", f => f.Cut("/rules/{pregnancy}/examples"), "/rules/{pregnancy}", "Missing here: 'examples'."),
        OfShape("an example that expects no outcome", f => f.Cut("/rules/{pregnancy}/examples/0/expect/outcome"), "/rules/{pregnancy}/examples/0/expect", "Missing here: 'outcome'."),
        OfShape("a question without its type", f => f.Cut("/questions/{pregnancy}/type"), "/questions/{pregnancy}", "is missing"),
        OfShape("a condition without its kind", f => f.Cut("/rules/{pregnancy}/condition/kind"), "/rules/{pregnancy}/condition", "is missing"),
        OfShape("a check without its kind", f => f.Cut("/questions/{antiviralEnd}/checks/0/kind"), "/questions/{antiviralEnd}/checks/0", "is missing"),

        OfShape("an unknown type of question", f => f.Set("/questions/{pregnancy}/type", "\"boolean\""), "/questions/{pregnancy}", "no such kind"),
        OfShape("an unknown kind of condition", f => f.Set("/rules/{pregnancy}/condition/kind", "\"expression\""), "/rules/{pregnancy}/condition", "no such kind"),
        OfShape("a kind in other casing", f => f.Set("/rules/{pregnancy}/condition/kind", "\"Answer\""), "/rules/{pregnancy}/condition", "no such kind"),
        OfShape("an unknown kind of check", f => f.Set("/questions/{antiviralEnd}/checks/0/kind", "\"before\""), "/questions/{antiviralEnd}/checks/0", "no such kind"),

        OfShape("null for a member", f => f.Set("/title", "null"), "/title", "null is not a value here"),
        OfShape("null for a member that may be absent", f => f.Set("/questions/{pregnancy}/askedWhen", "null"), "/questions/{pregnancy}/askedWhen", "null is not a value here"),
        OfShape("null for a message", f => f.Set("/rules/{pregnancy}/messages/review", "null"), "/rules/{pregnancy}/messages/review", "null is not a value here"),
        OfShape("null among the questions", f => f.Append("/questions", "null"), "/questions/" + Shipped.Protocol.Document.Questions.Count, "null is not a value here"),
        OfShape("null among the rules", f => f.Set("/rules/0", "null"), "/rules/0", "null is not a value here"),
        OfShape("null among the codes", f => f.Set("/rules/{pregnancy}/condition/anyOf/0", "null"), "/rules/{pregnancy}/condition/anyOf/0", "null is not a value here"),
        OfShape("null among the questions left out", f => f.Set("/rules/{pregnancy}/examples/0/without", "[null]"), "/rules/{pregnancy}/examples/0/without/0", "null is not a value here"),
        Of("null for an example's answer", f => f.Set("/rules/{pregnancy}/examples/1/answers/pregnancy", "null"), "/rules/{pregnancy}/examples/1/answers/pregnancy", "null is not a value here"),

        OfShape("a line that is a text", f => f.Set("/rules/{pregnancy}/line", "\"16\""), "/rules/{pregnancy}/line", "not of the type"),
        OfShape("a line with a fraction", f => f.Set("/rules/{pregnancy}/line", "16.5"), "/rules/{pregnancy}/line", "not of the type"),
        OfShape("a line beyond all numbers", f => f.Set("/rules/{pregnancy}/line", "99999999999"), "/rules/{pregnancy}/line", "not of the type"),
        OfShape("a text that is an object", f => f.Set("/title/en", "{}"), "/title/en", "not of the type"),
        OfShape("a text in no language", f => f.Set("/title", "\"Sublative\""), "/title", "not of the type"),
        OfShape("rules that are an object", f => f.Set("/rules", "{}"), "/rules", "not of the type"),
        OfShape("harmless as a text", f => f.Set("/questions/{pregnancy}/options/{no}/harmless", "\"true\""), "/questions/{pregnancy}/options/{no}/harmless", "not of the type"),

        OfShape("an effect in other casing", f => f.Set("/rules/{pregnancy}/effects/0", "\"Exclude\""), "/rules/{pregnancy}/effects/0", "Expected one of: exclude, review, defer, require."),
        OfShape("an effect as a number", f => f.Set("/rules/{pregnancy}/effects/0", "0"), "/rules/{pregnancy}/effects/0", "Expected one of: exclude, review, defer, require."),
        OfShape("a persistence in other casing", f => f.Set("/rules/{pregnancy}/persistence", "\"untilResolved\""), "/rules/{pregnancy}/persistence", "Expected one of: indefinite, until-resolved, until-date."),
        OfShape("two outcomes in one text", f => f.Set("/rules/{pregnancy}/examples/0/expect/outcome", "\"clear,triggered\""), "/rules/{pregnancy}/examples/0/expect/outcome", "Expected one of"),
        OfShape("an unknown eligibility", f => f.Set("/rules/{pregnancy}/examples/0/expect/eligibility", "\"ok\""), "/rules/{pregnancy}/examples/0/expect/eligibility", "Expected one of"),

        OfShape("an effective date without its day", f => f.Set("/effectiveFrom", "\"2025-01\""), "/effectiveFrom", "Expected a date as YYYY-MM-DD"),
        OfShape("an effective date with a time", f => f.Set("/effectiveFrom", "\"2025-01-01T00:00:00\""), "/effectiveFrom", "Expected a date as YYYY-MM-DD"),
        OfShape("an effective date as a number", f => f.Set("/effectiveFrom", "20250101"), "/effectiveFrom", "Expected a date as YYYY-MM-DD"),
        OfShape("a date of another century", f => f.Set("/baseline/asOf", "\"1899-12-31\""), "/baseline/asOf", "Expected a date as YYYY-MM-DD"),
        Of("a date that the calendar does not have", f => f.Set("/baseline/date", "\"2026-02-29\""), "/baseline/date", "Expected a date as YYYY-MM-DD"),
    ];
}
