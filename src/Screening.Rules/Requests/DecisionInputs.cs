using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Screening.Rules;

/// <summary>The input of a decision without clearances and slots, for storing it, deciding again and comparing decisions.</summary>
public sealed record DecisionInputs
{
    /// <summary>The digest of the protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The clinic's zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The as-of local date.</summary>
    public required string Today { get; init; }

    /// <summary>The appointment's start; null asks for today.</summary>
    public string? Start { get; init; }

    /// <summary>Its end, if stated.</summary>
    public string? End { get; init; }

    /// <summary>The answers in the protocol's order, reconciled with the record.</summary>
    public required IReadOnlyList<AnswerParts> Answers { get; init; }

    /// <summary>The answers as the patient gave them; null when no record changed them.</summary>
    public IReadOnlyList<AnswerParts>? PatientAnswers { get; init; }

    /// <summary>The indexes of the questions with an answer that nobody has confirmed; null when there are none.</summary>
    public IReadOnlyList<int>? Unconfirmed { get; init; }

    /// <summary>The input of a request's decision.</summary>
    public static DecisionInputs Of(ScreeningRequest request) => new()
    {
        Protocol = request.Intake.Protocol.Digest,
        Zone = request.Appointment.Zone.Id,
        Today = LocalDatePattern.Iso.Format(request.Today),
        Start = Text(request.Appointment.Start),
        End = Text(request.Appointment.End),
        Answers = Parts(request.Intake.Answers),
        PatientAnswers = request.Intake.IsReconciled ? Parts(request.Intake.PatientAnswers) : null,
        Unconfirmed = request.Intake.Suggestions.IsEmpty ? null : [.. request.Intake.Suggestions.Select(one => one.Question.Index)],
    };

    /// <summary>Restores the intake, without clearances, record evidence and what suggestions say.</summary>
    /// <param name="protocol">The protocol with this digest.</param>
    public Intake ToIntake(Protocol protocol)
    {
        Answer[] answers = [.. Answers.Select(Answer.Of)];
        return new Intake(protocol, PatientAnswers is null ? answers : [.. PatientAnswers.Select(Answer.Of)], answers, [])
        {
            Suggestions = [.. (Unconfirmed ?? []).Select(question => new Suggestion(protocol.Questions[question], default, string.Empty))],
        };
    }

    /// <summary>The canonical bytes: equal for equal inputs, different for different inputs.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, DecisionInputsJson.Default.DecisionInputs);

    private static AnswerParts[] Parts(ReadOnlySpan<Answer> answers)
    {
        var parts = new AnswerParts[answers.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = answers[i].Parts;
        }

        return parts;
    }

    private static string? Text(ZonedDateTime? time) => time is { } known ? InstantPattern.ExtendedIso.Format(known.ToInstant()) : null;
}

/// <summary>Converts a partial date in the precision given.</summary>
public sealed class PartialDateConverter : JsonConverter<PartialDate>
{
    /// <inheritdoc/>
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.TryDate(ref reader, out var date) ? date : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Serializes the inputs compactly, since they may be part of a URL.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(PartialDateConverter)])]
[JsonSerializable(typeof(DecisionInputs))]
internal sealed partial class DecisionInputsJson : JsonSerializerContext;
