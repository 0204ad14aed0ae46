using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Rules;
using AnswerComponent = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>Something that an item says, and the FHIRPath that it came from; where it cannot be read the error has been noted.</summary>
internal readonly record struct ItemValue<T>(T Value, string At, bool IsReadable = true)
{
    /// <summary>The same place, unreadable.</summary>
    public static ItemValue<T> Unreadable(string at) => new(default!, at, IsReadable: false);
}

/// <summary>Reads the answers of single items.</summary>
internal sealed class ItemAnswers(Protocol protocol, InputErrors errors)
{
    /// <summary>Notes an error; what stands there cannot be read.</summary>
    public ItemValue<T> Refuse<T>(string at, ErrorCode code, string? detail = null)
    {
        errors.Add(at, code, detail);
        return ItemValue<T>.Unreadable(at);
    }

    /// <summary>Reads an item's only answer; null when it has none.</summary>
    /// <param name="item">The item.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="read">Reads an answer.</param>
    /// <param name="mayBeEmpty">True: an answer without a value, with no more than why there is none perhaps, is no answer.</param>
    public ItemValue<T>? Single<T>(Answered item, string at, Func<AnswerComponent, string, ItemValue<T>> read, bool mayBeEmpty = false)
    {
        NoItems(item.Item, at);
        for (var i = 0; i < item.Answer.Count; i++)
        {
            Check(item.Answer[i], AnswerAt(at, i));
        }

        return item.Answer.Count switch
        {
            0 => null,
            1 => mayBeEmpty && IsEmpty(item.Answer[0].Value) ? null : read(item.Answer[0], AnswerAt(at, 0)),
            _ => Refuse<T>(AnswerAt(at, 1), ErrorCode.TooMany, "The question takes one answer."),
        };
    }

    private static bool IsEmpty(DataType? value) =>
        value is null or PrimitiveType { JsonValue: null }
        || (value is not PrimitiveType && value.EnumerateElements().All(element => element.Key is "extension" or "id"));

    /// <summary>A code of a question's own; which codes there are is for the question to say.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="linkId">The linkId that the code system is named by.</param>
    /// <param name="options">What the question offers.</param>
    public ItemValue<string> Code(AnswerComponent answer, string at, string linkId, IReadOnlyList<Option> options) =>
        OfSystem(answer, at, Canonicals.Codes(protocol.Id, linkId), options);

    /// <summary>One of the codes that this service adds.</summary>
    public ItemValue<string> GeneralCode(AnswerComponent answer, string at)
    {
        var said = OfSystem(answer, at, Canonicals.GeneralAnswers, OptionMatcher.WhetherAny);
        return !said.IsReadable || said.Value is GeneralAnswer.Yes or GeneralAnswer.No or GeneralAnswer.Unknown
            ? said
            : Refuse<string>(said.At, ErrorCode.UnknownCode);
    }

    /// <summary>A date, as much of it as was said.</summary>
    public ItemValue<string> Date(AnswerComponent answer, string at) => answer.Value switch
    {
        Date { JsonValue: string text } => new(text, at + ".value"),
        null or Hl7.Fhir.Model.Date => Refuse<string>(at, ErrorCode.MissingMember),
        _ => Refuse<string>(at + ".value", ErrorCode.WrongType, "The question takes a valueDate."),
    };

    /// <summary>True or false.</summary>
    public ItemValue<bool> Boolean(AnswerComponent answer, string at) => answer.Value switch
    {
        FhirBoolean { Value: { } value } => new(value, at + ".value"),
        null or FhirBoolean => Refuse<bool>(at, ErrorCode.MissingMember),
        _ => Refuse<bool>(at + ".value", ErrorCode.WrongType, "The question takes a valueBoolean."),
    };

    /// <summary>FHIRPath to an answer.</summary>
    public static string AnswerAt(string item, int index) => string.Create(CultureInfo.InvariantCulture, $"{item}.answer[{index}]");

    /// <summary>Notes what must not be in any answer: modifiers, and items below it.</summary>
    public void Check(AnswerComponent answer, string at)
    {
        Modifiers.Check(answer.ModifierExtension, at, errors);
        NoItems(answer.Item, at);
    }

    /// <summary>Notes items where the Questionnaire has none.</summary>
    public void NoItems(List<Answered> items, string at)
    {
        for (var i = 0; i < items.Count; i++)
        {
            errors.Add(
                string.Create(CultureInfo.InvariantCulture, $"{at}.item[{i}]"),
                ErrorCode.UnknownQuestion,
                "The Questionnaire has no item in this place.");
        }
    }

    /// <summary>A coding may leave its system out, but it cannot be of another one: the same code means something else there.</summary>
    private ItemValue<string> OfSystem(AnswerComponent answer, string at, string system, IReadOnlyList<Option> from) => answer.Value switch
    {
        Coding { System: { } stated } when stated != system =>
            Refuse<string>(at + ".value.system", ErrorCode.UnknownCode, "The question's codes are of another system."),
        Coding { Code: { } code } => new(code, at + ".value"),
        Coding => Refuse<string>(at + ".value", ErrorCode.MissingMember),
        null => Refuse<string>(at, ErrorCode.MissingMember),
        { } other when OptionMatcher.Of(other, from) is { } meant => new(meant, at + ".value"),
        FhirString => Refuse<string>(
            at + ".value", ErrorCode.UnknownCode, "This text is neither the code nor the label of exactly one option."),
        _ => Refuse<string>(at + ".value", ErrorCode.WrongType, "The question takes a valueCoding."),
    };
}
