using System.Text.RegularExpressions;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests;

/// <summary>The module's page names the files that a request passes: they exist, and none is passed twice.</summary>
public static partial class PathsTests
{
    private const int MostOfRest = 20;

    private static readonly Dictionary<string, List<string>> Paths = Read();

    public static TheoryData<string> Doors => [.. Paths.Keys];

    [Fact]
    public static void Four_doors_have_their_path() =>
        Assert.Equal(["One REST screening", "One line of a batch", "One `$screen`", "One hook call"], Paths.Keys);

    [Theory]
    [MemberData(nameof(Doors))]
    public static void Every_file_of_a_path_exists_and_stands_in_it_once(string door)
    {
        Assert.NotEmpty(Paths[door]);
        Assert.All(Paths[door], file => Assert.True(File.Exists(GeneratedFile.Path("src/" + file)), file));
        Assert.Equal(Paths[door].Distinct(), Paths[door]);
    }

    [Fact]
    public static void A_REST_screening_passes_few_files() => Assert.InRange(Paths["One REST screening"].Count, 1, MostOfRest);

    [Fact]
    public static void Every_room_is_on_the_page()
    {
        var page = File.ReadAllText(GeneratedFile.Path("src/Screening.Rules/README.md"));
        var rooms = Directory.GetDirectories(GeneratedFile.Path("src/Screening.Rules")).Select(folder => Path.GetFileName(folder)!).Except(["bin", "obj"]);
        Assert.All(rooms, room => Assert.Contains($"| `{room}` |", page, StringComparison.Ordinal));
    }

    private static Dictionary<string, List<string>> Read()
    {
        var paths = new Dictionary<string, List<string>>();
        List<string>? path = null;
        foreach (var line in File.ReadLines(GeneratedFile.Path("src/Screening.Rules/README.md")))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                paths.Add(line[4..], path = []);
            }
            else if (Step().Match(line) is { Success: true } step)
            {
                path!.Add(step.Groups["file"].Value);
            }
        }

        return paths;
    }

    [GeneratedRegex(@"^[0-9]+\. `(?<file>[^`]+)`: \S", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Step();
}
