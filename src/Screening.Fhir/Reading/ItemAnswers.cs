using System.Globalization;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using Screening.Rules;
using AnswerComponent = Hl7.Fhir.Model.QuestionnaireResponse.AnswerComponent;
using Answered = Hl7.Fhir.Model.QuestionnaireResponse.ItemComponent;

namespace Screening.Fhir.Reading;

/// <summary>Something that an item says: its JSON value, null when it cannot be read, and the FHIRPath that it came from.</summary>
internal readonly record struct Said(JsonNode? Value, string At)
{
    /// <summary>True when there is a value; an error has been noted otherwise.</summary>
    public bool IsReadable => Value is not null;
}

/// <summary>Reads the answers of single items.</summary>
internal sealed class ItemAnswers(Protocol protocol, RestRequest request)
{
    /// <summary>Notes an error at what a pointer stands for.</summary>
    public Said Refuse(string pointer, string at, ErrorCode code, string? detail = null)
    {
        request.Refuse(pointer, at, code, detail);
        return new Said(null, at);
    }

    /// <summary>Reads an item's only answer; null when it has none.</summary>
    public Said? Single(Answered item, string at, string pointer, Func<AnswerComponent, string, Said> read)
    {
        NoItems(item.Item, at);
        for (var i = 0; i < item.Answer.Count; i++)
        {
            Check(item.Answer[i], AnswerAt(at, i));
        }

        return item.Answer.Count switch
        {
            0 => null,
            1 => read(item.Answer[0], AnswerAt(at, 0)),
            _ => Refuse(pointer, AnswerAt(at, 1), ErrorCode.TooMany, "The question takes one answer."),
        };
    }

    /// <summary>A code of a question's own; which codes there are is for the reader to judge.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="at">FHIRPath to it.</param>
    /// <param name="linkId">The linkId that the code system is named by.</param>
    /// <param name="pointer">Where the request says it.</param>
    public Said Code(AnswerComponent answer, string at, string linkId, string pointer) => OfSystem(answer, at, pointer, Canonicals.Codes(protocol.Id, linkId));

    /// <summary>One of the codes that this service adds.</summary>
    public Said GeneralCode(AnswerComponent answer, string at, string pointer)
    {
        var said = OfSystem(answer, at, pointer, Canonicals.GeneralAnswers);
        return said.Value is not { } code || (string)code! is GeneralAnswer.Yes or GeneralAnswer.No or GeneralAnswer.Unknown ? said : Refuse(pointer, said.At, ErrorCode.UnknownCode);
    }

    /// <summary>A date, as much of it as was said.</summary>
    public Said Date(AnswerComponent answer, string at, string pointer) => answer.Value switch
    {
        Date { JsonValue: string text } => new Said(text, at + ".value"),
        null or Hl7.Fhir.Model.Date => Refuse(pointer, at, ErrorCode.MissingMember),
        _ => Refuse(pointer, at + ".value", ErrorCode.WrongType, "The question takes a valueDate."),
    };

    /// <summary>True or false.</summary>
    public Said Boolean(AnswerComponent answer, string at, string pointer) => answer.Value switch
    {
        FhirBoolean { Value: { } value } => new Said(value, at + ".value"),
        null or FhirBoolean => Refuse(pointer, at, ErrorCode.MissingMember),
        _ => Refuse(pointer, at + ".value", ErrorCode.WrongType, "The question takes a valueBoolean."),
    };

    /// <summary>FHIRPath to an answer.</summary>
    public static string AnswerAt(string item, int index) => string.Create(CultureInfo.InvariantCulture, $"{item}.answer[{index}]");

    /// <summary>Notes what must not be in any answer: modifiers, and items below it.</summary>
    public void Check(AnswerComponent answer, string at)
    {
        Modifiers.Check(answer.ModifierExtension, at, request.Errors);
        NoItems(answer.Item, at);
    }

    /// <summary>Notes items where the Questionnaire has none.</summary>
    public void NoItems(List<Answered> items, string at)
    {
        for (var i = 0; i < items.Count; i++)
        {
            request.Errors.Add(string.Create(CultureInfo.InvariantCulture, $"{at}.item[{i}]"), ErrorCode.UnknownQuestion, "The Questionnaire has no item in this place.");
        }
    }

    /// <summary>A coding may leave its system out, but it cannot be of another one: the same code means something else there.</summary>
    private Said OfSystem(AnswerComponent answer, string at, string pointer, string system) => answer.Value switch
    {
        Coding coding when coding.System is { } stated && stated != system => Refuse(pointer, at + ".value.system", ErrorCode.UnknownCode, "The question's codes are of another system."),
        Coding { Code: { } code } => new Said(code, at + ".value"),
        Coding => Refuse(pointer, at + ".value", ErrorCode.MissingMember),
        null => Refuse(pointer, at, ErrorCode.MissingMember),
        _ => Refuse(pointer, at + ".value", ErrorCode.WrongType, "The question takes a valueCoding."),
    };
}
