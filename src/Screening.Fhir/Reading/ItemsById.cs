using System.Globalization;
using Screening.Rules;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>Items of a response, by their linkId.</summary>
internal sealed class ItemsById
{
    private readonly Dictionary<string, List<(Answered Item, string At)>> items = new(StringComparer.Ordinal);

    /// <summary>The items of a linkId, in order; those of one that does not repeat are one at most.</summary>
    public IReadOnlyList<(Answered Item, string At)> this[string linkId] => items.GetValueOrDefault(linkId, []);

    /// <summary>The linkIds of which a second item stood where there can be one.</summary>
    public HashSet<string> Repeated { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Sorts items; an answer to what is not known here is an error, and so is a second item of what does not repeat. An item that is not
    /// known and has no answer says nothing of its own: forms show texts by such items, and gather questions in them.
    /// </summary>
    public static ItemsById Of(List<Answered> items, string at, Dictionary<string, bool> known, InputErrors errors)
    {
        var sorted = new ItemsById();
        sorted.Sort(items, at, known, errors);
        return sorted;
    }

    private void Sort(List<Answered> unsorted, string at, Dictionary<string, bool> known, InputErrors errors)
    {
        for (var i = 0; i < unsorted.Count; i++)
        {
            var item = unsorted[i];
            var itemAt = string.Create(CultureInfo.InvariantCulture, $"{at}.item[{i}]");
            Modifiers.Check(item.ModifierExtension, itemAt, errors);
            if (item.LinkId is { } linkId && known.TryGetValue(linkId, out var repeats))
            {
                Take(linkId, item, itemAt, repeats, errors);
            }
            else if (item.Answer.Count == 0)
            {
                Sort(item.Item, itemAt, known, errors);
            }
            else
            {
                errors.Add(itemAt, ErrorCode.UnknownQuestion, "The Questionnaire has no item of this linkId in this place.");
            }
        }
    }

    private void Take(string linkId, Answered item, string itemAt, bool repeats, InputErrors errors)
    {
        if (!items.TryGetValue(linkId, out var same))
        {
            items.Add(linkId, [(item, itemAt)]);
        }
        else if (repeats)
        {
            same.Add((item, itemAt));
        }
        else
        {
            Repeated.Add(linkId);
            errors.Add(
                itemAt, ErrorCode.RepeatedMember, "An item of this linkId appears more than once; all answers to one question belong in one item.");
        }
    }
}
