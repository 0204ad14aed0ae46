using Screening.Rules;

namespace Screening.Fhir.Reading;

/// <summary>Something wrong with a resource: where, what kind, and what to do, without the value that was sent.</summary>
/// <param name="Expression">FHIRPath to the element, or to the one that it is missing from.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">Plain words for the sender's developer.</param>
public readonly record struct FhirError(string Expression, ErrorCode Code, string Detail);

/// <summary>Every error of one request.</summary>
public sealed class FhirErrors
{
    private readonly List<FhirError> errors = [];

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<FhirError> All => errors;

    /// <summary>True when something is wrong.</summary>
    public bool Any => errors.Count > 0;

    /// <summary>True when something is not FHIR, or not the shape of the operation's parameters: 400 then, else 422.</summary>
    public bool AnyOfShape => errors.Exists(error => error.Code.IsShape);

    /// <summary>Notes an error; each once.</summary>
    public void Add(string expression, ErrorCode code, string? detail = null)
    {
        var error = new FhirError(expression, code, detail ?? code.Meaning);
        if (!errors.Contains(error))
        {
            errors.Add(error);
        }
    }
}
