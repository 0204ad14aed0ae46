using System.ComponentModel.DataAnnotations;
using Screening.Rules;

namespace Screening.Api.Contract;

/// <summary>Every problem and every error that this service reports.</summary>
public sealed class ProblemListResponse
{
    /// <summary>The problems of a request as a whole, then the errors of a body.</summary>
    public required IReadOnlyList<ProblemDescription> Problems { get; init; }
}

/// <summary>What a problem or an error means and what to do.</summary>
public sealed class ProblemDescription
{
    /// <summary>The `type` of the problem document, `/problems/{code}`.</summary>
    public required string Type { get; init; }

    /// <summary>The `code` of an error, and the last part of `type`.</summary>
    public required string Code { get; init; }

    /// <summary>The HTTP status.</summary>
    [Range(400, 599)]
    public required int Status { get; init; }

    /// <summary>What is wrong.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>What to do.</summary>
    public required LocalizedText Detail { get; init; }
}
