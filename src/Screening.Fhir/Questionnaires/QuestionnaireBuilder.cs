using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;

namespace Screening.Fhir.Questionnaires;

/// <summary>
/// Builds a protocol's FHIR Questionnaire: every question with its options, when it is asked and whether it is required; the treated areas
/// last. The texts are in one language, with translations.
/// </summary>
public static class QuestionnaireBuilder
{
    /// <summary>The Questionnaire of one version of a protocol.</summary>
    public static Questionnaire Build(Protocol protocol, Language language)
    {
        var document = protocol.Document;
        var texts = new QuestionnaireTexts(protocol.Id, language);
        var items = new QuestionnaireItems(protocol, texts);
        var form = new Questionnaire
        {
            Id = protocol.Id,
            Language = language.Tag,
            Url = Canonicals.Questionnaire(protocol.Id),
            Identifier = [new Identifier(Canonicals.Digest, protocol.Digest)],
            Version = document.Version,
            Name = ComputerName(protocol.Id),
            TitleElement = texts.Text(document.Title),
            Status = PublicationStatus.Active,
            SubjectType = [ResourceType.Patient],
            EffectivePeriod = new Period { StartElement = new FhirDateTime(PartialDate.Of(protocol.EffectiveFrom).ToString()) },
            Item = [.. protocol.Questions.SelectMany(items.Of), .. items.FromRecord()],
        };
        form.Text = ResourceNarratives.Of(form, language);
        return form;
    }

    /// <summary>Converts <c>sublative-rf</c> to <c>SublativeRf</c>, the form of a name in FHIR.</summary>
    private static string ComputerName(string id) => string.Concat(id.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
