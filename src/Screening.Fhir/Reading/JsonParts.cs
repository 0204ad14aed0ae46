using System.Buffers;
using System.Text.Json;

namespace Screening.Fhir.Reading;

/// <summary>Values of JSON made of parts of others.</summary>
internal static class JsonParts
{
    /// <summary>The bytes that are written.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            write(writer);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes an object with another value of one member, or, where there is no change, without it.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement owner, string changed, Action<JsonElement>? change)
    {
        writer.WriteStartObject();
        foreach (var member in owner.EnumerateObject())
        {
            if (!member.NameEquals(changed))
            {
                member.WriteTo(writer);
            }
            else if (change is not null)
            {
                writer.WritePropertyName(changed);
                change(member.Value);
            }
        }

        writer.WriteEndObject();
    }
}
