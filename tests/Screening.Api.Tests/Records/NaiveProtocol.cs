using System.Text.Json.Nodes;

namespace Screening.Api.Tests.Records;

/// <summary>A code of a list; <paramref name="Below"/> when every code that begins with it counts as well.</summary>
internal sealed record NaiveListedCode(string System, string Code, bool Below, string Display);

/// <summary>One set of codes and words of the protocol's file.</summary>
internal sealed record NaiveSet(
    string Question, List<string> Kinds, List<NaiveListedCode> Codes, List<string[]> Phrases, bool PresentOnly, JsonObject Raises);

/// <summary>The protocol's file as plain JSON: what a second reading of its rules on records needs of it.</summary>
internal static class NaiveProtocol
{
    private static readonly JsonObject File = Read();

    public static List<NaiveSet> Sets { get; } = [.. File["codes"]!.AsArray().Select(set => Set(set!.AsObject()))];

    public static List<string[]> NotCounting { get; } = Phrases(File["recordWords"]!["notCounting"]);

    public static List<string[]> Past { get; } = Phrases(File["recordWords"]!["past"]);

    public static List<string[]> OtherMeaning { get; } = Phrases(File["recordWords"]!["otherMeaning"]);

    /// <summary>The kinds of entry that there are.</summary>
    public static string[] Kinds { get; } = ["condition", "allergy", "medication", "device", "procedure", "observation"];

    /// <summary>The areas that can be treated.</summary>
    public static List<string> Areas { get; } = [.. File["treatmentAreas"]!["options"]!.AsArray().Select(area => (string)area!["code"]!)];

    /// <summary>The rule with an id.</summary>
    public static JsonObject Rule(string id)
    {
        return File["rules"]!.AsArray().Select(rule => rule!.AsObject()).Single(rule => (string)rule["id"]! == id);
    }

    /// <summary>True where a rule counts days from the end of what was used: an end without a date is then nothing to count from.</summary>
    public static bool CountsFromEnd(string question)
    {
        return Conditions(question).Any(condition => (string)condition["kind"]! == "stopped-use");
    }

    /// <summary>The question for the last day of a use.</summary>
    public static string LastUse(string question)
    {
        return Conditions(question).Select(condition => (string?)condition["lastUse"]).Single(lastUse => lastUse is not null)!;
    }

    /// <summary>How many days a rule waits before and after an event.</summary>
    public static int Wait(string question)
    {
        return Conditions(question).Max(condition => (int)condition["days"]!);
    }

    /// <summary>The codes of a list such as the routes, sites or values of a set.</summary>
    public static List<NaiveListedCode> Codes(JsonNode? list)
    {
        List<NaiveListedCode> codes = [];
        foreach (JsonNode? code in list?.AsArray() ?? [])
        {
            codes.Add(new NaiveListedCode((string)code!["system"]!, (string)code["code"]!, (bool?)code["descendants"] ?? false, (string)code["display"]!));
        }

        return codes;
    }

    private static IEnumerable<JsonNode> Conditions(string question)
    {
        return File["rules"]!.AsArray().Select(rule => rule!["condition"]!).Where(condition => (string)condition["question"]! == question);
    }

    private static NaiveSet Set(JsonObject set)
    {
        return new NaiveSet(
            (string)set["question"]!,
            [.. set["entries"]!.AsArray().Select(kind => (string)kind!)],
            Codes(set["anyOf"]),
            Phrases(set["words"]),
            (bool?)set["presentOnly"] ?? false,
            set["raises"]!.AsObject());
    }

    /// <summary>The words of both languages; each phrase as its words in a row.</summary>
    private static List<string[]> Phrases(JsonNode? words)
    {
        List<string[]> phrases = [];
        foreach (KeyValuePair<string, JsonNode?> language in words?.AsObject() ?? [])
        {
            phrases.AddRange(language.Value!.AsArray().Select(phrase => ((string)phrase!).Split(' ')));
        }

        return phrases;
    }

    private static JsonObject Read()
    {
        string path = Repository.Path("src/Screening.Rules/Protocols/sublative-rf/1.0.0.json");
        return JsonNode.Parse(System.IO.File.ReadAllText(path))!.AsObject();
    }
}
