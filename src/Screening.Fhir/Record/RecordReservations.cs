using Screening.Rules;

namespace Screening.Fhir.Record;

/// <summary>What the gaps of a record are as reservations of a decision.</summary>
public static class RecordReservations
{
    /// <summary>The reservations, in order, each once; a server's remark is none.</summary>
    public static IEnumerable<Reservation> Of(IEnumerable<RecordGap> gaps) =>
        gaps.Select(gap => Of(gap.Kind)).OfType<Reservation>().Distinct().Order();

    private static Reservation? Of(RecordGapKind kind) => kind switch
    {
        RecordGapKind.Dangling => Reservation.Dangling,
        RecordGapKind.NotInFull => Reservation.NotInFull,
        RecordGapKind.InPart => Reservation.InPart,
        RecordGapKind.Unnamed => Reservation.Unnamed,
        RecordGapKind.NotSent => Reservation.NotSent,
        RecordGapKind.Remark => null,
    };
}
