namespace Screening.Rules;

/// <summary>
/// Parses the text of an answer, in the same way for every API. Each method returns the error that makes the text invalid, or null; the
/// caller adds the location.
/// </summary>
public static class AnswerParser
{
    /// <summary>Parses one of the codes of the question.</summary>
    public static ErrorCode? Code(CompiledQuestion question, ReadOnlySpan<byte> text, out Answer answer)
    {
        var code = question.CodeNames.Find(text);
        answer = code < 0 ? default : Answer.Code(question.Bit(code));
        return code < 0 ? ErrorCode.UnknownCode : null;
    }

    /// <summary>Parses a full date.</summary>
    public static ErrorCode? FullDate(ReadOnlySpan<byte> text, out Answer answer)
    {
        var read = PartialDate.TryParse(text, out var date) && date.IsFull;
        answer = read ? Answer.Dated(date) : default;
        return read ? null : ErrorCode.InvalidDate;
    }

    /// <summary>Parses a full or partial date, or <c>unknown</c>.</summary>
    public static ErrorCode? PartialDateOrUnknown(ReadOnlySpan<byte> text, out Answer answer)
    {
        var error = EventDate(text, out var date);
        answer = error is not null ? default : date is { } known ? Answer.Dated(known) : Answer.Unknown;
        return error;
    }

    /// <summary>Parses what happened in an event: an option index of its coded member.</summary>
    public static ErrorCode? EventKind(CompiledQuestion question, ReadOnlySpan<byte> text, out byte kind)
    {
        var index = question.EventKindNames!.Find(text);
        kind = (byte)index;
        return index < 0 ? ErrorCode.UnknownCode : null;
    }

    /// <summary>Parses when an event happened or will happen; null when the patient cannot say.</summary>
    public static ErrorCode? EventDate(ReadOnlySpan<byte> text, out PartialDate? date)
    {
        var read = PartialDate.TryParse(text, out var known);
        date = read ? known : null;
        return read || text.SequenceEqual("unknown"u8) ? null : ErrorCode.InvalidDate;
    }
}

/// <summary>Builds a list of distinct codes.</summary>
/// <param name="question">The question of the codes.</param>
/// <param name="buffer">A buffer that is large enough for all codes of a question.</param>
public ref struct CodeList(CompiledQuestion question, Span<byte> buffer)
{
    /// <summary>The most codes that a question can have.</summary>
    public const int Most = 64;

    private readonly Span<byte> codes = buffer;
    private int count;
    private ulong bits;

    /// <summary>Adds a code.</summary>
    public ErrorCode? Add(ReadOnlySpan<byte> text)
    {
        var code = question.CodeNames.Find(text);
        if (code < 0)
        {
            return ErrorCode.UnknownCode;
        }

        if ((bits & question.Bit(code)) != 0)
        {
            return ErrorCode.RepeatedCode;
        }

        bits |= question.Bit(code);
        codes[count++] = (byte)code;
        return null;
    }

    /// <summary>The list so far, as an answer.</summary>
    public readonly Answer ToAnswer() => Answer.List(bits, codes[..count].ToArray());
}
