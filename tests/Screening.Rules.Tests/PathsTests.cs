using System.Text.RegularExpressions;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests;

/// <summary>
/// The module's page names the files that a request passes at each door: they exist, each is named by an earlier one, and none that is
/// named is missing but for what the page says to leave out.
/// </summary>
public static partial class PathsTests
{
    private const string Page = "src/Screening.Rules/README.md";

    /// <summary>Where things are put together: what it names is in its place before a request comes.</summary>
    private const string Root = "Screening.Api/ScreeningHost.cs";

    private static readonly string[] TheDoors = ["One REST screening", "One line of a batch", "One `$screen`", "One hook call"];

    /// <summary>Rooms that hold values, or what else may be asked for at the same place.</summary>
    private static readonly string[] LeftOutRooms = ["/Format/", "/Contract/", "/Pages/", "/OpenApi/", "/Telemetry/"];

    private static readonly Dictionary<string, List<Step>> Lists = Read();

    public static TheoryData<string> Doors => [.. TheDoors];

    public static TheoryData<string> AllLists => [.. Lists.Keys];

    public static TheoryData<string> Projects => ["Screening.Rules", "Screening.Fhir", "Screening.Api"];

    [Fact]
    public static void Four_doors_have_their_path_and_every_other_list_is_gone_on_with() =>
        Assert.Equal(
            Lists.Keys.Order(StringComparer.Ordinal),
            TheDoors.Concat(Lists.Values.SelectMany(steps => steps).Where(step => step.GoesOn).Select(step => step.To))
                .Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(AllLists))]
    public static void Every_file_of_a_list_exists_and_stands_in_it_once(string list)
    {
        var files = Lists[list].Where(step => !step.GoesOn).Select(step => step.To).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(SourceFiles.Code.ContainsKey(file), file));
        Assert.Equal(files.Distinct(), files);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public static void Each_file_is_named_by_an_earlier_one(string door)
    {
        var path = Path(door);

        Assert.Empty(path.Where((file, i) => !IsInPlace(file) && !path[..i].Append(Root).Any(earlier => SourceFiles.Names(earlier, file))));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public static void No_file_that_is_named_is_missing_but_for_what_is_left_out(string door)
    {
        var path = Path(door).ToHashSet(StringComparer.Ordinal);
        var leftOut = LeftOut().SelectMany(type => SourceFiles.Types[type]).Select(type => type.File).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(
            from file in path
            from named in SourceFiles.NamedBy(file)
            where named.HasSteps && !path.Contains(named.File) && !leftOut.Contains(named.File)
            where !LeftOutRooms.Any(room => named.File.Contains(room, StringComparison.Ordinal))
            group System.IO.Path.GetFileNameWithoutExtension(file) by $"{named.Type} of {named.File}" into missing
            select $"{missing.Key}, named by {string.Join(", ", missing)}");
    }

    [Fact]
    public static void What_is_left_out_by_name_is_there() => Assert.All(LeftOut(), type => Assert.NotEmpty(SourceFiles.Types[type]));

    [Theory]
    [MemberData(nameof(Projects))]
    public static void Every_room_of_a_project_is_on_its_page_and_none_that_is_not_there(string project)
    {
        var source = GeneratedFile.Path("src/" + project);
        var rooms = Directory.GetDirectories(source, "*", SearchOption.AllDirectories)
            .Select(folder => System.IO.Path.GetRelativePath(source, folder).Replace('\\', '/'))
            .Where(room => room.Split('/')[0] is not ("bin" or "obj") && !room.StartsWith("Protocols/", StringComparison.Ordinal));

        var page = File.ReadAllText(System.IO.Path.Combine(source, "README.md"));

        Assert.Equal(
            rooms.Order(StringComparer.Ordinal),
            Room().Matches(page).Select(room => room.Groups["room"].Value).Order(StringComparer.Ordinal));
        Assert.Contains("**Its one rule: ", page.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    /// <summary>The files of a list in order, with those of the lists that it goes on with; each once, where it comes first.</summary>
    private static List<string> Path(string list) =>
        [.. Lists[list].SelectMany(step => step.GoesOn ? Path(step.To) : [step.To]).Distinct(StringComparer.Ordinal)];

    /// <summary>An endpoint, which is found by what it is, or a part of the pipeline, which the root puts there by its name.</summary>
    private static bool IsInPlace(string file) =>
        file.EndsWith("Endpoint.cs", StringComparison.Ordinal)
        || SourceFiles.Code[Root].Contains($".Use{System.IO.Path.GetFileNameWithoutExtension(file)}(", StringComparison.Ordinal);

    /// <summary>The names in the sentence on what many use.</summary>
    private static HashSet<string> LeftOut()
    {
        var sentence = LeftOutNames().Match(File.ReadAllText(GeneratedFile.Path(Page)));
        Assert.True(sentence.Success);
        return Name().Matches(sentence.Groups["names"].Value).Select(name => name.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
    }

    private static Dictionary<string, List<Step>> Read()
    {
        var lists = new Dictionary<string, List<Step>>();
        List<Step>? list = null;
        foreach (var line in File.ReadLines(GeneratedFile.Path(Page)))
        {
            if (line.StartsWith("### ", StringComparison.Ordinal))
            {
                lists.Add(line[4..], list = []);
            }
            else if (FileStep().Match(line) is { Success: true } file)
            {
                list!.Add(new Step(file.Groups["file"].Value, GoesOn: false));
            }
            else if (ListStep().Match(line) is { Success: true } other)
            {
                list!.Add(new Step(other.Groups["list"].Value, GoesOn: true));
            }
        }

        return lists;
    }

    /// <summary>A file, or another list to go on with.</summary>
    private sealed record Step(string To, bool GoesOn);

    [GeneratedRegex(@"^[0-9]+\. `(?<file>[^`]+)`: \S", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FileStep();

    [GeneratedRegex(@"^[0-9]+\. \[(?<list>[^\]]+)\]\(#", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ListStep();

    [GeneratedRegex(
        @"^- what many use along the way:(?<names>[^.]+)\.$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LeftOutNames();

    [GeneratedRegex("`(?<name>[A-Za-z0-9]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\| `(?<room>[A-Za-z/]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Room();
}
