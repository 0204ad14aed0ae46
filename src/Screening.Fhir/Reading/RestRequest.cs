using System.Text.Json;
using System.Text.Json.Nodes;
using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>
/// A screening request in the making: what a FHIR request says, in the words of <c>POST /v1/screenings</c>. The one strict reader of those then judges
/// it, so that the two doors cannot differ; what it finds is told at the FHIR element that it came from.
/// </summary>
public sealed class RestRequest
{
    private readonly JsonObject body = [];
    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal);
    private readonly HashSet<string> refused = new(StringComparer.Ordinal);

    /// <summary>What is wrong, in FHIR's own terms; after <see cref="Take"/> all that is wrong.</summary>
    public FhirErrors Errors { get; } = new();

    /// <summary>The bytes for the reader.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(body);

    /// <summary>Says something, and where it came from.</summary>
    /// <param name="pointer">The JSON pointer of the member.</param>
    /// <param name="value">Its value; null when it cannot be read.</param>
    /// <param name="expression">FHIRPath to the element that says it.</param>
    public void Say(string pointer, JsonNode? value, string expression)
    {
        Put(pointer, value);
        places[pointer] = expression;
    }

    /// <summary>Makes an object of members, and tells where it came from.</summary>
    public void Begin(string pointer, string expression)
    {
        var name = pointer[1..];
        body[name] ??= new JsonObject();
        places[pointer] = expression;
    }

    /// <summary>Tells where a part of something came from: the element of a list, the member of an object.</summary>
    public void Place(string pointer, string expression) => places[pointer] = expression;

    /// <summary>
    /// Notes an error at a member, and leaves out what the reader says of it. A member that cannot be read is said as <c>null</c>, which the reader takes
    /// for unreadable: neither an answer nor the absence of one.
    /// </summary>
    public void Refuse(string pointer, string expression, ErrorCode code, string? detail = null)
    {
        refused.Add(pointer);
        Errors.Add(expression, code, detail);
    }

    /// <summary>Leaves out what the reader says of a member: its error has been noted.</summary>
    public void Ignore(string pointer) => refused.Add(pointer);

    /// <summary>Takes the reader's errors, each told at its FHIR element.</summary>
    public void Take(InputErrors errors)
    {
        foreach (var error in errors.All)
        {
            if (!refused.Any(pointer => IsAtOrBelow(error.Pointer, pointer)))
            {
                Errors.Add(ExpressionOf(error.Pointer), error.Code, error.Detail);
            }
        }
    }

    private void Put(string pointer, JsonNode? value)
    {
        var parent = body;
        var steps = pointer.Split('/')[1..];
        foreach (var step in steps[..^1])
        {
            if (parent[step] is not JsonObject)
            {
                parent[step] = new JsonObject();
            }

            parent = (JsonObject)parent[step]!;
        }

        parent[steps[^1]] = value;
    }

    private string ExpressionOf(string pointer)
    {
        for (var at = pointer; ; at = at[..at.LastIndexOf('/')])
        {
            if (places.TryGetValue(at, out var expression))
            {
                return expression;
            }

            if (at.Length == 0)
            {
                return nameof(Hl7.Fhir.Model.Parameters);
            }
        }
    }

    private static bool IsAtOrBelow(string pointer, string ancestor) =>
        pointer.StartsWith(ancestor, StringComparison.Ordinal) && (pointer.Length == ancestor.Length || pointer[ancestor.Length] == '/');
}
