using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Verification;

/// <summary>
/// The dates that a decision was made with, where the rules of time zones were others: a receipt has each time with the offset of then. Of
/// the as-of instant it has none, so that may have been on any date that is near.
/// </summary>
internal static class SignedDates
{
    /// <summary>The request with the dates of then, once for each date that the as-of instant may have had.</summary>
    /// <param name="check">The receipt.</param>
    /// <param name="request">Its request, with the dates of today.</param>
    /// <param name="asked">The JSON of the request.</param>
    public static IEnumerable<ScreeningRequest> Of(ReceiptCheck check, ScreeningRequest request, string asked)
    {
        var offsets = new Dictionary<Instant, Offset>();
        foreach (var text in Times(check, JsonElement.Parse(asked)))
        {
            if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true, Value: var time })
            {
                offsets.TryAdd(time.ToInstant(), time.Offset);
            }
        }

        var former = request.Appointment;
        var appointment = former with
        {
            Start = former.Start is { } start ? Then(start) : null,
            End = former.End is { } end ? Then(end) : null,
            Slots = [.. former.Slots.Select(Then)],
        };
        (Offset, Offset)? shift = former.Start is { } now && appointment.Start is { } then ? (now.Offset, then.Offset) : null;
        return former.Zone.PossibleDates(request.AsOf, shift).Select(today => request with { Appointment = appointment, Today = today });

        ZonedDateTime Then(ZonedDateTime time) => offsets.TryGetValue(time.ToInstant(), out var offset) ? time.At(offset) : time;
    }

    /// <summary>The times with their offsets: first those that were told, then those that were asked for.</summary>
    private static IEnumerable<string> Times(ReceiptCheck check, JsonElement asked)
    {
        var told = check.Disclosed.TryGetValue(ReceiptFormat.Findings, out var findings)
            ? findings.GetProperty("slots").EnumerateArray().SelectMany(slot => Text(slot, "start"))
            : [];
        var appointment = asked.GetProperty("appointment");
        return
        [
            .. Text(check.Payload.GetProperty("appointment"), "start"),
            .. told,
            .. Text(appointment, "start"),
            .. Text(appointment, "end"),
        ];
    }

    private static IEnumerable<string> Text(JsonElement owner, string member) =>
        owner.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? [value.GetString()!] : [];
}
