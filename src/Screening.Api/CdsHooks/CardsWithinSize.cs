using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The cards of a call, as large as the answer may be: a short call may propose a hundred appointments, each with a decision that is told at
/// length. Which of them is told shorter hangs on nothing but the call.
/// </summary>
/// <typeparam name="T">A card.</typeparam>
/// <param name="screened">What came of the appointments.</param>
/// <param name="sizeOf">How many bytes a card has.</param>
/// <param name="most">The most bytes that the cards may have together, with the commas between them.</param>
internal sealed class CardsWithinSize<T>(IReadOnlyList<ScreenedAppointment> screened, Func<T, long> sizeOf, long most)
{
    /// <summary>The most bytes of a card that tells no more than the outcome.</summary>
    private const int Outcome = 1200;

    /// <summary>A card for each appointment; null when that is too much.</summary>
    public IReadOnlyList<T>? All(Func<ScreenedAppointment, T> card)
    {
        var cards = new List<T>();
        var used = 0L;
        return screened.All(one => TryAdd(cards, card(one), ref used, 0)) ? cards : null;
    }

    /// <summary>
    /// The whole card of the first appointments, and the outcome of the others; where even that is too much, one card for all that are left.
    /// </summary>
    /// <param name="whole">Makes a whole card.</param>
    /// <param name="outcome">Makes a card that tells the outcome alone.</param>
    /// <param name="rest">Makes the card for an appointment and all that come after it; how many they are is given.</param>
    public IReadOnlyList<T> Some(Func<ScreenedAppointment, T> whole, Func<ScreenedAppointment, T> outcome, Func<ScreenedAppointment, int, T> rest)
    {
        var cards = new List<T>();
        var used = 0L;
        var isWhole = true;
        for (var i = 0; i < screened.Count; i++)
        {
            var left = screened.Count - i;
            isWhole = isWhole && TryAdd(cards, whole(screened[i]), ref used, (left - 1) * Outcome);
            if (!isWhole && !TryAdd(cards, outcome(screened[i]), ref used, left > 1 ? Outcome : 0))
            {
                cards.Add(rest(screened[i], left));
                break;
            }
        }

        return cards;
    }

    /// <summary>Adds a card, unless it leaves too little room.</summary>
    private bool TryAdd(List<T> cards, T card, ref long used, long room)
    {
        var with = used + sizeOf(card) + (cards.Count > 0 ? 1 : 0);
        if (with > most - room)
        {
            return false;
        }

        used = with;
        cards.Add(card);
        return true;
    }
}
