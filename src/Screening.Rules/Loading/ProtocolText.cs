using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using NodaTime;

namespace Screening.Rules;

/// <summary>
/// Reads the text of a protocol file. Errors are worded for people who edit JSON, without C# types or messages of the framework.
/// </summary>
internal static class ProtocolText
{
    /// <summary>Reads the document; returns the errors in its shape.</summary>
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
            using var json = JsonDocument.Parse(bytes);
            var flaws = ProtocolShape.FlawsOf(json.RootElement, ProtocolJson.Default.ProtocolDocument) is { Count: > 0 } ofShape
                ? ofShape
                : [.. ProtocolSizes.FlawsOf(json.RootElement)];
            document = flaws.Count > 0 ? null : json.Deserialize(ProtocolJson.Default.ProtocolDocument);
            return flaws;
        }
        catch (JsonException e)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            return [("", $"This is not JSON, or beyond its usual depth ({place}).")];
        }
    }
}

/// <summary>Strict deserialization of the format: no unknown, repeated, missing or null members.</summary>
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
internal sealed class LocalDateConverter : JsonConverter<LocalDate>, IDescribesAcceptedValues
{
    public string Takes => "a date as YYYY-MM-DD in the years 1900 to 2199";

    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && JsonText.TryDate(ref reader, out var date) && date.IsFull
            ? date.First
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) =>
        writer.WriteStringValue(PartialDate.Of(value).ToString());
}
