namespace Screening.Rules;

/// <summary>Something wrong with a request: where, what kind, and what to do, without the value that was sent.</summary>
/// <param name="Place">
/// The member or element, or where it would be, in the terms of the door that the request came through: a JSON pointer, a FHIRPath. Nothing in the core
/// reads it.
/// </param>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">Plain words for the sender's developer.</param>
public readonly record struct InputError(string Place, ErrorCode Code, string Detail);

/// <summary>Every error of one request, in the order in which they were found.</summary>
public sealed class InputErrors
{
    private List<InputError>? errors;

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<InputError> All => errors ?? (IReadOnlyList<InputError>)[];

    /// <summary>True when something is wrong.</summary>
    public bool Any => errors is not null;

    /// <summary>True when something has not the shape of a request: 400 then, else 422.</summary>
    public bool AnyOfShape { get; private set; }

    private int Most { get; init; } = int.MaxValue;

    private HashSet<InputError>? Seen { get; init; }

    /// <summary>Takes each error once, and no more than so many of them: where one flaw is met in many ways, or a large body could be full of them.</summary>
    public static InputErrors Distinct(int most) => new() { Most = most, Seen = [] };

    /// <summary>Notes an error.</summary>
    public void Add(string place, ErrorCode code, string? detail = null)
    {
        var error = new InputError(place, code, detail ?? code.Meaning);
        AnyOfShape |= code.IsShape;
        if (All.Count < Most && Seen?.Add(error) != false)
        {
            (errors ??= []).Add(error);
        }
    }

    /// <summary>Forgets every error, when the bytes turn out to be no JSON after all.</summary>
    public void Clear()
    {
        errors = null;
        Seen?.Clear();
        AnyOfShape = false;
    }
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
