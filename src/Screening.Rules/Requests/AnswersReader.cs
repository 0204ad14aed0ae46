using System.Text.Json;

namespace Screening.Rules;

/// <summary>
/// Reads the object of answers strictly, in one pass over its bytes: every error is noted with its pointer and reading goes on, so that a
/// client learns all of them at once. What is wrong in any way is not an answer.
/// </summary>
public static class AnswersReader
{
    /// <summary>
    /// Reads the value that the reader stands on.
    /// </summary>
    /// <param name="reader">Stands on the first token of the value; is left on its last.</param>
    /// <param name="protocol">The protocol whose questions are answered.</param>
    /// <param name="answers">One place for each question of the protocol; takes the answers.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <returns>A bit for each question whose answer could not be read.</returns>
    public static ulong Read(ref Utf8JsonReader reader, Protocol protocol, Answer[] answers, InputErrors errors)
    {
        if (!JsonText.IsObject(ref reader, "/answers", errors))
        {
            return ulong.MaxValue;
        }

        ulong seen = 0;
        ulong unreadable = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var index = JsonText.Find(ref reader, protocol.QuestionNames);
            if (index < 0)
            {
                errors.Add(Pointer.To("/answers", reader.GetString()!), ErrorCode.UnknownQuestion);
                JsonText.SkipMember(ref reader);
                continue;
            }

            var question = protocol.Questions[index];
            if ((seen & (1UL << index)) != 0)
            {
                errors.Add(question.Pointer, ErrorCode.RepeatedMember);
                unreadable |= 1UL << index;
                JsonText.SkipMember(ref reader);
                continue;
            }

            seen |= 1UL << index;
            reader.Read();
            if (!TryRead(ref reader, question, out answers[index], errors))
            {
                unreadable |= 1UL << index;
            }
        }

        return unreadable;
    }

    /// <summary>
    /// Reads answers while no protocol is known: nothing says which questions there are, but each is answered once, by a text or a list.
    /// </summary>
    public static void ReadUnjudged(ref Utf8JsonReader reader, InputErrors errors)
    {
        if (!JsonText.IsObject(ref reader, "/answers", errors))
        {
            return;
        }

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
                errors.Add(Pointer.To("/answers", name), reader.TokenType == JsonTokenType.Null ? ErrorCode.NullValue : ErrorCode.WrongType);
            }

            reader.Skip();
        }
    }

    /// <summary>Reads one answer; false, with the errors noted, when it is not one that the question offers.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors) => question.Kind switch
    {
        AnswerKind.Code => TryReadCode(ref reader, question, out answer, errors),
        AnswerKind.Codes => TryReadCodes(ref reader, question, out answer, errors),
        AnswerKind.Date => TryReadDate(ref reader, question, out answer, errors),
        AnswerKind.PartialDate => TryReadPartialDate(ref reader, question, out answer, errors),
        AnswerKind.Events => EventsReader.TryRead(ref reader, question, out answer, errors),
        _ => throw new InvalidOperationException("Every kind of answer has its reader."),
    };

    private static bool TryReadCode(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        answer = default;
        if (!JsonText.IsString(ref reader, question.Pointer, errors))
        {
            return false;
        }

        var code = JsonText.Find(ref reader, question.CodeNames);
        if (code < 0)
        {
            errors.Add(question.Pointer, ErrorCode.UnknownCode);
            return false;
        }

        answer = Answer.Code(question.Bit(code));
        return true;
    }

    private static bool TryReadCodes(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        answer = default;
        if (!JsonText.IsArray(ref reader, question.Pointer, errors))
        {
            return false;
        }

        Span<byte> said = stackalloc byte[question.Codes.Count];
        var count = 0;
        ulong bits = 0;
        var valid = true;
        for (var i = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            // Each code stands once, so so long a list has said what is wrong with it.
            if (i >= JsonText.MostElements)
            {
                JsonText.SkipRest(ref reader);
                break;
            }

            // The pointer is made when it is needed: a list without errors costs no text.
            if (reader.TokenType != JsonTokenType.String)
            {
                valid = JsonText.IsString(ref reader, Pointer.To(question.Pointer, i), errors);
                continue;
            }

            var code = JsonText.Find(ref reader, question.CodeNames);
            if (code < 0 || (bits & question.Bit(code)) != 0)
            {
                errors.Add(Pointer.To(question.Pointer, i), code < 0 ? ErrorCode.UnknownCode : ErrorCode.RepeatedCode);
                valid = false;
                continue;
            }

            bits |= question.Bit(code);
            said[count++] = (byte)code;
        }

        answer = valid ? Answer.List(bits, said[..count].ToArray()) : default;
        return valid;
    }

    private static bool TryReadDate(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        answer = default;
        if (!JsonText.IsString(ref reader, question.Pointer, errors))
        {
            return false;
        }

        if (!JsonText.TryDate(ref reader, out var date) || !date.IsFull)
        {
            errors.Add(question.Pointer, ErrorCode.InvalidDate);
            return false;
        }

        answer = Answer.Dated(date);
        return true;
    }

    private static bool TryReadPartialDate(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        var read = TryPartialDate(ref reader, question.Pointer, null, out var date, errors);
        answer = !read ? default : date is { } known ? Answer.Dated(known) : Answer.Unknown;
        return read;
    }

    /// <summary>Reads a partial date or <c>unknown</c> (null), at the question itself or at a member of one of its events.</summary>
    internal static bool TryPartialDate(ref Utf8JsonReader reader, string questionPointer, (int Index, string Member)? at, out PartialDate? date, InputErrors errors)
    {
        date = null;
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.ValueTextEquals("unknown"u8))
            {
                return true;
            }

            if (JsonText.TryDate(ref reader, out var read))
            {
                date = read;
                return true;
            }
        }

        var pointer = at is { } member ? Pointer.To(Pointer.To(questionPointer, member.Index), member.Member) : questionPointer;
        if (JsonText.IsString(ref reader, pointer, errors))
        {
            errors.Add(pointer, ErrorCode.InvalidDate);
        }

        return false;
    }
}
