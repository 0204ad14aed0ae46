using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Screening.Rules;

/// <summary>
/// The limits of every text and list of a protocol file, many times what real ones need. Whoever reads a protocol, or what is written from
/// one, can rely on them; the published schemas state them.
/// </summary>
public static class ProtocolSizes
{
    /// <summary>The maximum length of a text, in characters (Unicode code points).</summary>
    public const int MaxTextLength = 4000;

    /// <summary>The maximum number of elements of a list.</summary>
    public const int MaxElements = 1000;

    private static readonly string TooLong = string.Create(CultureInfo.InvariantCulture, $"A text has {MaxTextLength} characters at most.");
    private static readonly string TooMany = string.Create(CultureInfo.InvariantCulture, $"A list has {MaxElements} elements at most.");

    /// <summary>Returns every text and list that is longer.</summary>
    internal static IEnumerable<(string Pointer, string Reason)> FlawsOf(JsonElement value, string at = "") => value.ValueKind switch
    {
        JsonValueKind.String when IsTooLong(value) => [(at, TooLong)],
        JsonValueKind.Array when value.GetArrayLength() > MaxElements => [(at, TooMany)],
        JsonValueKind.Array => value.EnumerateArray().Index().SelectMany(element => FlawsOf(element.Item, Pointer.To(at, element.Index))),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => FlawsOf(member.Value, Pointer.To(at, member.Name))),
        _ => [],
    };

    private static bool IsTooLong(JsonElement text) =>
        JsonMarshal.GetRawUtf8Value(text).Length > MaxTextLength && text.GetString()!.EnumerateRunes().Count() > MaxTextLength;
}
