using Screening.Fhir.Reading;
using Screening.Rules;

namespace Screening.Fhir.CdsHooks;

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

    /// <summary>What is wrong with the answers, each with the question that it is about, if it is about one; empty when nothing is.</summary>
    public IReadOnlyList<(FhirError Error, CompiledQuestion? Asked)> Errors { get; init; } = [];

    /// <summary>True when no zone is known, and this is the worst of all that are possible.</summary>
    public bool ZoneAssumed { get; init; }
}

/// <summary>What came of one call: what the cards are made of.</summary>
internal sealed record HookScreenings
{
    /// <summary>The service that was called.</summary>
    public required HookService Service { get; init; }

    /// <summary>The call.</summary>
    public required HookRequest Request { get; init; }

    /// <summary>The version of the protocol that names and reasons are taken from.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>What of the record came.</summary>
    public required Prefetch Prefetch { get; init; }

    /// <summary>Whose answers they are.</summary>
    public required FilledInForm Form { get; init; }

    /// <summary>What could be read of the record.</summary>
    public required PrefetchedRecord Record { get; init; }

    /// <summary>The appointments, in the order in which they were proposed.</summary>
    public IReadOnlyList<ScreenedAppointment> Screened { get; init; } = [];
}
