using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Screening.Api.Tests.Fhir;

/// <summary>
/// Says in FHIR what a screening request says. Plain JSON, written by nothing that helps to read it: what the service takes for granted is
/// spelt out here a second time.
/// </summary>
internal static class RestToFhir
{
    private const string General = "urn:screening-api:codes";

    private static readonly OffsetDateTimePattern WithOffset = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<Z+HH:mm>");

    private static readonly string[] Lists = ["electronicImplants", "metalPlates", "skinConditions"];
    private static readonly string[] PartialDates = ["topicalRetinoidLastUsed", "isotretinoinLastTaken"];
    private static readonly string[] Dates = ["antiviralStart", "antiviralEnd"];

    /// <summary>Leaves out, or says otherwise, what has no place in the operation's parameters.</summary>
    public static JsonObject Bare(JsonObject request)
    {
        var bare = request.DeepClone().AsObject();
        bare.Remove("reference");

        // The as-of date picks the version.
        bare["protocol"] = (string)bare["protocol"]! == "sublative-rf@1.0.0" ? "sublative-rf" : bare["protocol"]!.DeepClone();
        return bare;
    }

    /// <summary>True for a text of nothing in place of a date: REST refuses it, and in a form it is a question that is left open.</summary>
    private static bool SaysABlankDate(JsonObject answers) => PartialDates.Select(question => answers[question])
        .Concat((answers["injections"] as JsonArray)?.Select(one => (one as JsonObject)?["date"]) ?? [])
        .Any(date => date is JsonValue value && value.TryGetValue<string>(out var text) && string.IsNullOrWhiteSpace(text));

    /// <summary>The Parameters; null when FHIR has no way to say it, such as a local time that the zone skips, or an end without a start.</summary>
    public static JsonObject? Parameters(JsonObject request)
    {
        var appointment = request["appointment"]!.AsObject();
        var answers = request["answers"]!.AsObject();
        if ((string)request["protocol"]! != "sublative-rf" || answers.ContainsKey("treatmentAreas")
            || appointment["areas"] is JsonArray { Count: 0 } || !TryTime(appointment, "start", out var start) || !TryTime(appointment, "end", out var end)
            || (start is null && end is not null) || SaysABlankDate(answers)
            || !TryAll(request["slots"], slot => Slot(slot, appointment), out var slots)
            || !TryAll(request["clearances"], Clearance, out var clearances))
        {
            return null;
        }

        var parameters = new JsonArray(
            new JsonObject { ["name"] = "questionnaireResponse", ["resource"] = Response(answers, appointment["areas"] as JsonArray, (string?)request["asOf"]) },
            new JsonObject { ["name"] = "appointment", ["resource"] = Appointment(start, end) },
            new JsonObject { ["name"] = "timeZone", ["valueString"] = appointment["timeZone"]!.DeepClone() });
        if (request["asOf"] is { } asOf)
        {
            parameters.Add(new JsonObject { ["name"] = "asOf", ["valueInstant"] = asOf.DeepClone() });
        }

        foreach (var further in slots.Concat(clearances))
        {
            parameters.Add(further);
        }

        return new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = parameters };
    }

    /// <summary>A request without what only <c>$screen</c> takes, for a hook.</summary>
    public static JsonObject ForHook(JsonObject request)
    {
        var bare = Bare(request);
        bare.Remove("slots");
        bare.Remove("clearances");
        return bare;
    }

    /// <summary>A parameter for each element of a list; false when FHIR has no way to say one of them.</summary>
    private static bool TryAll(JsonNode? list, Func<JsonNode, JsonObject?> parameter, out List<JsonObject> parameters)
    {
        parameters = [];
        foreach (var one in list as JsonArray ?? [])
        {
            if (parameter(one!) is not { } said)
            {
                return false;
            }

            parameters.Add(said);
        }

        return true;
    }

    private static JsonObject? Slot(JsonNode slot, JsonObject appointment)
    {
        var inZone = new JsonObject { ["timeZone"] = appointment["timeZone"]!.DeepClone(), ["slot"] = slot.DeepClone() };
        return TryTime(inZone, "slot", out var time) ? new JsonObject { ["name"] = "slot", ["valueDateTime"] = time } : null;
    }

    private static JsonObject Clearance(JsonNode clearance) => new()
    {
        ["name"] = "clearance",
        ["part"] = new JsonArray([.. clearance.AsObject().Select(member => new JsonObject
        {
            ["name"] = member.Key,
            [member.Key switch { "ruleId" => "valueCode", "on" => "valueDate", _ => "valueString" }] = member.Value!.DeepClone(),
        })]),
    };

    private static JsonObject Appointment(string? start, string? end)
    {
        var appointment = new JsonObject
        {
            ["resourceType"] = "Appointment",
            ["status"] = start is null ? "proposed" : "booked",
            ["participant"] = new JsonArray(new JsonObject { ["status"] = "accepted", ["actor"] = new JsonObject { ["reference"] = "Patient/42" } }),
        };
        if (start is not null)
        {
            appointment["start"] = start;
        }

        if (end is not null)
        {
            appointment["end"] = end;
        }

        return appointment;
    }

    private static JsonObject Response(JsonObject answers, JsonArray? areas, string? asOf)
    {
        var items = new JsonArray();
        foreach (var (question, answer) in answers)
        {
            foreach (var item in Items(question, answer!))
            {
                items.Add(item);
            }
        }

        if (areas is not null)
        {
            items.Add(Item("treatmentAreas", [.. areas.Select(area => Coding("treatmentAreas", (string)area!))]));
        }

        var response = new JsonObject
        {
            ["resourceType"] = "QuestionnaireResponse",
            ["id"] = "filled-in",
            ["questionnaire"] = "urn:screening-api:questionnaire:sublative-rf",
            ["status"] = "completed",
            ["subject"] = new JsonObject { ["reference"] = "Patient/42" },
            ["item"] = items,
        };
        if (asOf is not null && WithOffset.Parse(asOf).Success)
        {
            response["authored"] = asOf;
        }

        return response;
    }

    private static IEnumerable<JsonObject> Items(string question, JsonNode answer)
    {
        if (question == "injections")
        {
            return Injections(answer);
        }

        if (Lists.Contains(question))
        {
            var codes = (JsonArray)answer;
            return [Item(question, codes.Count == 0 ? [GeneralCoding("none")] : [.. codes.Select(code => Coding(question, (string)code!))])];
        }

        if (PartialDates.Contains(question) || Dates.Contains(question))
        {
            return [Date(question, (string)answer!, unknown: PartialDates.Contains(question))];
        }

        return [Item(question, Coding(question, (string)answer!))];
    }

    private static IEnumerable<JsonObject> Injections(JsonNode answer)
    {
        var list = answer as JsonArray;
        yield return Item("injections.any", GeneralCoding(list is null ? (string)answer! : list.Count == 0 ? "no" : "yes"));
        foreach (var injection in list ?? [])
        {
            yield return new JsonObject
            {
                ["linkId"] = "injections",
                ["item"] = new JsonArray(
                    Item("injections.product", Coding("injections.product", (string)injection!["product"]!)),
                    Date("injections.date", (string)injection["date"]!, unknown: true)),
            };
        }
    }

    private static JsonObject Date(string linkId, string date, bool unknown) =>
        unknown && date == "unknown" ? Item(linkId + ".unknown", new JsonObject { ["valueBoolean"] = true })
            : Item(linkId, new JsonObject { [unknown ? "valueString" : "valueDate"] = date });

    private static JsonObject Item(string linkId, params JsonNode[] answers) => new() { ["linkId"] = linkId, ["answer"] = new JsonArray(answers) };

    private static JsonObject Coding(string question, string code) =>
        new() { ["valueCoding"] = new JsonObject { ["system"] = "urn:screening-api:codes:sublative-rf:" + question, ["code"] = code } };

    private static JsonObject GeneralCoding(string code) => new() { ["valueCoding"] = new JsonObject { ["system"] = General, ["code"] = code } };

    /// <summary>A time as FHIR's instant: one without an offset gets the clinic's.</summary>
    private static bool TryTime(JsonObject appointment, string member, out string? time)
    {
        time = (string?)appointment[member];

        // FHIR's times have seconds.
        time = time is { Length: 16 } || (time is { Length: > 16 } && time[16] is 'Z' or '+' or '-') ? time[..16] + ":00" + time[16..] : time;
        if (time is null || WithOffset.Parse(time).Success)
        {
            return true;
        }

        if (!LocalDateTimePattern.ExtendedIso.Parse(time).TryGetValue(default, out var local) || DateTimeZoneProviders.Tzdb.GetZoneOrNull((string)appointment["timeZone"]!) is not { } zone)
        {
            return false;
        }

        var mapping = zone.MapLocal(local);
        time = mapping.Count == 0 ? null : WithOffset.Format(mapping.First().ToOffsetDateTime());
        return mapping.Count > 0;
    }
}
