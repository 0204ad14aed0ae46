using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Screening.Api.Settings;
using Screening.Rules;

namespace Screening.Api.CarePlans;

/// <summary>Says what identifies a plan in a calendar.</summary>
/// <remarks>
/// With a reference that is not blank, the protocol and the reference: a plan that changed or moved keeps its entries. Their steps can be
/// guessed from the UIDs by whoever knows the reference, as they can from the entries' dates. Without a reference, the whole request: two
/// people who come at the same time are told apart by what they said. A mere digest of that would betray it: the answers have so few values
/// that all of them can be tried until the UID comes out, by everyone who sees the calendar. So it is keyed, and says nothing to anyone
/// without the key.
/// </remarks>
public sealed class CalendarUids
{
    private readonly byte[] key;

    /// <summary>Reads the setting. Without it each process generates its own key, and its plans without a reference keep their UIDs until it ends.</summary>
    /// <exception cref="SettingException">The setting is invalid.</exception>
    public CalendarUids(IConfiguration configuration)
    {
        key = ServiceSettings.CarePlansKey.Of(configuration);
        IsLasting = ServiceSettings.CarePlansKey.IsSet(configuration);
    }

    /// <summary>False when the UIDs of plans without a reference change with the process.</summary>
    internal bool IsLasting { get; }

    /// <summary>Returns the UIDs of a plan.</summary>
    /// <param name="request">The request that is planned.</param>
    /// <param name="body">Its JSON. The order of members and white space do not matter.</param>
    internal CalendarUid Of(ScreeningRequest request, ReadOnlySpan<byte> body) =>
        request.Reference is { } reference && VisibleText.IsIn(reference)
            ? OfReference(request.Intake.Protocol, reference)
        : new CalendarUid("request", Convert.ToHexString(HMACSHA256.HashData(key, Canonical(body))));

    /// <summary>Returns the UIDs of a plan that has a reference.</summary>
    internal static CalendarUid OfReference(Protocol protocol, string reference) => new("reference", protocol.Id, reference);

    private static byte[] Canonical(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        using var document = JsonDocument.ParseValue(ref reader);
        var canonical = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(canonical);
        Write(writer, document.RootElement);
        writer.Flush();
        return canonical.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
