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
        if (receipt is not null)
        {
            CheckReceipt(receipt, now, errors);
        }

        var request = sent.Beside is null ? null : Read(receipt, sent.Beside, now, errors);
        return errors.Any || request is null || receipt is null ? null : MovedDecision.Of(request, DecisionFacts.Of(receipt));
    }

    private void CheckReceipt(ReceiptCheck receipt, Instant now, InputErrors errors)
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

        if (AgeOf(receipt, now) > maxDays)
        {
            errors.Add(ReceiptBodyReader.ReceiptPlace, ErrorCode.AnswersTooOld, Accepted.AtMost("accepted.answersOfDays", maxDays));
        }
    }

    /// <summary>How many days ago the answers were given, on the calendar of the clinic: at the latest when they were decided on.</summary>
    private static int AgeOf(ReceiptCheck receipt, Instant now)
    {
        var zone = ClinicZones.Find(receipt.Payload.GetProperty("appointment").GetProperty("timeZone").GetString()!);
        return zone?.DaysBetween(Instant.Min(AsOf(receipt), InstantIn(receipt, "decidedAt")), now) ?? int.MaxValue;
    }

    /// <summary>
    /// Reads the request with the new appointment. What is wrong with the appointment is told at its place; that the receipt's own request
    /// cannot be decided with it is told of the receipt.
    /// </summary>
    private ScreeningRequest? Read(ReceiptCheck? receipt, byte[] sent, Instant now, InputErrors errors)
    {
        var appointment = new MovedAppointment(sent);
        JsonElement asked = default;
        var isAsked = receipt?.Disclosed.TryGetValue(ReceiptFormat.Request, out asked) == true;
        var disclosed = isAsked ? DisclosedRequest.Of(asked.GetRawText()) : null;
        var found = new InputErrors();
        ScreeningRequest? request = null;
        if (disclosed is null)
        {
            reader.ReadAlone(appointment, now, found);
        }
        else
        {
            var isOfAnswersAlone = DoorsOfAnswersAlone.Contains(receipt!.Payload.GetProperty("door").GetString());
            request = reader.Read(disclosed, AsOf(receipt), isOfAnswersAlone, appointment, now, found);
        }

        // In several zones the same may be found several times.
        foreach (var error in found.All.DistinctBy(error => (error.Place, error.Code)))
        {
            if (error.Place.StartsWith(AppointmentPlace, StringComparison.Ordinal))
            {
                errors.Add(error.Place, error.Code, error.Accepted, error.Told);
            }
        }

        if (isAsked && request is null && !errors.Any)
        {
            errors.Add(ReceiptBodyReader.ReceiptPlace, ErrorCode.ReceiptNotApplicable);
        }

        return request;
    }

    private static Instant AsOf(ReceiptCheck receipt) => InstantIn(receipt, "asOf");

    private static Instant InstantIn(ReceiptCheck receipt, string member) =>
        InstantPattern.ExtendedIso.Parse(receipt.Payload.GetProperty(member).GetString()!).Value;
}
