using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Reference;

/// <summary>What the naive reference says about one request.</summary>
internal sealed class NaiveAnswer
{
    public required int Status { get; init; }

    public required SortedSet<string> ErrorPointers { get; init; }

    /// <summary>Null unless the status is 200.</summary>
    public JsonObject? Decision { get; init; }
}
