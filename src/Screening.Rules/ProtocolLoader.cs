using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Screening.Rules;

/// <summary>Why a protocol file cannot be used.</summary>
/// <param name="File">The file.</param>
/// <param name="Pointer">JSON pointer to what is wrong.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record ProtocolFlaw(string File, string Pointer, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}#{Pointer}: {Reason}";
}

/// <summary>
/// Turns the bytes of a file into a <see cref="Protocol"/>, or says what is wrong with them. Three steps, each only when the one before
/// found nothing: the shape, the sense (<see cref="ProtocolChecks"/>), the worked examples (<see cref="WorkedExamples"/>).
/// </summary>
public static class ProtocolLoader
{
    /// <summary>Loads a protocol; either it is usable, or there is at least one flaw.</summary>
    public static bool TryLoad(string file, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Protocol? protocol, out IReadOnlyList<ProtocolFlaw> flaws)
    {
        protocol = null;
        ProtocolDocument document;
        try
        {
            document = JsonSerializer.Deserialize(bytes.Span, ProtocolJson.Default.ProtocolDocument) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            flaws = [new ProtocolFlaw(file, ToPointer(e.Path), Reason(e))];
            return false;
        }

        flaws = [.. ProtocolChecks.Check(document).Select(flaw => new ProtocolFlaw(file, flaw.Pointer, flaw.Reason))];
        if (flaws.Count > 0)
        {
            return false;
        }

        var compiled = new Protocol(document, bytes);
        flaws = [.. WorkedExamples.Run(compiled).Select(flaw => new ProtocolFlaw(file, flaw.Pointer, flaw.Reason))];
        protocol = flaws.Count > 0 ? null : compiled;
        return protocol is not null;
    }

    /// <summary><c>$.rules[3].id</c> as <c>/rules/3/id</c>. No member of the format needs escaping in either.</summary>
    private static string ToPointer(string? path) =>
        (path ?? "$").TrimStart('$').Replace(".", "/", StringComparison.Ordinal).Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    /// <summary>The framework's reason without its names of C# types and its own path.</summary>
    private static string Reason(JsonException e)
    {
        var reason = e.Message.Split(" Path: ", 2)[0];
        var type = reason.IndexOf(" type '", StringComparison.Ordinal);
        return type < 0 ? reason : reason.Split('\'') is [_, _, ..] parts
            ? string.Join('\'', parts.Select(part => part.StartsWith("Screening.Rules.", StringComparison.Ordinal) ? part["Screening.Rules.".Length..] : part))
            : reason;
    }
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

    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) => writer.WriteStringValue(PartialDate.Of(value).ToString());
}
