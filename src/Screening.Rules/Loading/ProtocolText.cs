using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Reads the text of a protocol file. What is wrong with its shape is said in the words of someone who edits JSON: no name of a C# type,
/// and none of the framework's own sentences but those about JSON itself.
/// </summary>
internal static class ProtocolText
{
    /// <summary>The flaws of shape; without one, the document.</summary>
    public static IReadOnlyList<(string Pointer, string Reason)> Read(ReadOnlyMemory<byte> bytes, out ProtocolDocument? document)
    {
        document = null;
        if (bytes.IsEmpty)
        {
            return [("", "The file is empty.")];
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            return [("", "The file is not UTF-8.")];
        }

        try
        {
            // The reader of the format takes null for an absent member and lets it into lists: it is looked for first.
            List<(string, string)> flaws = [];
            using (var json = JsonDocument.Parse(bytes))
            {
                FindNothings(json.RootElement, "", flaws);
            }

            document = flaws.Count > 0 ? null : JsonSerializer.Deserialize(bytes.Span, ProtocolJson.Default.ProtocolDocument);
            return flaws;
        }
        catch (JsonException e) when (e.Path is null)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return [("", $"This is not JSON: {WithoutPlace(e.Message)} ({place})")];
        }
        catch (JsonException e)
        {
            return [(ToPointer(e.Path!), Reason(e.Message))];
        }
        catch (NotSupportedException e)
        {
            // An object that does not say which of several kinds it is; the path stands in the message alone.
            var path = e.Message.Split(" Path: ").Last().Split(" | ")[0];
            return [(ToPointer(path), "The member that says which kind this is, `type` or `kind`, is missing.")];
        }
    }

    private static void FindNothings(JsonElement value, string pointer, List<(string Pointer, string Reason)> flaws)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.Null)
            {
                flaws.Add((pointer, "null is not a value here; leave the member out."));
            }
            else if (value.ValueKind == JsonValueKind.String)
            {
                _ = value.GetString();
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (i, element) in value.EnumerateArray().Index())
                {
                    FindNothings(element, Pointer.To(pointer, i), flaws);
                }
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in value.EnumerateObject())
                {
                    FindNothings(member.Value, Pointer.To(pointer, member.Name), flaws);
                }
            }
        }
        catch (InvalidOperationException)
        {
            flaws.Add((pointer, "The text holds half a character (a lone surrogate)."));
        }
    }

    /// <summary><c>$.rules[3].id</c> as <c>/rules/3/id</c>; <c>$['a.b']</c> as <c>/a.b</c>.</summary>
    private static string ToPointer(string path)
    {
        var pointer = "";
        for (var rest = path.AsSpan(1); rest.Length > 0;)
        {
            var quoted = rest.StartsWith("['", StringComparison.Ordinal);
            var end = quoted ? rest.IndexOf("']", StringComparison.Ordinal)
                : rest[0] == '[' ? rest.IndexOf(']')
                : rest[1..].IndexOfAny('.', '[') + 1;
            end = end <= 0 ? rest.Length : end;
            pointer = Pointer.To(pointer, rest[(quoted ? 2 : 1)..end].ToString());
            rest = rest[Math.Min(rest.Length, end + (quoted ? 2 : rest[0] == '[' ? 1 : 0))..];
        }

        return pointer;
    }

    private static string Reason(string message) => message switch
    {
        _ when message.Contains("could not be mapped to any", StringComparison.Ordinal) => "No member of this name is expected here.",
        _ when message.Contains("missing required properties", StringComparison.Ordinal) =>
            "Missing here: " + WithoutPlace(message.Split("including: ").Last()).TrimEnd('.') + ".",
        _ when message.StartsWith("Duplicate property", StringComparison.Ordinal) => "A member appears more than once here.",
        _ when message.StartsWith("Read unrecognized type discriminator", StringComparison.Ordinal) => "There is no such kind.",
        _ when message.StartsWith("Expected", StringComparison.Ordinal) => WithoutPlace(message),
        _ => "The value is not of the type that the format wants here.",
    };

    private static string WithoutPlace(string message) => message.Split([" Path: ", " LineNumber: "], StringSplitOptions.None)[0];
}

/// <summary>The strict reading of the format: nothing unknown, nothing twice, nothing missing, nothing null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = false,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(LocalDateConverter)])]
[JsonSerializable(typeof(ProtocolDocument))]
internal sealed partial class ProtocolJson : JsonSerializerContext;

/// <summary>A full date, <c>YYYY-MM-DD</c>.</summary>
internal sealed class LocalDateConverter : JsonConverter<LocalDate>
{
    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && JsonText.TryDate(ref reader, out var date) && date.IsFull
            ? date.First
            : throw new JsonException("Expected a date as YYYY-MM-DD in the years 1900 to 2199.");

    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(PartialDate.Of(value).ToString());
}
