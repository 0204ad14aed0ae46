using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Screening.Api.Tests.ThirdParty;

/// <summary>
/// The notices of the packages that are published with the service: those of its lock file but the ones that only build it. Licence and
/// copyright are what each package says of itself in the package cache.
/// </summary>
internal static class ThirdPartyNotices
{
    /// <summary>The whole file.</summary>
    public static string Text()
    {
        var packages = Packages();
        var text = new StringBuilder("""
            THIRD-PARTY NOTICES

            The Screening API is published with the packages below, each under its own licence. The texts of the licences follow them.
            This file is made from src/Screening.Api/packages.lock.json by a test; .github/CONTRIBUTING.md says how to renew it.


            """);
        foreach (var package in packages)
        {
            text.Append($"{package.Id} {package.Version}\n    {package.Licence}; {package.Address}\n    {package.Copyright}\n");
        }

        foreach (var licence in packages.Select(package => package.Licence).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            text.Append($"\n{new string('-', 80)}\n{licence}\n\n{LicenceText(licence)}");
        }

        return text.ToString();
    }

    /// <summary>The packages, by name.</summary>
    public static IReadOnlyList<Package> Packages()
    {
        var locks = JsonNode.Parse(File.ReadAllText(Repository.Path("src/Screening.Api/packages.lock.json")))!;
        return
        [
            .. from framework in locks["dependencies"]!.AsObject()
               from locked in framework.Value!.AsObject()
               where (string)locked.Value!["type"]! != "Project"
               let package = Read(locked.Key, (string)locked.Value!["resolved"]!)
               where package is not null
               group package by package.Id into versions
               orderby versions.Key
               select versions.First(),
        ];
    }

    /// <summary>A package as it is described in the cache; null for one that only builds.</summary>
    private static Package? Read(string id, string version)
    {
        var (folder, file) = (Path.Combine(Cache(), id.ToLowerInvariant(), version), id.ToLowerInvariant() + ".nuspec");
        var metadata = XDocument.Load(Path.Combine(folder, file)).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string? Of(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        if (Of("developmentDependency") == "true")
        {
            return null;
        }

        var licence = metadata.Elements().Single(element => element.Name.LocalName == "license");
        Assert.True(licence.Attribute("type")?.Value == "expression", $"{id} has no licence expression: its notice is to be written by hand.");
        return new Package(id, version, licence.Value, Of("projectUrl")!, Of("copyright") ?? $"Copyright {Of("authors")}");
    }

    private static string LicenceText(string licence)
    {
        var file = Repository.Path($"tests/Screening.Api.Tests/ThirdParty/{licence}.txt");
        Assert.True(File.Exists(file), $"{licence} is new: look whether it can be met, and put its text into {file}.");
        return File.ReadAllText(file);
    }

    private static string Cache() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } stated
        ? stated
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>What a package says of itself.</summary>
    internal sealed record Package(string Id, string Version, string Licence, string Address, string Copyright);
}
