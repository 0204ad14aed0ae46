using Screening.Api.Screenings;
using Screening.Fhir.CdsHooks;
using Screening.Rules;

namespace Screening.Api.CdsHooks;

/// <summary>What came of one appointment, or, where a hook proposes none, of the question about today.</summary>
internal sealed record ScreenedAppointment
{
    /// <summary>Its place among those proposed, from 1; 0 when there is none.</summary>
    public required int Place { get; init; }

    /// <summary>The appointment; null when there is none.</summary>
    public required ProposedAppointment? Proposed { get; init; }

    /// <summary>The request that it was screened as; null when it could not be.</summary>
    public ScreeningRequest? Request { get; init; }

    /// <summary>The decision; null when there is none.</summary>
    public Decision? Decision { get; init; }

    /// <summary>What is wrong with the answers, each with the element that it is about; empty when nothing is.</summary>
    public IReadOnlyList<(InputError Error, string Where)> Errors { get; init; } = [];

    /// <summary>True when no zone is known, and this is the worst of all that are possible.</summary>
    public bool ZoneAssumed { get; init; }
}

/// <summary>What came of one call: what the cards are made of.</summary>
/// <param name="Service">The service that was called.</param>
/// <param name="Request">The call.</param>
/// <param name="Protocol">The version of the protocol that names and reasons are taken from.</param>
/// <param name="Prefetch">What of the record came.</param>
/// <param name="Form">Whose answers they are.</param>
/// <param name="Screened">The appointments, in the order in which they were proposed.</param>
internal sealed record HookScreenings(
    HookService Service, HookRequest Request, Protocol Protocol, Prefetch Prefetch, FilledInForm Form, IReadOnlyList<ScreenedAppointment> Screened);
