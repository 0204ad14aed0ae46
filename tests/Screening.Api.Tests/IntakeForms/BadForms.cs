using System.Text.Json.Nodes;

namespace Screening.Api.Tests.IntakeForms;

/// <summary>Forms with one thing wrong in each: every field in every way.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Fields">The fields; a value that starts with a percent sign is sent as it is.</param>
/// <param name="Block">The part of the page where it is told.</param>
/// <param name="Status">The status.</param>
/// <param name="Lost">The fields that cannot be shown as they were sent: a choice that is none of those offered, or two for one.</param>
internal sealed record BadForm(
    string Name, IReadOnlyList<(string Name, string Value)> Fields, string Block, int Status, params string[] Lost)
{
    private static readonly JsonObject Full = JsonNode.Parse("""
        {
          "protocol": "sublative-rf",
          "appointment": { "timeZone": "America/New_York", "start": "2026-12-18T10:30", "areas": ["face", "neck"] },
          "answers": {
            "pregnancy": "no", "breastfeeding": "no", "immuneImpairment": "unknown", "skinAllergy": "no", "metalAllergy": "no",
            "bleedingOrVascularDisorder": "no", "skinCancer": "none", "anticoagulantUse": "none", "electronicImplants": ["other"],
            "metalPlates": ["elsewhere"], "skinConditions": ["rash"], "topicalRetinoidUse": "stopped", "topicalRetinoidLastUsed": "2026-04",
            "isotretinoinUse": "past", "isotretinoinLastTaken": "2020-02-03", "herpesSimplexHistory": "yes",
            "antiviralStart": "2026-12-10", "antiviralEnd": "2026-12-24",
            "injections": [{ "product": "filler", "date": "2026-05" }, { "product": "botulinum-toxin", "date": "2027-01-02" }],
            "skincareKit": "yes"
          },
          "clearances": [{ "ruleId": "isotretinoin", "by": "Dr. Ada Park", "on": "2026-05-20" }]
        }
        """)!.AsObject();

    private static readonly string[] Choices =
    [
        "pregnancy", "breastfeeding", "immuneImpairment", "skinAllergy", "metalAllergy", "bleedingOrVascularDisorder", "skinCancer",
        "anticoagulantUse", "topicalRetinoidUse", "isotretinoinUse", "herpesSimplexHistory", "skincareKit",
    ];

    private static readonly string[] Lists = ["electronicImplants", "metalPlates", "skinConditions"];

    private static readonly (string Id, bool IsPartial)[] Dates =
        [("topicalRetinoidLastUsed", true), ("isotretinoinLastTaken", true), ("antiviralStart", false), ("antiviralEnd", false)];

    private static readonly string[] UnknownNames =
    [
        "", "pregnancy", "answers", "answers.", "answers.Pregnancy", "answers.pregnancy.none", "answers.pregnant", "asOf", "clearances",
        "clearances.isotretinoin", "clearances.isotretinoin.who", "clearances.no-such-rule.by", "clearances.isotretinoin.on.unknown",
        "slots.0.date", "slots.11.date", "<script>",
    ];

    /// <summary>A form in which nothing is wrong.</summary>
    public static IReadOnlyList<(string Name, string Value)> Good { get; } = FilledInForm.Of(Full, action: "decide");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BadForm> All { get; } =
        [.. OfForm(), .. OfChoices(), .. OfLists(), .. OfDates(), .. OfEvents(), .. OfClearances(), .. OfFields()];

    /// <summary>The same form with other fields in place of those of a name.</summary>
    private static List<(string, string)> With(string name, params string[] values) =>
        [.. Good.Where(field => field.Name != name), .. values.Select(value => (name, value))];

    private static IEnumerable<(string, string)> Starting(string date, string time) =>
        [
            .. Good.Where(field => field.Name is not ("appointment.date" or "appointment.time")),
            ("appointment.date", date), ("appointment.time", time),
        ];

    private static IEnumerable<BadForm> OfForm()
    {
        yield return new("audience missing", With("audience"), "who", 400);
        yield return new("cut", With("end"), "form", 400);
        yield return new("cut in its last field", With("end", "ye"), "form", 400, "end");
        yield return new("audience unknown", With("audience", "nurse"), "who", 422, "audience");
        yield return new("language unknown", With("lang", "xx"), "form", 422, "lang");
        yield return new("button unknown", With("do", "book"), "form", 422, "do");
        yield return new("more of nothing", With("do", "more.pregnancy"), "form", 422, "do");
        yield return new("zone missing", With("appointment.timeZone"), "zone", 400);
        yield return new("zone empty", With("appointment.timeZone", ""), "zone", 400);
        yield return new("zone unknown", With("appointment.timeZone", "Mars/Olympus"), "zone", 422);
        yield return new("zone in other letters", With("appointment.timeZone", "america/new_york"), "zone", 422);
        yield return new("date without time", With("appointment.time", ""), "when", 422);
        yield return new("time without date", With("appointment.date", ""), "when", 422);
        foreach (var date in (string[])["31.12.2026", "2026-02-30", "2026-12", "26-12-18", "2026-12-18T10:30", "tomorrow", "1899-12-18"])
        {
            yield return new("date " + date, With("appointment.date", date), "when", 422);
        }

        foreach (var time in (string[])["25:00", "10:60", "10h30", "10:30Z", "10:30-05:00", "10", "noon"])
        {
            yield return new("time " + time, With("appointment.time", time), "when", 422);
        }

        yield return new("date passed", With("appointment.date", "2026-05-31"), "when", 422);
        yield return new("time skipped", [.. Starting("2027-03-14", "02:30")], "when", 422);
        yield return new("area unknown", With("appointment.areas", "face", "knee"), "q-treatmentAreas", 422, "appointment.areas");
        yield return new("area twice", With("appointment.areas", "face", "face"), "q-treatmentAreas", 422);
    }

    private static IEnumerable<BadForm> OfChoices()
    {
        foreach (var id in Choices)
        {
            var (name, block) = ("answers." + id, "q-" + id);
            yield return new(id + " unknown", With(name, "maybe"), block, 422, name);
            yield return new(id + " empty", With(name, ""), block, 422);
            yield return new(id + " in capitals", With(name, "NO"), block, 422, name);
            yield return new(id + " twice", With(name, "no", "yes"), block, 400, name);
            yield return new(id + " damaged", With(name, "%no"), block, 400, name);
            if (id != "skincareKit")
            {
                yield return new(id + " missing", With(name), block, 422);
            }
        }
    }

    private static IEnumerable<BadForm> OfLists()
    {
        foreach (var id in Lists)
        {
            var (name, block) = ("answers." + id, "q-" + id);
            var one = (string)Full["answers"]![id]![0]!;
            yield return new(id + " unknown", With(name, one, "nothing-like-it"), block, 422, name);
            yield return new(id + " empty", With(name, ""), block, 422);
            yield return new(id + " twice", With(name, one, one), block, 422);
            yield return new(id + " damaged", With(name, one, "%ff"), block, 400, name);
            yield return new(id + " and none", [.. Good, (name + ".none", "yes")], block, 422);
            yield return new(id + " none is no", [.. With(name), (name + ".none", "no")], block, 422, name + ".none");
            yield return new(id + " none twice", [.. With(name), (name + ".none", "yes"), (name + ".none", "yes")], block, 400);
            yield return new(id + " missing", With(name), block, 422);
        }
    }

    private static IEnumerable<BadForm> OfDates()
    {
        foreach (var (id, isPartial) in Dates)
        {
            foreach (var bad in OfDate("answers." + id, "q-" + id, isPartial))
            {
                yield return bad;
            }
        }

        yield return new("retinoid of the future", With("answers.topicalRetinoidLastUsed.year", "2027"), "q-topicalRetinoidLastUsed", 422);
        yield return new("isotretinoin of the future", With("answers.isotretinoinLastTaken.year", "2027"), "q-isotretinoinLastTaken", 422);
        yield return new("never, with a date", With("answers.isotretinoinUse", "never"), "q-isotretinoinLastTaken", 422);
        yield return new("no herpes, with a date", With("answers.herpesSimplexHistory", "no"), "q-antiviralStart", 422);
        yield return new("end before start", With("answers.antiviralEnd.day", "9"), "q-antiviralEnd", 422);
        yield return new("end alone", [.. Without("answers.antiviralStart")], "q-antiviralEnd", 422);
        yield return new("last used missing", [.. Without("answers.topicalRetinoidLastUsed")], "q-topicalRetinoidLastUsed", 422);
    }

    private static IEnumerable<BadForm> OfDate(string name, string block, bool isPartial)
    {
        foreach (var year in (string[])["26", "20266", "MMXX", "2026-01", "0000", "2500", " -26", "２０２６", "+2026", ""])
        {
            yield return new($"{name} year {year}", [.. Dated(name, year, "1", "2")], block, 422);
        }

        foreach (var month in (string[])["0", "13", "May", "001", "-1"])
        {
            yield return new($"{name} month {month}", [.. Dated(name, "2026", month, "2")], block, 422);
        }

        foreach (var day in (string[])["0", "32", "first", "002", "1.5"])
        {
            yield return new($"{name} day {day}", [.. Dated(name, "2026", "1", day)], block, 422);
        }

        yield return new(name + " no such day", [.. Dated(name, "2026", "2", "29")], block, 422);
        yield return new(name + " day without month", [.. Dated(name, "2026", "", "2")], block, 422);
        yield return new(name + " month alone", [.. Dated(name, "", "2", "")], block, 422);
        yield return new(name + " year twice", [.. Good, (name + ".year", "2020")], block, 400, name + ".year");
        yield return new(name + " year damaged", With(name + ".year", "%f"), block, 400, name + ".year");
        if (isPartial)
        {
            yield return new(name + " and unknown", [.. Good, (name + ".unknown", "yes")], block, 422);
            yield return new(
                name + " unknown is no", [.. Dated(name, "", "", ""), (name + ".unknown", "no")], block, 422, name + ".unknown");
        }
        else
        {
            yield return new(name + " in part", [.. Dated(name, "2026", "12", "")], block, 422);
            yield return new(name + " cannot be unknown", [.. Good, (name + ".unknown", "yes")], "form", 400, name + ".unknown");
        }
    }

    private static IEnumerable<(string, string)> Dated(string name, string year, string month, string day) =>
        [
            .. Good.Where(field => !field.Name.StartsWith(name + ".", StringComparison.Ordinal)),
            (name + ".year", year), (name + ".month", month), (name + ".day", day),
        ];

    private static IEnumerable<BadForm> OfEvents()
    {
        const string Injections = "answers.injections";
        foreach (var bad in ((string[])["1", "2"]).SelectMany(OfRow))
        {
            yield return bad;
        }

        // Where the rows before are empty.
        foreach (var bad in OfRow("1"))
        {
            yield return bad with
            {
                Name = "further " + bad.Name,
                Fields = [.. bad.Fields.Select(field => (Further(field.Name), field.Value))],
                Block = bad.Block.Replace("injections-1", "injections-7", StringComparison.Ordinal),
                Lost = [.. bad.Lost.Select(Further)],
            };
        }

        yield return new("events and none", [.. Good, (Injections + ".none", "yes")], "q-injections", 422);
        yield return new("events and unknown", [.. Good, (Injections + ".unknown", "yes")], "q-injections", 422);
        (string, string)[] both = [(Injections + ".none", "yes"), (Injections + ".unknown", "yes")];
        yield return new("none and unknown", [.. Without(Injections), .. both], "q-injections", 422);
        yield return new("events missing", [.. Without(Injections)], "q-injections", 422);
        yield return new("none is 1", [.. Without(Injections), (Injections + ".none", "1")], "q-injections", 422, Injections + ".none");
        yield return new("row 0", [.. Good, (Injections + ".0.product", "filler")], "form", 400, Injections + ".0.product");
        yield return new("row 101", [.. Good, (Injections + ".101.product", "filler")], "form", 400, Injections + ".101.product");
        yield return new("row 01", [.. Good, (Injections + ".01.product", "filler")], "form", 400, Injections + ".01.product");
    }

    private static string Further(string name) => name.Replace("injections.1.", "injections.7.", StringComparison.Ordinal);

    private static IEnumerable<BadForm> OfRow(string row)
    {
        var (at, block) = ("answers.injections." + row, "q-injections-" + row);
        return
        [
            .. OfDate(at + ".date", block, isPartial: true),
            new(at + " product unknown", With(at + ".product", "laser"), block, 422, at + ".product"),
            new(at + " product twice", With(at + ".product", "filler", "botulinum-toxin"), block, 400, at + ".product"),
            new(at + " product missing", With(at + ".product"), block, 400),
            new(at + " date missing", [.. Dated(at + ".date", "", "", "")], block, 400),
        ];
    }

    private static IEnumerable<BadForm> OfClearances()
    {
        const string Of = "clearances.isotretinoin";
        (string Name, string Block)[] texts = [(Of + ".by", "c-by-isotretinoin"), (Of + ".note", "c-note-isotretinoin")];
        foreach (var (name, block) in texts)
        {
            yield return new(name + " twice", With(name, "one", "two"), block, 400, name);
            yield return new(name + " damaged", With(name, "%f"), block, 400, name);
            yield return new(name + " too long", With(name, new string('x', 1001)), block, 422);
        }

        foreach (var bad in OfDate(Of + ".on", "c-on-isotretinoin", isPartial: false))
        {
            yield return bad;
        }

        yield return new("cleared by nobody", With(Of + ".by", ""), "c-by-isotretinoin", 400);
        yield return new("cleared by a blank", With(Of + ".by", "   "), "c-by-isotretinoin", 400);
        yield return new("cleared at no time", [.. Without(Of + ".on")], "c-on-isotretinoin", 400);
        yield return new("cleared tomorrow", [.. Dated(Of + ".on", "2026", "6", "2")], "c-on-isotretinoin", 422);
        yield return new("a note alone", [.. Good, ("clearances.skin-cancer.note", "one\ntwo <b>")], "c-by-skin-cancer", 400);
        yield return new("cleared by a patient", With("audience", "patient"), "c-clearances-isotretinoin", 422);
        yield return new("nothing to clear", With("answers.isotretinoinUse", "never"), "c-clearances-isotretinoin", 422);
        foreach (var rule in (string[])["pregnancy", "rash", "filler-or-toxin-injection"])
        {
            yield return new("cleared " + rule, [.. Good, .. Cleared(rule)], "c-clearances-" + rule, 422);
        }

        static (string, string)[] Cleared(string rule) =>
            [.. FilledInForm.Date($"clearances.{rule}.on", "2026-05-20"), ($"clearances.{rule}.by", "Dr. Ada Park")];
    }

    private static IEnumerable<(string, string)> Without(string name) =>
        Good.Where(field => !field.Name.StartsWith(name + ".", StringComparison.Ordinal));

    private static IEnumerable<BadForm> OfFields()
    {
        foreach (var name in UnknownNames)
        {
            yield return new("field " + name, [.. Good, (name, "yes")], "form", 400, name);
        }

        yield return new("damaged name", [.. Good, ("%zz", "yes")], "form", 400, "%zz");
        var many = Enumerable.Repeat(("answers.skinConditions", "sores"), 1000);
        yield return new("too many", [.. Good, .. many], "form", 400, "answers.skinConditions");
    }
}
