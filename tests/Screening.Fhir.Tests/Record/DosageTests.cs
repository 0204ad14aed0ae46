using static Screening.Fhir.Tests.Record.Records;

namespace Screening.Fhir.Tests.Record;

/// <summary>Once a day or more often, in every spelling that FHIR allows.</summary>
public static class DosageTests
{
    [Theory]
    [InlineData(""" "frequency": 1, "period": 24, "periodUnit": "h" """)]
    [InlineData(""" "frequency": 1, "period": 24.0, "periodUnit": "h" """)]
    [InlineData(""" "frequency": 1, "period": 1440, "periodUnit": "min" """)]
    [InlineData(""" "frequency": 1, "period": 86400, "periodUnit": "s" """)]
    [InlineData(""" "frequency": 7, "period": 1, "periodUnit": "wk" """)]
    [InlineData(""" "frequency": 3, "period": 3, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 3, "period": 72, "periodUnit": "h" """)]
    [InlineData(""" "frequency": 3, "period": 2, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 1, "period": 0.5, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 1, "period": 12, "periodUnit": "h" """)]
    [InlineData(""" "frequency": 1, "period": 20, "periodMax": 28, "periodUnit": "h" """)]
    [InlineData(""" "frequency": 1, "period": 1, "periodMax": 2, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 1, "frequencyMax": 7, "period": 1, "periodUnit": "wk" """)]
    [InlineData(""" "frequency": 30, "period": 1, "periodUnit": "mo" """)]
    [InlineData(""" "frequency": 365, "period": 1, "periodUnit": "a" """)]
    [InlineData(""" "period": 1, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 1, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 1, "period": 1, "periodUnit": "Day" """)]
    [InlineData(""" "timeOfDay": ["08:00:00"] """)]
    [InlineData(""" "when": ["MORN.early"] """)]
    [InlineData(""" "when": ["PCV"], "offset": 30 """)]
    [InlineData(""" "when": ["MORN"], "frequency": 1, "period": 1, "periodUnit": "d" """)]
    [InlineData(""" "dayOfWeek": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] """)]
    [InlineData(""" "dayOfWeek": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "frequency": 1, "period": 1, "periodUnit": "wk" """)]
    [InlineData(""" "boundsDuration": { "value": 90, "unit": "d" }, "count": 90, "frequency": 1, "period": 1, "periodUnit": "d" """)]
    [InlineData(""" "boundsDuration": { "value": 2, "unit": "weeks", "code": "wk" }, "count": 14 """)]
    [InlineData(""" "boundsPeriod": { "start": "2026-01-01" }, "frequency": 2, "period": 1, "periodUnit": "d" """)]
    public static void A_timing_that_comes_to_once_a_day_is_daily(string repeat) => Assert.True(IsDaily($$""" "timing": { "repeat": { {{repeat}} } } """));

    [Theory]
    [InlineData(""" "frequency": 1, "period": 25, "periodUnit": "h" """)]
    [InlineData(""" "frequency": 1, "period": 36, "periodUnit": "h" """)]
    [InlineData(""" "frequency": 1, "period": 86401, "periodUnit": "s" """)]
    [InlineData(""" "frequency": 1, "period": 1441, "periodUnit": "min" """)]
    [InlineData(""" "frequency": 1, "period": 1.0000000000000000000000000001, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 6, "period": 1, "periodUnit": "wk" """)]
    [InlineData(""" "frequency": 2, "period": 3, "periodUnit": "d" """)]
    [InlineData(""" "frequency": 20, "period": 1, "periodUnit": "mo" """)]
    [InlineData(""" "frequency": 1, "period": 1, "periodUnit": "a" """)]
    [InlineData(""" "frequency": 1, "period": 79228162514264337593543950335, "periodUnit": "a" """)]
    [InlineData(""" "dayOfWeek": ["mon", "wed", "fri"] """)]
    [InlineData(""" "dayOfWeek": ["mon", "mon", "mon", "mon", "mon", "mon", "mon"] """)]
    [InlineData(""" "dayOfWeek": ["mon"], "frequency": 14, "period": 1, "periodUnit": "wk" """)]
    [InlineData(""" "dayOfWeek": ["sun"], "timeOfDay": ["08:00:00"] """)]
    [InlineData(""" "dayOfWeek": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "frequency": 1, "period": 2, "periodUnit": "wk" """)]
    [InlineData(""" "when": ["MORN"], "period": 2, "periodUnit": "d" """)]
    [InlineData(""" "timeOfDay": ["08:00:00"], "period": 1, "periodUnit": "wk" """)]
    [InlineData(""" "count": 1 """)]
    [InlineData(""" "count": 1, "when": ["MORN"] """)]
    [InlineData(""" "boundsDuration": { "value": 30, "unit": "d" }, "count": 4 """)]
    [InlineData(""" "frequency": 1 """)]
    [InlineData(""" "frequency": 1, "period": 1, "periodUnit": "fortnight" """)]
    [InlineData(""" "boundsPeriod": { "start": "2026-01-01" } """)]
    public static void A_timing_that_comes_to_less_is_not(string repeat) => Assert.False(IsDaily($$""" "timing": { "repeat": { {{repeat}} } } """));

    [Theory]
    [InlineData("QD BID TID QID AM PM BED HS Q1H Q2H Q3H Q4H Q6H Q8H Q12H Q24H Q20H OD BD TDS QDS QAM QPM QHS QDAY DAILY NOCTE MANE 2XD Q1D QN D", true)]
    [InlineData("QOD Q36H Q48H Q2D Q3D Q25H WK MO QW QWK Q2W BIW TIW 3XW QMO AD EOD PRN SOS ONCE STAT WEEKLY 38", false)]
    public static void A_code_of_a_timing_counts_in_any_case_and_with_any_system_or_none(string codes, bool daily)
    {
        foreach (var code in codes.Split(' ').SelectMany(code => new[] { code, code.ToLowerInvariant() }))
        {
            foreach (var system in new[] { "", """ "system": "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation",""", """ "system": "urn:oid:1.2.3",""" })
            {
                Assert.True(daily == IsDaily($$""" "timing": { "code": { "coding": [{ {{system}} "code": "{{code}}" }] } } """), code);
            }
        }
    }

    [Theory]
    [InlineData("229797004", true)]
    [InlineData("396125000", true)]
    [InlineData("307470009", true)]
    [InlineData("396131002", false)]
    [InlineData("396126004", false)]
    [InlineData("396143001", false)]
    public static void A_frequency_of_SNOMED_CT_counts(string code, bool daily) =>
        Assert.Equal(daily, IsDaily($$""" "timing": { "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "{{code}}" }] } } """));

    [Theory]
    [InlineData(""" "text": "daily" """)]
    [InlineData(""" "patientInstruction": "daily" """)]
    [InlineData(""" "timing": { "code": { "text": "daily" } } """)]
    [InlineData(""" "timing": { "code": { "coding": [{ "code": "7", "display": "daily" }] } } """)]
    [InlineData(""" "additionalInstruction": [{ "text": "daily" }] """)]
    [InlineData(""" "additionalInstruction": [{ "coding": [{ "display": "cada día" }] }] """)]
    public static void Words_count_wherever_a_dosage_has_some(string dosage) => Assert.True(IsDaily(dosage));

    [Theory]
    [MemberData(nameof(DailyWords))]
    public static void Words_for_once_a_day_or_more_often_are_daily(string text)
    {
        Assert.True(IsDaily(Text(text)), text);
        Assert.True(IsDaily(Text($"Take 1 tablet by mouth {text}.")), text);
        Assert.True(IsDaily(Text($"Tomar 2,5 mg, {text.ToUpperInvariant()}")), text);
    }

    [Theory]
    [MemberData(nameof(OtherWords))]
    public static void Words_for_less_are_not(string text)
    {
        Assert.False(IsDaily(Text(text)), text);
        Assert.False(IsDaily(Text($"1 tablet {text}")), text);
        Assert.False(IsDaily(Text(text.ToUpperInvariant())), text);
    }

    [Theory]
    [InlineData("5 mg daily, 7.5 mg on Mondays")]
    [InlineData("every day except Sunday")]
    [InlineData("Mon-Fri 5 mg, Sat-Sun 2.5 mg")]
    [InlineData("Monday, Wednesday, Friday 5 mg; all other days 2.5 mg")]
    [InlineData("lunes, miércoles y viernes 1 comprimido; martes, jueves, sábado y domingo medio")]
    [InlineData("lunes a viernes 1, fines de semana 1/2")]
    [InlineData("every other day; then daily")]
    [InlineData("Take daily. Call us if needed.")]
    [InlineData("daily Mon-Fri 5 mg and Sat-Sun 7 mg")]
    public static void Where_a_text_says_both_the_worse_counts(string text) => Assert.True(IsDaily(Text(text)));

    [Theory]
    [InlineData("""{ "timing": { "repeat": { "frequency": 1, "period": 2, "periodUnit": "d" } }, "text": "daily" }""", true)]
    [InlineData("""{ "timing": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } }, "text": "every other day" }""", true)]
    [InlineData("""{ "timing": { "repeat": { "dayOfWeek": ["mon", "wed", "fri"] } } }, { "timing": { "repeat": { "dayOfWeek": ["tue", "thu", "sat", "sun"] } } }""", true)]
    [InlineData("""{ "text": "Mon, Wed, Fri" }, { "text": "Tuesdays, Thursdays, weekends" }""", true)]
    [InlineData("""{ "timing": { "repeat": { "dayOfWeek": ["mon", "wed", "fri"] } } }, { "timing": { "repeat": { "dayOfWeek": ["tue", "thu", "sat"] } } }""", false)]
    [InlineData("""{ "timing": { "repeat": { "dayOfWeek": ["mon"] } }, "text": "at bedtime" }""", false)]
    [InlineData("""{ "text": "on Mondays", "patientInstruction": "in the morning" }""", false)]
    [InlineData("""{ "text": "weekly" }, { "timing": { "repeat": { "when": ["HS"] } } }""", true)]
    [InlineData("""{ "asNeededBoolean": true, "text": "daily" }, { "text": "weekly" }""", false)]
    [InlineData("""{ "asNeededBoolean": false, "text": "daily" }""", true)]
    [InlineData("""{ "asNeededCodeableConcept": { "text": "pain" }, "timing": { "code": { "coding": [{ "code": "BID" }] } } }""", false)]
    public static void Dosages_are_read_together(string dosages, bool daily) => Assert.Equal(daily, AreDaily(dosages));

    [Theory]
    [InlineData(""" "medicationCodeableConcept": { "text": "Warfarin 5 mg tablet, one daily" } """, true)]
    [InlineData(""" "medicationCodeableConcept": { "text": "Warfarina 5 mg una vez al día" } """, true)]
    [InlineData(""" "medicationReference": { "display": "Apixaban 5 mg twice a day" } """, true)]
    [InlineData(""" "medicationCodeableConcept": { "text": "12 HR Aspirin 25 MG Oral Capsule" } """, false)]
    [InlineData(""" "medicationCodeableConcept": { "text": "BD PosiFlush Heparin" } """, false)]
    public static void Some_write_behind_the_name_of_a_medicine_how_it_is_taken(string medicine, bool daily) =>
        Assert.Equal(daily, One($$""" MedicationStatement/1 "status": "active", {{medicine}} """).IsDaily);

    [Fact]
    public static void What_is_taken_as_needed_is_not_daily_by_its_name_either() =>
        Assert.False(One(""" MedicationStatement/1 "status": "active", "medicationCodeableConcept": { "text": "Warfarin daily" }, "dosage": [{ "asNeededBoolean": true }] """).IsDaily);

    [Fact]
    public static void What_is_given_and_what_is_dispensed_has_a_dosage_too()
    {
        Assert.True(One($$""" MedicationAdministration/1 "status": "in-progress", {{Warfarin}}, "dosage": { "text": "5 mg daily" } """).IsDaily);
        Assert.True(One($$""" MedicationDispense/1 "status": "completed", {{Warfarin}}, "dosageInstruction": [{ "text": "QD" }] """).IsDaily);
    }

    [Fact]
    public static void A_long_text_is_read_once_through() => Assert.False(IsDaily(Text(string.Concat(Enumerable.Repeat("every 2 ", 50_000)))));

    public static TheoryData<string> DailyWords =>
    [
        "daily", "once daily", "once-daily", "once a day", "once per day", "once each day", "one time a day", "1 time a day", "1x/day", "1 x day", "1/day", "1 per day", "2 tablets a day", "every day",
        "everyday", "each day", "per day", "day and night", "every 24 hours", "every 24 hrs", "every 24h", "every twenty-four hours", "q24h", "q 24 h", "q24hr", "q24 hours", "qd", "q.d.", "q day",
        "qday", "od", "o.d.", "every morning", "each morning", "in the morning", "qam", "q.am", "q am", "every evening", "in the evening", "qpm", "every night", "nightly", "at night", "at bedtime",
        "qhs", "q.h.s.", "hs", "h.s.", "before bed", "at lunchtime", "with breakfast", "with the evening meal", "with meals", "twice daily", "twice a day", "two times a day", "2 times daily", "2x/day",
        "bid", "b.i.d.", "BD", "every 12 hours", "q12h", "three times daily", "tid", "t.i.d.", "tds", "every 8 hours", "q8h", "four times a day", "qid", "q.i.d.", "qds", "every 6 hours", "every 4 to 6 hours",
        "every 4-6 hours", "hourly", "every hour", "7 days a week", "seven days a week", "7 times a week", "14 times weekly", "same time every day", "5 mg/day", "every 1-2 days", "8 am", "8 a.m.",
        "diario", "una diaria", "diariamente", "a diario", "al día", "al dia", "al di\u0301a", "por día", "cada día", "todos los días", "una vez al día", "1 vez al día", "1 comprimido al día", "dosis diaria",
        "cada 24 horas", "cada 24h", "cada veinticuatro horas", "c/24h", "c/ 24 horas", "c/12 hs", "cada mañana", "todas las mañanas", "por la mañana", "en ayunas", "con el desayuno", "cada noche",
        "todas las noches", "por la noche", "al acostarse", "antes de dormir", "con la cena", "con las comidas", "al mediodía", "dos veces al día", "2 veces por día", "cada 12 horas", "cada ocho horas",
        "cada 8 horas", "3 veces al día", "cada hora", "siete días a la semana", "cada dia a la misma hora", "1-0-1", "1-0-0",
        "every single day", "mane", "OM", "q24", "q 12",
    ];

    public static TheoryData<string> OtherWords =>
    [
        "every other day", "every second day", "every 2 days", "every two days", "every 3rd day", "every third day", "alternate days", "on alternate days", "qod", "q.o.d.", "every 48 hours", "q48h",
        "every 36 hours", "q36h", "every seventy-two hours", "weekly", "once weekly", "once a week", "every week", "twice weekly", "two times a week", "three times a week", "3 times weekly", "3x/week", "biweekly",
        "bi-weekly", "every two weeks", "fortnightly", "monthly", "once a month", "every month", "on Mondays", "every Monday", "Mon Wed Fri", "Mon/Wed/Fri", "Monday to Friday", "5 days a week", "five days per week", "6 times a week",
        "weekdays", "at weekends", "one time only", "once", "single dose", "stat", "prn", "p.r.n.", "as needed", "daily as needed", "5 mg daily PRN", "as needed for pain, up to 4 times a day", "if needed",
        "as required", "occasionally", "as directed", "in the morning every other day", "at bedtime on Mondays", "daily dose of 5 mg every other day", "twice daily on Mondays", "once daily (Mon, Wed, Fri)",
        "daily Mon-Sat", "Fri-Mon", "every 7 days", "x 7 days", "for 10 days", "sundays", "left eye",
        "cada dos días", "cada 2 días", "cada tres días", "días alternos", "en días alternos", "un día sí y otro no", "un día sí, un día no", "día por medio", "un día por medio", "pasando un día", "cada tercer día",
        "cada 48 horas", "c/48h", "cada 36 horas", "semanal", "semanalmente", "una vez a la semana", "una vez por semana", "cada semana", "dos veces por semana", "tres veces a la semana", "quincenal",
        "cada quince días", "cada dos semanas", "mensual", "una vez al mes", "cada mes", "los lunes", "lunes, miércoles y viernes", "de lunes a viernes", "una vez al día los lunes", "dosis única", "una sola vez", "una vez", "si precisa",
        "si es necesario", "según necesidad", "a demanda", "si dolor", "ocasionalmente", "de vez en cuando", "al día siguiente", "mañana", "durante 7 días", "una al día si dolor", "cada otro día",
        "not daily", "do not take daily", "not every day", "less than daily", "not to be taken daily", "in the morning of surgery",
        "daily x 1 day", "daily for one day", "no diario", "no todos los días", "menos de una vez al día",
    ];

    private static string Text(string text) => $$""" "text": {{System.Text.Json.JsonSerializer.Serialize(text)}} """;

    private static bool IsDaily(string dosage) => AreDaily($$"""{ {{dosage}} }""");

    private static bool AreDaily(string dosages)
    {
        var read = One($$""" MedicationRequest/1 "status": "active", {{Warfarin}}, "dosageInstruction": [{{dosages}}] """).IsDaily;
        Assert.Equal(read, One($$""" MedicationStatement/1 "status": "active", {{Warfarin}}, "dosage": [{{dosages}}] """).IsDaily);
        return read;
    }
}
