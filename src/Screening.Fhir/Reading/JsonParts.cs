using System.Buffers;
using System.Text.Json;

namespace Screening.Fhir.Reading;

/// <summary>Composes JSON from parts of other JSON values.</summary>
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

    /// <summary>Writes an object with the value of one member changed, or without that member if there is no change.</summary>
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
