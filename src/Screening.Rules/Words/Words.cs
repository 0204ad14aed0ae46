using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Screening.Rules;

/// <summary>
/// The service's own words: one file for each language beside this one. What is said of a treatment stands in its protocol. Every file has
/// the same keys, so that no language lacks a text; one that does not stops the start.
/// </summary>
public static class Words
{
    private const string Suffix = ".words";

    private static readonly FrozenDictionary<string, WordFile> Files = Read();
    private static readonly FrozenDictionary<string, LocalizedText> Texts = Join();

    /// <summary>The tags of the languages, English first.</summary>
    internal static IReadOnlyList<string> Tags { get; } =
        [.. Files.Keys.OrderBy(tag => tag != LocalizedText.English).ThenBy(tag => tag, StringComparer.Ordinal)];

    /// <summary>A text in every language. In braces: what is put in.</summary>
    /// <param name="key">Its key in the files.</param>
    public static LocalizedText Text(string key) => Texts[key];

    /// <summary>A text for each of its two readers.</summary>
    /// <param name="key">The part of the keys that the two have in common.</param>
    public static Message Message(string key) => new() { Clinician = Text(key + ".clinician"), Patient = Text(key + ".patient") };

    /// <summary>What an error is, and how to correct it.</summary>
    /// <param name="key">The part of the keys that the two have in common.</param>
    public static Explanation Explanation(string key) => new(Text(key + ".meaning"), Text(key + ".remedy"));

    /// <summary>The names of the days and months of a language.</summary>
    internal static WordFile Of(string tag) => Files[tag];

    private static FrozenDictionary<string, WordFile> Read()
    {
        var assembly = typeof(Words).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))
            .ToFrozenDictionary(name => name[..^Suffix.Length], name => Read(assembly, name), StringComparer.Ordinal);
    }

    private static WordFile Read(Assembly assembly, string name)
    {
        using var file = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize(file, WordFileJson.Default.WordFile)!;
    }

    private static FrozenDictionary<string, LocalizedText> Join()
    {
        var english = Files[LocalizedText.English].Words;
        foreach (var (tag, file) in Files)
        {
            if (file.Words.Keys.Except(english.Keys).Concat(english.Keys.Except(file.Words.Keys)).FirstOrDefault() is { } key)
            {
                throw new InvalidOperationException($"The words of '{tag}' and those of English differ at '{key}'.");
            }
        }

        return english.Keys.ToFrozenDictionary(
            key => key,
            key => LocalizedText.Of(Files.Select(file => (file.Key, file.Value.Words[key]))),
            StringComparer.Ordinal);
    }
}

/// <summary>The two texts about an error of one kind.</summary>
/// <param name="Meaning">What is wrong, in plain words, without any value from the request.</param>
/// <param name="Remedy">How to correct it.</param>
public sealed record Explanation(LocalizedText Meaning, LocalizedText Remedy);

/// <summary>A language's file of words.</summary>
internal sealed record WordFile
{
    /// <summary>What the language calls itself.</summary>
    public required string Name { get; init; }

    /// <summary>The months, January first.</summary>
    public required IReadOnlyList<string> Months { get; init; }

    /// <summary>The same, short enough for an axis.</summary>
    public required IReadOnlyList<string> ShortMonths { get; init; }

    /// <summary>The days of the week, Monday first.</summary>
    public required IReadOnlyList<string> Weekdays { get; init; }

    /// <summary>The texts by their keys.</summary>
    public required IReadOnlyDictionary<string, string> Words { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(WordFile))]
internal sealed partial class WordFileJson : JsonSerializerContext;
