using Screening.Api.Http;
using Screening.Fhir.CdsHooks;

namespace Screening.Api.CdsHooks;

/// <summary>
/// The cards of a call, as large as the answer may be: a short call may propose a hundred appointments, each with a decision that is told at length. Which of
/// them is told shorter hangs on nothing but the call.
/// </summary>
/// <param name="output">Takes the cards.</param>
/// <param name="screened">What came of the appointments.</param>
/// <param name="most">The most bytes that the answer may have.</param>
internal sealed class FittingCards(Utf8Output output, IReadOnlyList<ScreenedAppointment> screened, long most)
{
    /// <summary>The most bytes of a card that tells no more than the outcome.</summary>
    private const int Outcome = 1200;

    private readonly int begin = output.Written.Length;

    /// <summary>Writes a card for each appointment; false, and nothing is written, when that is too much.</summary>
    public bool TryWrite(Action<ScreenedAppointment> card)
    {
        for (var i = 0; i < screened.Count; i++)
        {
            if (!TryNext(card, screened[i], 0))
            {
                output.TakeBack(output.Written.Length - begin);
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the whole card of the first appointments, and the outcome of the others; where even that is too much, one card for all that are left.</summary>
    /// <param name="whole">Writes a whole card.</param>
    /// <param name="outcome">Writes a card that tells the outcome alone.</param>
    /// <param name="rest">Writes the card for an appointment and all that come after it; how many they are is given.</param>
    public void Write(Action<ScreenedAppointment> whole, Action<ScreenedAppointment> outcome, Action<ScreenedAppointment, int> rest)
    {
        var isWhole = true;
        for (var i = 0; i < screened.Count; i++)
        {
            var left = screened.Count - i;
            isWhole = isWhole && TryNext(whole, screened[i], (left - 1) * Outcome);
            if (isWhole || TryNext(outcome, screened[i], left > 1 ? Outcome : 0))
            {
                continue;
            }

            WriteNext(one => rest(one, left), screened[i]);
            return;
        }
    }

    /// <summary>Writes a card; takes it back where it leaves too little room.</summary>
    private bool TryNext(Action<ScreenedAppointment> card, ScreenedAppointment one, long room)
    {
        var before = output.Written.Length;
        WriteNext(card, one);
        if (output.Written.Length <= most - room)
        {
            return true;
        }

        output.TakeBack(output.Written.Length - before);
        return false;
    }

    private void WriteNext(Action<ScreenedAppointment> card, ScreenedAppointment one)
    {
        output.Raw(output.Written.Length == begin ? ""u8 : ","u8);
        card(one);
    }
}
