using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>Reads clearances, each <c>{ "ruleId", "by", "on", "note"? }</c>.</summary>
internal static class ClearanceReader
{
    private static readonly KnownMembers Members = new(required: 3, "ruleId", "by", "on", "note");

    /// <summary>Reads every clearance of the list at the reader's position, with its valid members.</summary>
    public static List<StatedClearance> ReadAll(ref Utf8JsonReader reader, InputErrors errors)
    {
        var clearances = new List<StatedClearance>();
        if (JsonText.IsArray(ref reader, "/clearances", errors))
        {
            while (JsonText.NextElement(ref reader, clearances.Count, out _))
            {
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
        while (Members.Next(ref reader, pointer, ref seen, errors) is { } member)
        {
            var at = pointer + "/" + member;
            clearance = member switch
            {
                "ruleId" => clearance with { RuleId = JsonText.Read(ref reader, at, errors) },
                "by" => clearance with { By = JsonText.Read(ref reader, at, errors) },
                "on" => clearance with { On = ReadDate(ref reader, at, errors) },
                _ => clearance with { Note = JsonText.Read(ref reader, at, errors) },
            };
        }

        return clearance;
    }

    private static LocalDate? ReadDate(ref Utf8JsonReader reader, string pointer, InputErrors errors)
    {
        if (reader.TokenType == JsonTokenType.String && JsonText.TryDate(ref reader, out var date) && date.IsFull)
        {
            return date.First;
        }

        if (JsonText.IsString(ref reader, pointer, errors))
        {
            errors.Add(pointer, ErrorCode.InvalidDate);
        }

        return null;
    }
}
