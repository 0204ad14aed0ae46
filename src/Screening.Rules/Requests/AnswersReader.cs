using System.Text.Json;

namespace Screening.Rules;

/// <summary>
/// Reads the <c>answers</c> object strictly, in one pass over its bytes. Every error is reported with its pointer and reading continues, so
/// that a client sees all of them at once. An invalid value is not an answer.
/// </summary>
public static class AnswersReader
{
    /// <summary>Reads the value at the reader's position; the reader is left on the value's last token.</summary>
    /// <param name="reader">Positioned on the first token of the value.</param>
    /// <param name="sheet">Receives the answers; null while no protocol is known, when only the JSON shape is checked.</param>
    /// <param name="errors">Receives the errors.</param>
    public static void Read(ref Utf8JsonReader reader, AnswerSheet? sheet, InputErrors errors)
    {
        if (!JsonText.IsObject(ref reader, "/answers", Accepted.Answers, errors))
        {
            sheet?.MarkAllUnreadable();
            return;
        }

        if (sheet is null)
        {
            ReadShapeOnly(ref reader, errors);
            return;
        }

        ulong seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = JsonText.Find(ref reader, sheet.Protocol.QuestionNames);
            if (index < 0)
            {
                var name = reader.GetString()!;
                var accepted = sheet.Protocol.AcceptedQuestions;
                errors.Add(
                    Pointer.To("/answers", name),
                    ErrorCode.UnknownQuestion,
                    errors.MayGuess ? Accepted.Meant(accepted, sheet.Protocol.QuestionIds, name) : accepted);
                JsonText.SkipMember(ref reader);
                continue;
            }

            var question = sheet.Protocol.Questions[index];
            if ((seen & (1UL << index)) != 0)
            {
                errors.Add(question.Pointer, ErrorCode.RepeatedMember);
                sheet.MarkUnreadable(question);
                JsonText.SkipMember(ref reader);
                continue;
            }

            seen |= 1UL << index;
            reader.Read();
            var read = TryRead(ref reader, question, out var answer, errors);
            Take(sheet, question, answer, read);
        }
    }

    /// <summary>Reads the treated areas: at least one, if the member is present.</summary>
    /// <inheritdoc cref="Read"/>
    public static void ReadAreas(ref Utf8JsonReader reader, AnswerSheet? sheet, InputErrors errors)
    {
        if (sheet is null)
        {
            ReadAreasShapeOnly(ref reader, errors);
            return;
        }

        var areas = sheet.Protocol.Areas;
        var read = TryRead(ref reader, areas, out var answer, errors);
        if (read && answer.Codes == 0)
        {
            errors.Add(areas.Pointer, ErrorCode.EmptyList, areas.Accepted);
        }

        Take(sheet, areas, answer, read && answer.Codes != 0);
    }

    /// <summary>Without a protocol the questions are unknown, but each must appear once, with a string or an array.</summary>
    private static void ReadShapeOnly(ref Utf8JsonReader reader, InputErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!seen.Add(name))
            {
                errors.Add(Pointer.To("/answers", name), ErrorCode.RepeatedMember);
            }
            else if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.StartArray))
            {
                errors.Add(Pointer.To("/answers", name), reader.TokenType == JsonTokenType.Null ? ErrorCode.NullValue : ErrorCode.WrongType, Accepted.AnyAnswer);
            }

            reader.Skip();
        }
    }

    /// <summary>Without a protocol the list itself can still be invalid.</summary>
    private static void ReadAreasShapeOnly(ref Utf8JsonReader reader, InputErrors errors)
    {
        const string At = "/appointment/areas";
        if (!JsonText.IsArray(ref reader, At, Accepted.AnyAreas, errors))
        {
            return;
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (JsonText.Read(ref reader, Pointer.To(At, index), Accepted.AnyAreas, errors) is { } code && !codes.Add(code))
            {
                errors.Add(Pointer.To(At, index), ErrorCode.RepeatedCode);
            }
        }

        if (index == 0)
        {
            errors.Add(At, ErrorCode.EmptyList, Accepted.AnyAreas);
        }
    }

    private static void Take(AnswerSheet sheet, CompiledQuestion question, in Answer answer, bool isReadable)
    {
        if (isReadable)
        {
            sheet.Take(question, answer);
        }
        else
        {
            sheet.MarkUnreadable(question);
        }
    }

    private static bool TryRead(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        answer = default;
        if (question.Kind == AnswerKind.Codes)
        {
            return TryReadCodes(ref reader, question, out answer, errors);
        }

        if (question.Kind == AnswerKind.Events)
        {
            return EventsReader.TryRead(ref reader, question, out answer, errors);
        }

        if (!JsonText.IsString(ref reader, question.Pointer, question.Accepted, errors))
        {
            return false;
        }

        var text = JsonText.Unescaped(reader, stackalloc byte[JsonText.Longest]);
        var error = question.Kind switch
        {
            AnswerKind.Code => AnswerParser.Code(question, text, out answer),
            AnswerKind.Date => AnswerParser.FullDate(text, out answer),
            AnswerKind.PartialDate => AnswerParser.PartialDateOrUnknown(text, out answer),
            _ => throw new InvalidOperationException("Every kind of answer has its reader."),
        };
        if (error is not null)
        {
            errors.Add(question.Pointer, error, question.Accepted);
        }

        return error is null;
    }

    private static bool TryReadCodes(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        answer = default;
        if (!JsonText.IsArray(ref reader, question.Pointer, question.Accepted, errors))
        {
            return false;
        }

        var list = new CodeList(question, stackalloc byte[CodeList.Most]);
        var valid = true;
        Span<byte> buffer = stackalloc byte[JsonText.Longest];

        // Codes are distinct, so a list that is too long has already reported an error.
        for (var i = 0; JsonText.NextElement(ref reader, i, out _); i++)
        {
            // The pointer is built only for an error: a valid list allocates no strings.
            if (reader.TokenType != JsonTokenType.String)
            {
                valid = JsonText.IsString(ref reader, Pointer.To(question.Pointer, i), question.Accepted, errors);
            }
            else if (list.Add(JsonText.Unescaped(reader, buffer)) is { } error)
            {
                errors.Add(Pointer.To(question.Pointer, i), error, question.Accepted);
                valid = false;
            }
        }

        answer = valid ? list.ToAnswer() : default;
        return valid;
    }
}
