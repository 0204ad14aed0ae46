using System.Text.Json.Serialization;
using NodaTime.Text;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>
/// What a decision counted beside the answers that a REST request can state: what a health record raised, what was filled in beforehand,
/// and parts of answers. A member of a request that only a receipt has.
/// </summary>
internal sealed record CountedAnswerJson
{
    /// <summary>The most entries of the record that are named for a question: a record could have thousands.</summary>
    private const int MaxEntries = 10;

    /// <summary>The question.</summary>
    public required string Question { get; init; }

    /// <summary>The answer that counted.</summary>
    public required AnswerJson Value { get; init; }

    /// <summary>The part of it that the patient gave; absent where that is a whole answer or nothing.</summary>
    public AnswerJson? Said { get; init; }

    /// <summary>True for an answer that was filled in for the patient, who has not confirmed it.</summary>
    public bool? Unconfirmed { get; init; }

    /// <summary>The entries of the record that changed the answer; the first of them, where there are many.</summary>
    public IReadOnlyList<RecordEntryJson>? Entries { get; init; }

    /// <summary>Everything that an intake counted beside the patient's whole answers.</summary>
    public static List<CountedAnswerJson> Of(Intake intake) => [.. CountedAnswer.Of(intake).Select(Of)];

    /// <summary>The answer for a version of the protocol; null when it has not that question or option, or asks for it otherwise.</summary>
    public CountedAnswer? In(Protocol protocol)
    {
        if (protocol.Questions.FirstOrDefault(one => one.Id == Question) is not { } question || Value.In(question) is not { } value)
        {
            return null;
        }

        var said = Said?.In(question);
        var entries = (Entries ?? []).Select(one => one.In(protocol, question)).ToList();
        return (Said is not null && said is null) || entries.Contains(null) ? null
            : new CountedAnswer(question, value, said, Unconfirmed ?? false) { Entries = [.. entries.OfType<RecordEvidence>()] };
    }

    private static CountedAnswerJson Of(CountedAnswer one)
    {
        List<RecordEntryJson> entries =
            [.. one.Entries.Select(entry => RecordEntryJson.Of(one.Question, entry)).Distinct().Take(MaxEntries)];
        return new CountedAnswerJson
        {
            Question = one.Question.Id,
            Value = AnswerJson.Of(one.Question, one.Counted),
            Said = one.Said is { } said ? AnswerJson.Of(one.Question, said) : null,
            Unconfirmed = one.IsUnconfirmed ? true : null,
            Entries = entries.Count > 0 ? entries : null,
        };
    }
}

/// <summary>An entry of a health record: what it raises, and the code, or the words, by which it matched.</summary>
internal sealed record RecordEntryJson
{
    /// <summary>The option; of events, what happened. Absent where no option says it.</summary>
    public string? Answer { get; init; }

    /// <summary>The system of the protocol's code that it has; absent with <see cref="Code"/> where it matched by words.</summary>
    public string? System { get; init; }

    /// <summary>The code.</summary>
    public string? Code { get; init; }

    /// <summary>Its own words; absent where it matched by a code.</summary>
    public string? Words { get; init; }

    /// <summary>An entry that changed the answer to a question.</summary>
    public static RecordEntryJson Of(CompiledQuestion question, RecordEvidence entry) => new()
    {
        Answer = question.OptionOf(entry)?.Code,
        System = entry.Coding?.System,
        Code = entry.Coding?.Code,
        Words = entry.Words,
    };

    /// <summary>The entry for a version of the protocol; null when it has not that option, or the entry not a code or else words.</summary>
    public RecordEvidence? In(Protocol protocol, CompiledQuestion question)
    {
        var options = (question.Events?.Kind.Options ?? question.Codes).Select(option => option.Code).ToList();
        var option = Answer is null ? -1 : options.IndexOf(Answer);
        return (Answer is not null && option < 0) || (System is null) != (Code is null) || (Code is null) == (Words is null)
            ? null
            : new RecordEvidence(
                question.Index, option < 0 ? null : option, string.Empty, Coding(protocol), Words, ChangesAnswer: true, Disagrees: false);
    }

    private RecordCoding? Coding(Protocol protocol) => Code is null ? null
        : protocol.Document.Codes.SelectMany(set => set.Codings).FirstOrDefault(one => one.System == System && one.Code == Code)
            ?? new RecordCoding { System = System!, Code = Code, Display = Code };
}

/// <summary>The answers and the record as read in a zone with this date, where the clinic's zone was unknown.</summary>
internal sealed record ZoneReadingJson
{
    /// <summary>The date of the as-of instant in the zone.</summary>
    public required string Today { get; init; }

    /// <summary>What counted.</summary>
    public required IReadOnlyList<CountedAnswerJson> Record { get; init; }

    /// <summary>A reading.</summary>
    public static ZoneReadingJson Of(ZoneReading reading) =>
        new() { Today = LocalDatePattern.Iso.Format(reading.Today), Record = CountedAnswerJson.Of(reading.Intake) };
}

/// <summary>Serializes strictly: a receipt says nothing that is passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(List<CountedAnswerJson>))]
[JsonSerializable(typeof(List<ZoneReadingJson>))]
[JsonSerializable(typeof(AnsweredFormJson))]
internal sealed partial class CountedAnswersJson : JsonSerializerContext;
