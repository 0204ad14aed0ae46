using System.Reflection;
using System.Xml.Linq;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>The XML documentation comments of the code, deployed next to the assemblies.</summary>
internal static class XmlTexts
{
    /// <summary>Returns the path of an assembly's documentation file.</summary>
    public static string FileOf(Assembly assembly) => Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");

    /// <summary>Returns the comment of each value of an enum, in the order of the values.</summary>
    public static IEnumerable<string> OfValues(Type vocabulary)
    {
        var comments = XDocument.Load(FileOf(vocabulary.Assembly)).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        return Enum.GetNames(vocabulary).Select(name =>
            comments.TryGetValue($"F:{vocabulary.FullName}.{name}", out var comment) && comment.Element("summary") is { } summary
                ? XmlCommentsTextHelper.Humanize(string.Concat(summary.Nodes()), "\n").Trim()
                : throw new InvalidOperationException($"{vocabulary.Name}.{name} has no comment that says what it means."));
    }
}
