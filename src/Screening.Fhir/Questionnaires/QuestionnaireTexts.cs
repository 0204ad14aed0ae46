using Hl7.Fhir.Model;
using Screening.Rules;

namespace Screening.Fhir.Questionnaires;

/// <summary>A Questionnaire's texts and codings in one language, the others as the standard's translation extension.</summary>
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
    public Coding Option(string question, Option option) => Coding(Canonicals.Codes(protocol, question), option.Code, option.Label);

    /// <summary>What an item asks, in the code system of the protocol's questions.</summary>
    public Coding Question(string id, LocalizedText text) => Coding(Canonicals.Questions(protocol), id, text);

    /// <summary>An answer that this service adds.</summary>
    public Coding General(string code, LocalizedText label) => Coding(Canonicals.GeneralAnswers, code, label);

    private Coding Coding(string system, string code, LocalizedText label) => new(system, code) { DisplayElement = Text(label) };
}
