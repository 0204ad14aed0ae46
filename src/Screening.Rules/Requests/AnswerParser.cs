namespace Screening.Rules;

/// <summary>
/// From the text of an answer to the answer, the same for every door. A step gives the answer, or the error that keeps it from being one; the door says
/// where.
/// </summary>
public static class AnswerParser
{
    /// <summary>One of the codes that the question offers.</summary>
    public static ErrorCode? Code(CompiledQuestion question, ReadOnlySpan<byte> text, out Answer answer)
    {
        var code = question.CodeNames.Find(text);
        answer = code < 0 ? default : Answer.Code(question.Bit(code));
        return code < 0 ? ErrorCode.UnknownCode : null;
    }

    /// <summary>A full date.</summary>
    public static ErrorCode? FullDate(ReadOnlySpan<byte> text, out Answer answer)
    {
        var read = PartialDate.TryParse(text, out var date) && date.IsFull;
        answer = read ? Answer.Dated(date) : default;
        return read ? null : ErrorCode.InvalidDate;
    }

    /// <summary>A full or partial date, or <c>unknown</c>.</summary>
    public static ErrorCode? PartialDateOrUnknown(ReadOnlySpan<byte> text, out Answer answer)
    {
        var error = EventDate(text, out var date);
        answer = error is not null ? default : date is { } known ? Answer.Dated(known) : Answer.Unknown;
        return error;
    }

    /// <summary>What happened in an event: an option index of its coded member.</summary>
    public static ErrorCode? EventKind(CompiledQuestion question, ReadOnlySpan<byte> text, out byte kind)
    {
        var index = question.EventKindNames!.Find(text);
        kind = (byte)index;
        return index < 0 ? ErrorCode.UnknownCode : null;
    }

    /// <summary>When an event happened or will; null: the person cannot say.</summary>
    public static ErrorCode? EventDate(ReadOnlySpan<byte> text, out PartialDate? date)
    {
        var read = PartialDate.TryParse(text, out var known);
        date = read ? known : null;
        return read || text.SequenceEqual("unknown"u8) ? null : ErrorCode.InvalidDate;
    }
}

/// <summary>A list of codes in the making, each of which stands once.</summary>
/// <param name="question">The question whose codes they are.</param>
/// <param name="room">Room for as many codes as any question offers.</param>
public ref struct CodeList(CompiledQuestion question, Span<byte> room)
{
    /// <summary>The most codes that a question offers.</summary>
    public const int Most = 64;

    private readonly Span<byte> said = room;
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
        said[count++] = (byte)code;
        return null;
    }

    /// <summary>The list so far, as an answer.</summary>
    public readonly Answer ToAnswer() => Answer.List(bits, said[..count].ToArray());
}
