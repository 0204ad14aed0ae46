using System.Text;

namespace Screening.Rules.Tests.Support;

/// <summary>Files of the repository that are generated: a test compares them, and rewrites them when it is told to.</summary>
public static class GeneratedFile
{
    private const string Update = "SCREENING_UPDATE";

    /// <summary>The path of a file that is named from the top of the repository.</summary>
    public static string Path(string fromTop)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "ScreeningApi.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run below the folder of ScreeningApi.sln.");
        }

        return System.IO.Path.Combine(folder.FullName, fromTop);
    }

    /// <summary>Fails unless the file holds exactly this text; with SCREENING_UPDATE=1 it writes the text instead.</summary>
    public static void IsCurrent(string fromTop, string text)
    {
        var path = Path(fromTop);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        }

        var held = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(text == held, $"{fromTop} is not what is generated today, from {Difference(text, held)}. Run the tests with {Update}=1 to rewrite it, and look at what changed.");
    }

    private static string Difference(string text, string held)
    {
        var (a, b) = (text.Split('\n'), held.Split('\n'));
        var line = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1} on: '{a.ElementAtOrDefault(line)}' where the file has '{b.ElementAtOrDefault(line)}'";
    }
}
