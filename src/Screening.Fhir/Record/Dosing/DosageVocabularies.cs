namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// The vocabularies, all of which count in every record: of the abbreviations of prescriptions, of English and of Spanish. The codes of
/// timings are those of http://hl7.org/fhir/R4/valueset-timing-abbreviation.html and what order systems write for them.
/// </summary>
internal static class DosageVocabularies
{
    private const int Hour = 60;
    private const int Day = 24 * Hour;
    private const int Week = 7 * Day;

    /// <summary>As short as the shortest, so that as much as may be daily counts as that.</summary>
    private const int Month = 28 * Day;

    private const int Year = 365 * Day;

    /// <summary>What means something only where a code is expected: many are words or names elsewhere.</summary>
    public static DosageVocabulary Codes { get; } = new()
    {
        Daily = ["am", "pm", "bed", "hs", "d", "die", "sid", "td", "ac", "pc", "noc", "noct", "mane", "day", "qn", "qnight", "# xd"],
        LessThanDaily = ["ad", "wk", "mo", "once", "stat", "now", "one time", "onetime", "# xw", "x #"],
    };

    /// <summary>The abbreviations that prescriptions are written with, in every language.</summary>
    public static DosageVocabulary Abbreviations { get; } = new()
    {
        Daily =
        [
            "qd", "qday", "od", "bid", "bd", "bds", "tid", "tds", "qid", "qds", "qam", "qpm", "qhs", "qnoc", "qevening", "qmorning",
            "qdinner", "qbreakfast", "qlunch", "nocte", "mane", "om", "q 24", "q 12", "q 8", "q 6", "achs", "tidac", "bidac", "qidac", "tidpc", "bidpc", "qh",
        ],
        PartOfDay = ["hs", "# am", "# pm"],
        LessThanDaily = ["qod", "qad", "eod", "qw", "qwk", "qweek", "biw", "tiw", "qm", "qmo", "qmonth"],
        AsNeeded = ["prn", "sos"],
        Every = ["q"],
        Times = ["x"],
        Units = [(Hour, ["h", "hr", "hrs", "hs"]), (Day, ["am", "pm", "d"]), (Week, ["w", "wk", "wks"]), (Month, ["mo"])],
        Per = [(Hour, ["/ h", "/ hr"]), (Day, ["/ d"]), (Week, ["/ wk"])],
    };

    public static DosageVocabulary English { get; } = new()
    {
        Daily =
        [
            "nightly", "hourly", "everyday", "every single day", "each and every day", "mornings and evenings", "morning and evening", "morning and night", "day and night",
            "night and morning", "same time each day", "same time every day",
        ],
        PartOfDay =
        [
            "daily dose", "total daily dose", "dose per day", "daily dosage", "in the morning", "in the evening", "in the afternoon",
            "at night", "at bedtime", "bedtime", "before bed", "before bedtime", "before going to bed", "before sleep", "at noon",
            "at midday", "at lunchtime", "at lunch", "at dinner", "at dinnertime", "at supper", "at breakfast", "on waking",
            "with breakfast", "with lunch", "with dinner", "with supper", "with evening meal", "with the evening meal",
            "after breakfast", "after lunch", "after dinner", "after supper", "before breakfast", "before lunch", "before dinner",
            "before supper", "with meals", "before meals", "after meals", "mornings", "evenings", "nights",
        ],
        LessThanDaily =
        [
            "every other", "every second", "every third", "every fourth", "every alternate", "each alternate", "every # nd",
            "every # rd", "every # th", "alternate days", "alternate day", "alternating days", "alternate nights", "biweekly",
            "bi weekly", "fortnightly", "quarterly", "one time only", "once only", "only once", "single dose", "one dose only",
            "for one dose", "x # dose", "not daily", "never daily", "not every day", "not everyday", "not each day", "less than daily",
            "less than once daily", "less than once a day", "less often than daily", "not take daily", "not taken daily",
            "not to be taken daily", "not use daily", "not for daily use", "no more daily", "x 1 day", "for 1 day", "for one day",
            "daily x 1 day", "daily for 1 day", "daily for one day", "daily x 1", "morning of surgery", "in the morning of surgery",
            "on the morning of surgery", "morning of the procedure", "in the morning of the procedure", "night before surgery",
            "the night before surgery", "stat", "immediately", "occasionally", "sometimes", "intermittently", "per cycle",
            "per episode",
        ],
        AsNeeded =
        [
            "as needed", "when needed", "if needed", "where needed", "only if needed", "as required", "when required", "if required",
            "as necessary", "when necessary", "if necessary", "on demand", "as and when",
        ],
        Nothing = ["the next day", "the day after", "a day after", "a day before", "the day before"],
        Every = ["every", "each", "per", "/"],
        Times = ["time", "times", "days", "day", "doses", "dose"],
        Through = ["to", "thru", "through"],
        Or = ["or"],
        On = ["on", "only", "only on", "and", "each", "every", "at", "taken on"],
        Numbers =
        [
            (1, ["one"]), (2, ["two"]), (3, ["three"]), (4, ["four"]), (5, ["five"]), (6, ["six"]), (7, ["seven"]), (8, ["eight"]),
            (10, ["ten"]), (12, ["twelve"]), (18, ["eighteen"]), (20, ["twenty"]), (24, ["twenty four"]), (36, ["thirty six"]),
            (48, ["forty eight"]), (72, ["seventy two"]),
        ],
        Often = [(1, ["once"]), (2, ["twice"]), (3, ["thrice"])],
        Units =
        [
            (1, ["minute", "minutes", "min"]),
            (Hour, ["hour", "hours", "hourly"]),
            (Day,
            [
                "day", "days", "morning", "mornings", "afternoon", "evening", "evenings", "night", "nights", "bedtime", "meal",
                "breakfast", "lunch", "dinner", "noon",
            ]),
            (Week, ["week", "weeks"]),
            (Month, ["month", "months"]),
            (Year, ["year", "years"]),
        ],
        Per =
        [
            (Hour, ["per hour"]),
            (Day, ["daily", "a day", "per day", "/ day", "x day"]),
            (Week, ["weekly", "a week", "in a week", "per week", "/ week", "x week"]),
            (Month, ["monthly", "a month", "per month", "/ month"]),
            (Year, ["yearly", "a year"]),
        ],
        Weekdays =
        [
            (1, ["monday", "mondays", "mon"]),
            (2, ["tuesday", "tuesdays", "tue", "tues"]),
            (4, ["wednesday", "wednesdays", "wed"]),
            (8, ["thursday", "thursdays", "thu", "thur", "thurs"]),
            (16, ["friday", "fridays", "fri"]),
            (32, ["saturday", "saturdays", "sat"]),
            (64, ["sunday", "sundays", "sun"]),
            (31, ["weekdays", "weekday"]),
            (96, ["weekends", "weekend"]),
            (127, ["other days", "all other days", "rest of the week", "remaining days"]),
        ],
    };

    public static DosageVocabulary Spanish { get; } = new()
    {
        Daily = ["a diario", "manana y noche", "manana y tarde", "dia y noche", "por la manana y por la noche", "a la misma hora"],
        PartOfDay =
        [
            "dosis diaria", "dosis diaria total", "dosis total diaria", "dosis al dia", "por la manana", "por las mananas",
            "en la manana", "en las mananas", "por la tarde", "por las tardes", "en la tarde", "por la noche", "por las noches",
            "en la noche", "en las noches", "de noche", "al acostarse", "antes de acostarse", "antes de dormir", "al dormir",
            "a la hora de dormir", "al levantarse", "al despertar", "en ayunas", "al mediodia", "a mediodia", "con el desayuno",
            "en el desayuno", "antes del desayuno", "despues del desayuno", "con el almuerzo", "en el almuerzo", "con la comida",
            "en la comida", "con la cena", "en la cena", "antes de la cena", "despues de la cena", "con las comidas",
            "antes de las comidas", "despues de las comidas",
        ],
        LessThanDaily =
        [
            "dias alternos", "dia alterno", "dia por medio", "un dia si", "dia si dia no", "pasando un dia", "dejando un dia",
            "dia de por medio", "cada segundo", "cada tercer", "cada cuarto", "cada otro", "quincenal", "quincenalmente", "dosis unica",
            "una sola vez", "una unica vez", "una sola dosis", "de inmediato", "inmediatamente", "ocasional", "ocasionalmente",
            "de vez en cuando", "a veces", "no diario", "no diaria", "no diariamente", "no a diario", "no todos los dias",
            "no cada dia", "menos de una vez al dia", "por 1 dia", "por un dia", "durante 1 dia", "durante un dia",
            "en la manana de la cirugia", "la manana de la cirugia", "la noche antes de la cirugia",
        ],
        AsNeeded =
        [
            "si precisa", "si lo precisa", "si es preciso", "si es necesario", "si fuera necesario", "si fuese necesario",
            "segun necesidad", "segun necesite", "cuando sea necesario", "cuando lo necesite", "en caso necesario",
            "en caso de necesidad", "en caso de ser necesario", "a demanda", "si necesita", "si lo necesita", "si dolor",
            "si hay dolor", "si tiene dolor", "en caso de dolor", "solo si",
        ],
        Nothing = ["al dia siguiente", "al otro dia"],
        Every = ["cada", "c", "c /", "todos los", "todas las"],
        Times = ["vez", "veces", "dia", "dias", "toma", "tomas", "dosis"],
        Through = ["a", "al", "hasta"],
        Or = ["o", "u"],
        On = ["los", "el", "las", "solo", "solo los", "unicamente", "unicamente los", "y", "y los", "de", "todos los", "cada"],
        Numbers =
        [
            (1, ["un", "una", "uno"]), (2, ["dos"]), (3, ["tres"]), (4, ["cuatro"]), (5, ["cinco"]), (6, ["seis"]), (7, ["siete"]),
            (8, ["ocho"]), (10, ["diez"]), (12, ["doce"]), (15, ["quince"]), (18, ["dieciocho"]), (20, ["veinte"]),
            (24, ["veinticuatro", "veinte y cuatro"]), (36, ["treinta y seis"]), (48, ["cuarenta y ocho"]), (72, ["setenta y dos"]),
        ],
        Units =
        [
            (1, ["minuto", "minutos"]),
            (Hour, ["hora", "horas"]),
            (Day, ["dia", "dias", "manana", "mananas", "tarde", "tardes", "noche", "noches", "comida", "desayuno", "almuerzo", "cena"]),
            (Week, ["semana", "semanas"]),
            (Month, ["mes", "meses"]),
            (Year, ["ano", "anos"]),
        ],
        Per =
        [
            (Day, ["diario", "diaria", "diarios", "diarias", "diariamente", "al dia", "por dia", "/ dia", "x dia"]),
            (Hour, ["por hora", "/ hora"]),
            (Week, ["semanal", "semanales", "semanalmente", "a la semana", "por semana", "en semana", "/ semana", "de la semana"]),
            (Month, ["mensual", "mensuales", "mensualmente", "al mes", "por mes", "/ mes"]),
            (Year, ["anual", "al ano"]),
        ],
        Weekdays =
        [
            (1, ["lunes", "lun"]),
            (2, ["martes", "mar"]),
            (4, ["miercoles", "mie"]),
            (8, ["jueves", "jue"]),
            (16, ["viernes", "vie"]),
            (32, ["sabado", "sabados", "sab"]),
            (64, ["domingo", "domingos", "dom"]),
            (31, ["dias laborables", "dias entre semana", "entre semana"]),
            (96, ["fines de semana", "fin de semana"]),
            (127, ["demas dias", "resto de la semana", "resto de los dias", "otros dias"]),
        ],
    };
}
