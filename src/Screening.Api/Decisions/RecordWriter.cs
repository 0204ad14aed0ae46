using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>Writes what a health record says of a question, beside the person's answer to it.</summary>
internal static class RecordWriter
{
    /// <summary>The most entries that the evidence of a decision names together: a record could have some of every rule.</summary>
    public const int MostOfDecision = 30;

    /// <summary>The most that it names of one reason.</summary>
    private const int MostOfReason = 10;

    /// <summary>The members <c>record</c>, those entries first that raised the answer, and, where there are more, how many.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="question">The question.</param>
    /// <param name="record">What the record says of it; at least one entry.</param>
    /// <param name="room">How many entries the decision may still name.</param>
    public static void Write(Utf8Output output, CompiledQuestion question, List<RecordEvidence> record, ref int room)
    {
        List<RecordEvidence> named = [.. record.OrderByDescending(evidence => evidence.ChangesAnswer).Take(Math.Min(MostOfReason, room))];
        room -= named.Count;
        output.Raw(",\"record\":["u8);
        var next = false;
        foreach (var evidence in named)
        {
            output.Separate(ref next);
            Write(output, question, evidence);
        }

        output.Raw("]"u8);
        if (named.Count < record.Count)
        {
            output.Raw(",\"moreInRecord\":"u8);
            output.Number(record.Count - named.Count);
        }
    }

    private static void Write(Utf8Output output, CompiledQuestion question, RecordEvidence evidence)
    {
        output.Raw("{\"answer\":"u8);
        output.Text(question.OptionOf(evidence)?.Code ?? ReservedCode.Unknown);
        switch (evidence.When)
        {
            case null:
                break;
            case { From: null, Through: null } or { Date: not null }:
                output.Raw(",\"date\":"u8);
                AnswerWriter.WriteDate(output, evidence.When.Date);
                break;
            default:
                WriteDate(output, ",\"from\":"u8, evidence.When.From);
                WriteDate(output, ",\"through\":"u8, evidence.When.Through);
                break;
        }

        WriteText(output, ",\"reference\":"u8, RecordNote.ReferenceOf(evidence.Reference));
        WriteText(output, ",\"text\":"u8, evidence.Text);
        output.Raw("}"u8);
    }

    private static void WriteDate(Utf8Output output, ReadOnlySpan<byte> name, PartialDate? date)
    {
        if (date is { } known)
        {
            output.Raw(name);
            output.Date(known);
        }
    }

    private static void WriteText(Utf8Output output, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            output.Raw(name);
            output.Text(text);
        }
    }
}
