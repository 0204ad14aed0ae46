using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>Reads clearances, each <c>{ "ruleId", "by", "on", "note"? }</c>.</summary>
internal static class ClearanceReader
{
    private static readonly KnownMembers Members = new(
        required: 3,
        ("ruleId", Accepted.AnyRule),
        ("by", RequestLimits.Name),
        ("on", Accepted.Date),
        ("note", RequestLimits.Note));

    /// <summary>Reads every clearance of the list at the reader's position, with its valid members.</summary>
    public static List<StatedClearance> ReadAll(ref Utf8JsonReader reader, InputErrors errors)
    {
        var clearances = new List<StatedClearance>();
        if (JsonText.IsArray(ref reader, "/clearances", RequestLimits.Clearances, errors))
        {
            while (JsonText.NextElement(ref reader, clearances.Count, out _))
            {
                // The list is too long then: what is wrong with the rest would crowd that out.
                var isRead = clearances.Count < RequestLimits.MostClearances;
                clearances.Add(isRead ? Read(ref reader, Pointer.To("/clearances", clearances.Count), errors) : Skip(ref reader));
            }
        }

        return clearances;
    }

    private static StatedClearance Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return new StatedClearance();
    }

    private static StatedClearance Read(ref Utf8JsonReader reader, string pointer, InputErrors errors)
    {
        var clearance = new StatedClearance();
        if (!JsonText.IsObject(ref reader, pointer, Members.Accepted, errors))
        {
            return clearance;
        }

        var seen = 0;
        while (Members.Next(ref reader, pointer, ref seen, errors) is { } member)
        {
            var at = pointer + "/" + member;
            var accepted = Members.AcceptedBy(member);
            clearance = member switch
            {
                "ruleId" => clearance with { RuleId = JsonText.Read(ref reader, at, accepted, errors) },
                "by" => clearance with { By = JsonText.Read(ref reader, at, accepted, errors) },
                "on" => clearance with { On = ReadDate(ref reader, at, errors) },
                _ => clearance with { Note = JsonText.Read(ref reader, at, accepted, errors) },
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

        if (JsonText.IsString(ref reader, pointer, Accepted.Date, errors))
        {
            errors.Add(pointer, ErrorCode.InvalidDate, Accepted.Date);
        }

        return null;
    }
}
