using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;

namespace Screening.Api.Tests.Reference;

/// <summary>Reads everything of a request but its answers.</summary>
internal static class NaiveEnvelope
{
    private static readonly LocalDate FirstVersionFrom = new(2025, 1, 1);

    public static void Read(JsonObject json, NaiveRequest request, NaiveErrors errors)
    {
        NaiveJson.UnknownMembers(
            json,
            "",
            ["protocol", "appointment", "asOf", "reference", "slots", "clearances", "answers"],
            errors);

        JsonObject? appointment = NaiveJson.Object(json, "appointment", "", errors);
        if (appointment is not null)
        {
            NaiveJson.UnknownMembers(appointment, "/appointment", ["timeZone", "start", "end", "areas"], errors);
            ReadZone(appointment, request, errors);
        }

        // The as-of date needs the zone, and everything below needs the as-of date.
        ReadAsOf(json, request, errors);
        ReadProtocol(json, request, errors);
        if (appointment is not null)
        {
            ReadStartAndEnd(appointment, request, errors);
            ReadAreas(appointment, request, errors);
        }

        string? reference = NaiveJson.Text(json, "reference", "", false, errors);
        if (reference is not null && reference.EnumerateRunes().Count() > 64)
        {
            errors.Meaning("/reference");
        }

        ReadSlots(json, request, errors);
        ReadClearances(json, request, errors);
    }

    private static void ReadZone(JsonObject appointment, NaiveRequest request, NaiveErrors errors)
    {
        string? id = NaiveJson.Text(appointment, "timeZone", "/appointment", true, errors);
        if (id is null)
        {
            return;
        }

        request.Zone = NaiveDates.Zone(id);
        if (request.Zone is null)
        {
            errors.Meaning("/appointment/timeZone");
        }
    }

    private static void ReadAsOf(JsonObject json, NaiveRequest request, NaiveErrors errors)
    {
        // Absent means now, which a reference that must be repeatable cannot know.
        string? text = NaiveJson.Text(json, "asOf", "", true, errors);
        if (text is null)
        {
            return;
        }

        OffsetDateTime? asOf = NaiveDates.WithOffset(text);
        if (asOf is null)
        {
            errors.Meaning("/asOf");
        }
        else if (request.Zone is not null)
        {
            request.Today = asOf.Value.InZone(request.Zone).Date;
        }
    }

    private static void ReadProtocol(JsonObject json, NaiveRequest request, NaiveErrors errors)
    {
        string? text = NaiveJson.Text(json, "protocol", "", true, errors);
        if (text is null)
        {
            return;
        }

        if (text == "sublative-rf@1.0.0")
        {
            request.ProtocolKnown = true;
            return;
        }

        if (text != "sublative-rf")
        {
            errors.Meaning("/protocol");
            return;
        }

        if (request.Today is not null && request.Today.Value < FirstVersionFrom)
        {
            errors.Meaning("/protocol");
            return;
        }

        request.ProtocolKnown = true;
    }

    private static void ReadStartAndEnd(JsonObject appointment, NaiveRequest request, NaiveErrors errors)
    {
        string? start = NaiveJson.Text(appointment, "start", "/appointment", false, errors);
        if (start is not null)
        {
            request.Start = ReadMoment(start, "/appointment/start", request, errors);
            NotBeforeToday(request.Start, "/appointment/start", request, errors);
        }

        string? end = NaiveJson.Text(appointment, "end", "/appointment", false, errors);
        if (end is not null)
        {
            ZonedDateTime? ends = ReadMoment(end, "/appointment/end", request, errors);
            bool startIsFine = request.Start is not null && !(request.Start.Value.Date < request.Today);
            bool beforeStart = startIsFine && ends is not null && ends.Value.ToInstant() < request.Start!.Value.ToInstant();
            bool beforeToday = !appointment.ContainsKey("start") && ends is not null && ends.Value.Date < request.Today;
            if (beforeStart || beforeToday)
            {
                errors.Meaning("/appointment/end");
            }
        }
    }

    private static void ReadAreas(JsonObject appointment, NaiveRequest request, NaiveErrors errors)
    {
        JsonArray? areas = NaiveJson.Array(appointment, "areas", "/appointment", errors);
        if (areas is null)
        {
            return;
        }

        if (areas.Count == 0)
        {
            errors.Meaning("/appointment/areas");
        }

        // The codes are the protocol's: without a protocol they cannot be judged.
        string[]? codes = request.ProtocolKnown ? ["face", "neck", "chest", "hands"] : null;
        request.Areas = NaiveAnswersReader.CodesOf(areas, "/appointment/areas", codes, errors);
    }

    private static void ReadSlots(JsonObject json, NaiveRequest request, NaiveErrors errors)
    {
        JsonArray? slots = NaiveJson.Array(json, "slots", "", errors);
        if (slots is null)
        {
            return;
        }

        if (slots.Count > 100)
        {
            errors.Meaning("/slots");
        }

        for (int i = 0; i < slots.Count; i++)
        {
            string pointer = "/slots/" + i.ToString(CultureInfo.InvariantCulture);
            string? text = NaiveJson.AsText(slots[i]);
            if (text is null)
            {
                errors.Shape(pointer);
                continue;
            }

            ZonedDateTime? slot = ReadMoment(text, pointer, request, errors);
            NotBeforeToday(slot, pointer, request, errors);
            if (slot is not null)
            {
                request.Slots.Add(slot.Value);
            }
        }
    }

    private static void ReadClearances(JsonObject json, NaiveRequest request, NaiveErrors errors)
    {
        JsonArray? clearances = NaiveJson.Array(json, "clearances", "", errors);
        if (clearances is null)
        {
            return;
        }

        for (int i = 0; i < clearances.Count; i++)
        {
            string at = "/clearances/" + i.ToString(CultureInfo.InvariantCulture);
            if (clearances[i] is not JsonObject clearance)
            {
                errors.Shape(at);
                continue;
            }

            NaiveJson.UnknownMembers(clearance, at, ["ruleId", "by", "on", "note"], errors);
            string? ruleId = NaiveJson.Text(clearance, "ruleId", at, true, errors);
            NaiveJson.Text(clearance, "by", at, true, errors);
            NaiveJson.Text(clearance, "note", at, false, errors);
            string? on = NaiveJson.Text(clearance, "on", at, true, errors);
            if (on is not null && (NaiveDates.Day(on) is not { } day || day > request.Today))
            {
                errors.Meaning(at + "/on");
            }

            if (ruleId is not null)
            {
                request.Clearances.Add(new NaiveClearance(i, ruleId));
            }
        }
    }

    private static ZonedDateTime? ReadMoment(string text, string pointer, NaiveRequest request, NaiveErrors errors)
    {
        // An appointment may leave out its seconds.
        string whole = NaiveDates.WithSeconds(text);
        OffsetDateTime? withOffset = NaiveDates.WithOffset(whole);
        LocalDateTime? local = NaiveDates.Local(whole);
        if (withOffset is null && local is null)
        {
            errors.Meaning(pointer);
            return null;
        }

        if (request.Zone is null)
        {
            return null;
        }

        if (withOffset is not null)
        {
            return withOffset.Value.InZone(request.Zone);
        }

        ZonedDateTime? atClinic = NaiveDates.AtClinic(local!.Value, request.Zone);
        if (atClinic is null)
        {
            errors.Meaning(pointer);
        }

        return atClinic;
    }

    private static void NotBeforeToday(ZonedDateTime? moment, string pointer, NaiveRequest request, NaiveErrors errors)
    {
        if (moment is not null && request.Today is not null && moment.Value.Date < request.Today.Value)
        {
            errors.Meaning(pointer);
        }
    }
}
