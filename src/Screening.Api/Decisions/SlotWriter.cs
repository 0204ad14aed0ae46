using System.Text;
using Screening.Api.Contract;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>Writes the slots of a decision, each with its status or its error, in the order of the request.</summary>
internal static class SlotWriter
{
    private static readonly byte[][] Statuses =
    [
        .. Enum.GetValues<Eligibility>().Select(eligibility =>
            Encoding.UTF8.GetBytes($"\"{WireName.Of(eligibility)}\",\"bookable\":{(Decision.IsBookable(eligibility) ? "true" : "false")}")),
    ];

    /// <summary>The value of <c>eligibility</c> and the member <c>bookable</c>.</summary>
    public static ReadOnlySpan<byte> StatusOf(Eligibility eligibility) => Statuses[(int)eligibility];

    /// <summary>Writes the member, as <see cref="SlotResponse"/> has each.</summary>
    public static void Write(Utf8Output output, ScreeningRequest request, Decision decision, Language language)
    {
        output.Raw("],\"slots\":["u8);

        // Most requests have none, and nothing is made for them.
        if (decision.Slots.Length + request.RefusedSlots.Length > 0)
        {
            var next = false;
            foreach (var (screened, refused) in RefusedSlot.InOrder(decision.Slots.Length, request.RefusedSlots))
            {
                output.Separate(ref next);
                output.Raw("{\"start\":"u8);
                if (refused is null)
                {
                    WriteStatus(output, decision, screened);
                }
                else
                {
                    output.Time(refused.Start);
                    output.Raw(",\"error\":"u8);
                    output.Json(ProblemError.Of(refused.Error, language), ProblemJson.Default.ProblemError);
                }

                output.Raw("}"u8);
            }
        }

        output.Raw("]"u8);
    }

    /// <summary>The rest of a slot that was screened, after the name of its start.</summary>
    public static void WriteStatus(Utf8Output output, Decision decision, int slot)
    {
        var start = decision.Appointment.Slots[slot];
        output.Time(start);
        output.Raw(",\"date\":"u8);
        output.Date(start.Date);
        output.Raw(",\"eligibility\":"u8);
        output.Raw(StatusOf(decision.Slots[slot]));
    }
}
