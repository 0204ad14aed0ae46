using System.Text.Json;

namespace Screening.Rules;

/// <summary>Reads the answer to a question about events: a list of objects, each with what happened and when.</summary>
internal static class EventsReader
{
    /// <summary>Reads the list that the reader stands on, or <c>unknown</c>; false, with the errors noted, when it is not one that the question offers.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        answer = default;
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("unknown"u8))
            {
                answer = Answer.Unknown;
                return true;
            }

            errors.Add(question.Pointer, ErrorCode.UnknownCode);
            return false;
        }

        if (!JsonText.IsArray(ref reader, question.Pointer, errors))
        {
            return false;
        }

        var events = new EventAnswer[1];
        var count = 0;
        var valid = true;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == JsonText.MostElements)
            {
                errors.Add(question.Pointer, ErrorCode.TooMany);
                valid = false;
                JsonText.SkipRest(ref reader);
                break;
            }

            if (TryReadOne(ref reader, question, i, out var one, errors))
            {
                if (count == events.Length)
                {
                    Array.Resize(ref events, count * 2);
                }

                events[count++] = one;
            }
            else
            {
                valid = false;
            }
        }

        Array.Resize(ref events, count);
        answer = valid ? Answer.Of(events) : default;
        return valid;
    }

    private static bool TryReadOne(ref Utf8JsonReader reader, CompiledQuestion question, int index, out EventAnswer one, InputErrors errors)
    {
        one = default;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return JsonText.IsObject(ref reader, Pointer.To(question.Pointer, index), errors);
        }

        var (kindId, dateId) = (question.Events!.Kind.Id, question.Events.Date.Id);
        var (kindSeen, dateSeen, valid) = (false, false, true);
        var kind = -1;
        PartialDate? date = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKind = reader.ValueTextEquals(kindId);
            var isDate = !isKind && reader.ValueTextEquals(dateId);
            if ((!isKind && !isDate) || (isKind && kindSeen) || (isDate && dateSeen))
            {
                var pointer = Pointer.To(Pointer.To(question.Pointer, index), reader.GetString()!);
                errors.Add(pointer, isKind || isDate ? ErrorCode.RepeatedMember : ErrorCode.UnknownMember);
                JsonText.SkipMember(ref reader);
                valid = false;
                continue;
            }

            reader.Read();
            kindSeen |= isKind;
            dateSeen |= isDate;
            valid &= isKind
                ? TryKind(ref reader, question, index, out kind, errors)
                : AnswersReader.TryPartialDate(ref reader, question.Pointer, (index, dateId), out date, errors);
        }

        if (!kindSeen)
        {
            errors.Add(Pointer.To(Pointer.To(question.Pointer, index), kindId), ErrorCode.MissingMember);
        }

        if (!dateSeen)
        {
            errors.Add(Pointer.To(Pointer.To(question.Pointer, index), dateId), ErrorCode.MissingMember);
        }

        one = new EventAnswer((byte)kind, date);
        return valid && kindSeen && dateSeen;
    }

    private static bool TryKind(ref Utf8JsonReader reader, CompiledQuestion question, int index, out int kind, InputErrors errors)
    {
        kind = reader.TokenType == JsonTokenType.String ? JsonText.Find(ref reader, question.EventKindNames!) : -1;
        if (kind >= 0)
        {
            return true;
        }

        var pointer = Pointer.To(Pointer.To(question.Pointer, index), question.Events!.Kind.Id);
        if (JsonText.IsString(ref reader, pointer, errors))
        {
            errors.Add(pointer, ErrorCode.UnknownCode);
        }

        return false;
    }
}
