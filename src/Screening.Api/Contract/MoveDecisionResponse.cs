using System.ComponentModel.DataAnnotations;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>The decision on a moved appointment, by the same answers. It has a `receipt` always.</summary>
public sealed class MoveDecisionResponse : ScreeningResponse
{
    /// <summary>When the answers were given: the `asOf` of the receipt, which is that of this decision too.</summary>
    [DataType(DataType.DateTime)]
    public required string AnsweredOn { get; init; }

    /// <summary>JSON pointers to what is otherwise than in the receipt, into this decision's codes, dates and `missing`, and to its appointment's `end` and `areas`; what is there no more is named by where it was. `/missing` alone: the former version of the protocol is not here, so that what was missing then is not known.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>Why the decision rests on less than it seems to, by its form and its record. Absent for nothing.</summary>
    [MaxLength(9)]
    public IReadOnlyList<ReservationResponse>? Reservations { get; init; }
}

/// <summary>A reason why a decision rests on less than it seems to.</summary>
public sealed class ReservationResponse
{
    /// <summary>Its code.</summary>
    public required Reservation Code { get; init; }

    /// <summary>What it means.</summary>
    public required string Text { get; init; }
}
