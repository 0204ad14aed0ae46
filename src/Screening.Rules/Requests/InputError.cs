using System.Text;

namespace Screening.Rules;

/// <summary>An error in a request: its location, its kind, and what would be accepted, without the value that was sent.</summary>
/// <param name="Place">
/// The member or element, or where it should be, in the notation of the API that received the request: a JSON pointer or a FHIRPath. The
/// rules project does not interpret it.
/// </param>
/// <param name="Code">The stable code.</param>
/// <param name="Accepted">What would be accepted here; null where the remedy of the code says it.</param>
/// <param name="Told">What is wrong; null where the meaning of the code says it.</param>
public readonly record struct InputError(string Place, ErrorCode Code, LocalizedText? Accepted = null, LocalizedText? Told = null)
{
    /// <summary>What is wrong.</summary>
    public LocalizedText Meaning => Told ?? Code.Explanation.Meaning;

    /// <summary>What would be accepted, or what to do.</summary>
    public LocalizedText Remedy => Accepted ?? Code.Explanation.Remedy;

    /// <summary>Both, for the client's developer.</summary>
    public string Detail(Language language) => Meaning.In(language) + " " + Remedy.In(language);

    /// <summary>The size of the detail in UTF-8, without making it.</summary>
    internal int DetailBytes(Language language) =>
        Encoding.UTF8.GetByteCount(Meaning.In(language)) + 1 + Encoding.UTF8.GetByteCount(Remedy.In(language));
}

/// <summary>
/// The errors of one request, in the order found, as many as a person could correct. For a body full of errors the last one says that there
/// are more, so that no response is many times larger than its request.
/// </summary>
public sealed class InputErrors
{
    // Each of the list elements that are read may have several errors.
    private const int DefaultMax = 4 * JsonText.MostElements;

    // Whoever misspelt more names than this did not misspell them.
    private const int MostGuesses = 100;

    // The size of an error in a problem document without its place and detail: member names and code.
    private const int FrameOfProblem = 80;

    private readonly string root = string.Empty;
    private readonly int most = DefaultMax;
    private readonly int frame = FrameOfProblem;
    private readonly HashSet<(string Place, string Code, string Detail)>? seen;
    private List<InputError>? errors;
    private long budget = long.MaxValue;
    private long used;
    private bool isTruncated;

    /// <summary>Collects errors at JSON pointers, each of which is reported once.</summary>
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

    public IReadOnlyList<InputError> All => errors ?? (IReadOnlyList<InputError>)[];

    /// <summary>True when there is an error.</summary>
    public bool Any => errors is not null;

    /// <summary>True when an error is one of shape: the status is then 400, otherwise 422.</summary>
    public bool AnyOfShape { get; private set; }

    /// <summary>
    /// True while an error may guess which name was meant: for thousands of errors, guesses would take far longer than everything else.
    /// </summary>
    public bool MayGuess => All.Count < MostGuesses;

    /// <summary>Ignores repeated errors, for readers that may find the same error in several ways.</summary>
    /// <param name="root">The location of the whole request, in the notation of the API.</param>
    /// <param name="most">The most errors to report.</param>
    /// <param name="frame">The most bytes that the API writes around the place and the detail of an error.</param>
    public static InputErrors Distinct(string root, int most, int frame) => new(root, most, frame);

    /// <summary>Clears the errors, and limits the next ones to what fits into the response to a body of this many bytes.</summary>
    public InputErrors For(long body)
    {
        Clear();
        budget = ResponseSize.Most(body) - ResponseSize.Frame;
        return this;
    }

    /// <summary>Reports an error.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="code">What it is.</param>
    /// <param name="accepted">What would be accepted there; null where the code's remedy says it.</param>
    /// <param name="told">What is wrong; null where the code's meaning says it.</param>
    public void Add(string place, ErrorCode code, LocalizedText? accepted = null, LocalizedText? told = null) =>
        Add(new InputError(place, code, accepted, told));

    /// <summary>Adds errors that were collected separately.</summary>
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
        if (isTruncated || seen?.Add((error.Place, error.Code.Code, error.Detail(Language.English))) == false)
        {
            return;
        }

        used += frame + ResponseSize.Of(error.Place) + Language.All.Max(error.DetailBytes);
        isTruncated = All.Count == most - 1 || used > budget;
        (errors ??= []).Add(isTruncated ? new InputError(root, ErrorCode.MoreErrors) : error);
    }

    /// <summary>Removes every error, for a body that turns out not to be JSON.</summary>
    public void Clear()
    {
        errors = null;
        seen?.Clear();
        AnyOfShape = false;
        used = 0;
        isTruncated = false;
    }
}

/// <summary>Limits the size of a response: at most ten times its request, above a size that is always allowed.</summary>
public static class ResponseSize
{
    /// <summary>The size that is allowed for any response.</summary>
    public const int Always = 64 * 1024;

    /// <summary>The space reserved for everything around the errors of a response.</summary>
    public const int Frame = 4 * 1024;

    private const int Times = 10;

    // The size of a character in JSON: a control character takes six bytes, a letter at most three.
    private const int Plain = 1;
    private const int Escaped = 6;

    /// <summary>The most bytes of a response to a body of this many bytes.</summary>
    public static long Most(long body) => Math.Max(Always, Times * body);

    /// <summary>The most bytes of a text in a response.</summary>
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
