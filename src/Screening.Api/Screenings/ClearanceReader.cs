using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>Reads clearances, each <c>{ "ruleId", "by", "on", "note"? }</c>, and judges whether they may be.</summary>
internal static class ClearanceReader
{
    private static readonly Utf8Names Members = new(["ruleId", "by", "on", "note"]);

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

    /// <summary>The clearances, now that it is known what they may clear; each that is of something else is an error.</summary>
    public static ImmutableArray<Clearance> Judge(IReadOnlyList<StatedClearance> all, Protocol protocol, SaidAnswers said, LocalDate? today, InputErrors errors)
    {
        if (all.Count == 0)
        {
            return [];
        }

        var clearances = ImmutableArray.CreateBuilder<Clearance>(all.Count);
        for (var i = 0; i < all.Count; i++)
        {
            var stated = all[i];
            if (stated.RuleId is null)
            {
                continue;
            }

            var pointer = Pointer.To(Pointer.To("/clearances", i), "ruleId");
            if (!protocol.RuleIndexes.TryGetValue(stated.RuleId, out var rule))
            {
                errors.Add(pointer, ErrorCode.UnknownCode);
            }
            else if (clearances.Any(c => c.Rule == rule))
            {
                errors.Add(pointer, ErrorCode.RepeatedCode);
            }
            else if ((protocol.Rules[rule].EvidenceBits & said.Unreadable) == 0 && !Screener.CanClear(protocol, said.Answers, rule, today ?? protocol.EffectiveFrom))
            {
                errors.Add(pointer, ErrorCode.NotReviewFinding);
            }
            else
            {
                clearances.Add(new Clearance(rule, stated.By ?? string.Empty, stated.On ?? default, stated.Note));
            }
        }

        return clearances.DrainToImmutable();
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
