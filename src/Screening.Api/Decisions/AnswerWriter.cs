using System.Numerics;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>Writes answers as evidence: in the form, and in the order, in which they were said.</summary>
internal static class AnswerWriter
{
    /// <summary>An answer as it was said.</summary>
    public static void Write(Utf8Output output, CompiledQuestion question, in Answer answer, DecisionJsonFragments.QuestionTexts texts)
    {
        switch (question.Kind)
        {
            case AnswerKind.Code:
                output.Raw(answer.IsUnknown ? "\"unknown\""u8 : texts.Codes[BitOperations.TrailingZeroCount(answer.Codes)]);
                break;
            case AnswerKind.Codes:
                WriteCodes(output, answer, texts);
                break;
            case AnswerKind.Date or AnswerKind.PartialDate:
                WriteDate(output, answer.IsUnknown ? null : answer.Date);
                break;
            default:
                WriteEvents(output, answer, texts);
                break;
        }
    }

    /// <summary>A list of codes, in the order in which they were said.</summary>
    public static void WriteCodes(Utf8Output output, in Answer answer, DecisionJsonFragments.QuestionTexts texts)
    {
        output.Raw("["u8);
        var next = false;
        foreach (var code in answer.GivenCodes)
        {
            output.Separate(ref next);
            output.Raw(texts.Codes[code]);
        }

        output.Raw("]"u8);
    }

    private static void WriteEvents(Utf8Output output, in Answer answer, DecisionJsonFragments.QuestionTexts texts)
    {
        if (answer.IsUnknown)
        {
            output.Raw("\"unknown\""u8);
            return;
        }

        output.Raw("["u8);
        var next = false;
        foreach (var one in answer.Events)
        {
            output.Separate(ref next);
            output.Raw(texts.EventStarts[one.Kind]);
            WriteDate(output, one.Date);
            output.Raw("}"u8);
        }

        output.Raw("]"u8);
    }

    /// <summary>A date as it was said: in part, or <c>unknown</c>.</summary>
    public static void WriteDate(Utf8Output output, PartialDate? date)
    {
        if (date is { } said)
        {
            output.Date(said);
        }
        else
        {
            output.Raw("\"unknown\""u8);
        }
    }
}
