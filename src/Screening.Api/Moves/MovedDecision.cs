using System.Text.Json;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Api.Receipts;
using Screening.Rules;

namespace Screening.Api.Moves;

/// <summary>The decision on a moved appointment.</summary>
/// <param name="Request">The request with the new appointment.</param>
/// <param name="Decision">The decision on it.</param>
/// <param name="Changed">JSON pointers to what is otherwise than in the receipt.</param>
internal sealed record MovedDecision(ScreeningRequest Request, Decision Decision, IReadOnlyList<string> Changed)
{
    // In the order of a decision, which has the findings as members of its own.
    private static readonly string[] Members =
        ["eligibility", "bookable", "earliestDate", "notBefore", ReceiptFormat.Findings, "protocol", "appointment"];

    // Candidate starts are not carried over.
    private const string Slots = "/slots/";

    /// <summary>Decides, and compares with the decision before.</summary>
    /// <param name="request">The request with the new appointment.</param>
    /// <param name="before">The facts of the decision on the former one.</param>
    public static MovedDecision Of(ScreeningRequest request, JsonElement before)
    {
        var decision = Screener.Screen(request.Intake, request.Appointment, request.Today);
        return new MovedDecision(request, decision, Compare(before, DecisionFacts.Of(request, decision)));
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

        output.Raw("],\"receipt\":"u8);
        output.Text(receipt);
        output.Raw("}"u8);
    }

    private static List<string> Compare(JsonElement before, JsonElement after)
    {
        var changed = new List<string>();
        foreach (var member in Members)
        {
            var place = member == ReceiptFormat.Findings ? string.Empty : Pointer.To(string.Empty, member);
            JsonDifference.Add(before.GetProperty(member), after.GetProperty(member), place, changed);
        }

        changed.RemoveAll(pointer => pointer.StartsWith(Slots, StringComparison.Ordinal));
        return changed;
    }
}
