using System.Text.Json;
using NodaTime;
using Screening.Rules;

namespace Screening.Api.Screenings;

/// <summary>Reads one clearance: <c>{ "ruleId", "by", "on", "note"? }</c>.</summary>
internal static class ClearanceReader
{
    private static readonly Utf8Names Members = new(["ruleId", "by", "on", "note"]);

    public static StatedClearance Read(ref Utf8JsonReader reader, string pointer, InputErrors errors)
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
            switch (member)
            {
                case 0:
                    clearance.RuleId = JsonText.Read(ref reader, pointer + "/ruleId", errors);
                    break;
                case 1:
                    clearance.By = JsonText.Read(ref reader, pointer + "/by", errors);
                    break;
                case 2:
                    clearance.On = ReadDate(ref reader, pointer + "/on", errors);
                    break;
                default:
                    clearance.Note = JsonText.Read(ref reader, pointer + "/note", errors);
                    break;
            }
        }

        string[] required = ["ruleId", "by", "on"];
        for (var i = 0; i < required.Length; i++)
        {
            if ((seen & (1 << i)) == 0)
            {
                errors.Add(Pointer.To(pointer, required[i]), ErrorCode.MissingMember);
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
