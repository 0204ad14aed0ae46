using Screening.Rules;

namespace Screening.Api.Moves;

/// <summary>The reservations of a decision in words.</summary>
internal static class ReservationTexts
{
    /// <summary>What a reservation means.</summary>
    /// <param name="reservation">The reservation.</param>
    /// <param name="filledIn">When the form of the answers was filled in, on the clinic's calendar; null when it does not say.</param>
    /// <param name="language">The language.</param>
    public static string Of(Reservation reservation, PartialDate? filledIn, Language language) => reservation switch
    {
        Reservation.OldAnswers => Words.Text("answersAge.old").In(language)
            .Replace("{date}", filledIn.ToString(), StringComparison.Ordinal),
        Reservation.FormsUnused => Words.Text("reservation.formsUnused").In(language),
        Reservation.NotSent => Words.Text("reservation.notSent").In(language),
        Reservation.InPart => Words.Text("gap.inPart").In(language),
        Reservation.NotInFull => Words.Text("reservation.notInFull").In(language),
        Reservation.Dangling => Words.Text("gap.dangling").In(language),
        Reservation.Unnamed => Words.Text("gap.unnamed").In(language),
        Reservation.AboutOthers => Words.Text("reservation.aboutOthers").In(language),
        Reservation.ZoneUnknown => Words.Text("card.zoneNotKnown").In(language),
    };
}
