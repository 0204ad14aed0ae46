using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>
/// Writes a request as it was understood, in the form of <c>POST /v1/screenings</c>: with its as-of instant and the version that decided,
/// with <c>pinned</c> where the client named it, and without the client's reference. Where a door had more than that form can state, the
/// members <c>record</c>, <c>zone</c>, <c>readings</c> and <c>form</c> say it.
/// </summary>
internal static class RequestWriter
{
    /// <summary>The text of a request.</summary>
    public static byte[] Written(ScreeningRequest request)
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        Write(output, request);
        return output.Written.ToArray();
    }

    /// <summary>Writes the request; the same facts always give the same bytes.</summary>
    public static void Write(Utf8Output output, ScreeningRequest request)
    {
        var protocol = request.Intake.Protocol;
        var texts = DecisionJsonFragments.Of(protocol, Language.English);
        output.Raw("{\"protocol\":"u8);
        output.Text(protocol.Reference);
        if (request.IsPinned)
        {
            output.Raw(",\"pinned\":true"u8);
        }

        WriteAppointment(output, request, texts);
        output.Raw(",\"asOf\":"u8);
        output.Time(request.AsOf);
        if (request.Appointment.Slots.Length + request.RefusedSlots.Length > 0)
        {
            WriteSlots(output, request);
        }

        if (request.Intake.Clearances.Length > 0)
        {
            WriteClearances(output, request.Intake);
        }

        output.Raw(",\"answers\":{"u8);
        WriteAnswers(output, request.Intake, texts);
        output.Raw("}"u8);
        WriteRecord(output, request.Intake);
        if (!request.InAnyZone.IsEmpty)
        {
            WriteAnyZone(output, request.InAnyZone);
        }

        if (request.Form is { } form)
        {
            output.Raw(",\"form\":"u8);
            output.Json(AnsweredFormJson.Of(form), CountedAnswersJson.Default.AnsweredFormJson);
        }

        output.Raw("}"u8);
    }

    private static void WriteRecord(Utf8Output output, Intake intake)
    {
        var record = CountedAnswerJson.Of(intake);
        if (record.Count > 0)
        {
            output.Raw(",\"record\":"u8);
            output.Json(record, CountedAnswersJson.Default.ListCountedAnswerJson);
        }
    }

    /// <summary>Writes that no zone was known, and the readings by zone where they are not all the same.</summary>
    private static void WriteAnyZone(Utf8Output output, ImmutableArray<ZoneReading> readings)
    {
        output.Raw(",\"zone\":\"any\""u8);
        var type = CountedAnswersJson.Default.IReadOnlyListCountedAnswerJson;
        var written = readings.Select(ZoneReadingJson.Of)
            .Select(one => (Reading: one, Text: JsonSerializer.Serialize(one.Record, type)))
            .ToList();
        if (written.DistinctBy(one => one.Text).Skip(1).Any())
        {
            List<ZoneReadingJson> all = [.. written.DistinctBy(one => (one.Reading.Today, one.Text)).Select(one => one.Reading)];
            output.Raw(",\"readings\":"u8);
            output.Json(all, CountedAnswersJson.Default.ListZoneReadingJson);
        }
    }

    private static void WriteAppointment(Utf8Output output, ScreeningRequest request, DecisionJsonFragments texts)
    {
        output.Raw(",\"appointment\":{\"timeZone\":"u8);
        output.Text(request.Appointment.Zone.Id);
        if (request.Appointment.Start is { } start)
        {
            output.Raw(",\"start\":"u8);
            WriteTime(output, start);
        }

        if (request.Appointment.End is { } end)
        {
            output.Raw(",\"end\":"u8);
            WriteTime(output, end);
        }

        var areas = request.Intake.Protocol.Areas.Index;
        ref readonly var treated = ref request.Intake.PatientAnswers[areas];
        if (treated.Given)
        {
            output.Raw(",\"areas\":"u8);
            AnswerWriter.WriteCodes(output, treated, texts.Questions[areas]);
        }

        output.Raw("}"u8);
    }

    private static void WriteSlots(Utf8Output output, ScreeningRequest request)
    {
        output.Raw(",\"slots\":["u8);
        var next = false;
        foreach (var (screened, refused) in RefusedSlot.InOrder(request.Appointment.Slots.Length, request.RefusedSlots))
        {
            output.Separate(ref next);
            if (refused is null)
            {
                WriteTime(output, request.Appointment.Slots[screened]);
            }
            else if (refused.Start is { } stated)
            {
                output.Time(stated);
            }
            else
            {
                // A text that was no date and time: it is not kept, and neither is this one.
                output.Text(string.Empty);
            }
        }

        output.Raw("]"u8);
    }

    private static void WriteClearances(Utf8Output output, Intake intake)
    {
        output.Raw(",\"clearances\":["u8);
        var next = false;
        foreach (var clearance in intake.Clearances)
        {
            output.Separate(ref next);
            output.Raw("{\"ruleId\":"u8);
            output.Text(intake.Protocol.Rules[clearance.Rule].Id);
            output.Raw(","u8);
            DecisionWriter.WriteClearanceMembers(output, clearance);
            output.Raw("}"u8);
        }

        output.Raw("]"u8);
    }

    private static void WriteAnswers(Utf8Output output, Intake intake, DecisionJsonFragments texts)
    {
        var next = false;
        foreach (var question in intake.Protocol.Questions)
        {
            ref readonly var answer = ref intake.PatientAnswers[question.Index];
            if (answer.Given && question.Index != intake.Protocol.Areas.Index)
            {
                output.Separate(ref next);
                output.Raw(texts.Questions[question.Index].Id);
                output.Raw(":"u8);
                AnswerWriter.Write(output, question, answer, texts.Questions[question.Index]);
            }
        }
    }

    /// <summary>With its offset; in UTC where a zone of long ago had one with seconds, which a request cannot state.</summary>
    private static void WriteTime(Utf8Output output, ZonedDateTime time)
    {
        if (time.Offset.Seconds % NodaConstants.SecondsPerMinute == 0)
        {
            output.Time(time);
        }
        else
        {
            output.Time(time.ToInstant());
        }
    }
}
