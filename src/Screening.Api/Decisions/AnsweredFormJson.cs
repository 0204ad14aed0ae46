using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>The form that answers are of, beside them. A member of a request that only a receipt has.</summary>
internal sealed record AnsweredFormJson
{
    /// <summary>When it was filled in, as precise as it says; absent where it does not.</summary>
    public string? Authored { get; init; }

    /// <summary>What of the record and of the forms was not seen or not used; absent for nothing.</summary>
    public IReadOnlyList<Reservation>? NotSeen { get; init; }

    /// <summary>A form.</summary>
    public static AnsweredFormJson Of(AnsweredForm form) =>
        new() { Authored = form.FilledIn?.ToString(), NotSeen = form.NotSeen.IsEmpty ? null : form.NotSeen };

    /// <summary>The same as it counts; null when its date is none.</summary>
    public AnsweredForm? ToForm()
    {
        var filledIn = FilledInTime.Read(Authored);
        return filledIn is null && Authored is not null ? null : new AnsweredForm(filledIn, [.. NotSeen ?? []]);
    }
}
