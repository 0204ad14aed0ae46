using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Contract;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Moves;

/// <summary>
/// Decides on the answers of a receipt for another appointment. The receipt's word is taken only where this service's own verification
/// would take it, and only as long as the answers are fresh enough.
/// </summary>
public sealed class DecisionMover
{
    private const string AppointmentPlace = "/" + MovedAppointment.Member;

    private static readonly ReceiptBodyReader Body =
        new(MovedAppointment.Member, Words.Text("accepted.movedAppointment"), isRequired: true);

    // What another address decided, a move too, may rest on a record.
    private static readonly string[] DoorsOfAnswersAlone = ["screenings", "care-plans", "intake"];

    private readonly MovedRequestReader reader;
    private readonly SigningKeys keys;
    private readonly bool isDevelopment;
    private readonly int maxDays;

    /// <summary>Takes what it decides by.</summary>
    /// <param name="maxDays">How many days answers count, from the setting <c>Move:MaxDays</c>.</param>
    /// <param name="environment">In development the receipts of its own key count too.</param>
    /// <param name="keys">The keys of receipts.</param>
    /// <param name="reader">Reads the request of a receipt.</param>
    public DecisionMover(int maxDays, IHostEnvironment environment, SigningKeys keys, MovedRequestReader reader) =>
        (this.maxDays, isDevelopment, this.keys, this.reader) = (maxDays, environment.IsDevelopment(), keys, reader);

    /// <summary>Reads a body and decides; null, with the errors of the receipt and of the appointment reported, when it cannot.</summary>
    /// <param name="body">The body.</param>
    /// <param name="now">The request's single reading of the clock: what has passed, and how old the answers are.</param>
    /// <param name="errors">Receives the errors.</param>
    internal MovedDecision? Move(ReadOnlySpan<byte> body, Instant now, InputErrors errors)
    {
        if (Body.Read(body, errors) is not { } sent)
        {
            return null;
        }

        var receipt = sent.Receipt is null ? null : ReceiptReader.Check(sent.Receipt, keys);
        JsonElement asked = default;
        var isAsked = receipt?.Disclosed.TryGetValue(ReceiptFormat.Request, out asked) == true;
        var disclosed = isAsked ? DisclosedRequest.Of(asked.GetRawText()) : null;
        if (receipt is not null)
        {
            CheckReceipt(receipt, disclosed, now, errors);
        }

        var request = sent.Beside is null ? null : Read(receipt, disclosed, sent.Beside, now, errors);
        if (isAsked && sent.Beside is not null && request is null && !errors.Any)
        {
            errors.Add(ReceiptBodyReader.ReceiptPlace, ErrorCode.ReceiptNotApplicable);
        }

        return errors.Any || request is null || receipt is null ? null
            : MovedDecision.Of(request, DecisionFacts.Of(receipt), asked, reader.Former(receipt, asked), now);
    }

    private void CheckReceipt(ReceiptCheck receipt, DisclosedRequest? disclosed, Instant now, InputErrors errors)
    {
        if (receipt.Flaw is { } flaw)
        {
            errors.Add(
                ReceiptBodyReader.ReceiptPlace,
                flaw == ReceiptFlaw.KeyRevoked ? ErrorCode.ReceiptRevoked : ErrorCode.ReceiptNotGenuine);
            return;
        }

        if (!isDevelopment && receipt.Payload.TryGetProperty(ReceiptFormat.Development, out _))
        {
            errors.Add(ReceiptBodyReader.ReceiptPlace, ErrorCode.ReceiptOfDevelopment);
        }

        if (receipt.Disclosed.Count < ReceiptFormat.Disclosures)
        {
            errors.Add(ReceiptBodyReader.ReceiptPlace, ErrorCode.ReceiptIncomplete);
        }

        // No move changes it: so the as-of instant counts, however late the receipt of the last move was signed.
        if (!FilledInTime.MayBeBefore(AsOf(receipt), InstantIn(receipt, "decidedAt")))
        {
            errors.Add(ReceiptBodyReader.ReceiptPlace, ErrorCode.ReceiptNotApplicable);
        }

        if (IsTooOld(receipt, disclosed, now))
        {
            errors.Add(ReceiptBodyReader.ReceiptPlace, ErrorCode.AnswersTooOld, Accepted.AtMost("accepted.answersOfDays", maxDays));
        }
    }

    /// <summary>
    /// True when the answers were given too many days ago, on the calendar of the clinic: at the latest when they were decided on, and
    /// those of a form when it was filled in. The answers of a form that does not say when may be of any age.
    /// </summary>
    private bool IsTooOld(ReceiptCheck receipt, DisclosedRequest? disclosed, Instant now)
    {
        var zone = ClinicZones.Find(receipt.Payload.GetProperty("appointment").GetProperty("timeZone").GetString()!);
        if (zone is null || (disclosed is not null && IsOfForm(receipt, disclosed) && disclosed.Form?.FilledIn is null))
        {
            return true;
        }

        var decided = zone.DateAt(Instant.Min(AsOf(receipt), InstantIn(receipt, "decidedAt")));
        var given = disclosed?.Form?.FilledIn?.FirstDateIn(zone) is { } filledIn ? LocalDate.Min(filledIn, decided) : decided;
        return zone.DaysSince(given, now) > maxDays;
    }

    /// <summary>True for answers of a form; a receipt of a move says so itself.</summary>
    private static bool IsOfForm(ReceiptCheck receipt, DisclosedRequest disclosed) => disclosed.Form is not null
        || (DoorOf(receipt) != MoveDecisionEndpoint.Door && !DoorsOfAnswersAlone.Contains(DoorOf(receipt)));

    private static string? DoorOf(ReceiptCheck receipt) => receipt.Payload.GetProperty("door").GetString();

    /// <summary>
    /// Reads the request with the new appointment. What is wrong with the appointment is told at its place; null without an error when the
    /// receipt's own request cannot be decided with it.
    /// </summary>
    private ScreeningRequest? Read(ReceiptCheck? receipt, DisclosedRequest? disclosed, byte[] sent, Instant now, InputErrors errors)
    {
        var appointment = new MovedAppointment(sent);
        var found = new InputErrors();
        ScreeningRequest? request = null;
        if (disclosed is null)
        {
            reader.ReadAlone(appointment, now, found);
        }
        else
        {
            request = reader.Read(disclosed, AsOf(receipt!), DoorsOfAnswersAlone.Contains(DoorOf(receipt!)), appointment, now, found);
        }

        // In several zones the same may be found several times.
        foreach (var error in found.All.DistinctBy(error => (error.Place, error.Code)))
        {
            if (error.Place.StartsWith(AppointmentPlace, StringComparison.Ordinal))
            {
                errors.Add(error.Place, error.Code, error.Accepted, error.Told);
            }
        }

        return request;
    }

    private static Instant AsOf(ReceiptCheck receipt) => InstantIn(receipt, "asOf");

    private static Instant InstantIn(ReceiptCheck receipt, string member) =>
        InstantPattern.ExtendedIso.Parse(receipt.Payload.GetProperty(member).GetString()!).Value;
}
