using System.Collections.Immutable;

namespace Screening.Rules;

/// <summary>A candidate start that cannot be screened, of a request whose slots are answered one by one.</summary>
/// <param name="Position">Its position among all slots of the request, from 0.</param>
/// <param name="Start">The start as it was stated; null when the text is no date and time.</param>
/// <param name="Error">Why.</param>
public sealed record RefusedSlot(int Position, StatedTime? Start, InputError Error)
{
    /// <summary>All slots of a request in the order in which they were sent.</summary>
    /// <param name="screened">The number of slots that were screened.</param>
    /// <param name="refused">The others, by position.</param>
    /// <returns>Either a refused slot, or the index of one among those that were screened.</returns>
    public static IEnumerable<(int Screened, RefusedSlot? Refused)> InOrder(int screened, ImmutableArray<RefusedSlot> refused)
    {
        var next = 0;
        for (var position = 0; position < screened + refused.Length; position++)
        {
            yield return next < refused.Length && refused[next].Position == position ? (-1, refused[next++]) : (position - next, null);
        }
    }
}
