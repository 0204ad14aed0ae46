using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Reports;

/// <summary>A language is its file: each has every text, with the same places to fill in, and the code knows no language by name.</summary>
public static partial class WordsTests
{
    private static readonly string Folder = GeneratedFile.Path("src/Screening.Rules/Words");

    [Fact]
    public static void There_is_a_language_for_each_file_English_first() => Assert.Equal(
        Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal),
        Language.All.Select(language => language.Tag).Order(StringComparer.Ordinal));

    [Fact]
    public static void English_is_first_and_an_unknown_tag_is_no_language()
    {
        Assert.Equal(("en", 0), (Language.All[0].Tag, Language.English.Index));
        Assert.Null(Language.Find("xx"));
    }

    [Fact]
    public static void Every_text_has_the_same_places_in_each_language()
    {
        foreach (var (key, english) in Texts("en"))
        {
            foreach (var language in Language.All)
            {
                var text = Words.Text(key).In(language);
                Assert.False(string.IsNullOrWhiteSpace(text), key);
                Assert.Equal(Places(english), Places(text));
            }
        }
    }

    [Fact]
    public static void Every_text_is_used_and_every_text_that_is_used_is_there()
    {
        var source = string.Concat(Directory.GetFiles(GeneratedFile.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var used = Key().Matches(source).SelectMany(match => match.Groups["kind"].Value switch
        {
            "Message" => new[] { match.Groups["key"].Value + ".clinician", match.Groups["key"].Value + ".patient" },
            "Explanation" => [match.Groups["key"].Value + ".meaning", match.Groups["key"].Value + ".remedy"],
            _ => [match.Groups["key"].Value],
        });
        var mentioned = Texts("en").Keys.Where(key => source.Contains($"\"{key}\"", StringComparison.Ordinal));
        Assert.Equal(Texts("en").Keys.Order(StringComparer.Ordinal), used.Concat(mentioned).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The protocol format has these two languages, and prescriptions are read in them; a response comes in any.</summary>
    [Fact]
    public static void No_code_but_that_of_the_protocol_format_and_of_prescriptions_knows_another_language_than_English() => Assert.Equal(
        [
            "DosageText.cs", "DosageVocabularies.cs", "LocalizedText.cs", "ProtocolChecks.cs", "ProtocolWordChecks.cs", "RecordCodes.cs",
            "ReviewSheet.cs", "ReviewSheetCare.cs",
        ],
        SourceCode.Matches("src", NamesSpanish()).Select(found => found.File).Order(StringComparer.Ordinal));

    private static Dictionary<string, string> Texts(string tag) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, tag + ".json")))!["words"]!.AsObject()
            .ToDictionary(word => word.Key, word => (string)word.Value!, StringComparer.Ordinal);

    private static IEnumerable<string> Places(string text) =>
        Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Place();

    [GeneratedRegex(@"Words\.(?<kind>Text|Message|Explanation)\(\s*""(?<key>[^""]+)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex(@"\bSpanish\b|""es""|\.Es\b", RegexOptions.NonBacktracking)]
    private static partial Regex NamesSpanish();
}
