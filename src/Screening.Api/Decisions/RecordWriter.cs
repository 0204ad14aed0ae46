using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>Writes what a health record says about a question, next to the patient's answer.</summary>
internal static class RecordWriter
{
    /// <summary>The maximum number of record entries in the evidence of a decision: a record could have entries for every rule.</summary>
    public const int MaxPerDecision = 30;

    /// <summary>The maximum number of record entries for one reason.</summary>
    private const int MaxPerReason = 10;

    /// <summary>
    /// Writes the member <c>record</c>, with entries that changed the answer first, and the number of omitted entries if there are any.
    /// </summary>
    /// <param name="output">The destination.</param>
    /// <param name="question">The question.</param>
    /// <param name="record">The record's evidence for the question; at least one entry.</param>
    /// <param name="remaining">The number of entries that the decision may still list.</param>
    public static void Write(Utf8Output output, CompiledQuestion question, List<RecordEvidence> record, ref int remaining)
    {
        var limit = Math.Min(MaxPerReason, remaining);
        List<RecordEvidence> listed = [.. record.OrderByDescending(evidence => evidence.ChangesAnswer).Take(limit)];
        remaining -= listed.Count;
        output.Raw(",\"record\":["u8);
        var next = false;
        foreach (var evidence in listed)
        {
            output.Separate(ref next);
            Write(output, question, evidence);
        }

        output.Raw("]"u8);
        if (listed.Count < record.Count)
        {
            output.Raw(",\"moreInRecord\":"u8);
            output.Number(record.Count - listed.Count);
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
