using System.Globalization;
using Screening.Rules;
using Answer = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>Items of a response, by linkId.</summary>
internal sealed class ItemsById
{
    private readonly Dictionary<string, List<(Answered Item, string At)>> items = new(StringComparer.Ordinal);

    private readonly HashSet<Answered> inFilledIn = new(ReferenceEqualityComparer.Instance);

    /// <summary>The items of a linkId, in order; at most one if it does not repeat.</summary>
    public IReadOnlyList<(Answered Item, string At)> this[string linkId] => items.GetValueOrDefault(linkId, []);

    /// <summary>The linkIds with a second item although they do not repeat.</summary>
    public HashSet<string> Repeated { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Sorts items. An answer to an unknown item is an error, and so is a second item of a linkId that does not repeat. An unknown item
    /// without an answer is ignored: forms use such items to show texts and to group questions.
    /// </summary>
    public static ItemsById Of(List<Answered> items, string at, Dictionary<string, bool> known, InputErrors errors)
    {
        var sorted = new ItemsById();
        sorted.Sort(items, at, known, isFilledIn: false, errors);
        return sorted;
    }

    /// <summary>True for an item in a section that is marked as filled in as a whole.</summary>
    public bool IsInFilledIn(Answered item) => inFilledIn.Contains(item);

    /// <summary>The items with only those answers that are marked, or only those that are not; a group belongs to one of the two.</summary>
    public ItemsById Where(AnswerMarks marks, bool marked)
    {
        var part = new ItemsById();
        foreach (var (linkId, all) in items)
        {
            List<(Answered Item, string At)> kept = [.. all.SelectMany(one => Part(one.Item) is { } item ? [(item, one.At)] : Array.Empty<(Answered, string)>())];
            if (kept.Count > 0)
            {
                part.items.Add(linkId, kept);
            }
        }

        return part;

        Answered? Part(Answered item)
        {
            if (item.Answer.Count == 0)
            {
                return marks.OnGroup(item) == marked ? item : null;
            }

            List<Answer> answers = item.Answer.FindAll(answer => marks.On(item, answer) == marked);
            return answers.Count == 0 ? null : new Answered { LinkId = item.LinkId, Answer = answers };
        }
    }

    private void Sort(List<Answered> unsorted, string at, Dictionary<string, bool> known, bool isFilledIn, InputErrors errors)
    {
        for (var i = 0; i < unsorted.Count; i++)
        {
            var item = unsorted[i];
            var itemAt = string.Create(CultureInfo.InvariantCulture, $"{at}.item[{i}]");
            Modifiers.Check(item.ModifierExtension, itemAt, errors);
            if (isFilledIn)
            {
                inFilledIn.Add(item);
            }

            if (item.LinkId is { } linkId && known.TryGetValue(linkId, out var repeats))
            {
                Take(linkId, item, itemAt, repeats, errors);
            }
            else if (item.Answer.Count == 0)
            {
                Sort(item.Item, itemAt, known, isFilledIn || AnswerMarks.IsFilledIn(item, null), errors);
            }
            else
            {
                errors.Add(
                    itemAt, ErrorCode.UnknownQuestion, FhirAccepted.Items([.. known.Keys], item.LinkId), Words.Text("fhir.unknownItem"));
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
            errors.Add(itemAt, ErrorCode.RepeatedMember, FhirAccepted.OneItem, Words.Text("fhir.repeatedItem"));
        }
    }
}
