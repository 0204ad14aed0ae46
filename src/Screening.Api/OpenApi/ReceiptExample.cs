using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.OpenApi;

/// <summary>
/// The example of a receipt. Only the service that reads it can have signed it, and an appointment is moved by fresh answers, so the
/// document has places for both, which are filled in where the document is served: the committed one stays the same.
/// </summary>
internal sealed class ReceiptExample(RequestExamples requests, ReceiptIssuer receipts)
{
    /// <summary>The example's name.</summary>
    public const string Name = "genuine";

    /// <summary>A one-sentence summary.</summary>
    public const string Summary = "A receipt that this service signed for this document.";

    /// <summary>The name of the example of a move: how the appointment comes out.</summary>
    public static readonly string MoveName = WireName.Of(Eligibility.Eligible);

    /// <summary>The same for the example of a move.</summary>
    public const string MoveSummary = "Eligible. By the receipt of a decision on the day on which this document was served, two weeks later.";

    // No text of a document has them otherwise.
    private const string Place = "the-receipt-of-a-decision";
    private const string StartPlace = "2026-06-15T10:30:59";

    private const int DaysLater = 14;

    /// <summary>The name of the key that signs it now; null without one.</summary>
    public string? Key => receipts.Kid;

    /// <summary>The request to verify it, with the place.</summary>
    public static JsonObject Request => new() { ["receipt"] = Place };

    /// <summary>The request to move its appointment, with the places.</summary>
    public static JsonObject MoveRequest => new()
    {
        ["receipt"] = Place,
        ["appointment"] = new JsonObject { ["start"] = StartPlace },
    };

    /// <summary>The document with a receipt and a start in their places; unchanged where this service signs none.</summary>
    /// <param name="document">The document.</param>
    /// <param name="now">When it is served.</param>
    public string Fill(string document, Instant now)
    {
        if (Today(now) is not { } request || Signed(request, now) is not { } receipt)
        {
            return document;
        }

        var start = request.Today.PlusDays(DaysLater).At(new LocalTime(10, 30));
        return document.Replace(Place, receipt, StringComparison.Ordinal)
            .Replace(StartPlace, LocalDateTimePattern.GeneralIso.Format(start), StringComparison.Ordinal);
    }

    private ScreeningRequest? Today(Instant now)
    {
        var request = requests.Today.Request;
        request["asOf"] = InstantPattern.General.Format(now);
        return requests.Read(request, new InputErrors());
    }

    private string? Signed(ScreeningRequest request, Instant now)
    {
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        receipts.Sign("screenings", ResponseExamples.DecisionId, now, request, decision, out var receipt);
        return receipt;
    }
}
