using Screening.Rules.Tests.Support;
using static Screening.Rules.Tests.Loading.Flaw;

namespace Screening.Rules.Tests.Loading;

/// <summary>Flaws of the codes of health records; a set is found by what it raises.</summary>
public static class CodeFlaws
{
    private static readonly string Pregnancy = At("pregnancy", RecordKind.Condition);
    private static readonly string Status = At("pregnancy", RecordKind.Observation);
    private static readonly string Cancer = At("skinCancer", RecordKind.Condition);
    private static readonly string Retinoid = At("topicalRetinoidUse", RecordKind.Medication);
    private static readonly string Plates = At("metalPlates", RecordKind.Device);
    private static readonly string Drug = At("anticoagulantUse", RecordKind.Medication);
    private static readonly string Antiplatelet = "/codes/" + Shipped.Protocol.Document.Codes.Index().First(codes => codes.Item.Raises is RecordAnswerEffect { Active: "antiplatelet" }).Index;
    private static readonly string Toxin = At("injections", RecordKind.Medication);

    public static IReadOnlyList<Flaw> All { get; } =
    [
        Of("codes for an unknown question", f => f.Set(Pregnancy + "/question", "\"pregnant\""), Pregnancy + "/question", "There is no question of this id"),
        Of("codes for the treated areas", f => f.Set(Pregnancy + "/question", "\"treatmentAreas\""), Pregnancy + "/question", "There is no question of this id"),
        OfShape("codes without a source", f => f.Set(Pregnancy + "/source", "\" \""), Pregnancy + "/source", "The text is blank."),
        OfShape("codes in no kind of entry", f => f.Set(Pregnancy + "/entries", "[]"), Pregnancy + "/entries", "Name at least one kind of entry."),
        OfShape("codes in a kind of entry twice", f => f.Append(Pregnancy + "/entries", "\"condition\""), Pregnancy + "/entries", "'condition' appears more than once."),
        OfShape("codes in an unknown kind of entry", f => f.Set(Pregnancy + "/entries/0", "\"diagnosis\""), Pregnancy + "/entries/0", "Expected one of: condition, allergy"),
        OfShape("a set without a code", f => f.Set(Pregnancy + "/anyOf", "[]"), Pregnancy + "/anyOf", "Name at least one code."),
        OfShape("a code of an unknown system", f => f.Set(Pregnancy + "/anyOf/0/system", "\"http://hl7.org/fhir/sid/icd-9-cm\""), Pregnancy + "/anyOf/0/system", "Name one of: http"),
        OfShape("a code of a system named by its OID", f => f.Set(Pregnancy + "/anyOf/0/system", "\"urn:oid:2.16.840.1.113883.6.90\""), Pregnancy + "/anyOf/0/system", "Name one of: http"),
        OfShape("an empty code", f => f.Set(Pregnancy + "/anyOf/0/code", "\"\""), Pregnancy + "/anyOf/0/code", "A code is capital letters"),
        OfShape("a code with a space", f => f.Set(Pregnancy + "/anyOf/0/code", "\"Z33.1 \""), Pregnancy + "/anyOf/0/code", "A code is capital letters"),
        OfShape("a code in small letters", f => f.Set(Pregnancy + "/anyOf/0/code", "\"z33.1\""), Pregnancy + "/anyOf/0/code", "A code is capital letters"),
        OfShape("a code without a name", f => f.Set(Pregnancy + "/anyOf/0/display", "\"\""), Pregnancy + "/anyOf/0/display", "The text is blank."),
        Of("a code twice for a question", f => f.Append(Pregnancy + "/anyOf", """{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z331", "display": "Again" }"""), Pregnancy + "/anyOf/3", "This code raises the same question already."),
        Of("descendants where codes are not built by prefix", f => f.Set(Retinoid + "/anyOf/0/descendants", "true"), Retinoid + "/anyOf/0/descendants", "Codes of this system are not built by prefix."),
        OfShape("an unknown kind of raise", f => f.Set(Pregnancy + "/raises/kind", "\"always\""), Pregnancy + "/raises", "no such kind"),

        Of("an answer that the question does not offer", f => f.Set(Pregnancy + "/raises/active", "\"likely\""), Pregnancy + "/raises/active", "The question offers no such code"),
        Of("an answer that is harmless", f => f.Set(Pregnancy + "/raises/active", "\"no\""), Pregnancy + "/raises/active", "or it is harmless"),
        Of("a harmless answer of what has ended", f => f.Set(Pregnancy + "/raises/ended", "\"no\""), Pregnancy + "/raises/ended", "or it is harmless"),
        Of("an unknown answer of what is not confirmed", f => f.Set(Cancer + "/raises/unconfirmed", "\"maybe\""), Cancer + "/raises/unconfirmed", "The question offers no such code"),
        Of("an unknown answer of what does not say whether it holds", f => f.Set(Pregnancy + "/raises/unstated", "\"maybe\""), Pregnancy + "/raises/unstated", "The question offers no such code"),
        Of("a diagnosis taken daily", f => f.Set(Pregnancy + "/raises/daily", "\"yes\""), Pregnancy + "/raises/daily", "Only a medicine is taken every day."),
        Of("a medicine that is not confirmed", f => f.Set(Retinoid + "/raises/unconfirmed", "\"unknown\""), Retinoid + "/raises/unconfirmed", "Only a diagnosis or an allergy"),
        Of("a diagnosis with a route", f => f.Set(Pregnancy + "/raises/notByRoute", """[{ "system": "http://snomed.info/sct", "code": "26643006", "display": "Oral use" }]"""), Pregnancy + "/raises/notByRoute", "Only a medicine is given by a route."),
        OfShape("no route at all", f => f.Set(Retinoid + "/raises/notByRoute", "[]"), Retinoid + "/raises/notByRoute", "Name at least one code."),
        Of("an answer for events", f => f.Set(Toxin + "/raises", """{ "kind": "answer", "active": "filler" }"""), Toxin + "/raises/active", "The question offers no such code"),
        Of("an event that the question does not offer", f => f.Set(Toxin + "/raises/event", "\"laser\""), Toxin + "/raises/event", "The question offers no such event."),
        Of("an event for a choice", f => f.Set(Toxin + "/question", "\"pregnancy\""), Toxin + "/raises/event", "The question offers no such event."),

        Of("places of a choice", f => f.Set(Plates + "/question", "\"pregnancy\""), Plates + "/question", "Places are a list of codes."),
        Of("a place that the question does not offer", f => f.Set(Plates + "/raises/sites/0/answer", "\"knee\""), Plates + "/raises/sites/0/answer", "The question offers no such code."),
        Of("a site that is no place", f => f.Cut(Plates + "/raises/sites/0/answer"), Plates + "/raises/sites/0/answer", "The question offers no such code."),
        Of("a site that is two places", f => f.Append(Plates + "/raises/sites/1/anyOf", f.At(Plates + "/raises/sites/0/anyOf/0").ToJsonString()), Plates + "/raises/sites", "appears more than once."),
        OfShape("no sites", f => f.Set(Plates + "/raises/sites", "[]"), Plates + "/raises/sites", "Name at least one."),
        Of("places of a question that cannot be unknown", f => f.Cut("/questions/{metalPlates}/options/{unknown}"), Plates + "/raises/sites", "The question offers no `unknown`"),
        Of("a value of a diagnosis", f => f.Set(Status + "/entries/0", "\"condition\""), Status + "/entries", "Only an observation has a value."),
        Of("a value that the question does not offer", f => f.Set(Status + "/raises/values/0/answer", "\"likely\""), Status + "/raises/values/0/answer", "The question offers no such code."),
        OfShape("a value without a code", f => f.Set(Status + "/raises/values/2/anyOf", "[]"), Status + "/raises/values/2/anyOf", "Name at least one code."),
        Of("a value twice", f => f.Append(Status + "/raises/values/2/anyOf", f.At(Status + "/raises/values/0/anyOf/0").ToJsonString()), Status + "/raises/values", "appears more than once."),

        Of("neither codes nor words", f => f.Cut(Status + "/anyOf"), Status, "Name codes, words or both."),
        OfShape("a word in capitals", f => f.Set(Drug + "/words/en/0", "\"Warfarin\""), Drug + "/words/en/0", "A word is small letters"),
        OfShape("a word with an accent", f => f.Set(Drug + "/words/es/0", "\"warfarína\""), Drug + "/words/es/0", "A word is small letters"),
        OfShape("a word with a hyphen", f => f.Set(Drug + "/words/en/0", "\"warfarin-sodium\""), Drug + "/words/en/0", "A word is small letters"),
        OfShape("an empty word", f => f.Set(Drug + "/words/en/0", "\"\""), Drug + "/words/en/0", "A word is small letters"),
        OfShape("two spaces in a phrase", f => f.Set(Drug + "/words/en/0", "\"warfarin  sodium\""), Drug + "/words/en/0", "A word is small letters"),
        OfShape("nothing but a star", f => f.Set(Drug + "/words/en/0", "\"*\""), Drug + "/words/en/0", "A word is small letters"),
        OfShape("a star within a word", f => f.Set(Drug + "/words/en/0", "\"war*farin\""), Drug + "/words/en/0", "A word is small letters"),
        OfShape("a word twice", f => f.Append(Drug + "/words/en", "\"warfarin\""), Drug + "/words", "'warfarin' appears more than once."),
        Of("a word twice, in two languages", f => f.Append(Drug + "/words/es", "\"warfarin\""), Drug + "/words", "'warfarin' appears more than once."),
        OfShape("words of one language", f => f.Cut(Drug + "/words/es"), Drug + "/words", "Missing here: 'es'."),
        Of("no words at all", f => f.Set(Drug + "/words", """{ "en": [], "es": [] }"""), Drug + "/words", "Name at least one word"),
        Of("a word of two sets of a question", f => f.Set(Antiplatelet + "/words", """{ "en": ["warfarin"], "es": [] }"""), Antiplatelet + "/words", "'warfarin' raises the same question already."),
        Of("words of an observation", f => f.Set(Status + "/words", """{ "en": ["pregnancy status"], "es": [] }"""), Status + "/words", "no word of it counts"),
        Of("words where nothing can be unknown", f => f.Cut("/questions/{pregnancy}/options/{unknown}"), Pregnancy + "/words", "The question offers no `unknown`"),
        Of("only the present of no words", f => f.Set(Status + "/presentOnly", "true"), Status + "/presentOnly", "Only words can be of the past"),
        OfShape("a phrase with a comma", f => f.Set("/recordWords/past/en/0", "\"history of,\""), "/recordWords/past/en/0", "A word is small letters"),
        Of("a phrase of the past that never counts", f => f.Append("/recordWords/past/en", "\"family history of\""), "/recordWords", "'family history of' appears more than once."),
        OfShape("a value that counts for no day", f => f.Set(Status + "/raises/days", "0"), Status + "/raises/days", "An entry counts for 1 to 3650 days."),
    ];

    private static string At(string question, RecordKind kind) =>
        "/codes/" + Shipped.Protocol.Document.Codes.Index().First(codes => codes.Item.Question == question && codes.Item.Entries.Contains(kind)).Index;
}
