using System.Text;
using Screening.Rules;

namespace Screening.Api.Decisions;

/// <summary>
/// An answer with all that may count of it, in the protocol's names: unlike an answer of a request it may be none and still say something,
/// have several codes for a choice, lack parts of an event, and be unknown beside its events.
/// </summary>
internal sealed record AnswerJson
{
    /// <summary>False when the question stays unanswered; absent when it is answered.</summary>
    public bool? Answered { get; init; }

    /// <summary>The codes, the shown one first.</summary>
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>The date.</summary>
    public string? Date { get; init; }

    /// <summary>The events, each with those of its members that are known: a date may also be <c>unknown</c>.</summary>
    public IReadOnlyList<Dictionary<string, string>>? Events { get; init; }

    /// <summary>True for a date that nobody knows, or where there may be more events.</summary>
    public bool? Unknown { get; init; }

    /// <summary>Of an answer to a question.</summary>
    public static AnswerJson Of(CompiledQuestion question, Answer answer) => new()
    {
        Answered = answer.Given ? null : false,
        Codes = TakesCodes(question) && answer.Parts is not { Codes: 0, GivenCodes: null } ? [.. CodesOf(question, answer)] : null,
        Date = answer.Date == default ? null : answer.Date.ToString(),
        Events = answer.Parts.Events is { } events ? [.. events.Select(one => Event(question.Events!, one))] : null,
        Unknown = !TakesCodes(question) && answer.IsUnknown ? true : null,
    };

    /// <summary>The answer to a question; null when it is none to it.</summary>
    public Answer? In(CompiledQuestion question)
    {
        if (TakesCodes(question))
        {
            return Date is null && Events is null && Unknown is null ? InCodes(question) : null;
        }

        PartialDate? date = PartialDate.TryParse(Encoding.UTF8.GetBytes(Date ?? string.Empty), out var known) ? known : null;
        var events = (question.Events is null ? null : Events)?.Select(one => Event(question, one)).ToList();
        return Codes is not null || (Date is not null && (date is null || question.Events is not null))
            || (Events is not null && (events is null || events.Contains(null)))
                ? null
                : Answer.Of(new AnswerParts(
                    Answered ?? true,
                    (Unknown == true ? Answer.UnknownBit : 0) | (events ?? []).Aggregate(0UL, (bits, one) => bits | Kind(one!.Value)),
                    date,
                    null,
                    events?.ConvertAll(one => one!.Value)));
    }

    private static bool TakesCodes(CompiledQuestion question) => question.Kind is AnswerKind.Code or AnswerKind.Codes;

    private static IEnumerable<string> CodesOf(CompiledQuestion question, Answer answer) =>
        answer.GivenCodes.ToArray().Select(code => (int)code).Concat(Enumerable.Range(0, question.Codes.Count)).Distinct()
            .Where(code => (answer.Codes & question.Bit(code)) != 0)
            .Select(code => question.Codes[code].Code);

    private static Dictionary<string, string> Event(EventsQuestion names, EventAnswer one)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        if (one.HasKind)
        {
            members.Add(names.Kind.Id, names.Kind.Options[one.Kind].Code);
        }

        if (one.HasDate)
        {
            members.Add(names.Date.Id, one.Date?.ToString() ?? ReservedCode.Unknown);
        }

        return members;
    }

    private static EventAnswer? Event(CompiledQuestion question, Dictionary<string, string> members)
    {
        byte kind = 0;
        PartialDate? date = null;
        var code = members.GetValueOrDefault(question.Events!.Kind.Id);
        var stated = members.GetValueOrDefault(question.Events.Date.Id);
        var isValid = (code is null || AnswerParser.EventKind(question, Encoding.UTF8.GetBytes(code), out kind) is null)
            && (stated is null || AnswerParser.EventDate(Encoding.UTF8.GetBytes(stated), out date) is null)
            && members.Count == (code is null ? 0 : 1) + (stated is null ? 0 : 1);
        var absent = (code is null ? EventParts.Kind : 0) | (stated is null ? EventParts.Date : 0);
        return isValid ? new EventAnswer(kind, date) { Absent = absent == EventParts.None ? null : absent } : null;
    }

    private static ulong Kind(EventAnswer one) => one.HasKind ? 1UL << one.Kind : 0;

    private Answer? InCodes(CompiledQuestion question)
    {
        List<int> codes = [.. (Codes ?? []).Select(code => question.CodeNames.Find(Encoding.UTF8.GetBytes(code)))];
        return codes.Contains(-1) || codes.Distinct().Count() < codes.Count ? null : Answer.Of(new AnswerParts(
            Answered ?? true,
            codes.Aggregate(0UL, (bits, code) => bits | question.Bit(code)),
            null,
            Codes is null ? null : [.. codes.Select(code => (byte)code)],
            null));
    }
}
