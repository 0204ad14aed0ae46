using System.Text.Json.Nodes;
using System.Xml.Linq;
using Hl7.Fhir.Model;

namespace Screening.Api.Tests.Reports;

/// <summary>Narratives as a reader sees them, and as FHIR allows them.</summary>
internal static class Narratives
{
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";
    private static readonly string[] Elements = ["div", "p", "b", "ul", "li", "code"];

    /// <summary>The narrative's text, one line for each block; the narrative is looked at first.</summary>
    public static string TextOf(JsonObject resource)
    {
        var narrative = resource["text"]!;
        Assert.Equal("generated", (string)narrative["status"]!);
        var div = (string)narrative["div"]!;
        Assert.True(XHtml.IsValidNarrativeXhtml(div, out var error, out _), error);
        var root = XElement.Parse(div, LoadOptions.PreserveWhitespace);
        Assert.Empty(root.DescendantsAndSelf().Select(element => element.Name).Except(Elements.Select(name => Xhtml + name)));
        Assert.All(root.Descendants(), element => Assert.Empty(element.Attributes()));
        var language = (string)resource["language"]!;
        Assert.Equal([("lang", language)], Attributes(root));
        var lines = root.Descendants().Where(element => element.Name.LocalName is "p" or "li")
            .Select(block => string.Concat(block.Nodes().Where(node => node is not XElement { Name.LocalName: "ul" }).Select(TextOf)));
        var text = string.Join('\n', lines) + "\n";
        Assert.NotEmpty(text.Trim());
        return text;
    }

    private static IEnumerable<(string Name, string Value)> Attributes(XElement root) =>
        root.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Select(attribute => (attribute.Name.ToString(), attribute.Value));

    private static string TextOf(XNode node) => node is XElement element ? element.Value : ((XText)node).Value;
}
