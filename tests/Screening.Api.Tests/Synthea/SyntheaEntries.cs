using System.Text.Json;

namespace Screening.Api.Tests.Synthea;

/// <summary>A code and its display as a module of Synthea has them.</summary>
/// <param name="Type">The resource that Synthea exports it as.</param>
/// <param name="System">The code system.</param>
/// <param name="Code">The code.</param>
/// <param name="Display">The display.</param>
/// <param name="Module">The module.</param>
/// <param name="Mark"><c>must</c>: an active entry matters, for its question; <c>no</c>: none does.</param>
/// <param name="Question">The question for which it matters.</param>
internal sealed record SyntheaEntry(string Type, string System, string Code, string Display, string Module, string Mark, string? Question);

/// <summary>What was drawn from Synthea's published modules; the file says from which commit, and under which licence.</summary>
internal static class SyntheaEntries
{
    private const string File = "tests/Screening.Api.Tests/Synthea/entries.json";

    private static readonly List<SyntheaEntry> All = Read();

    /// <summary>Those that matter while they are active.</summary>
    public static IReadOnlyList<SyntheaEntry> Mattering { get; } = [.. All.Where(entry => entry.Mark == "must")];

    /// <summary>Those that never matter.</summary>
    public static IReadOnlyList<SyntheaEntry> Other { get; } = [.. All.Where(entry => entry.Mark == "no")];

    /// <summary>Those that matter while they are active, and no longer once they have ended.</summary>
    public static IReadOnlyList<SyntheaEntry> Passing { get; } = [.. Mattering.Where(entry => (entry.Type, entry.Question) is
        ("Condition", "pregnancy" or "skinConditions") or ("MedicationRequest", "anticoagulantUse" or "immuneImpairment")
        or ("Procedure", "injections") or ("Observation", "pregnancy"))];

    private static List<SyntheaEntry> Read()
    {
        using var file = JsonDocument.Parse(System.IO.File.ReadAllText(Repository.Path(File)));
        return file.RootElement.GetProperty("entries").Deserialize<List<SyntheaEntry>>(JsonSerializerOptions.Web)!;
    }
}
