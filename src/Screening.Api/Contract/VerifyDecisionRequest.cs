using System.ComponentModel.DataAnnotations;

namespace Screening.Api.Contract;

/// <summary>A receipt to be checked.</summary>
public sealed class VerifyDecisionRequest
{
    /// <summary>The maximum size of the body, in bytes.</summary>
    internal const int MaxBytes = 256 * 1024;

    /// <summary>The receipt as it came, to its last `~`.</summary>
    [MaxLength(MaxBytes)]
    public required string Receipt { get; init; }

    /// <summary>The screening request that the decision is said to have been on. Absent: the receipt's own is asked again.</summary>
    public CreateScreeningRequest? Request { get; init; }
}
