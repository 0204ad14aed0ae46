using Hl7.Fhir.Model;
using Screening.Rules;
using Answer = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>
/// Which answers of a response were filled in for the patient, who has not confirmed them. Two marks say so, since many forms lose
/// extensions: the linkId in the item <see cref="LinkIds.FromRecord"/>, until <see cref="LinkIds.Confirmed"/> is true; and the extension
/// <see cref="Canonicals.InformationOrigin"/>, unless its source is a person. Where they contradict each other the answer is not confirmed; a
/// confirmation covers what is listed, because that is what the patient was asked about. Where the list or the confirmation says that
/// something was filled in, but no longer what, every answer may be.
/// </summary>
internal sealed class AnswerMarks
{
    private const string Source = "source";

    private readonly HashSet<string> listed = new(StringComparer.Ordinal);
    private readonly ItemsById items;
    private readonly bool isConfirmed;
    private readonly bool isListLost;

    private AnswerMarks(ItemsById items, Protocol protocol, InputErrors errors)
    {
        this.items = items;
        var answers = new ItemAnswers(protocol, errors);
        var isDenied = false;
        if (items[LinkIds.FromRecord] is [var (list, listAt)])
        {
            ReadList(list, listAt, protocol, answers);
        }

        if (items[LinkIds.Confirmed] is [var (item, at)])
        {
            var said = answers.Single(item, at, answers.Boolean, mayBeEmpty: true);
            isConfirmed = said is { IsReadable: true, Value: true } && !item.Answer.Exists(answer => IsFilledIn(item, answer));
            isDenied = said is not null && !isConfirmed;
        }

        isListLost = listed.Count == 0 && !isConfirmed && (isDenied || items[LinkIds.FromRecord].Count > 0);
    }

    /// <summary>Reads the marks; errors are reported.</summary>
    /// <param name="items">The items of the response.</param>
    /// <param name="protocol">The protocol that it answers.</param>
    /// <param name="errors">Receives the errors.</param>
    public static AnswerMarks Read(ItemsById items, Protocol protocol, InputErrors errors) => new(items, protocol, errors);

    /// <summary>True for an answer of an item that is not confirmed.</summary>
    public bool On(Answered item, Answer? answer) => isListLost
        || (listed.Contains(item.LinkId!) ? !isConfirmed : items.IsInFilledIn(item) || IsFilledIn(item, answer));

    /// <summary>True for a group with such an answer: it is one event, and its answers belong together.</summary>
    public bool OnGroup(Answered group) => On(group, null) || group.Answer.Exists(answer => On(group, answer)) || group.Item.Exists(OnGroup);

    /// <summary>True unless every mark names a person as the source. A source that this service does not know is no person.</summary>
    public static bool IsFilledIn(Answered item, Answer? answer) =>
        item.Extension.Concat(answer?.Extension ?? []).Concat(answer?.Value?.Extension ?? []).Where(extension => IsOrigin(extension.Url))
            .Any(origin => origin.Extension.Where(part => part.Url == Source).Select(part => (part.Value as Code)?.Value).ToList() is not ["override" or "manual"]);

    /// <summary>True for the extension's address, however it is written.</summary>
    private static bool IsOrigin(string? url)
    {
        var plain = (url ?? string.Empty).Split('|')[0].Trim().TrimEnd('/');
        return plain.Replace("https://", "http://", StringComparison.OrdinalIgnoreCase) == Canonicals.InformationOrigin;
    }

    /// <summary>A linkId that is misspelt here would turn what was filled in into an answer of the patient.</summary>
    private void ReadList(Answered list, string listAt, Protocol protocol, ItemAnswers answers)
    {
        answers.NoItems(list.Item, listAt);
        var known = protocol.Questions.SelectMany(question => LinkIds.Of(question).Select(one => one.LinkId).Concat(LinkIds.Members(question)))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (i, answer) in list.Answer.Index())
        {
            var at = ItemAnswers.AnswerAt(listAt, i);
            answers.Check(answer, at);
            var linkId = answers.Text(answer, at);
            if (linkId.IsReadable && known.Contains(linkId.Value))
            {
                listed.Add(linkId.Value);
            }
            else if (linkId is { IsReadable: true, Value: not LinkIds.Confirmed })
            {
                answers.Refuse<string>(linkId.At, ErrorCode.UnknownQuestion, FhirAccepted.Items([.. known], linkId.Value));
            }
        }
    }
}
