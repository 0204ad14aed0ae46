using System.Text.Json;
using NodaTime;

namespace Screening.Rules;

/// <summary>What a request answers: the questions, and the treated areas, which are one of them.</summary>
/// <param name="Answers">The answers, by question index; empty without a protocol.</param>
/// <param name="Unreadable">A bit for each question whose answer could not be read.</param>
internal readonly record struct SaidAnswers(Answer[] Answers, ulong Unreadable)
{
    private const string AreasPointer = "/appointment/areas";

    /// <summary>
    /// Reads them. Without a protocol nothing says which questions there are, so that only the form of the answers can be wrong.
    /// </summary>
    /// <param name="body">The request.</param>
    /// <param name="answersAt">Where the value of <c>answers</c> begins; negative when it is absent.</param>
    /// <param name="areasAt">Where the value of <c>appointment.areas</c> begins; negative when it is absent.</param>
    /// <param name="protocol">The protocol that is asked.</param>
    /// <param name="today">The as-of local date; null when it is not known, and then nothing is compared with it.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static SaidAnswers Read(ReadOnlySpan<byte> body, int answersAt, int areasAt, Protocol? protocol, LocalDate? today, InputErrors errors)
    {
        var answers = protocol is null ? [] : new Answer[protocol.Questions.Length];
        ulong unreadable = 0;
        if (answersAt >= 0)
        {
            var reader = At(body, answersAt);
            if (protocol is null)
            {
                AnswersReader.ReadUnjudged(ref reader, errors);
            }
            else
            {
                unreadable = AnswersReader.Read(ref reader, protocol, answers, errors);
            }
        }

        if (areasAt >= 0)
        {
            var reader = At(body, areasAt);
            if (protocol is null)
            {
                ReadUnjudgedAreas(ref reader, errors);
            }
            else if (!TryReadAreas(ref reader, protocol.Areas, out answers[protocol.Areas.Index], errors))
            {
                unreadable |= 1UL << protocol.Areas.Index;
            }
        }

        if (protocol is not null)
        {
            Contradiction.Check(protocol, answers, unreadable, today, errors);
        }

        return new SaidAnswers(answers, unreadable);
    }

    private static bool TryReadAreas(ref Utf8JsonReader reader, CompiledQuestion question, out Answer answer, InputErrors errors)
    {
        if (!AnswersReader.TryRead(ref reader, question, out answer, errors))
        {
            return false;
        }

        if (answer.Codes == 0)
        {
            errors.Add(AreasPointer, ErrorCode.EmptyList);
            return false;
        }

        return true;
    }

    /// <summary>Without a protocol nothing says which codes there are; the list itself can still be wrong.</summary>
    private static void ReadUnjudgedAreas(ref Utf8JsonReader reader, InputErrors errors)
    {
        if (!JsonText.IsArray(ref reader, AreasPointer, errors))
        {
            return;
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            if (JsonText.Read(ref reader, Pointer.To(AreasPointer, index), errors) is { } code && !codes.Add(code))
            {
                errors.Add(Pointer.To(AreasPointer, index), ErrorCode.RepeatedCode);
            }
        }

        if (index == 0)
        {
            errors.Add(AreasPointer, ErrorCode.EmptyList);
        }
    }

    private static Utf8JsonReader At(ReadOnlySpan<byte> body, int position)
    {
        var reader = new Utf8JsonReader(body[position..], JsonText.Options);
        reader.Read();
        return reader;
    }
}
