using System.Text.Json;

namespace Screening.Rules;

/// <summary>Reads the answer to an events question: a list of objects, each with what happened and when.</summary>
internal static class EventsReader
{
    /// <summary>
    /// Reads the list, or <c>unknown</c>, at the reader's position; false, with the errors reported, when it is not valid for the question.
    /// </summary>
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

            errors.Add(question.Pointer, ErrorCode.UnknownCode, question.Accepted);
            return false;
        }

        if (!JsonText.IsArray(ref reader, question.Pointer, question.Accepted, errors))
        {
            return false;
        }

        var events = new EventAnswer[1];
        var count = 0;
        var valid = true;
        bool isTooLong;
        for (var i = 0; JsonText.NextElement(ref reader, i, out isTooLong); i++)
        {
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

        if (isTooLong)
        {
            errors.Add(question.Pointer, ErrorCode.TooMany, question.Accepted);
            valid = false;
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
            return JsonText.IsObject(ref reader, Pointer.To(question.Pointer, index), question.EventMembers!.Accepted, errors);
        }

        byte kind = 0;
        PartialDate? date = null;
        var seen = 0;
        var before = errors.All.Count;
        Span<byte> buffer = stackalloc byte[JsonText.Longest];
        while (question.EventMembers!.Next(ref reader, question.Pointer, ref seen, errors, index) is { } member)
        {
            // The pointer to a member is built only for an error.
            if (reader.TokenType != JsonTokenType.String)
            {
                JsonText.IsString(ref reader, Pointer.To(Pointer.To(question.Pointer, index), member), question.EventMembers.AcceptedBy(member), errors);
                continue;
            }

            var text = JsonText.Unescaped(reader, buffer);
            var error = member == question.Events!.Kind.Id
                ? AnswerParser.EventKind(question, text, out kind)
                : AnswerParser.EventDate(text, out date);
            if (error is not null)
            {
                errors.Add(Pointer.To(Pointer.To(question.Pointer, index), member), error, question.EventMembers.AcceptedBy(member));
            }
        }

        one = new EventAnswer(kind, date);
        return errors.All.Count == before;
    }
}
