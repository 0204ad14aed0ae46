using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>
/// Writes what a decision found in codes and dates alone, without evidence and without words, so that it can be compared with the same
/// decision made again.
/// </summary>
internal static class FindingsWriter
{
    /// <summary>Writes the status with what follows from it, and the appointment, as members.</summary>
    public static void WriteStatus(Utf8Output output, ScreeningRequest request, Decision decision)
    {
        output.Raw("\"asOf\":"u8);
        output.Time(request.AsOf);
        output.Raw(","u8);
        DecisionWriter.WriteStatus(output, decision);
        output.Raw(",\"appointment\":{\"date\":"u8);
        output.Date(decision.Date);
        if (decision.Appointment.Start is { } start)
        {
            output.Raw(",\"start\":"u8);
            output.Time(start);
        }

        output.Raw(",\"timeZone\":"u8);
        output.Text(decision.Appointment.Zone.Id);
        output.Raw("}"u8);
    }

    /// <summary>Writes the findings behind it, as an object.</summary>
    public static void Write(Utf8Output output, ScreeningRequest request, Decision decision)
    {
        var texts = DecisionJsonFragments.Of(decision.Intake.Protocol, Language.English);
        output.Raw("{"u8);
        DecisionWriter.WriteDates(output, decision, texts);
        output.Raw(",\"reasons\":["u8);
        var next = false;
        foreach (var rule in decision.Reasons)
        {
            output.Separate(ref next);
            output.Raw(texts.Rule(rule).Finding(decision.Findings[rule]).ReasonStart);
            output.Raw(decision.IsBinding(rule) ? "true}"u8 : "false}"u8);
        }

        output.Raw("],\"slots\":["u8);
        WriteSlots(output, request, decision);
        output.Raw("]}"u8);
    }

    private static void WriteSlots(Utf8Output output, ScreeningRequest request, Decision decision)
    {
        var next = false;
        foreach (var (screened, refused) in RefusedSlot.InOrder(decision.Slots.Length, request.RefusedSlots))
        {
            output.Separate(ref next);
            output.Raw("{\"start\":"u8);
            if (refused is null)
            {
                SlotWriter.WriteStatus(output, decision, screened);
            }
            else
            {
                output.Time(refused.Start);
                output.Raw(",\"error\":"u8);
                output.Text(refused.Error.Code.Code);
            }

            output.Raw("}"u8);
        }
    }
}
