using System.Globalization;
using Hl7.Fhir.Model;
using Screening.Rules;
using AnswerComponent = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>A value of an item with its FHIRPath; if it is unreadable, the error has been reported.</summary>
internal readonly record struct ItemValue<T>(T Value, string At, bool IsReadable = true)
{
    /// <summary>An unreadable value at this location.</summary>
    public static ItemValue<T> Unreadable(string at) => new(default!, at, IsReadable: false);
}

/// <summary>Reads the answers of single items.</summary>
internal sealed class ItemAnswers(Protocol protocol, InputErrors errors)
{
    /// <summary>Reports an error and returns an unreadable value.</summary>
    public ItemValue<T> Refuse<T>(string at, ErrorCode code, LocalizedText? accepted = null, LocalizedText? told = null)
    {
        errors.Add(at, code, accepted, told);
        return ItemValue<T>.Unreadable(at);
    }

    /// <summary>Reads an item's only answer; null when it has none.</summary>
    /// <param name="item">The item.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="read">Reads an answer.</param>
    /// <param name="mayBeEmpty">True when an answer without a value, perhaps with a reason for its absence, counts as no answer.</param>
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
            _ => Refuse<T>(AnswerAt(at, 1), ErrorCode.TooMany, Words.Text("fhir.itemOfOne"), Words.Text("fhir.oneAnswer")),
        };
    }

    private static bool IsEmpty(DataType? value) =>
        value is null or PrimitiveType { JsonValue: null } || (value is FhirString { JsonValue: string text } && string.IsNullOrWhiteSpace(text))
        || (value is not PrimitiveType && value.EnumerateElements().All(element => element.Key is "extension" or "id"));

    /// <summary>A code of the question's own code system; the caller checks whether the question offers it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="linkId">The linkId in the name of the code system.</param>
    /// <param name="options">The options of the question.</param>
    /// <param name="accepted">What the question accepts; by default one of the options.</param>
    public ItemValue<string> Code(
        AnswerComponent answer, string at, string linkId, IReadOnlyList<Option> options, Func<LocalizedText>? accepted = null) =>
        OfSystem(answer, at, Canonicals.Codes(protocol.Id, linkId), options, accepted);

    /// <summary>One of the codes that this service adds.</summary>
    public ItemValue<string> GeneralCode(AnswerComponent answer, string at)
    {
        var code = OfSystem(answer, at, Canonicals.GeneralAnswers, OptionMatcher.WhetherAny, () => FhirAccepted.GeneralCode);
        return !code.IsReadable || code.Value is GeneralAnswer.Yes or GeneralAnswer.No or GeneralAnswer.Unknown
            ? code
            : Refuse<string>(code.At, ErrorCode.UnknownCode, FhirAccepted.GeneralCode);
    }

    /// <summary>A date in the precision given.</summary>
    public ItemValue<string> Date(AnswerComponent answer, string at) => Date(answer, at, FhirAccepted.ValueDate);

    private ItemValue<string> Date(AnswerComponent answer, string at, LocalizedText accepted) => answer.Value switch
    {
        Date { JsonValue: string text } => new(text, at + ".value"),
        null or Hl7.Fhir.Model.Date => Refuse<string>(at, ErrorCode.MissingMember, accepted),
        _ => Refuse<string>(at + ".value", ErrorCode.WrongType, accepted),
    };

    /// <summary>A partial date as a person typed it, with white space around it, or as the date that older forms send.</summary>
    public ItemValue<string> PartialDate(AnswerComponent answer, string at) =>
        answer.Value is FhirString { Value: { } text } ? new(text.Trim(), at + ".value") : Date(answer, at, FhirAccepted.ValuePartialDate);

    public ItemValue<bool> Boolean(AnswerComponent answer, string at) => answer.Value switch
    {
        FhirBoolean { Value: { } value } => new(value, at + ".value"),
        null or FhirBoolean => Refuse<bool>(at, ErrorCode.MissingMember, FhirAccepted.ValueBoolean),
        _ => Refuse<bool>(at + ".value", ErrorCode.WrongType, FhirAccepted.ValueBoolean),
    };

    /// <summary>A text.</summary>
    public ItemValue<string> Text(AnswerComponent answer, string at) => answer.Value switch
    {
        FhirString { Value: { } value } => new(value, at + ".value"),
        null or FhirString => Refuse<string>(at, ErrorCode.MissingMember, FhirAccepted.Values("valueString")),
        _ => Refuse<string>(at + ".value", ErrorCode.WrongType, FhirAccepted.Values("valueString")),
    };

    /// <summary>FHIRPath to an answer.</summary>
    public static string AnswerAt(string item, int index) => string.Create(CultureInfo.InvariantCulture, $"{item}.answer[{index}]");

    /// <summary>Reports what no answer may have: modifiers, and nested items.</summary>
    public void Check(AnswerComponent answer, string at)
    {
        Modifiers.Check(answer.ModifierExtension, at, errors);
        NoItems(answer.Item, at);
    }

    /// <summary>Reports items where the Questionnaire has none.</summary>
    public void NoItems(List<Answered> items, string at)
    {
        for (var i = 0; i < items.Count; i++)
        {
            errors.Add(
                string.Create(CultureInfo.InvariantCulture, $"{at}.item[{i}]"),
                ErrorCode.UnknownQuestion,
                Words.Text("fhir.answersOnly"),
                Words.Text("fhir.noItems"));
        }
    }

    private static LocalizedText OneOf(string system, IReadOnlyList<Option> from, Func<LocalizedText>? accepted) =>
        accepted is null ? FhirAccepted.Coding(system, from) : accepted();

    /// <summary>A coding may omit its system, but must not name another: the same code could mean something else there.</summary>
    private ItemValue<string> OfSystem(
        AnswerComponent answer, string at, string system, IReadOnlyList<Option> from, Func<LocalizedText>? accepted) => answer.Value switch
        {
            Coding { System: { } stated } when stated != system =>
                Refuse<string>(
                    at + ".value.system", ErrorCode.UnknownCode, OneOf(system, from, accepted), Words.Text("fhir.otherSystem")),
            Coding { Code: { } code } => new(code, at + ".value"),
            Coding => Refuse<string>(at + ".value", ErrorCode.MissingMember, OneOf(system, from, accepted)),
            null => Refuse<string>(at, ErrorCode.MissingMember, OneOf(system, from, accepted)),
            { } other when OptionMatcher.Of(other, from) is { } meant => new(meant, at + ".value"),
            FhirString => Refuse<string>(
                at + ".value", ErrorCode.UnknownCode, OneOf(system, from, accepted), Words.Text("fhir.noOption")),
            _ => Refuse<string>(at + ".value", ErrorCode.WrongType, OneOf(system, from, accepted)),
        };
}
