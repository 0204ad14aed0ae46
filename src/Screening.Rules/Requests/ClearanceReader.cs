using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>Reads clearances, each <c>{ "ruleId", "by", "on", "note"? }</c>.</summary>
internal static class ClearanceReader
{
    private const int Required = 3;

    private static readonly string[] Names = ["ruleId", "by", "on", "note"];
    private static readonly Utf8Names Members = new(Names);

    /// <summary>Every clearance of the list that the reader stands on, as far as each could be read.</summary>
    public static List<StatedClearance> ReadAll(ref Utf8JsonReader reader, InputErrors errors)
    {
        var clearances = new List<StatedClearance>();
        if (JsonText.IsArray(ref reader, "/clearances", errors))
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (clearances.Count == JsonText.MostElements)
                {
                    JsonText.SkipRest(ref reader);
                    break;
                }

                clearances.Add(Read(ref reader, Pointer.To("/clearances", clearances.Count), errors));
            }
        }

        return clearances;
    }

    private static StatedClearance Read(ref Utf8JsonReader reader, string pointer, InputErrors errors)
    {
        var clearance = new StatedClearance();
        if (!JsonText.IsObject(ref reader, pointer, errors))
        {
            return clearance;
        }

        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = JsonText.Find(ref reader, Members);
            if (member < 0 || (seen & (1 << member)) != 0)
            {
                errors.Add(Pointer.To(pointer, reader.GetString()!), member < 0 ? ErrorCode.UnknownMember : ErrorCode.RepeatedMember);
                JsonText.SkipMember(ref reader);
                continue;
            }

            seen |= 1 << member;
            reader.Read();
            var at = pointer + "/" + Names[member];
            clearance = member switch
            {
                0 => clearance with { RuleId = JsonText.Read(ref reader, at, errors) },
                1 => clearance with { By = JsonText.Read(ref reader, at, errors) },
                2 => clearance with { On = ReadDate(ref reader, at, errors) },
                _ => clearance with { Note = JsonText.Read(ref reader, at, errors) },
            };
        }

        for (var i = 0; i < Required; i++)
        {
            if ((seen & (1 << i)) == 0)
            {
                errors.Add(Pointer.To(pointer, Names[i]), ErrorCode.MissingMember);
            }
        }

        return clearance;
    }

    private static LocalDate? ReadDate(ref Utf8JsonReader reader, string pointer, InputErrors errors)
    {
        if (!JsonText.IsString(ref reader, pointer, errors))
        {
            return null;
        }

        if (JsonText.TryDate(ref reader, out var date) && date.IsFull)
        {
            return date.First;
        }

        errors.Add(pointer, ErrorCode.InvalidDate);
        return null;
    }
}
