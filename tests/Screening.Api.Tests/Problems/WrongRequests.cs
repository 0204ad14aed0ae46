using Screening.Api.Tests.CdsHooks;
using Screening.Api.Tests.Fhir;
using Screening.Api.Tests.Moves;
using static Screening.Api.Tests.Problems.WrongRequest;

namespace Screening.Api.Tests.Problems;

/// <summary>Requests of every door of REST and of CDS Hooks, each with one thing wrong.</summary>
internal static class WrongRequests
{
    private const string Date = "`YYYY-MM-DD`";
    private const string Instant = "`YYYY-MM-DDTHH:MM:SSZ`";
    private const string Time = "`YYYY-MM-DDTHH:MM:SS`";
    private const string Plans = "/v1/care-plans";
    private const string Batch = "/v1/screenings/batch";
    private static readonly (string, string) NothingThere = ("The body is empty.", "El cuerpo está vacío.");
    private static readonly (string, string) Meant = ("Did you mean", "¿Quiso decir");
    private const string Feedback = CdsCalls.Book + "/feedback";
    private const string Qr = "/parameter/0/resource";
    private const string Appointment = "/parameter/1/resource";

    private static readonly (string, string) OnlyOnce = ("Send each member once", "Envíe cada miembro una sola vez");
    private static readonly (string, string) Parameters = ("accepts these parameters, each at most once: ", "acepta estos parámetros, cada uno como máximo una vez: ");

    private static readonly string[] Implants =
        ["`pacemaker`", "`defibrillator`", "`lvad`", "`insulin-pump`", "`glucose-monitor`", "`neurostimulator`", "`cochlear-implant`", "`loop-recorder`", "`other`", "`unknown`"];

    public static readonly Dictionary<string, WrongRequest> All = new(StringComparer.Ordinal)
    {
        // The request's own members.
        ["protocol unknown"] = OfScreening("/protocol", "\"§\"", "unknown-protocol", "`sublative-rf`", "`sublative-rf@1.0.0`"),
        ["protocol a number"] = OfScreening("/protocol", "5", "wrong-type", "GET /v1/protocols", "`id@version`"),
        ["protocol missing"] = OfScreening("/protocol", null, "missing-member", "GET /v1/protocols", "`id@version`"),
        ["member unknown"] = OfScreening("/answer", "\"§\"", "unknown-member", "`protocol`, `appointment`, `answers`, `asOf`, `reference`, `slots`, `clearances`"),
        ["member meant"] = OfScreening("/refrence", "\"§\"", "unknown-member") with { Says = ("Did you mean `reference`?", "¿Quiso decir `reference`?") },
        ["member of another case"] = OfScreening("/appointment/timezone", "\"§\"", "unknown-member", "`timeZone`, `start`, `end`, `areas`") with { Says = ("Did you mean `timeZone`?", "¿Quiso decir `timeZone`?") },
        ["appointment a text"] = OfScreening("/appointment", "\"§\"", "wrong-type", "`timeZone`, `start`, `end`, `areas`"),
        ["zone unknown"] = OfScreening("/appointment/timeZone", "\"§\"", "unknown-time-zone", "`America/New_York`"),
        ["zone missing"] = OfScreening("/appointment/timeZone", null, "missing-member", "`America/New_York`"),
        ["start no time"] = OfScreening("/appointment/start", "\"§\"", "invalid-date-time", Time, "`-05:00`", "`:SS`"),
        ["start null"] = OfScreening("/appointment/start", "null", "null-value", Time),
        ["start skipped"] = OfScreening("/appointment/start", "\"2027-03-14T02:30:00\"", "skipped-local-time") with { Says = ("a time that exists on that day, or send it with its offset", "una hora que exista ese día, o envíela con su desfase") },
        ["start past"] = OfScreening("/appointment/start", "\"2026-05-01T10:00:00\"", "date-before-as-of") with { Says = ("on or after the day on which the answers were given", "igual o posterior al día en que se dieron las respuestas") },
        ["end before start"] = OfScreening("/appointment/end", "\"2026-06-10T09:00:00\"", "end-before-start", "`end`", "`start`") with { Says = ("not before", "no sea anterior") },
        ["areas empty"] = OfScreening("/appointment/areas", "[]", "empty-list", "`face`, `neck`, `chest`, `hands`"),
        ["area unknown"] = OfScreening("/appointment/areas/0", "\"§\"", "unknown-code", "`face`, `neck`, `chest`, `hands`"),
        ["as-of without offset"] = OfScreening("/asOf", "\"2026-06-01T18:00:00\"", "invalid-date-time", Instant, "1900"),
        ["as-of before any version"] = OfScreening(
            "/asOf", "\"2020-06-01T18:00:00Z\"", "no-version-in-force", "`asOf`", "2025-01-01", "`sublative-rf@1.0.0`"),
        ["reference too long"] = OfScreening("/reference", $"\"{new string('§', 9)}\"", "too-long", "64"),
        ["reference a number"] = OfScreening("/reference", "7", "wrong-type", "64"),
        ["slots a text"] = OfScreening("/slots", "\"§\"", "wrong-type", "100", Time),
        ["slots too many"] = OfScreening("/slots", Many("\"2026-06-11T09:00:00\"", 101), "too-many", "100", Time),
        ["slot no time"] = OfWhole("/slots/1", "\"§\"", "invalid-date-time", Time),
        ["clearances an object"] = OfWhole("/clearances", "{}", "wrong-type", "100", "`ruleId`, `by`, `on`, `note`"),
        ["clearances too many"] = OfWhole("/clearances", Many("{\"ruleId\":\"isotretinoin\",\"by\":\"x\",\"on\":\"2026-06-01\"}", 101), "too-many", "100", "`ruleId`, `by`, `on`, `note`"),
        ["clearance of nothing"] = OfWhole(
            "/clearances/0/ruleId", "\"§\"", "unknown-code",
            "`isotretinoin`, `skin-cancer-history`, `anticoagulant-other`, `topical-retinoid`", "`skin-infection`", "`metal-allergy`") with
        { Never = ["the question offers", "ofrece la pregunta", "more", "más"] },
        ["clearance of an exclusion"] = OfWhole("/clearances/0/ruleId", "\"pregnancy\"", "not-a-review-finding") with { Says = ("Only a finding that a clinician must review", "Solo se puede autorizar un hallazgo que un profesional clínico deba revisar") },
        ["clearance by nobody"] = OfWhole("/clearances/0/by", "\" \"", "empty-text", "1", "200"),
        ["clearance without by"] = OfWhole("/clearances/0/by", null, "missing-member", "200"),
        ["clearance in part"] = OfWhole("/clearances/0/on", "\"2026-05\"", "invalid-date", Date),
        ["clearance to come"] = OfWhole("/clearances/0/on", "\"2199-01-01\"", "date-after-as-of", "`asOf`") with { Says = ("on or before the as-of date", "igual o anterior a la fecha de referencia") },
        ["note too long"] = OfWhole("/clearances/0/note", $"\"{new string('x', 1001)}\"", "too-long", "1000"),
        ["note with another member"] = OfWhole("/clearances/0/notes", "\"§\"", "unknown-member", "`ruleId`, `by`, `on`, `note`"),

        // Answers.
        ["answers a list"] = OfScreening("/answers", "[\"§\"]", "wrong-type") with { Says = ("an answer for each question of the protocol", "una respuesta para cada pregunta del protocolo") },
        ["question unknown"] = OfScreening("/answers/nursing", "\"§\"", "unknown-question", "`pregnancy`, `breastfeeding`, `immuneImpairment`", "`injections`, `skincareKit`"),
        ["question misspelt"] = OfScreening("/answers/pregnancies", "\"§\"", "unknown-question", "`pregnancy`"),
        ["question meant"] = OfScreening("/answers/pregnacy", "\"§\"", "unknown-question") with { Says = ("Did you mean `pregnancy`?", "¿Quiso decir `pregnancy`?") },
        ["code unknown"] = OfScreening("/answers/pregnancy", "\"§\"", "unknown-code", "`yes`, `no`, `unknown`"),
        ["code a boolean"] = OfScreening("/answers/pregnancy", "true", "wrong-type", "`yes`, `no`, `unknown`"),
        ["code null"] = OfScreening("/answers/skinCancer", "null", "null-value", "`none`, `current`, `suspected`, `past`, `precancer`, `unknown`"),
        ["code of a list unknown"] = OfScreening("/answers/electronicImplants", "[\"§\"]", "unknown-code", [.. Implants, "`[]`"]),
        ["code of a list a number"] = OfScreening("/answers/electronicImplants", "[1]", "wrong-type", Implants),
        ["list a text"] = OfScreening("/answers/metalPlates", "\"§\"", "wrong-type", "`face`, `neck`, `chest`, `hands`, `elsewhere`, `unknown`", "`[]`"),
        ["code repeated"] = OfScreening("/answers/skinConditions", "[\"rash\",\"rash\"]", "repeated-code", "`keloid-scarring`", "`rash`") with { Says = ("each at most once", "cada uno como máximo una vez") },
        ["full date in part"] = OfScreening("/answers/antiviralStart", "\"2026-05\"", "invalid-date", Date),
        ["full date impossible"] = OfScreening("/answers/antiviralStart", "\"2026-02-30\"", "invalid-date", Date),
        ["partial date no date"] = OfScreening("/answers/topicalRetinoidLastUsed", "\"§\"", "invalid-date", Date, "`YYYY-MM`", "`YYYY`", "`unknown`", "1900", "2199"),
        ["events a text"] = OfScreening("/answers/injections", "\"§\"", "unknown-code", "`product`, `date`", "`[]`", "`unknown`"),
        ["event a text"] = OfScreening("/answers/injections", "[\"§\"]", "wrong-type", "`product`, `date`"),
        ["event of another product"] = OfScreening("/answers/injections", "[{\"product\":\"§\",\"date\":\"2026\"}]", "unknown-code", "`filler`, `botulinum-toxin`"),
        ["event without a product"] = OfScreening("/answers/injections", "[{\"date\":\"2026\"}]", "missing-member", "`filler`, `botulinum-toxin`"),
        ["event of no date"] = OfScreening("/answers/injections", "[{\"product\":\"filler\",\"date\":\"§\"}]", "invalid-date", Date, "`unknown`"),
        ["event with more"] = OfScreening("/answers/injections", "[{\"product\":\"filler\",\"date\":\"2026\",\"site\":\"§\"}]", "unknown-member", "`product`, `date`"),
        ["contradiction with a code"] = OfScreening("/answers/topicalRetinoidLastUsed", "\"2026-01-13\"", "contradictory-answers", "`topicalRetinoidUse`", "`current`, `stopped`, `unknown`"),
        ["contradiction with the as-of date"] = OfWhole("/answers/isotretinoinLastTaken", "\"2027-01-13\"", "contradictory-answers") with { Says = ("a date on or before the as-of date", "una fecha igual o anterior a la fecha de referencia") },
        ["contradiction with a date"] = OfWhole("/answers/antiviralEnd", "\"2026-01-13\"", "contradictory-answers", "`antiviralStart`") with { Says = ("on or after the answer to", "igual o posterior a la respuesta a") },

        // A receipt, and a moved appointment.
        ["verification without a receipt"] = Post("/v1/decisions/verify", "{\"request\":{}}", "missing-member") with { Says = ("to its last `~`", "hasta su última `~`") },
        ["move of no receipt"] = Post(MoveCalls.Path, "{\"receipt\":\"zq9secretvalue\",\"appointment\":{\"start\":\"2026-06-20T10:00:00\"}}", "receipt-not-genuine", "/v1/decisions/verify") with { Says = ("to its last `~`", "hasta su última `~`") },
        ["move without an appointment"] = Post(MoveCalls.Path, "{\"receipt\":\"zq9secretvalue\"}", "missing-member", "`start`", "`timeZone`, `end`"),
        ["move to no zone"] = Post(MoveCalls.Path, "{\"receipt\":\"~\",\"appointment\":{\"start\":\"2026-06-20T10:00:00\",\"timeZone\":\"zq9secretvalue\"}}", "unknown-time-zone", "`America/New_York`"),
        ["move with a misspelt member"] = Post(MoveCalls.Path, "{\"receipt\":\"~\",\"appointment\":{\"start\":\"2026-06-20T10:00:00\",\"zone\":\"zq9secretvalue\"}}", "unknown-member", "`timeZone`, `start`, `end`, `areas`"),
        ["move to no start"] = Post(MoveCalls.Path, "{\"receipt\":\"~\",\"appointment\":{}}", "start-needed", "`YYYY-MM-DDTHH:MM:SS`") with { Says = ("moved to it", "se mueve a él") },
        ["move to a date that has passed"] = Post(MoveCalls.Path, "{\"receipt\":\"~\",\"appointment\":{\"start\":\"2025-06-20T10:00:00\",\"timeZone\":\"UTC\"}}", "date-passed") with { Says = ("today or to a later date", "hoy o a una fecha posterior") },

        // Not JSON.
        ["JSON broken"] = Post("/v1/screenings", "{\n  \"protocol\": zq9secretvalue\n}", "invalid-json") with { Says = ("line 2, column 15", "línea 2, columna 15") },
        ["JSON cut off"] = Post("/v1/screenings", "{\"reference\":\"zq9secretvalue", "invalid-json") with { Says = ("line 1, column 29", "línea 1, columna 29") },
        ["JSON with letters before"] = Post("/v1/screenings", "{\n \"reference\": \"ñandú\", \"b\": \"\\ud800\"}", "invalid-json") with { Says = ("line 2, column 29", "línea 2, columna 29") },
        ["member repeated"] = Post("/v1/screenings", "{\"protocol\":\"zq9secretvalue\",\"protocol\":\"zq9secretvalue\",\"appointment\":{\"timeZone\":\"UTC\"},\"answers\":{}}", "repeated-member") with { Says = OnlyOnce },

        ["body empty"] = Post("/v1/screenings", "", "invalid-json") with { Says = NothingThere },
        ["body of white space"] = Post("/v1/care-plans", " \r\n\t", "invalid-json") with { Says = NothingThere },
        ["hook's body empty"] = Post(CdsCalls.Book, "", "invalid-json") with { Says = NothingThere },
        ["FHIR body empty"] = Post(FhirCalls.Screen, "", "invalid-json") with { ContentType = FhirCalls.Json, Says = NothingThere },

        // Addresses that are not there.
        ["address misspelt"] = Get("/v1/screening", "not-found", "`/v1/screenings`", "GET /v1/protocols") with { Says = Meant },
        ["address without its version"] = Get("/screenings", "not-found", "`/v1/screenings`") with { Says = Meant },
        ["problem misspelt"] = Get("/problems/unknown-cod", "not-found", "`/problems/unknown-code`", "GET /problems") with
        { Accept = "application/json", Says = Meant },
        ["protocol misspelt"] = Get("/v1/protocols/sublative-fr", "not-found", "`/v1/protocols/sublative-rf`") with { Says = Meant },
        ["hook service misspelt"] = Post(
            "/cds-services/sublative-rf-patient-wiew", "{}", "not-found",
            "`/cds-services/sublative-rf-patient-view`", "GET /cds-services") with
        { Says = Meant },
        ["FHIR form misspelt"] =
            Get("/fhir/Questionnaire/sublative-fr", "not-found", "`/fhir/Questionnaire/sublative-rf`", "GET /fhir/metadata") with
            { Says = Meant },
        ["FHIR address of nothing"] = Get("/fhir/Patient/zq9secretvalue", "not-found", "GET /fhir/metadata") with
        { Says = ("says what there is", "dice lo que hay") },
        ["address of nothing"] =
            Get("/zq9secretvalue", "not-found", "OpenAPI") with { Says = ("shows every address", "muestra todas las direcciones") },

        // Other doors of the same request.
        ["batch line broken"] = Post(Batch, "{\"protocol\": zq9secretvalue}\n", "invalid-json") with
        {
            ContentType = "application/x-ndjson",
            Says = ("at column 14. Each line must be one whole request", "en la columna 14. Cada línea debe ser una solicitud entera"),
        },
        ["batch line empty"] = Post(Batch, "\n", "invalid-json") with
        {
            ContentType = "application/x-ndjson",
            Says = ("The line is empty. Each line must be", "La línea está vacía. Cada línea debe ser"),
        },
        ["batch line with a code"] = OfScreening("/answers/pregnancy", "\"§\"", "unknown-code", "`yes`, `no`, `unknown`") with { Path = Batch, ContentType = "application/x-ndjson" },
        ["care plan without a start"] = OfScreening("/appointment/start", null, "start-needed", Time) with { Path = Plans },
        ["care plan with a code"] = OfScreening("/answers/pregnancy", "\"§\"", "unknown-code", "`yes`, `no`, `unknown`") with { Path = Plans },
        ["care plan not bookable"] = OfScreening("/answers/pregnancy", "\"yes\"", "not-bookable", "/v1/screenings", "`?preview=true`") with { Path = Plans, Says = ("the decision says why", "la decisión dice por qué") },
        ["care plan parameter's value"] = OfScreening("/reference", "\"x\"", "invalid-parameter", "`preview`", "`true`", "`detail`", "`full`") with { Path = Plans + "?preview=zq9secretvalue", Says = ("Not accepted as it is: `preview`", "No se acepta tal como está: `preview`") },
        ["care plan parameter unknown"] = OfScreening("/reference", "\"x\"", "invalid-parameter", "`preview`", "`true`", "`detail`", "`full`") with { Path = Plans + "?zq9secretvalue=1", Says = Parameters },
        ["audience unknown"] = OfScreening("/reference", "\"x\"", "invalid-parameter", "`audience`", "`clinician`, `patient`") with { Path = "/v1/screenings?audience=zq9secretvalue", Says = Parameters },
        ["audience of a link"] = Get("/v1/decisions/x?audience=zq9secretvalue", "invalid-parameter", "`audience`", "`clinician`, `patient`") with { Says = Parameters },
        ["link of nothing"] = Get("/v1/decisions/zq9secretvalue", "link-unreadable") with { Says = ("Open the whole link", "Abra el enlace entero") },
        ["type of the body"] = Post("/v1/screenings", "zq9secretvalue", "unsupported-media-type", "`Content-Type: application/json`") with { ContentType = "text/plain", Says = ("in UTF-8", "en UTF-8") },
        ["body too large"] = Post("/v1/screenings", new string(' ', 70_000), "body-too-large", "64 KiB") with { Says = ("at most", "como máximo") },
        ["protocol of no file"] = Get("/v1/protocols/zq9secretvalue", "not-found", "`sublative-rf`"),
        ["version of no file"] = Get("/v1/protocols/sublative-rf/versions/zq9secretvalue", "not-found", "`1.0.0`"),
        ["version of no protocol"] = Get("/v1/protocols/zq9secretvalue/versions/1.0.0", "not-found", "`sublative-rf`"),
        ["method of an address"] = Get("/v1/screenings", "method-not-allowed", "`POST`"),
        ["JSON deep"] = OfScreening("/deep", new string('[', 40) + new string(']', 40), "too-complex", "32") with
        { Says = ("line 1, column ", "línea 1, columna ") },
        ["problem of no code"] = Get("/problems/zq9secretvalue", "not-found", "GET /problems") with
        { Accept = "application/json", Says = ("lists every code", "enumera todos los códigos") },

        // FHIR.
        ["FHIR broken"] = Post(FhirCalls.Screen, "{\n\"resourceType\": zq9secretvalue", "invalid-json") with { ContentType = FhirCalls.Json, Says = ("line 2, column 17", "línea 2, columna 17") },
        ["FHIR broken XML"] = Post(FhirCalls.Screen, "<Parameters xmlns=\"http://hl7.org/fhir\">\n<zq9secretvalue>\n</Parameters>", "invalid-json") with { ContentType = FhirCalls.Xml, Accept = FhirCalls.Json, Says = ("line 3, column 3", "línea 3, columna 3") },
        ["FHIR of another type"] = Post(FhirCalls.Screen, "{\"resourceType\":\"Patient\",\"id\":\"zq9secretvalue\"}", "wrong-type", "`Parameters`") with { ContentType = FhirCalls.Json },
        ["FHIR without parameters"] = Post(FhirCalls.Screen, "{\"resourceType\":\"Parameters\"}", "missing-member", "`questionnaireResponse`", "`appointment`") with { ContentType = FhirCalls.Json },
        ["FHIR parameter unknown"] = OfFhir("/parameter/2/name", "\"timezone\"", "unknown-member", "`timeZone`", "`asOf`", "`record`", "`slot`", "`clearance`"),
        ["FHIR zone of another type"] = OfFhir("/parameter/2", "{\"name\":\"timeZone\",\"valueCode\":\"§\"}", "wrong-type", "`valueString`"),
        ["FHIR zone unknown"] = OfFhir("/parameter/2/valueString", "\"§\"", "unknown-time-zone", "`America/New_York`"),
        ["FHIR as-of of another type"] = OfFhir("/parameter/3", "{\"name\":\"asOf\",\"valueDateTime\":\"2026-06-01T18:00:00Z\"}", "wrong-type", "`valueInstant`"),
        ["FHIR resource of another type"] = OfFhir(Qr, "{\"resourceType\":\"Patient\",\"id\":\"§\"}", "wrong-type", "`QuestionnaireResponse`"),
        ["FHIR element unknown"] = OfFhir(Qr + "/foo", "\"§\"", "unknown-member", "`questionnaire`", "`status`", "`authored`", "`item`") with { Says = ("Accepted in `QuestionnaireResponse`: ", "Se acepta en `QuestionnaireResponse`: ") },
        ["FHIR status unknown"] =
            OfFhir(Qr + "/status", "\"§\"", "wrong-type", "`completed`, `amended`") with { Never = ["`in-progress`"] },
        ["FHIR status unusable"] = OfFhir(Qr + "/status", "\"in-progress\"", "unusable-status", "`completed`, `amended`"),
        ["FHIR form of another"] = OfFhir(Qr + "/questionnaire", "\"urn:§\"", "unknown-protocol", "`urn:screening-api:questionnaire:sublative-rf`"),
        ["FHIR linkId unknown"] = OfFhir(Qr + "/item/0/linkId", "\"§\"", "unknown-question", "`pregnancy`, `breastfeeding`"),
        ["FHIR code unknown"] = OfFhir(Qr + "/item/0/answer/0/valueCoding/code", "\"§\"", "unknown-code", "`yes`, `no`, `unknown`"),
        ["FHIR code of another system"] = OfFhir(Qr + "/item/0/answer/0/valueCoding/system", "\"http://§\"", "unknown-code", "`urn:screening-api:codes:sublative-rf:pregnancy`", "`yes`, `no`, `unknown`"),
        ["FHIR text no option"] = OfFhir(Qr + "/item/0/answer/0", "{\"valueString\":\"§\"}", "unknown-code", "`yes`, `no`, `unknown`"),
        ["FHIR answer a number"] = OfFhir(Qr + "/item/0/answer/0", "{\"valueInteger\":0}", "wrong-type", "valueCoding", "`yes`, `no`, `unknown`"),
        ["FHIR two answers"] = OfFhir(
            Qr + "/item/0/answer", "[{\"valueCoding\":{\"code\":\"no\"}},{\"valueCoding\":{\"code\":\"no\"}}]", "too-many") with
        {
            Says = (
                "The question takes one answer. Accepted: one item with one answer.",
                "La pregunta admite una sola respuesta. Se acepta: un solo item con una sola respuesta."),
        },
        ["FHIR start without offset"] = OfFhir(Appointment + "/start", "\"2026-06-10T10:00:00\"", "wrong-type", Instant),
        ["FHIR status of an appointment"] = OfFhir(Appointment + "/status", "\"cancelled\"", "unusable-status", "`proposed`, `pending`, `booked`, `arrived`, `checked-in`, `waitlist`"),
        ["FHIR modifier"] = OfFhir(Qr + "/modifierExtension", "[{\"url\":\"http://§\",\"valueBoolean\":true}]", "unknown-member") with { Says = ("without modifier extensions", "sin extensiones modificadoras") },
        ["FHIR clearance of no part"] = OfFhir("/parameter/3", "{\"name\":\"clearance\",\"valueString\":\"§\"}", "wrong-type", "`ruleId`, `by`, `on`, `note`"),
        ["FHIR slot of no time"] = OfFhir("/parameter/3", "{\"name\":\"slot\",\"valueString\":\"§\"}", "wrong-type", "`valueDateTime`, `valueInstant`"),
        ["FHIR query unknown"] = Get("/fhir/metadata?zq9secretvalue=1", "invalid-parameter", "`_format`", "`json`, `xml`", "`_pretty`", "`true`, `false`") with { Says = Parameters },
        ["FHIR query's value"] = Get("/fhir/metadata?_pretty=zq9secretvalue", "invalid-parameter", "`true`, `false`") with { Says = ("Not accepted as it is: `_pretty`", "No se acepta tal como está: `_pretty`") },
        ["FHIR search without a name"] = Get("/fhir/Questionnaire?version=1.0.0", "invalid-parameter", "`version`") with { Says = ("Not accepted as it is: `url`", "No se acepta tal como está: `url`") },
        ["FHIR format unknown"] = Get("/fhir/metadata?_format=zq9secretvalue", "not-acceptable", "`application/fhir+json`", "`application/fhir+xml`", "`_format`") with { Says = ("ask for one of them", "pida uno de ellos") },
        ["FHIR form of nothing"] = Get("/fhir/Questionnaire/zq9secretvalue", "not-found", "`sublative-rf`"),

        // CDS Hooks.
        ["hook broken"] = Post(CdsCalls.Book, "{\n\n \"hook\": zq9secretvalue}", "invalid-json") with { Says = ("line 3, column 10", "línea 3, columna 10") },
        ["hook member repeated"] = Post(CdsCalls.Book, "{ \"hook\": \"zq9secretvalue\",\n  \"hook\": \"zq9secretvalue\" }", "invalid-json") with { Says = ("a second time in its object at line 2, column 3", "por segunda vez en su objeto en la línea 2, columna 3") },
        ["hook of another service"] = OfHook("/hook", "\"§\"", "unknown-value", "`appointment-book`"),
        ["hook missing"] = OfHook("/hook", null, "missing-member", "`appointment-book`"),
        ["hook missing at another"] = OfHook("/hook", null, "missing-member", "`patient-view`") with { Path = CdsCalls.Opened },
        ["hook a number"] = OfHook("/hook", "5", "wrong-type", "`appointment-book`"),
        ["hook instance missing"] = OfHook("/hookInstance", null, "missing-member", "UUID", "`xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`"),
        ["hook instance null"] = OfHook("/hookInstance", "null", "null-value", "UUID"),
        ["hook a list"] = Post(CdsCalls.Book, "[\"zq9secretvalue\"]", "wrong-type", "`hook`, `hookInstance`, `context`, `prefetch`"),
        ["hook context missing"] = OfHook("/context", null, "missing-member", "`patientId`, `appointments`"),
        ["hook context of a view"] =
            OfHook("/context", "[]", "wrong-type", "`patientId`") with { Path = CdsCalls.Opened, Never = ["`appointments`"] },
        ["hook patient missing"] = OfHook("/context/patientId", null, "missing-member", "256", "Patient"),
        ["hook appointments missing"] = OfHook("/context/appointments", null, "missing-member", "`Bundle`", "100"),
        ["hook appointments a text"] = OfHook("/context/appointments", "\"§\"", "wrong-type", "`Bundle`", "100"),
        ["hook appointments of no type"] = OfHook("/context/appointments/resourceType", null, "missing-member", "`Bundle`"),
        ["hook appointments of no list"] = OfHook("/context/appointments/entry", "\"§\"", "wrong-type", "`resource`"),
        ["hook prefetch a text"] = OfHook(
            "/prefetch", "\"§\"", "precondition-failed", "`prefetch`", "`patient`", "`conditions`", "`questionnaireResponses`", "`null`"),
        ["hook deep"] = OfHook("/deep", new string('[', 40) + new string(']', 40), "too-complex", "32"),
        ["hook instance"] = OfHook("/hookInstance", "\"§\"", "invalid-id", "UUID", "`xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`"),
        ["hook patient"] = OfHook("/context/patientId", "\"Patient/§\"", "invalid-id", "256", "Patient"),
        ["hook context"] = OfHook("/context", "\"§\"", "wrong-type", "`patientId`, `appointments`"),
        ["hook appointments"] = OfHook("/context/appointments/resourceType", "\"§\"", "unknown-value", "`Bundle`"),
        ["hook without prefetch"] = OfHook("/prefetch", "{\"§\":1}", "precondition-failed", "`prefetch`", "`null`") with { Says = ("that discovery describes", "que describe el descubrimiento") },
        ["hook service"] = OfHook("/fhirServer", "\"x\"", "not-found", "`sublative-rf-appointment-book`, `sublative-rf-patient-view`") with
        { Path = "/cds-services/zq9secretvalue" },
        ["feedback of no service"] = Post(
            "/cds-services/zq9secretvalue/feedback", "{}", "not-found", "`sublative-rf-appointment-book`, `sublative-rf-patient-view`"),
        ["feedback a list"] = Post(Feedback, "[\"zq9secretvalue\"]", "wrong-type", "`feedback`"),
        ["feedback missing"] = Post(Feedback, "{}", "missing-member", "1000", "`card`, `outcome`, `outcomeTimestamp`"),
        ["feedback one text"] = Post(
            Feedback, "{\"feedback\":[\"zq9secretvalue\"]}", "wrong-type", "`card`, `outcome`, `outcomeTimestamp`"),
        ["feedback of no card"] = Post(Feedback, "{\"feedback\":[{}]}", "missing-member", "UUID", "`accepted`, `overridden`", Instant),
        ["feedback without suggestions"] = Accepting("[]", "empty-list", "`id`"),
        ["feedback of a suggestion a text"] = Accepting("[\"zq9secretvalue\"]", "wrong-type", "`id`"),
        ["feedback of suggestions a text"] = Accepting("\"zq9secretvalue\"", "wrong-type", "`id`"),
        ["feedback of a suggestion without an id"] = Accepting("[{}]", "missing-member", "UUID"),
        ["feedback of a reason a text"] = Post(
            Feedback, "{\"feedback\":[{\"outcome\":\"overridden\",\"overrideReason\":\"zq9secretvalue\"}]}",
            "wrong-type", "`reason`, `userComment`"),
        ["feedback of a reason without a code"] = Post(
            Feedback, "{\"feedback\":[{\"outcome\":\"overridden\",\"overrideReason\":{\"reason\":\"zq9secretvalue\"}}]}",
            "wrong-type", "`code`, `system`"),
        ["feedback outcome"] = Post(Feedback, "{\"feedback\":[{\"card\":\"9368d37b-283f-44a0-93ea-547cebab93ed\",\"outcome\":\"zq9secretvalue\",\"outcomeTimestamp\":\"2026-06-01T18:00:00Z\"}]}", "unknown-value", "`accepted`, `overridden`"),
        ["feedback time"] = Post(Feedback, "{\"feedback\":[{\"card\":\"9368d37b-283f-44a0-93ea-547cebab93ed\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"zq9secretvalue\"}]}", "invalid-date-time", Instant),
    };

    private static WrongRequest Accepting(string suggestions, string code, params string[] both) => Post(
        Feedback, $"{{\"feedback\":[{{\"outcome\":\"accepted\",\"acceptedSuggestions\":{suggestions}}}]}}", code, both);

    private static string Many(string element, int count) => "[" + string.Join(',', Enumerable.Repeat(element, count)) + "]";
}
