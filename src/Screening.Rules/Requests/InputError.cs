namespace Screening.Rules;

/// <summary>Something wrong with a request: where, what kind, and what to do, without the value that was sent.</summary>
/// <param name="Place">
/// The member or element, or where it would be, in the terms of the door that the request came through: a JSON pointer, a FHIRPath. Nothing in the core
/// reads it.
/// </param>
/// <param name="Code">The stable code.</param>
/// <param name="Detail">Plain words for the sender's developer.</param>
public readonly record struct InputError(string Place, ErrorCode Code, string Detail);

/// <summary>
/// The errors of one request, in the order in which they were found: all of them, as far as a person could mend them. Where a body is full of them the
/// last one says that there are more, so that no answer is many times its request.
/// </summary>
public sealed class InputErrors
{
    // Each of as many elements of a list as are looked at may have several.
    private const int Usually = 4 * JsonText.MostElements;

    // What a problem document writes around the texts of an error, and its code.
    private const int FrameOfProblem = 80;

    private readonly string root = string.Empty;
    private readonly int most = Usually;
    private readonly int frame = FrameOfProblem;
    private readonly HashSet<InputError>? seen;
    private List<InputError>? errors;
    private long room = long.MaxValue;
    private long used;
    private bool more;

    /// <summary>Takes errors at JSON pointers; each one is met once.</summary>
    public InputErrors()
    {
    }

    private InputErrors(string root, int most, int frame)
    {
        this.root = root;
        this.most = most;
        this.frame = frame;
        seen = [];
    }

    /// <summary>The errors so far.</summary>
    public IReadOnlyList<InputError> All => errors ?? (IReadOnlyList<InputError>)[];

    /// <summary>True when something is wrong.</summary>
    public bool Any => errors is not null;

    /// <summary>True when something has not the shape of a request: 400 then, else 422.</summary>
    public bool AnyOfShape { get; private set; }

    /// <summary>Takes each error once: where one flaw is met in many ways.</summary>
    /// <param name="root">The place of the whole request, in the door's terms.</param>
    /// <param name="most">The most errors that are told.</param>
    /// <param name="frame">The most bytes that the door writes around the place and the detail of an error.</param>
    public static InputErrors Distinct(string root, int most, int frame) => new(root, most, frame);

    /// <summary>Forgets every error, and tells no more of the next than an answer to a body of so many bytes has room for.</summary>
    public InputErrors For(long body)
    {
        Clear();
        room = ResponseSize.Most(body) - ResponseSize.Frame;
        return this;
    }

    /// <summary>Notes an error.</summary>
    public void Add(string place, ErrorCode code, string? detail = null) => Add(new InputError(place, code, detail ?? code.Meaning));

    /// <summary>Notes errors that were found apart.</summary>
    public void Add(InputErrors found)
    {
        foreach (var error in found.All)
        {
            Add(error);
        }
    }

    private void Add(InputError error)
    {
        AnyOfShape |= error.Code.IsShape;
        if (more || seen?.Add(error) == false)
        {
            return;
        }

        used += frame + ResponseSize.Of(error.Place) + error.Detail.Length;
        more = All.Count == most - 1 || used > room;
        (errors ??= []).Add(more ? new InputError(root, ErrorCode.MoreErrors, ErrorCode.MoreErrors.Meaning) : error);
    }

    /// <summary>Forgets every error, when the bytes turn out to be no JSON after all.</summary>
    public void Clear()
    {
        errors = null;
        seen?.Clear();
        AnyOfShape = false;
        used = 0;
        more = false;
    }
}

/// <summary>How large an answer may be: no more than ten times its request, above a size that any request may ask for.</summary>
public static class ResponseSize
{
    /// <summary>The size that any answer may have.</summary>
    public const int Always = 64 * 1024;

    /// <summary>Room for what stands around the parts of an answer.</summary>
    public const int Frame = 4 * 1024;

    private const int Times = 10;

    // What a text can become when it is written: a control character takes six bytes, and of letters none takes more than three.
    private const int Plain = 1;
    private const int Escaped = 6;

    /// <summary>The most bytes of an answer to a body of so many bytes.</summary>
    public static long Most(long body) => Math.Max(Always, Times * body);

    /// <summary>The most bytes that a text takes in an answer.</summary>
    public static int Of(string text) => text.Sum(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '[' or ']' or '-' or '_' or '~' ? Plain : Escaped);
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
