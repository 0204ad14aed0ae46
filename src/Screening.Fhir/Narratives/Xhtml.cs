using System.Xml.Linq;
using Hl7.Fhir.Model;
using Screening.Rules;
using NarrativeStatus = Hl7.Fhir.Model.Narrative.NarrativeStatus;

namespace Screening.Fhir.Narratives;

/// <summary>
/// The XHTML that FHIR allows in a narrative, limited to a few elements without attributes
/// (<see href="https://hl7.org/fhir/R4/narrative.html#xhtml"/>). All input is treated as text: markup cannot be injected.
/// </summary>
internal static class Xhtml
{
    private static readonly XNamespace Namespace = "http://www.w3.org/1999/xhtml";

    /// <summary>
    /// A narrative generated from its resource, in its language: <c>lang</c> alone, since txt-1 allows no <c>xml:lang</c>.
    /// </summary>
    public static Narrative Narrative(Language language, params IEnumerable<XElement> content)
    {
        var div = new XElement(
            Namespace + "div",
            new XAttribute("xmlns", Namespace.NamespaceName),
            new XAttribute("lang", language.Tag),
            content);
        return new Narrative { Status = NarrativeStatus.Generated, Div = div.ToString(SaveOptions.DisableFormatting) };
    }

    /// <summary>The narrative with the first of its blocks alone.</summary>
    public static string FirstOf(string narrative)
    {
        var div = XElement.Parse(narrative, LoadOptions.PreserveWhitespace);
        div.Nodes().Skip(1).Remove();
        return div.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>A heading in the size of normal text, since the viewer decides on heading sizes.</summary>
    public static XElement Heading(string text) => Element("p", [Element("b", [Text(text)])]);

    /// <summary>A paragraph.</summary>
    public static XElement Paragraph(Phrase phrase) => Element("p", Content(phrase));

    /// <summary>A list; nothing for no items, since an empty list is invalid in XHTML.</summary>
    public static IEnumerable<XElement> List(IEnumerable<XElement> items)
    {
        List<XElement> all = [.. items];
        return all.Count == 0 ? [] : [Element("ul", all)];
    }

    /// <summary>A list item, with a nested list if it has items of its own.</summary>
    public static XElement Item(Phrase phrase, params IEnumerable<XElement> items) => Element("li", [.. Content(phrase), .. List(items)]);

    private static IEnumerable<object> Content(Phrase phrase) =>
        phrase.Parts.Select(part => part.Kind == PhraseKind.Id ? Element("code", [Text(part.Text)]) : (object)Text(part.Text));

    // XML cannot represent some invisible characters.
    private static XText Text(string text) => new(VisibleText.Of(text));

    private static XElement Element(string name, IEnumerable<object> content) => new(Namespace + name, content);
}
