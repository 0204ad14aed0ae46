using System.Reflection;
using System.Xml.Linq;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Screening.Api.OpenApi;

/// <summary>The documentation comments of the code, which travel beside it.</summary>
internal static class XmlTexts
{
    /// <summary>The file that holds an assembly's comments.</summary>
    public static string FileOf(Assembly assembly) => Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");

    /// <summary>What is said of each value of a vocabulary, in the order of the values.</summary>
    public static IEnumerable<string> OfValues(Type vocabulary)
    {
        var comments = XDocument.Load(FileOf(vocabulary.Assembly)).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        return Enum.GetNames(vocabulary).Select(name =>
            comments.TryGetValue($"F:{vocabulary.FullName}.{name}", out var comment) && comment.Element("summary") is { } summary
                ? XmlCommentsTextHelper.Humanize(string.Concat(summary.Nodes()), "\n").Trim()
                : throw new InvalidOperationException($"{vocabulary.Name}.{name} has no comment that says what it means."));
    }
}
