using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Questionnaires;

/// <summary>
/// A Questionnaire's texts and codings in one language, the others as the standard's translation extension; but the codings of answers in
/// that language alone. Some forms compare an answer with an option as a whole, and show none as chosen that has an extension.
/// </summary>
internal sealed class QuestionnaireTexts(string protocol, Language language)
{
    private const string Translation = "http://hl7.org/fhir/StructureDefinition/translation";

    /// <summary>A text with its translations.</summary>
    public FhirString Text(LocalizedText text)
    {
        var element = new FhirString(text.In(language));
        foreach (var other in Language.All.Where(other => other != language))
        {
            element.Extension.Add(new Extension
            {
                Url = Translation,
                Extension = [new Extension("lang", new Code(other.Tag)), new Extension("content", new FhirString(text.In(other)))],
            });
        }

        return element;
    }

    /// <summary>An option of a question.</summary>
    public Coding Option(string question, Option option) =>
        new(Canonicals.Codes(protocol, question), option.Code, option.Label.In(language));

    /// <summary>What an item asks, in the code system of the protocol's questions.</summary>
    public Coding Question(string id, LocalizedText text) => new(Canonicals.Questions(protocol), id) { DisplayElement = Text(text) };

    /// <summary>An answer that this service adds.</summary>
    public Coding General(string code, LocalizedText label) => new(Canonicals.GeneralAnswers, code, label.In(language));
}
