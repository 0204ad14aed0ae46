using System.Reflection;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Settings;

/// <summary>Every setting stands in one table, and whatever stands there is read.</summary>
public static class SettingTableTests
{
    private const string Begin = "<!-- The settings, made from src/Screening.Api/Settings/ServiceSettings.cs -->\n";
    private const string End = "<!-- end of the settings -->\n";

    public static TheoryData<string> Declarations => [.. Fields().Select(declared => declared.Name)];

    [Fact]
    public static void The_page_for_operators_has_the_table()
    {
        var path = Repository.Path("src/Operations.md");
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.InRange(begin, Begin.Length, end);
        var wanted = text[..begin] + Table() + text[end..];
        if (Environment.GetEnvironmentVariable("SCREENING_UPDATE") == "1")
        {
            File.WriteAllText(path, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public static void What_is_declared_is_read(string declaration) =>
        Assert.Contains(
            Directory.EnumerateFiles(Repository.Path("src/Screening.Api"), "*.cs", SearchOption.AllDirectories),
            file => File.ReadAllText(file).Contains($"ServiceSettings.{declaration}.Of(", StringComparison.Ordinal));

    [Fact]
    public static void Each_has_a_name_and_a_meaning_of_its_own()
    {
        Assert.Equal(Fields().Count(), ServiceSettings.All.Count);
        Assert.Distinct(ServiceSettings.All.Select(setting => setting.Name), StringComparer.OrdinalIgnoreCase);
        Assert.Distinct(ServiceSettings.All.Select(setting => setting.Meaning));
        Assert.All(ServiceSettings.All, setting => Assert.True(setting.Has(setting.Written), setting.Name));
        Assert.All(ServiceSettings.All, setting => Assert.EndsWith(".", setting.Meaning, StringComparison.Ordinal));
    }

    private static IEnumerable<FieldInfo> Fields() =>
        typeof(ServiceSettings).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Where(declared => declared.FieldType.IsAssignableTo(typeof(Setting)));

    private static string Table() => "| setting | value | default | meaning |\n|---|---|---|---|\n"
        + string.Concat(ServiceSettings.All.Select(Row));

    private static string Row(Setting setting) =>
        $"| `{setting.Variable}` | {Cell(setting.Form)} | {Cell(setting.Default)} | {Cell(setting.Meaning)} |\n";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
