using System.Text;
using System.Text.Json.Nodes;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Loading;

/// <summary>One thing that can be wrong with a protocol's file, as a small change to the shipped one.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Bytes">The changed file.</param>
/// <param name="Pointer">Where it must be reported.</param>
/// <param name="Reason">What the reason must say.</param>
/// <param name="InSchema">True when an editor that knows the schema sees it too.</param>
public sealed record Flaw(string Name, byte[] Bytes, string Pointer, string Reason, bool InSchema)
{
    private static readonly string Unchanged = Shipped.Node().ToJsonString();

    /// <summary>Every flaw that the tests know.</summary>
    public static IReadOnlyDictionary<string, Flaw> All { get; } =
        ByteFlaws.All.Concat(ShapeFlaws.All).Concat(HeadFlaws.All).Concat(QuestionFlaws.All).Concat(RuleFlaws.All).Concat(CodeFlaws.All).Concat(ExampleFlaws.All).ToDictionary(flaw => flaw.Name);

    /// <summary>A flaw of sense: the schema cannot see it.</summary>
    public static Flaw Of(string name, Action<JsonObject> edit, string at, string reason) => Edited(name, edit, at, reason, false);

    /// <summary>A flaw that the schema describes as well.</summary>
    public static Flaw OfShape(string name, Action<JsonObject> edit, string at, string reason) => Edited(name, edit, at, reason, true);

    /// <summary>A flaw that only the text of a file can have.</summary>
    public static Flaw OfText(string name, Func<string, string> edit, string at, string reason) =>
        new(name, Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(Shipped.Bytes))), at, reason, false);

    private static Flaw Edited(string name, Action<JsonObject> edit, string at, string reason, bool inSchema)
    {
        var file = Shipped.Node();
        var pointer = file.Resolve(at);
        edit(file);
        var text = file.ToJsonString();
        Assert.True(text != Unchanged, $"'{name}' changes nothing.");
        return new Flaw(name, Encoding.UTF8.GetBytes(text), pointer, reason, inSchema);
    }
}
