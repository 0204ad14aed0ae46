using System.Text.Json;
using System.Text.Json.Serialization;
using Screening.Fhir;

namespace Screening.Api.Contract;

/// <summary>The cards: one for each appointment that was proposed, or one on the question whether it could be today.</summary>
public sealed class CdsCardsResponse
{
    /// <summary>The cards, in the order in which the appointments were proposed.</summary>
    public required IReadOnlyList<CdsCard> Cards { get; init; }
}

/// <summary>A card. It has no suggestions: this service never proposes to change a record.</summary>
public sealed record CdsCard
{
    /// <summary>The card's id, for feedback. The same call gives the same id again while the same is decided from the same.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>One sentence of fewer than 140 characters.</summary>
    public required string Summary { get; init; }

    /// <summary>`critical`: an exclusion applies, answers are missing, or it could not be screened. `warning`: a clinician must decide, or not on this date. `info`: it can be booked, perhaps with requirements.</summary>
    public required string Indicator { get; init; }

    /// <summary>Reasons, dates, sources, what to ask, and what of the record was not seen, in GitHub Flavored Markdown without HTML.</summary>
    public required string Detail { get; init; }

    /// <summary>The protocol that it was decided by.</summary>
    public required CdsCardSource Source { get; init; }

    /// <summary>Why staff may put the card aside, as the protocol has it.</summary>
    public IReadOnlyList<CdsCoding>? OverrideReasons { get; init; }

    /// <summary>The intake form to fill in, the decision as a page to print, and the exclusion list; without a form only the first.</summary>
    public IReadOnlyList<CdsCardLink>? Links { get; init; }

    /// <summary>The decision, for programs; absent where nothing could be decided, as without an intake form, or where the response would be too large. Confirm an appointment only when its `bookable` is true.</summary>
    public CdsCardExtension? Extension { get; init; }
}

/// <summary>Where a card's guidance comes from.</summary>
public sealed class CdsCardSource
{
    /// <summary>The treatment and the protocol's version.</summary>
    public required string Label { get; init; }

    /// <summary>The protocol's file.</summary>
    public string? Url { get; init; }

    /// <summary>What the card is about: the protocol.</summary>
    public required CdsCoding Topic { get; init; }
}

/// <summary>A code of a code system.</summary>
public sealed class CdsCoding
{
    /// <summary>The code system.</summary>
    public required string System { get; init; }

    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>What people read.</summary>
    public required string Display { get; init; }
}

/// <summary>A link of a card. No link tells anything of the person: that to the decision is sealed, and ends after a time.</summary>
public sealed class CdsCardLink
{
    /// <summary>What people read.</summary>
    public required string Label { get; init; }

    /// <summary>The address.</summary>
    public required string Url { get; init; }

    /// <summary>Always `absolute`.</summary>
    public required string Type { get; init; }
}

/// <summary>What a card tells to programs.</summary>
public sealed record CdsCardExtension
{
    /// <summary>The decision as `/v1/screenings` gives it; its id is that of the card. Absent where the response would be too large.</summary>
    // A ScreeningResponse, with the same bytes as there.
    [JsonPropertyName(Canonicals.Decision)]
    public JsonElement? Decision { get; init; }

    /// <summary>The entries of the record that the decision rests on, those that made an answer worse first; 100 of them at most. Absent with the decision.</summary>
    [JsonPropertyName(Canonicals.Record)]
    public IReadOnlyList<CdsRecordEvidence>? Record { get; init; }

    /// <summary>Where a receipt is wanted: that of the card's decision, also of one that is left out here, for `/v1/decisions/verify`.</summary>
    [JsonPropertyName(Canonicals.Receipt)]
    public string? Receipt { get; init; }
}

/// <summary>An entry of the record that has a code of the protocol.</summary>
public sealed class CdsRecordEvidence
{
    /// <summary>The question that it tells of.</summary>
    public required string Question { get; init; }

    /// <summary>The answer that it raises; of events, what happened.</summary>
    public required string Answer { get; init; }

    /// <summary>The entry, such as `Condition/123`; absent when its id is not one that FHIR allows.</summary>
    public string? Reference { get; init; }

    /// <summary>True when it changed the answer; false when the patient had already stated as much, or worse.</summary>
    public required bool Raises { get; init; }

    /// <summary>True when the person had answered, without a doubt, and the entry raises something that was not said.</summary>
    public required bool Disagrees { get; init; }
}
