using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Screening.Rules;
using AnswerComponent = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>Rewrites the answer to one question: the JSON that a screening request has for it.</summary>
internal sealed class AnswerRewriter(Protocol protocol, CompiledQuestion question, RestRequest request)
{
    private const string Both = "This answer and another one cannot both be true.";

    private readonly ItemAnswers answers = new(protocol, request);

    /// <summary>What the items say of the question; null when they say nothing.</summary>
    public Said? Read(ItemsById items)
    {
        var pointer = question.Pointer;
        return question.Kind switch
        {
            AnswerKind.Code => Only(items, question.Id, pointer, (answer, at) => answers.Code(answer, at, question.Id, pointer)),
            AnswerKind.Codes => Codes(items),
            AnswerKind.Date => Only(items, question.Id, pointer, (answer, at) => answers.Date(answer, at, pointer)),
            AnswerKind.PartialDate => PartialDate(items, question.Id, pointer),
            AnswerKind.Events => Events(items, question.Events!),
            _ => throw new InvalidOperationException("Every kind of answer has its items."),
        };
    }

    /// <summary>The one answer of the one item of a linkId.</summary>
    private Said? Only(ItemsById items, string linkId, string pointer, Func<AnswerComponent, string, Said> read)
    {
        if (items[linkId] is not [var (item, at)])
        {
            return null;
        }

        return items.Repeated.Contains(linkId) ? Unreadable(pointer, at) : answers.Single(item, at, pointer, read);
    }

    /// <summary>A list of codes; the one answer "none of these" is the empty list, and no answer at all is none.</summary>
    private Said? Codes(ItemsById items)
    {
        if (items[question.Id] is not [var (item, at)])
        {
            return null;
        }

        if (items.Repeated.Contains(question.Id))
        {
            return Unreadable(question.Pointer, at);
        }

        answers.NoItems(item.Item, at);
        var list = new JsonArray();
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

            var pointer = Pointer.To(question.Pointer, list.Count);
            var code = answers.Code(item.Answer[i], answerAt, question.Id, pointer);
            request.Place(pointer, code.At);
            list.Add(code.Value);
        }

        return item.Answer.Count == 0 ? null
            : noneAt is not null && item.Answer.Count > 1 ? answers.Refuse(question.Pointer, noneAt, ErrorCode.ContradictoryAnswers, Both)
            : new Said(list, at);
    }

    /// <summary>Whether an answer is "none of these", which every list but that of the treated areas has.</summary>
    private bool IsNone(AnswerComponent answer) =>
        question.Index != protocol.Areas.Index && answer.Value is Coding { Code: GeneralAnswer.None } coding
        && (coding.System == Canonicals.GeneralAnswers || (coding.System is null && question.Codes.All(option => option.Code != GeneralAnswer.None)));

    /// <summary>A partial date, or that the person does not know it.</summary>
    private Said? PartialDate(ItemsById items, string linkId, string pointer)
    {
        var date = Only(items, linkId, pointer, (answer, at) => answers.Date(answer, at, pointer));
        var unknown = Only(items, LinkIds.Unknown(linkId), pointer, (answer, at) => answers.Boolean(answer, at, pointer));
        if (unknown is { IsReadable: false })
        {
            return unknown;
        }

        if (unknown is not { } ticked || !(bool)ticked.Value!)
        {
            return date;
        }

        return date is null ? new Said(ReservedCode.Unknown, ticked.At) : answers.Refuse(pointer, ticked.At, ErrorCode.ContradictoryAnswers, Both);
    }

    /// <summary>
    /// Events: a group for each, or else that there are none, or that the person cannot say. That there are some, without a word on which, is no
    /// answer yet.
    /// </summary>
    private Said? Events(ItemsById items, EventsQuestion events)
    {
        var any = Only(items, LinkIds.Any(question.Id), question.Pointer, (answer, at) => answers.GeneralCode(answer, at, question.Pointer));
        var groups = items[question.Id];
        if (any is { IsReadable: false })
        {
            return any;
        }

        var said = any is { } readable ? (string)readable.Value! : null;
        if (groups.Count > 0)
        {
            return said is GeneralAnswer.No or GeneralAnswer.Unknown
                ? answers.Refuse(question.Pointer, any!.Value.At, ErrorCode.ContradictoryAnswers, Both)
                : new Said(new JsonArray([.. groups.Select((group, i) => Event(events, group.Item, group.At, i))]), groups[0].At);
        }

        return said switch
        {
            GeneralAnswer.No => new Said(new JsonArray(), any!.Value.At),
            GeneralAnswer.Unknown => new Said(ReservedCode.Unknown, any!.Value.At),
            _ => null,
        };
    }

    private JsonObject Event(EventsQuestion events, Answered group, string at, int index)
    {
        var pointer = Pointer.To(question.Pointer, index);
        request.Place(pointer, at);
        for (var i = 0; i < group.Answer.Count; i++)
        {
            request.Errors.Add(ItemAnswers.AnswerAt(at, i), ErrorCode.UnknownMember, "A group has items, not answers.");
        }

        var (kind, date) = (LinkIds.Member(question.Id, events.Kind.Id), LinkIds.Member(question.Id, events.Date.Id));
        var members = ItemsById.Of(group.Item, at, new(StringComparer.Ordinal) { [kind] = false, [date] = false, [LinkIds.Unknown(date)] = false }, request);
        var (kindPointer, datePointer) = (Pointer.To(pointer, events.Kind.Id), Pointer.To(pointer, events.Date.Id));
        var one = new JsonObject();
        Add(one, events.Kind.Id, kindPointer, Only(members, kind, kindPointer, (answer, answerAt) => answers.Code(answer, answerAt, kind, kindPointer)));
        Add(one, events.Date.Id, datePointer, PartialDate(members, date, datePointer));
        return one;
    }

    private void Add(JsonObject one, string member, string pointer, Said? said)
    {
        if (said is { } known)
        {
            request.Place(pointer, known.At);
            one[member] = known.Value;
        }
    }

    /// <summary>Of two items for one question neither is believed; that there are two has been noted.</summary>
    private Said Unreadable(string pointer, string at)
    {
        request.Ignore(pointer);
        return new Said(null, at);
    }
}
