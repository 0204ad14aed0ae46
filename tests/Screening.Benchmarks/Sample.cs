using System.Text.Json.Nodes;

namespace Screening.Benchmarks;

/// <summary>The sample intakes that every peer is given.</summary>
public static class Sample
{
    /// <summary>The sample that most figures are about: a retinoid stopped too late, herpes simplex without an antiviral in time, an injection 8 days before.</summary>
    public const string ThreeHits = "three-hits";

    /// <summary>Nothing to report; three rules that defer; several exclusions, unknown and absent answers; a requirement and twenty candidate starts.</summary>
    public static readonly string[] Names = ["nothing", ThreeHits, "excluded", "slots"];

    /// <summary>The request as a client sends it: without white space.</summary>
    public static byte[] Body(string name)
    {
        using var stream = typeof(Sample).Assembly.GetManifestResourceStream("samples/" + name)!;
        return System.Text.Encoding.UTF8.GetBytes(JsonNode.Parse(stream)!.ToJsonString());
    }
}
