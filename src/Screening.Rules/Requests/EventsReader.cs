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
                errors.Add(Member(question, index, reader.GetString()!), isKind || isDate ? ErrorCode.RepeatedMember : ErrorCode.UnknownMember);
                JsonText.SkipMember(ref reader);
                valid = false;
                continue;
            }

            reader.Read();
            kindSeen |= isKind;
            dateSeen |= isDate;
            valid &= isKind
                ? TryKind(ref reader, question, index, out kind, errors)
                : TryDate(ref reader, question, index, out date, errors);
        }

        if (!kindSeen)
        {
            errors.Add(Member(question, index, kindId), ErrorCode.MissingMember);
        }

        if (!dateSeen)
        {
            errors.Add(Member(question, index, dateId), ErrorCode.MissingMember);
        }

        one = new EventAnswer((byte)kind, date);
        return valid && kindSeen && dateSeen;
    }

    private static bool TryKind(ref Utf8JsonReader reader, CompiledQuestion question, int index, out int kind, InputErrors errors)
    {
        kind = -1;
        if (reader.TokenType != JsonTokenType.String)
        {
            return JsonText.IsString(ref reader, Member(question, index, question.Events!.Kind.Id), errors);
        }

        var error = AnswerSteps.EventKind(question, JsonText.Unescaped(reader, stackalloc byte[JsonText.Longest]), out var code);
        kind = code;
        return error is null || Refuse(errors, Member(question, index, question.Events!.Kind.Id), error);
    }

    private static bool TryDate(ref Utf8JsonReader reader, CompiledQuestion question, int index, out PartialDate? date, InputErrors errors)
    {
        date = null;
        if (reader.TokenType != JsonTokenType.String)
        {
            return JsonText.IsString(ref reader, Member(question, index, question.Events!.Date.Id), errors);
        }

        var error = AnswerSteps.EventDate(JsonText.Unescaped(reader, stackalloc byte[JsonText.Longest]), out date);
        return error is null || Refuse(errors, Member(question, index, question.Events!.Date.Id), error);
    }

    /// <summary>The pointer to a member of an event; made only for an error.</summary>
    private static string Member(CompiledQuestion question, int index, string member) =>
        Pointer.To(Pointer.To(question.Pointer, index), member);

    private static bool Refuse(InputErrors errors, string pointer, ErrorCode error)
    {
        errors.Add(pointer, error);
        return false;
    }
}
