using System.Text;
using Hl7.Fhir.Model;
using Screening.Rules;
using AnswerComponent = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>Reads the answer to one question from its items.</summary>
internal sealed class QuestionReader(Protocol protocol, CompiledQuestion question, InputErrors errors)
{
    private const string None = $"`{GeneralAnswer.None}`";

    private static readonly LocalizedText NoneBeside = Words.Text("fhir.noneBeside").With("none", None);
    private static readonly LocalizedText NoneAlone = Words.Text("fhir.noneAlone").With("none", None);

    private readonly ItemAnswers answers = new(protocol, errors);

    private delegate ErrorCode? Parser<T>(ReadOnlySpan<byte> text, out T value);

    /// <summary>The answer in the items; null when they have none.</summary>
    public ItemValue<Answer>? Read(ItemsById items) => question.Kind switch
    {
        AnswerKind.Code => Only(
            items, question.Id, (answer, at) => Take<Answer>(answers.Code(answer, at, question.Id, question.Codes), Code, question.Accepted)),
        AnswerKind.Codes => Codes(items),
        AnswerKind.Date => Only(items, question.Id, (answer, at) => Take<Answer>(answers.Date(answer, at), AnswerParser.FullDate, Accepted.Date)),
        AnswerKind.PartialDate => PartialDate(items, question.Id) is { } date ? ToAnswer(date) : null,
        AnswerKind.Events => Events(items, question.Events!),
        _ => throw new InvalidOperationException("Every kind of answer has its items."),
    };

    private ErrorCode? Code(ReadOnlySpan<byte> text, out Answer answer) => AnswerParser.Code(question, text, out answer);

    private static ItemValue<Answer> ToAnswer(ItemValue<PartialDate?> date) =>
        new(date.Value is { } known ? Answer.Dated(known) : Answer.Unknown, date.At, date.IsReadable);

    /// <summary>Parses a text, or reports its error.</summary>
    private ItemValue<T> Take<T>(ItemValue<string> text, Parser<T> parse, LocalizedText accepted)
    {
        if (!text.IsReadable)
        {
            return ItemValue<T>.Unreadable(text.At);
        }

        return parse(Encoding.UTF8.GetBytes(text.Value), out var value) is { } error
            ? answers.Refuse<T>(text.At, error, accepted)
            : new(value, text.At);
    }

    /// <summary>
    /// The only answer of the only item of a linkId. If there are two items neither is used; the repetition has been reported.
    /// </summary>
    private ItemValue<T>? Only<T>(ItemsById items, string linkId, Func<AnswerComponent, string, ItemValue<T>> read, bool mayBeEmpty = false)
    {
        if (items[linkId] is not [var (item, at)])
        {
            return null;
        }

        return items.Repeated.Contains(linkId) ? ItemValue<T>.Unreadable(at) : answers.Single(item, at, read, mayBeEmpty);
    }

    /// <summary>A list of codes. The single answer "none of these" is the empty list; an item without answers is unanswered.</summary>
    private ItemValue<Answer>? Codes(ItemsById items)
    {
        if (items[question.Id] is not [var (item, at)])
        {
            return null;
        }

        if (items.Repeated.Contains(question.Id))
        {
            return ItemValue<Answer>.Unreadable(at);
        }

        answers.NoItems(item.Item, at);
        var list = new CodeList(question, stackalloc byte[CodeList.Most]);
        var isReadable = true;
        string? noneAt = null;
        for (var i = 0; i < item.Answer.Count; i++)
        {
            var answerAt = ItemAnswers.AnswerAt(at, i);
            answers.Check(item.Answer[i], answerAt);
            if (IsNone(item.Answer[i]))
            {
                noneAt = answerAt;
                continue;
            }

            var code = answers.Code(item.Answer[i], answerAt, question.Id, question.Codes, () => FhirAccepted.CodingOf(protocol, question));
            if (code.IsReadable && !IsFilledIn(item, i, code.Value) && list.Add(Encoding.UTF8.GetBytes(code.Value)) is { } error)
            {
                code = answers.Refuse<string>(code.At, error, FhirAccepted.CodingOf(protocol, question));
            }

            isReadable &= code.IsReadable;
        }

        return item.Answer.Count == 0 ? null
            : noneAt is not null && item.Answer.Count > 1
                ? answers.Refuse<Answer>(noneAt, ErrorCode.ContradictoryAnswers, NoneAlone, NoneBeside)
            : isReadable ? new ItemValue<Answer>(list.ToAnswer(), at)
            : ItemValue<Answer>.Unreadable(at);
    }

    /// <summary>
    /// True for a code that an earlier answer of the item has, which was filled in for the patient: forms that compare answers with their
    /// extensions add it again where the patient chooses it, or no longer chooses it, and show it as chosen.
    /// </summary>
    private static bool IsFilledIn(Answered item, int index, string code) =>
        item.Answer.Take(index)
            .Any(earlier => earlier.Value is Coding coding && coding.Code == code && AnswerMarks.IsFilledIn(item, earlier));

    /// <summary>True for "none of these", which every list except the treated areas offers.</summary>
    private bool IsNone(AnswerComponent answer) =>
        question.Index != protocol.Areas.Index && answer.Value switch
        {
            Coding { Code: GeneralAnswer.None, System: Canonicals.GeneralAnswers } => true,
            Coding { Code: GeneralAnswer.None, System: null } => question.Codes.All(option => option.Code != GeneralAnswer.None),
            FhirString text => OptionMatcher.Of(text, question.Codes) is null && OptionMatcher.Of(text, [OptionMatcher.NoneOfThese]) is not null,
            _ => false,
        };

    /// <summary>
    /// A partial date; its value is null when the patient does not know it. It is the date of an event or a last use: if left open it is an
    /// absent answer, to be asked for, and does not invalidate the rest of the form.
    /// </summary>
    private ItemValue<PartialDate?>? PartialDate(ItemsById items, string linkId)
    {
        var date = Only(
            items, linkId, (answer, at) => Take<PartialDate?>(answers.PartialDate(answer, at), Dated, Accepted.PartialDate), mayBeEmpty: true);
        var unknown = Only(items, LinkIds.Unknown(linkId), answers.Boolean, mayBeEmpty: true);
        if (unknown is { IsReadable: false } unreadable)
        {
            return ItemValue<PartialDate?>.Unreadable(unreadable.At);
        }

        if (unknown is not { Value: true } ticked)
        {
            return date;
        }

        return date is null
            ? new ItemValue<PartialDate?>(null, ticked.At)
            : Contradiction<PartialDate?>(ticked.At, LinkIds.Unknown(linkId), linkId);
    }

    /// <summary>
    /// Events: a group for each, or the answer that there are none, or that the patient cannot say. That there are some, without any group,
    /// is not yet an answer; nor is an empty group, which forms send for each repeating question.
    /// </summary>
    private ItemValue<Answer>? Events(ItemsById items, EventsQuestion events)
    {
        var any = Only(items, LinkIds.Any(question.Id), answers.GeneralCode);
        var groups = items[question.Id];
        var stated = groups.Select(group => Event(events, group.Item, group.At)).OfType<ItemValue<EventAnswer>>().ToList();
        if (any is { IsReadable: false } unreadable)
        {
            return ItemValue<Answer>.Unreadable(unreadable.At);
        }

        if (stated.Count > 0)
        {
            return any is { Value: GeneralAnswer.No or GeneralAnswer.Unknown } none
                    ? Contradiction<Answer>(none.At, LinkIds.Any(question.Id), question.Id)
                : groups.Count > JsonText.MostElements ? answers.Refuse<Answer>(groups[0].At, ErrorCode.TooMany, FhirAccepted.Groups)
                : stated.Exists(one => !one.IsReadable) ? ItemValue<Answer>.Unreadable(stated[0].At)
                : new ItemValue<Answer>(Answer.Of([.. stated.Select(one => one.Value)]), stated[0].At);
        }

        return any switch
        {
            { Value: GeneralAnswer.No } no => new ItemValue<Answer>(Answer.Of([]), no.At),
            { Value: GeneralAnswer.Unknown } unknown => new ItemValue<Answer>(Answer.Unknown, unknown.At),
            _ => null,
        };
    }

    /// <summary>One event, with its absent parts; null when both are absent.</summary>
    private ItemValue<EventAnswer>? Event(EventsQuestion events, Answered group, string at)
    {
        for (var i = 0; i < group.Answer.Count; i++)
        {
            errors.Add(
                ItemAnswers.AnswerAt(at, i), ErrorCode.UnknownMember,
                FhirAccepted.Items([LinkIds.Member(question.Id, events.Kind.Id), LinkIds.Member(question.Id, events.Date.Id)], null),
                Words.Text("fhir.groupHasItems"));
        }

        var (kindId, dateId) = (LinkIds.Member(question.Id, events.Kind.Id), LinkIds.Member(question.Id, events.Date.Id));
        var known = new Dictionary<string, bool>(StringComparer.Ordinal) { [kindId] = false, [dateId] = false, [LinkIds.Unknown(dateId)] = false };
        var members = ItemsById.Of(group.Item, at, known, errors);
        var options = events.Kind.Options;
        var kind = Only(
            members, kindId, (answer, answerAt) => Take<byte>(answers.Code(answer, answerAt, kindId, options), Kind, Accepted.OneOf(Accepted.Codes(options))), mayBeEmpty: true);
        var date = PartialDate(members, dateId);
        if (kind is { IsReadable: false } || date is { IsReadable: false })
        {
            return ItemValue<EventAnswer>.Unreadable(at);
        }

        var absent = (kind is null ? EventParts.Kind : EventParts.None) | (date is null ? EventParts.Date : EventParts.None);
        if (absent == (EventParts.Kind | EventParts.Date))
        {
            return null;
        }

        var stated = new EventAnswer(kind?.Value ?? 0, date?.Value) { Absent = absent == EventParts.None ? null : absent };
        return new ItemValue<EventAnswer>(stated, at);
    }

    /// <summary>Reports that two items have answers of which only one can be true.</summary>
    private ItemValue<T> Contradiction<T>(string at, string own, string other)
    {
        LocalizedText Named(string key) => Words.Text(key).With("own", $"`{own}`").With("other", $"`{other}`");
        return answers.Refuse<T>(at, ErrorCode.ContradictoryAnswers, Named("fhir.oneOfBoth"), Named("fhir.both"));
    }

    /// <summary>Parses a partial date. That it is not known is another item, not a text.</summary>
    private static ErrorCode? Dated(ReadOnlySpan<byte> text, out PartialDate? date)
    {
        date = Screening.Rules.PartialDate.TryParse(text, out var known) ? known : null;
        return date is null ? ErrorCode.InvalidDate : null;
    }

    private ErrorCode? Kind(ReadOnlySpan<byte> text, out byte kind) => AnswerParser.EventKind(question, text, out kind);
}
