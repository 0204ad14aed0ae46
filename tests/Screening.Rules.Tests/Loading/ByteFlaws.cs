using System.Text;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Loading;

/// <summary>Files that are not the JSON text of one protocol.</summary>
public static class ByteFlaws
{
    public static IReadOnlyList<Flaw> All { get; } =
    [
        new("an empty file", [], "", "The file is empty.", false),
        new("a file of spaces", "  \n"u8.ToArray(), "", "This is not JSON", false),
        new("a byte order mark", [0xEF, 0xBB, 0xBF, .. Shipped.Bytes], "", "This is not JSON", false),
        new("UTF-16", Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Shipped.Bytes)), "", "The file is not UTF-8.", false),
        new("Latin 1", Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(Shipped.Bytes)), "", "The file is not UTF-8.", false),
        new("null", "null"u8.ToArray(), "", "null is not a value here", false),
        new("a list", "[]"u8.ToArray(), "", "not of the type", false),
        new("a text", "\"protocol\""u8.ToArray(), "", "not of the type", false),
        new("half a file", Shipped.Bytes[..(Shipped.Bytes.Length / 2)], "", "This is not JSON", false),
        new("trailing garbage", [.. Shipped.Bytes, (byte)'}'], "", "This is not JSON", false),
        new("two protocols in one file", [.. Shipped.Bytes, .. Shipped.Bytes], "", "This is not JSON", false),
        Flaw.OfText("a comment", text => "// rules\n" + text, "", "This is not JSON, or beyond its usual depth (line 1, byte 1)."),
        Flaw.OfText("a trailing comma", text => text.Replace("\"version\": \"1.0.0\",", "\"version\": \"1.0.0\",,", StringComparison.Ordinal), "", "(line 4, byte 22)"),
        Flaw.OfText("deep nesting", text => text.Replace("\"areas\": [", "\"areas\": [" + new string('[', 100) + new string(']', 100) + ", ", StringComparison.Ordinal), "", "depth"),
        Flaw.OfText("a member twice", text => text.Replace("\"version\": \"1.0.0\",", "\"version\": \"1.0.0\", \"version\": \"1.0.0\",", StringComparison.Ordinal), "/version", "more than once"),
        Flaw.OfText("a rule's member twice", text => text.Replace("\"line\": 2,", "\"line\": 2, \"line\": 2,", StringComparison.Ordinal), "/rules/0/line", "more than once"),
        Flaw.OfText("a baseline's answer twice", text => text.Replace("\"baseline\": {", "\"baseline\": { \"answers\": { \"pregnancy\": \"yes\", \"pregnancy\": \"no\" },", StringComparison.Ordinal), "/baseline/answers/pregnancy", "more than once"),
        Flaw.OfText("half a character in a text", text => text.Replace("\"en\": \"Are you pregnant?\"", "\"en\": \"Are you \\ud83d?\"", StringComparison.Ordinal), "/questions/0/text/en", "half a character"),
        Flaw.OfText("half a character in a name", text => text.Replace("\"id\": \"pregnancy\",", "\"\\udc00\": 1, \"id\": \"pregnancy\",", StringComparison.Ordinal), "/questions/0", "half a character"),
        Flaw.OfText("half a character in an example's answer", text => text.Replace("\"baseline\": {", "\"baseline\": { \"answers\": { \"pregnancy\": \"\\ud83d\" },", StringComparison.Ordinal), "/baseline/answers/pregnancy", "half a character"),
    ];
}
