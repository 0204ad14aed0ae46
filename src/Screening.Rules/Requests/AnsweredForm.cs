using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// Where the answers of a request came from a form and, it may be, a health record: what is known of these beside the answers. It changes
/// no decision, and whoever is told one must be told this too, also when its appointment is moved later.
/// </summary>
/// <param name="FilledIn">When the form was filled in; null when it does not say.</param>
/// <param name="NotSeen">What of the record and of the forms was not seen or not used, in order, each once.</param>
public sealed record AnsweredForm(FilledInTime? FilledIn, ImmutableArray<Reservation> NotSeen);

/// <summary>Why a decision on a form and a record rests on less than it seems to.</summary>
[JsonConverter(typeof(ExactEnumConverter<Reservation>))]
public enum Reservation
{
    /// <summary>The answers are old, and may no longer be true.</summary>
    OldAnswers,

    /// <summary>Forms were not used: unfinished ones, say, or those of another person.</summary>
    FormsUnused,

    /// <summary>A part of the record did not come.</summary>
    NotSent,

    /// <summary>There is more of the record than what came, or a search failed.</summary>
    InPart,

    /// <summary>Something in the record could not be read in full.</summary>
    NotInFull,

    /// <summary>An entry only points at a medicine or device that did not come.</summary>
    Dangling,

    /// <summary>An entry does not say what it is.</summary>
    Unnamed,

    /// <summary>Entries were not used, as they are about somebody else.</summary>
    AboutOthers,

    /// <summary>The zone of the clinic is not known.</summary>
    ZoneUnknown,
}
