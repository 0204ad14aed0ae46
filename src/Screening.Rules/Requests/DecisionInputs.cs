using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Screening.Rules;

/// <summary>
/// What a decision is made from, clearances and slots apart: for whoever keeps it to decide again, or tells one decision from another by it.
/// </summary>
public sealed record DecisionInputs
{
    /// <summary>The digest of the protocol.</summary>
    public required string Protocol { get; init; }

    /// <summary>The clinic's zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The as-of local date.</summary>
    public required string Today { get; init; }

    /// <summary>The appointment's start; null: the question is whether it could be today.</summary>
    public string? Start { get; init; }

    /// <summary>Its end, if it was told.</summary>
    public string? End { get; init; }

    /// <summary>The answers, in the protocol's order, what a record raised included.</summary>
    public required IReadOnlyList<AnswerParts> Answers { get; init; }

    /// <summary>The answers as the person said them; null where a record raised none of them.</summary>
    public IReadOnlyList<AnswerParts>? PatientAnswers { get; init; }

    /// <summary>What a request is decided from.</summary>
    public static DecisionInputs Of(ScreeningRequest request) => new()
    {
        Protocol = request.Intake.Protocol.Digest,
        Zone = request.Appointment.Zone.Id,
        Today = LocalDatePattern.Iso.Format(request.Today),
        Start = Text(request.Appointment.Start),
        End = Text(request.Appointment.End),
        Answers = Parts(request.Intake.Answers),
        PatientAnswers = request.Intake.IsReconciled ? Parts(request.Intake.PatientAnswers) : null,
    };

    /// <summary>The intake again, without clearances and without what the record says beside the answers.</summary>
    /// <param name="protocol">The protocol of the digest.</param>
    public Intake ToIntake(Protocol protocol)
    {
        Answer[] answers = [.. Answers.Select(Answer.Of)];
        return new Intake(protocol, PatientAnswers is null ? answers : [.. PatientAnswers.Select(Answer.Of)], answers, []);
    }

    /// <summary>The bytes of which the same facts have the same, and others have others.</summary>
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

/// <summary>A partial date, as it was said.</summary>
public sealed class PartialDateConverter : JsonConverter<PartialDate>
{
    /// <inheritdoc/>
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.TryDate(ref reader, out var date) ? date : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>How the facts are written: small, since they may stand in an address.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(PartialDateConverter)])]
[JsonSerializable(typeof(DecisionInputs))]
internal sealed partial class DecisionInputsJson : JsonSerializerContext;
