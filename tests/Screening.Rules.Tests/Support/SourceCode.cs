using System.Text.RegularExpressions;

namespace Screening.Rules.Tests.Support;

/// <summary>The text of the service's own code, for conventions that no compiler holds.</summary>
public static class SourceCode
{
    /// <summary>Where a pattern matches in the code below a folder, as file names with the number of matches; comments do not count.</summary>
    public static IReadOnlyList<(string File, int Count)> Matches(string folder, Regex pattern, string? except = null) =>
    [
        .. from path in Directory.EnumerateFiles(GeneratedFile.Path(folder), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           let name = path.Replace('\\', '/')
           where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal)
           where except is null || !name.Contains($"/{except}/", StringComparison.Ordinal)
           let count = File.ReadLines(path).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)).Sum(line => pattern.Count(line))
           where count > 0
           select (Path.GetFileName(path), count),
    ];
}
