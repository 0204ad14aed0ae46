namespace Screening.Rules;

/// <summary>Something wrong with a request: where, what kind, and what to do, without the value that was sent.</summary>
/// <param name="Pointer">JSON pointer to the member, or to where it would be.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">Plain words for the sender's developer.</param>
public readonly record struct InputError(string Pointer, ErrorCode Code, string Detail);

/// <summary>Every error of one request, in the order in which they were found.</summary>
public sealed class InputErrors
{
    private List<InputError>? errors;

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<InputError> All => errors ?? (IReadOnlyList<InputError>)[];

    /// <summary>True when something is wrong.</summary>
    public bool Any => errors is not null;

    /// <summary>True when something has not the shape of a request: 400 then, else 422.</summary>
    public bool AnyOfShape => errors is not null && errors.Exists(e => e.Code.IsShape);

    /// <summary>Notes an error.</summary>
    public void Add(string pointer, ErrorCode code, string? detail = null) => (errors ??= []).Add(new InputError(pointer, code, detail ?? code.Meaning));

    /// <summary>Notes every error of another list.</summary>
    public void AddRange(InputErrors others)
    {
        if (others.errors is { } more)
        {
            (errors ??= []).AddRange(more);
        }
    }

    /// <summary>Forgets every error, when the bytes turn out to be no JSON after all.</summary>
    public void Clear() => errors = null;
}

/// <summary>JSON pointers (RFC 6901).</summary>
public static class Pointer
{
    /// <summary>The pointer to a member of an object.</summary>
    public static string To(string parent, string member) =>
        parent + "/" + member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The pointer to an element of a list.</summary>
    public static string To(string parent, int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent}/{index}");
}
