using System.Xml.Linq;
using Hl7.Fhir.Model;
using Screening.Rules;
using NarrativeStatus = Hl7.Fhir.Model.Narrative.NarrativeStatus;

namespace Screening.Fhir.Narratives;

/// <summary>
/// The XHTML that FHIR allows in a narrative, of a few elements without attributes
/// (<see href="https://hl7.org/fhir/R4/narrative.html#xhtml"/>). What is put in is text and stays text: there is no way to add markup.
/// </summary>
internal static class Xhtml
{
    private static readonly XNamespace Namespace = "http://www.w3.org/1999/xhtml";

    /// <summary>A narrative of what its resource itself says, in its language.</summary>
    public static Narrative Narrative(Language language, params IEnumerable<XElement> content)
    {
        var div = new XElement(
            Namespace + "div",
            new XAttribute("xmlns", Namespace.NamespaceName),
            new XAttribute("lang", language.Tag),
            new XAttribute(XNamespace.Xml + "lang", language.Tag),
            content);
        return new Narrative { Status = NarrativeStatus.Generated, Div = div.ToString(SaveOptions.DisableFormatting) };
    }

    /// <summary>A heading, no larger than the text around it: whoever shows the resource knows how large headings are there.</summary>
    public static XElement Heading(string text) => Element("p", [Element("b", [Text(text)])]);

    /// <summary>A paragraph.</summary>
    public static XElement Paragraph(Phrase phrase) => Element("p", Content(phrase));

    /// <summary>A list; nothing where it would be empty, which is no XHTML.</summary>
    public static IEnumerable<XElement> List(IEnumerable<XElement> items)
    {
        List<XElement> all = [.. items];
        return all.Count == 0 ? [] : [Element("ul", all)];
    }

    /// <summary>An entry of a list, with a list of its own where something belongs to it.</summary>
    public static XElement Item(Phrase phrase, params IEnumerable<XElement> items) => Element("li", [.. Content(phrase), .. List(items)]);

    private static IEnumerable<object> Content(Phrase phrase) =>
        phrase.Parts.Select((part, i) => i % 2 == 1 ? Element("code", [Text(part)]) : (object)Text(part));

    // XML cannot write what cannot be seen.
    private static XText Text(string text) => new(VisibleText.Of(text));

    private static XElement Element(string name, IEnumerable<object> content) => new(Namespace + name, content);
}
