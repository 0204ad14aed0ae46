using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Moves;

/// <summary>The decision on a moved appointment.</summary>
/// <param name="Request">The request with the new appointment.</param>
/// <param name="Decision">The decision on it.</param>
/// <param name="Changed">JSON pointers to what is otherwise than in the receipt.</param>
/// <param name="Reservations">Why it rests on less than it seems to.</param>
internal sealed record MovedDecision(
    ScreeningRequest Request, Decision Decision, IReadOnlyList<string> Changed, IReadOnlyList<Reservation> Reservations)
{
    // In the order of a decision, which has the findings as members of its own.
    private static readonly string[] Members =
        ["eligibility", "bookable", "earliestDate", "notBefore", ReceiptFormat.Findings, Missing, "protocol", Appointment];

    // What a request alone says of an appointment, and a payload does not.
    private static readonly string[] Asked = ["end", "areas"];

    private const string Missing = "missing";

    private const string Appointment = MovedAppointment.Member;

    // Candidate starts are not carried over.
    private const string Slots = "/slots/";

    /// <summary>Decides, and compares with the decision before.</summary>
    /// <param name="request">The request with the new appointment.</param>
    /// <param name="before">The facts of the decision on the former one.</param>
    /// <param name="asked">The request for the former one, as the receipt discloses it.</param>
    /// <param name="former">That decision, made again; null where that cannot be done.</param>
    /// <param name="now">When it is moved.</param>
    public static MovedDecision Of(ScreeningRequest request, JsonElement before, JsonElement asked, Decision? former, Instant now)
    {
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        List<string> changed = [.. Compare(before, former, request, decision), .. Compare(asked, request)];
        return new MovedDecision(request, decision, changed, ReservationsOf(request, now));
    }

    /// <summary>What was said of the form and of the record, and what is to be said of them by now.</summary>
    private static List<Reservation> ReservationsOf(ScreeningRequest request, Instant now)
    {
        var zone = request.Appointment.Zone;
        var isOld = request.Form?.FilledIn is { } filledIn
            && FilledInTime.IsOld(filledIn.DateIn(zone), zone.DateAt(now));
        return
        [
            .. isOld ? [Reservation.OldAnswers] : Array.Empty<Reservation>(),
            .. request.Form?.NotSeen ?? [],
            .. request.InAnyZone.IsEmpty ? Array.Empty<Reservation>() : [Reservation.ZoneUnknown],
        ];
    }

    /// <summary>Writes the decision as a screening's, and after it what only a moved one has.</summary>
    /// <param name="output">The destination.</param>
    /// <param name="id">The decision's id.</param>
    /// <param name="language">The language of its texts.</param>
    /// <param name="receipt">Its own receipt.</param>
    public void Write(Utf8Output output, Guid id, Language language, string receipt)
    {
        DecisionWriter.Write(output, id, Request, Decision, language);
        output.RemoveLast(1);
        output.Raw(",\"answeredOn\":"u8);
        output.Time(Request.AsOf);
        output.Raw(",\"changed\":["u8);
        var next = false;
        foreach (var pointer in Changed)
        {
            output.Separate(ref next);
            output.Text(pointer);
        }

        output.Raw("]"u8);
        WriteReservations(output, language);
        output.Raw(",\"receipt\":"u8);
        output.Text(receipt);
        output.Raw("}"u8);
    }

    private void WriteReservations(Utf8Output output, Language language)
    {
        if (Reservations.Count == 0)
        {
            return;
        }

        output.Raw(",\"reservations\":["u8);
        var next = false;
        foreach (var one in Reservations)
        {
            output.Separate(ref next);
            output.Raw("{\"code\":"u8);
            output.Text(WireName.Of(one));
            output.Raw(",\"text\":"u8);
            output.Text(ReservationTexts.Of(one, Request.Form?.FilledIn?.DateIn(Request.Appointment.Zone), language));
            output.Raw("}"u8);
        }

        output.Raw("]"u8);
    }

    private static List<string> Compare(JsonElement before, Decision? former, ScreeningRequest request, Decision decision)
    {
        var changed = new List<string>();
        var after = DecisionFacts.Of(request, decision);
        foreach (var member in Members)
        {
            var place = member == ReceiptFormat.Findings ? string.Empty : Pointer.To(string.Empty, member);
            if (member != Missing)
            {
                JsonDifference.Add(before.GetProperty(member), after.GetProperty(member), place, changed);
            }
            else if (former is null)
            {
                // A receipt does not have it: what is not known may be otherwise.
                changed.Add(place);
            }
            else
            {
                JsonDifference.Add(MissingOf(former), MissingOf(decision), place, changed);
            }
        }

        changed.RemoveAll(pointer => pointer.StartsWith(Slots, StringComparison.Ordinal));
        return changed;
    }

    /// <summary>Pointers to what was asked of the appointment otherwise than before.</summary>
    private static IEnumerable<string> Compare(JsonElement asked, ScreeningRequest request)
    {
        var (before, after) = (asked.GetProperty(Appointment), JsonElement.Parse(RequestWriter.Written(request)).GetProperty(Appointment));
        return Asked.Where(IsOther).Select(member => Pointer.To("/" + Appointment, member));

        bool IsOther(string member) => before.TryGetProperty(member, out var former)
            ? !after.TryGetProperty(member, out var value) || !JsonElement.DeepEquals(former, value)
            : after.TryGetProperty(member, out _);
    }

    private static JsonElement MissingOf(Decision decision) => JsonElement.Parse(new JsonArray(
        [.. decision.Missing.Select(index => JsonValue.Create(decision.Intake.Protocol.Questions[index].Id))]).ToJsonString());
}
