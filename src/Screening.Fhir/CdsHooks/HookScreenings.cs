using Screening.Fhir.Record;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

/// <summary>The result for one appointment or, for a hook without appointments, for today.</summary>
public sealed record ScreenedAppointment
{
    /// <summary>Its position among the proposed appointments, from 1; 0 when there is none.</summary>
    public required int Place { get; init; }

    /// <summary>The appointment; null when there is none.</summary>
    public required ProposedAppointment? Proposed { get; init; }

    /// <summary>The screened request; null when the appointment could not be screened.</summary>
    public ScreeningRequest? Request { get; init; }

    /// <summary>The decision; null when there is none.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Errors in the answers or the appointment.</summary>
    public IReadOnlyList<AnswerError> Errors { get; init; } = [];

    /// <summary>True when the zone is unknown, and this is the worst result of all possible zones.</summary>
    public bool ZoneAssumed { get; init; }
}

/// <summary>The results of one call, from which the cards are made.</summary>
public sealed record HookScreenings
{
    /// <summary>The called service.</summary>
    public required HookService Service { get; init; }

    /// <summary>The call.</summary>
    public required HookRequest Request { get; init; }

    /// <summary>The version of the protocol for names and reasons.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>The prefetched parts of the record.</summary>
    public required Prefetch Prefetch { get; init; }

    /// <summary>The form whose answers count.</summary>
    public required FilledInForm Form { get; init; }

    /// <summary>The readable part of the record.</summary>
    public required PrefetchedRecord Record { get; init; }

    /// <summary>
    /// The parts of the record that were not seen in full, so that absence in them means nothing. Excludes parts that were not asked for,
    /// and the person.
    /// </summary>
    public IEnumerable<PrefetchedPart> NotSeen => Prefetch.Parts.Where(part =>
        part.State is not (PartState.Seen or PartState.NotAsked) && part.Template.Key != PrefetchTemplate.PatientKey);

    /// <summary>
    /// The form, with all of the record and of other forms that the cards name as not seen or not used, but for what was not asked for: its
    /// absence is no reservation.
    /// </summary>
    public AnsweredForm AnsweredForm
    {
        get
        {
            var parts = NotSeen.Select(part => part.State switch
            {
                PartState.NotSent => Reservation.NotSent,
                PartState.Failed or PartState.Paged => Reservation.InPart,
                PartState.Unreadable => Reservation.NotInFull,
                PartState.Seen or PartState.NotAsked => throw new InvalidOperationException("It was seen, or not asked for."),
            });
            var others = Prefetch.Parts.Where(part => part.AboutOthers > 0 && part.Template.Key != PrefetchTemplate.ResponsesKey);
            return new AnsweredForm(
                Form.FilledIn,
                [
                    .. parts
                        .Concat(Form.Unused.Select(_ => Reservation.FormsUnused))
                        .Concat(others.Select(_ => Reservation.AboutOthers))
                        .Concat(RecordReservations.Of(Record.Gaps))
                        .Concat(Record.NotInFull > 0 ? [Reservation.NotInFull] : [])
                        .Distinct().Order(),
                ]);
        }
    }

    /// <summary>The results, in the order in which the appointments were proposed.</summary>
    public IReadOnlyList<ScreenedAppointment> Screened { get; init; } = [];
}
