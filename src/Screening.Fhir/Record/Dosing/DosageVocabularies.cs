namespace Screening.Fhir.Record.Dosing;

/// <summary>
/// The vocabularies, all of which count in every record: of the abbreviations of prescriptions, of English and of Spanish. The codes of timings are those of
/// http://hl7.org/fhir/R4/valueset-timing-abbreviation.html and what order systems write for them.
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
        Seldomer = ["ad", "wk", "mo", "once", "stat", "now", "one time", "onetime", "# xw", "x #"],
    };

    /// <summary>The abbreviations that prescriptions are written with, in every language.</summary>
    public static DosageVocabulary Abbreviations { get; } = new()
    {
        Daily =
        [
            "qd", "qday", "od", "bid", "bd", "bds", "tid", "tds", "qid", "qds", "qam", "qpm", "qhs", "qnoc", "qevening", "qmorning", "qdinner", "qbreakfast", "qlunch",
            "nocte", "achs", "tidac", "bidac", "qidac", "tidpc", "bidpc", "qh",
        ],
        PartOfDay = ["hs", "# am", "# pm"],
        Seldomer = ["qod", "qad", "eod", "qw", "qwk", "qweek", "biw", "tiw", "qm", "qmo", "qmonth"],
        AsNeeded = ["prn", "sos"],
        Every = ["q"],
        Times = ["x"],
        Units = new() { ["h"] = Hour, ["hr"] = Hour, ["hrs"] = Hour, ["hs"] = Hour, ["am"] = Day, ["pm"] = Day, ["d"] = Day, ["w"] = Week, ["wk"] = Week, ["wks"] = Week, ["mo"] = Month },
        Per = new() { ["/ h"] = Hour, ["/ hr"] = Hour, ["/ d"] = Day, ["/ wk"] = Week },
    };

    public static DosageVocabulary English { get; } = new()
    {
        Daily =
        [
            "nightly", "hourly", "everyday", "mornings and evenings", "morning and evening", "morning and night", "day and night", "night and morning", "same time each day",
            "same time every day",
        ],
        PartOfDay =
        [
            "daily dose", "total daily dose", "dose per day", "daily dosage",
            "in the morning", "in the evening", "in the afternoon", "at night", "at bedtime", "bedtime", "before bed", "before bedtime", "before going to bed", "before sleep",
            "at noon", "at midday", "at lunchtime", "at lunch", "at dinner", "at dinnertime", "at supper", "at breakfast", "on waking", "with breakfast", "with lunch",
            "with dinner", "with supper", "with evening meal", "with the evening meal", "after breakfast", "after lunch", "after dinner", "after supper",
            "before breakfast", "before lunch", "before dinner", "before supper", "with meals", "before meals", "after meals", "mornings", "evenings", "nights",
        ],
        Seldomer =
        [
            "every other", "every second", "every third", "every fourth", "every alternate", "each alternate", "every # nd", "every # rd", "every # th", "alternate days", "alternate day", "alternating days",
            "alternate nights", "biweekly", "bi weekly", "fortnightly", "quarterly", "one time only", "once only", "only once", "single dose", "one dose only", "for one dose",
            "x # dose", "stat", "immediately", "occasionally", "sometimes", "intermittently", "per cycle", "per episode",
        ],
        AsNeeded =
        [
            "as needed", "when needed", "if needed", "where needed", "only if needed", "as required", "when required", "if required", "as necessary", "when necessary", "if necessary",
            "on demand", "as and when",
        ],
        Nothing = ["the next day", "the day after", "a day after", "a day before", "the day before"],
        Every = ["every", "each", "per", "/"],
        Times = ["time", "times", "days", "day", "doses", "dose"],
        Through = ["to", "thru", "through"],
        Or = ["or"],
        On = ["on", "only", "only on", "and", "each", "every", "at", "taken on"],
        Numbers = new()
        {
            ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8,
            ["ten"] = 10, ["twelve"] = 12, ["eighteen"] = 18, ["twenty"] = 20, ["twenty four"] = 24, ["thirty six"] = 36, ["forty eight"] = 48, ["seventy two"] = 72,
        },
        Often = new() { ["once"] = 1, ["twice"] = 2, ["thrice"] = 3 },
        Units = new()
        {
            ["minute"] = 1, ["minutes"] = 1, ["min"] = 1, ["hour"] = Hour, ["hours"] = Hour, ["hourly"] = Hour,
            ["day"] = Day, ["days"] = Day, ["morning"] = Day, ["mornings"] = Day, ["afternoon"] = Day, ["evening"] = Day, ["evenings"] = Day, ["night"] = Day, ["nights"] = Day,
            ["bedtime"] = Day, ["meal"] = Day, ["breakfast"] = Day, ["lunch"] = Day, ["dinner"] = Day, ["noon"] = Day,
            ["week"] = Week, ["weeks"] = Week, ["month"] = Month, ["months"] = Month, ["year"] = Year, ["years"] = Year,
        },
        Per = new()
        {
            ["per hour"] = Hour, ["daily"] = Day, ["a day"] = Day, ["per day"] = Day, ["/ day"] = Day, ["x day"] = Day, ["weekly"] = Week, ["a week"] = Week, ["in a week"] = Week, ["per week"] = Week, ["/ week"] = Week,
            ["x week"] = Week, ["monthly"] = Month, ["a month"] = Month, ["per month"] = Month, ["/ month"] = Month, ["yearly"] = Year, ["a year"] = Year,
        },
        Weekdays = new()
        {
            ["monday"] = 1, ["mondays"] = 1, ["mon"] = 1, ["tuesday"] = 2, ["tuesdays"] = 2, ["tue"] = 2, ["tues"] = 2, ["wednesday"] = 4, ["wednesdays"] = 4, ["wed"] = 4,
            ["thursday"] = 8, ["thursdays"] = 8, ["thu"] = 8, ["thur"] = 8, ["thurs"] = 8, ["friday"] = 16, ["fridays"] = 16, ["fri"] = 16,
            ["saturday"] = 32, ["saturdays"] = 32, ["sat"] = 32, ["sunday"] = 64, ["sundays"] = 64, ["sun"] = 64,
            ["weekdays"] = 31, ["weekday"] = 31, ["weekends"] = 96, ["weekend"] = 96, ["other days"] = 127, ["all other days"] = 127, ["rest of the week"] = 127, ["remaining days"] = 127,
        },
    };

    public static DosageVocabulary Spanish { get; } = new()
    {
        Daily =
        [
            "a diario", "manana y noche", "manana y tarde", "dia y noche", "por la manana y por la noche", "a la misma hora",
        ],
        PartOfDay =
        [
            "dosis diaria", "dosis diaria total", "dosis total diaria", "dosis al dia",
            "por la manana", "por las mananas", "en la manana", "en las mananas", "por la tarde", "por las tardes", "en la tarde", "por la noche", "por las noches", "en la noche",
            "en las noches", "de noche", "al acostarse", "antes de acostarse", "antes de dormir", "al dormir", "a la hora de dormir", "al levantarse", "al despertar", "en ayunas",
            "al mediodia", "a mediodia", "con el desayuno", "en el desayuno", "antes del desayuno", "despues del desayuno", "con el almuerzo", "en el almuerzo", "con la comida",
            "en la comida", "con la cena", "en la cena", "antes de la cena", "despues de la cena", "con las comidas", "antes de las comidas", "despues de las comidas",
        ],
        Seldomer =
        [
            "dias alternos", "dia alterno", "dia por medio", "un dia si", "dia si dia no", "pasando un dia", "dejando un dia", "dia de por medio", "cada segundo", "cada tercer", "cada cuarto",
            "cada otro", "quincenal", "quincenalmente", "dosis unica", "una sola vez", "una unica vez", "una sola dosis", "de inmediato", "inmediatamente",
            "ocasional", "ocasionalmente", "de vez en cuando", "a veces",
        ],
        AsNeeded =
        [
            "si precisa", "si lo precisa", "si es preciso", "si es necesario", "si fuera necesario", "si fuese necesario", "segun necesidad", "segun necesite", "cuando sea necesario",
            "cuando lo necesite", "en caso necesario", "en caso de necesidad", "en caso de ser necesario", "a demanda", "si necesita", "si lo necesita", "si dolor", "si hay dolor", "si tiene dolor",
            "en caso de dolor", "solo si",
        ],
        Nothing = ["al dia siguiente", "al otro dia"],
        Every = ["cada", "c", "c /", "todos los", "todas las"],
        Times = ["vez", "veces", "dia", "dias", "toma", "tomas", "dosis"],
        Through = ["a", "al", "hasta"],
        Or = ["o", "u"],
        On = ["los", "el", "las", "solo", "solo los", "unicamente", "unicamente los", "y", "y los", "de", "todos los", "cada"],
        Numbers = new()
        {
            ["un"] = 1, ["una"] = 1, ["uno"] = 1, ["dos"] = 2, ["tres"] = 3, ["cuatro"] = 4, ["cinco"] = 5, ["seis"] = 6, ["siete"] = 7, ["ocho"] = 8, ["diez"] = 10, ["doce"] = 12,
            ["quince"] = 15, ["dieciocho"] = 18, ["veinte"] = 20, ["veinticuatro"] = 24, ["veinte y cuatro"] = 24, ["treinta y seis"] = 36, ["cuarenta y ocho"] = 48, ["setenta y dos"] = 72,
        },
        Units = new()
        {
            ["minuto"] = 1, ["minutos"] = 1, ["hora"] = Hour, ["horas"] = Hour,
            ["dia"] = Day, ["dias"] = Day, ["manana"] = Day, ["mananas"] = Day, ["tarde"] = Day, ["tardes"] = Day, ["noche"] = Day, ["noches"] = Day, ["comida"] = Day,
            ["desayuno"] = Day, ["almuerzo"] = Day, ["cena"] = Day,
            ["semana"] = Week, ["semanas"] = Week, ["mes"] = Month, ["meses"] = Month, ["ano"] = Year, ["anos"] = Year,
        },
        Per = new()
        {
            ["diario"] = Day, ["diaria"] = Day, ["diarios"] = Day, ["diarias"] = Day, ["diariamente"] = Day, ["al dia"] = Day, ["por dia"] = Day, ["/ dia"] = Day, ["x dia"] = Day,
            ["por hora"] = Hour, ["/ hora"] = Hour,
            ["semanal"] = Week, ["semanales"] = Week, ["semanalmente"] = Week, ["a la semana"] = Week, ["por semana"] = Week, ["en semana"] = Week, ["/ semana"] = Week, ["de la semana"] = Week,
            ["mensual"] = Month, ["mensuales"] = Month, ["mensualmente"] = Month, ["al mes"] = Month, ["por mes"] = Month, ["/ mes"] = Month, ["anual"] = Year, ["al ano"] = Year,
        },
        Weekdays = new()
        {
            ["lunes"] = 1, ["lun"] = 1, ["martes"] = 2, ["mar"] = 2, ["miercoles"] = 4, ["mie"] = 4, ["jueves"] = 8, ["jue"] = 8, ["viernes"] = 16, ["vie"] = 16,
            ["sabado"] = 32, ["sabados"] = 32, ["sab"] = 32, ["domingo"] = 64, ["domingos"] = 64, ["dom"] = 64,
            ["dias laborables"] = 31, ["dias entre semana"] = 31, ["entre semana"] = 31, ["fines de semana"] = 96, ["fin de semana"] = 96, ["demas dias"] = 127, ["resto de la semana"] = 127,
            ["resto de los dias"] = 127, ["otros dias"] = 127,
        },
    };
}
