using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Screening.Rules;

namespace Screening.Api.Http;

/// <summary>An error, as RFC 9457 has it. It never echoes a value of the request.</summary>
public sealed class ProblemResponse
{
    /// <summary>A page of this service that says what the problem means and what to do.</summary>
    public required string Type { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    [Range(400, 599)]
    public required int Status { get; init; }

    /// <summary>What to do.</summary>
    public required string Detail { get; init; }

    /// <summary>Links this response to the service's log.</summary>
    public required string TraceId { get; init; }

    /// <summary>In a batch: the number of the failed line, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>In a batch: your reference of that line, where it could be read.</summary>
    public string? Reference { get; init; }

    /// <summary>Everything that is wrong with the body, all at once; empty when the body is not at fault.</summary>
    public required IReadOnlyList<ProblemError> Errors { get; init; }
}

/// <summary>One thing that is wrong with the body.</summary>
public sealed class ProblemError
{
    /// <summary>JSON pointer to the member, or to where it would be.</summary>
    public required string Pointer { get; init; }

    /// <summary>The stable code; `GET /problems/{code}` says what it means.</summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, in plain words.</summary>
    public required string Detail { get; init; }

    /// <summary>The form of an error in a response, with what the addresses of this service begin with.</summary>
    internal static ProblemError Of(InputError error, Language language, PathString prefix = default) =>
        new() { Pointer = error.Place, Code = error.Code.Code, Detail = ProblemDetail.In(prefix, error.Detail(language)) };
}

/// <summary>Serializes problems. Absent members are omitted.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemResponse))]
internal sealed partial class ProblemJson : JsonSerializerContext;
