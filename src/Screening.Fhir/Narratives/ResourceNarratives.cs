using System.Xml.Linq;
using Hl7.Fhir.Model;
using Screening.Rules;
using Item = Hl7.Fhir.Model.Questionnaire.ItemComponent;

namespace Screening.Fhir.Narratives;

/// <summary>The narratives of resources other than decisions, made from their content.</summary>
public static class ResourceNarratives
{
    /// <summary>The most issues listed: a response must not be many times larger than its request.</summary>
    private const int MostIssues = 10;

    /// <summary>The questions of a form, with their options.</summary>
    public static Narrative Of(Questionnaire form, Language language) =>
        Xhtml.Narrative(language, [Xhtml.Heading(form.Title!), .. Xhtml.List(form.Item.Where(item => item.ReadOnly != true).Select(Of))]);

    /// <summary>What is filled in for a patient to check, question by question.</summary>
    internal static Narrative OfSuggestions(Protocol protocol, IReadOnlyList<Suggestion> suggestions, Language language) => Xhtml.Narrative(
        language,
        [
            Xhtml.Heading(protocol.Document.Title.In(language)),
            Xhtml.Paragraph((suggestions.Count == 0 ? FormTexts.NothingFilledIn : FormTexts.FilledInNarrative).In(language)),
            .. Xhtml.List(suggestions.Select(one => Xhtml.Item(
                one.Question.Document.Text.In(language),
                AnswerWords.Suggested(one, language).Select(answer => Xhtml.Item(answer))))),
        ]);

    /// <summary>The steps and their times, and the risks.</summary>
    internal static Narrative OfCarePlan(string title, IEnumerable<string> steps, IReadOnlyList<string> risks, Language language)
    {
        List<XElement> content = [Xhtml.Heading(title), .. List(steps)];
        return risks.Count == 0 ? Xhtml.Narrative(language, content)
            : Xhtml.Narrative(language, [.. content, Xhtml.Heading(FormTexts.Risks.In(language)), .. List(risks)]);
    }

    /// <summary>The capabilities of the service.</summary>
    internal static Narrative Of(CapabilityStatement statement)
    {
        var resources = statement.Rest.SelectMany(rest => rest.Resource);
        return Xhtml.Narrative(
            Language.English,
            [
                Xhtml.Heading($"{statement.Software!.Name} {statement.Software.Version}"),
                Xhtml.Paragraph(statement.Implementation!.Description!),
                .. Xhtml.List(resources.Select(resource => Xhtml.Item(
                    $"{resource.Type}: {resource.Documentation}",
                    resource.Operation.Select(Of)))),
            ]);
    }

    /// <summary>The parameters of an operation.</summary>
    internal static Narrative Of(OperationDefinition definition) => Xhtml.Narrative(
        Language.English,
        [
            Xhtml.Heading(definition.Title!),
            Xhtml.Paragraph(definition.Description!),
            .. Xhtml.List(definition.Parameter.Select(parameter =>
                Xhtml.Item(Phrase.Code(parameter.Name!) + ": " + parameter.Documentation!))),
        ]);

    /// <summary>The errors.</summary>
    internal static Narrative Of(OperationOutcome outcome, Language language)
    {
        var texts = outcome.Issue.Select(issue => issue.Details!.Text!).Distinct().ToList();
        var more = texts.Count > MostIssues ? [ReportTexts.More(texts.Count - MostIssues, language)] : Array.Empty<string>();
        return Xhtml.Narrative(language, List(texts.Take(MostIssues).Concat(more)));
    }

    /// <summary>
    /// Shortens the narratives to their first paragraph: in a response that is too large they go first, since they repeat other content,
    /// but a resource without any is against best practice (dom-6).
    /// </summary>
    public static void Shorten(IEnumerable<Resource?> resources)
    {
        foreach (var resource in WithNarrative(resources))
        {
            resource.Text!.Div = Xhtml.FirstOf(resource.Text.Div!);
        }
    }

    /// <summary>Removes the narratives, in a response for which all else has been shortened.</summary>
    public static void Remove(IEnumerable<Resource?> resources)
    {
        foreach (var resource in WithNarrative(resources))
        {
            resource.Text = null;
        }
    }

    private static IEnumerable<DomainResource> WithNarrative(IEnumerable<Resource?> resources) =>
        resources.OfType<DomainResource>().Where(resource => resource.Text is not null);

    private static IEnumerable<XElement> List(IEnumerable<string> texts) => Xhtml.List(texts.Select(text => Xhtml.Item(text)));

    private static XElement Of(CapabilityStatement.OperationComponent operation) =>
        Xhtml.Item(Phrase.Code("$" + operation.Name) + ": " + operation.Documentation!);

    private static XElement Of(Item item)
    {
        var options = item.AnswerOption.Select(option => Xhtml.Item(((Coding)option.Value!).Display!));
        return Xhtml.Item(item.Text!, options.Concat(item.Item.Select(Of)));
    }
}
