using System.Numerics;
using Screening.Api.Http;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>Writes answers as evidence, in the form and order in which they were given.</summary>
internal static class AnswerWriter
{
    /// <summary>Writes an answer as it was given.</summary>
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

    /// <summary>Writes a list of codes in the order in which they were given.</summary>
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
        foreach (var item in answer.Events)
        {
            output.Separate(ref next);
            output.Raw(texts.EventStarts[item.Kind]);
            WriteDate(output, item.Date);
            output.Raw("}"u8);
        }

        output.Raw("]"u8);
    }

    /// <summary>Writes a date as it was given: full, partial or <c>unknown</c>.</summary>
    public static void WriteDate(Utf8Output output, PartialDate? date)
    {
        if (date is { } known)
        {
            output.Date(known);
        }
        else
        {
            output.Raw("\"unknown\""u8);
        }
    }
}
