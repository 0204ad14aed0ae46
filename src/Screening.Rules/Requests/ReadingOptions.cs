using NodaTime;

namespace Screening.Rules;

/// <summary>What the caller of an address asked for beside the body, as far as it decides what is an error in the body.</summary>
public readonly record struct ReadingOptions
{
    /// <summary>An appointment without a start is an error.</summary>
    public bool StartNeeded { get; init; }

    /// <summary>A slot that cannot be screened is answered in its place, and is no error of the request.</summary>
    public bool EachSlot { get; init; }

    /// <summary>
    /// A request that states no as-of instant is taken as of its appointment's start once that has passed, so that it can still be read.
    /// </summary>
    public bool PastAppointment { get; init; }

    /// <summary>
    /// What the decision counted beside the answers, of a request that was decided before with a record; null for any other request.
    /// </summary>
    public IReadOnlyList<CountedAnswer>? Counted { get; init; }

    /// <summary>
    /// When an appointment is moved: it must not be moved to a date that has passed, however long ago the answers were given. Null for a
    /// request that moves none.
    /// </summary>
    public Instant? MovedAt { get; init; }
}
