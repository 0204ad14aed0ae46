using Hl7.Fhir.Model;
using Screening.Fhir.Narratives;
using Screening.Rules;

namespace Screening.Fhir.Questionnaires;

/// <summary>
/// Builds a protocol's FHIR Questionnaire: every question with its options, when it is asked and whether it is required; the treated areas
/// last. The texts are in one language, all but the options with translations.
/// </summary>
public static class QuestionnaireBuilder
{
    private const string Sdc = "http://hl7.org/fhir/uv/sdc/StructureDefinition/";

    /// <summary>
    /// Says that versions are compared as semantic versions, which SDC requires where there is a version: by the extension's name today, and
    /// by the one that the ballot of SDC 4.0.0 has.
    /// </summary>
    private static readonly string[] VersionAlgorithm =
    [
        "http://hl7.org/fhir/StructureDefinition/artifact-versionAlgorithm",
        "http://hl7.org/fhir/5.0/StructureDefinition/extension-Questionnaire.versionAlgorithm[x]",
    ];

    /// <summary>The Questionnaire of one version of a protocol.</summary>
    public static Questionnaire Build(Protocol protocol, Language language)
    {
        var document = protocol.Document;
        var texts = new QuestionnaireTexts(protocol.Id, language);
        var items = new QuestionnaireItems(protocol, texts);
        var form = new Questionnaire
        {
            Id = protocol.Id,
            Meta = new Meta { Profile = [Sdc + "sdc-questionnaire", Sdc + "sdc-questionnaire-render", Sdc + "sdc-questionnaire-behave"] },
            Language = language.Tag,
            Extension = [.. VersionAlgorithm.Select(url => new Extension(url, new Coding("http://hl7.org/fhir/version-algorithm", "semver")))],
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
