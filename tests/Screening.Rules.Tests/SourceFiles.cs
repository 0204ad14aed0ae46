using System.Text.RegularExpressions;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests;

/// <summary>The source of the product as text: which file holds which type, and which file names which.</summary>
internal static partial class SourceFiles
{
    /// <summary>Each file, named from <c>src</c>, without its comments and texts.</summary>
    public static IReadOnlyDictionary<string, string> Code { get; } = Read();

    /// <summary>The types at the top of files: the name, the file, and whether it is a class or an interface and no value.</summary>
    public static ILookup<string, (string File, bool HasSteps)> Types { get; } =
        (from file in Code
         from type in Declaration().Matches(file.Value)
         select (Name: type.Groups["name"].Value, file.Key, HasSteps: type.Groups["kind"].Value is "class" or "interface"))
        .ToLookup(type => type.Name, type => (type.Key, type.HasSteps), StringComparer.Ordinal);

    /// <summary>Methods that are called without the name of their type, with their file; not those whose name another has.</summary>
    private static readonly ILookup<string, string> Extensions =
        (from file in Code
         from method in Method().Matches(file.Value)
         group (file.Key, IsExtension: method.Groups["this"].Success) by method.Groups["name"].Value into named
         where named.Select(one => one.Key).Distinct().Count() == 1 && named.All(one => one.IsExtension)
         select (named.Key, File: named.First().Key))
        .ToLookup(method => method.Key, method => method.File, StringComparer.Ordinal);

    private static readonly Dictionary<string, HashSet<string>> Words =
        Code.ToDictionary(
            file => file.Key,
            file => Word().Matches(file.Value).Select(word => word.Value).ToHashSet(StringComparer.Ordinal));

    /// <summary>The files of the types that a file names, and of the extension methods that it calls.</summary>
    public static IEnumerable<(string Type, string File, bool HasSteps)> NamedBy(string file) =>
        from word in Words[file]
        from named in Types[word].Concat(Extensions[word].Where(_ => Calls(file, word)).Select(other => (File: other, HasSteps: true)))
        where named.File != file && MayKnow(file, named.File)
        select (word, named.File, named.HasSteps);

    /// <summary>Whether a file names a type of another.</summary>
    public static bool Names(string file, string other) => NamedBy(file).Any(named => named.File == other);

    private static bool Calls(string file, string method) =>
        Code[file].Contains($".{method}(", StringComparison.Ordinal) || Code[file].Contains($".{method}<", StringComparison.Ordinal);

    /// <summary>A word that is a type's name in a project that this one does not know means something else here.</summary>
    private static bool MayKnow(string file, string other) => Rank(other) <= Rank(file);

    private static int Rank(string file) => Array.IndexOf(["Screening.Rules", "Screening.Fhir", "Screening.Api"], file.Split('/')[0]);

    private static Dictionary<string, string> Read()
    {
        var source = GeneratedFile.Path("src");
        return Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: file, Name: Path.GetRelativePath(source, file).Replace('\\', '/')))
            .Where(file => !file.Name.Contains("/obj/", StringComparison.Ordinal))
            .ToDictionary(file => file.Name, file => TextOrComment().Replace(File.ReadAllText(file.Path), " "), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"//[^\n]*|"""""".*?""""""|""(\\.|[^""\\\n])*""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextOrComment();

    [GeneratedRegex(
        @"^(public|internal) ((static|sealed|abstract|readonly|partial|ref|unsafe) )*"
            + @"(?<kind>class|record struct|record|struct|enum|interface) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Declaration();

    [GeneratedRegex(
        @"^    (public|internal|private|protected) [^\n=;(]*\b(?<name>\w+)(<\w+>)?\((?<this>this )?",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Method();

    [GeneratedRegex(@"\w+", RegexOptions.None, 1000)]
    private static partial Regex Word();
}
