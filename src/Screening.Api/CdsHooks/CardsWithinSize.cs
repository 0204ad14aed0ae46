using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>
/// Fits the cards of a call into the maximum response size: a short call may propose a hundred appointments, each with a long decision.
/// Which cards are shortened depends only on the call.
/// </summary>
/// <typeparam name="T">The type of a card.</typeparam>
/// <param name="screened">The screened appointments.</param>
/// <param name="sizeOf">Returns the size of a card in bytes.</param>
/// <param name="maxBytes">The maximum total size of the cards in bytes, including the commas between them.</param>
internal sealed class CardsWithinSize<T>(IReadOnlyList<ScreenedAppointment> screened, Func<T, long> sizeOf, long maxBytes)
{
    /// <summary>The maximum size of a card with the outcome only, in bytes.</summary>
    private const int MaxOutcomeBytes = 1200;

    /// <summary>Returns a card for each appointment; null when they do not fit.</summary>
    public IReadOnlyList<T>? All(Func<ScreenedAppointment, T> card)
    {
        var cards = new List<T>();
        var used = 0L;
        return screened.All(appointment => TryAdd(cards, card(appointment), ref used, 0)) ? cards : null;
    }

    /// <summary>
    /// Returns complete cards for the first appointments and outcome cards for the others; if even those do not fit, one card for all
    /// remaining appointments.
    /// </summary>
    /// <param name="complete">Creates a complete card.</param>
    /// <param name="outcome">Creates a card with the outcome only.</param>
    /// <param name="remainder">Creates the card for an appointment and all after it; receives their number.</param>
    public IReadOnlyList<T> Some(
        Func<ScreenedAppointment, T> complete, Func<ScreenedAppointment, T> outcome, Func<ScreenedAppointment, int, T> remainder)
    {
        var cards = new List<T>();
        var used = 0L;
        var isComplete = true;
        for (var i = 0; i < screened.Count; i++)
        {
            var remaining = screened.Count - i;
            isComplete = isComplete && TryAdd(cards, complete(screened[i]), ref used, (remaining - 1) * MaxOutcomeBytes);
            if (!isComplete && !TryAdd(cards, outcome(screened[i]), ref used, remaining > 1 ? MaxOutcomeBytes : 0))
            {
                cards.Add(remainder(screened[i], remaining));
                break;
            }
        }

        return cards;
    }

    /// <summary>Adds a card if that leaves enough space for the others.</summary>
    private bool TryAdd(List<T> cards, T card, ref long used, long reserved)
    {
        var total = used + sizeOf(card) + (cards.Count > 0 ? 1 : 0);
        if (total > maxBytes - reserved)
        {
            return false;
        }

        used = total;
        cards.Add(card);
        return true;
    }
}
