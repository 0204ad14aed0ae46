using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Deploy;

/// <summary>What the page on scale reckons follows from what it measured, the manifests and the limits.</summary>
public static partial class ScalePageTests
{
    // What rounding may take away.
    private const double Tolerance = 0.06;

    private static readonly string Page = File.ReadAllText(Repository.Path("src/Scale.md"));

    private static readonly Manifests Base = Manifests.Read(Manifests.Text("base"));

    /// <summary>Microseconds of a request, of a line of a batch, and of a line of the command.</summary>
    private static double[] Costs { get; } = [.. Cost().Matches(Page).Select(row => Number(row, "cost"))];

    /// <summary>The cores that requests took, by how many a minute.</summary>
    private static Dictionary<double, double> Measured { get; } =
        Paced().Matches(Page).ToDictionary(row => Number(row, "rate"), row => Number(row, "cores"));

    /// <summary>The share of a core that the autoscaler lets an instance take.</summary>
    private static double Share { get; } =
        Base.Of<V2HorizontalPodAutoscaler>().Single().Spec.Metrics.Single().Resource.Target.AverageUtilization!.Value / 100.0
        * double.Parse(Base.Pods.Single().Spec.Containers.Single().Resources.Requests["cpu"].ToString(), CultureInfo.InvariantCulture);

    private static double RequestCost => Measured[Measured.Keys.Max()] * 60 / Measured.Keys.Max();

    [Fact]
    public static void What_a_core_does_in_a_minute_follows_from_the_cost() =>
        Assert.All(Cost().Matches(Page), row => Near(60e6 / Number(row, "cost"), Number(row, "rate")));

    [Fact]
    public static void Instances_cores_and_pods_follow_from_it()
    {
        var rows = Load().Matches(Page);
        Assert.Equal([1000, 100_000, 10_000_000], rows.Select(row => Number(row, "rate")));
        Assert.All(rows, row =>
        {
            var rate = Number(row, "rate");
            var requests = Measured.TryGetValue(rate, out var measured) ? measured : rate * RequestCost / 60;
            var lines = rate * Costs[1] / 60e6;
            Near(requests, Number(row, "cores"));
            Near(lines, Number(row, "lineCores"));
            Assert.Equal(Instances(requests), Number(row, "instances"));
            Assert.Equal(Instances(lines), Number(row, "lineInstances"));
            Assert.Equal(Math.Ceiling(rate * Costs[2] / 60e6), Number(row, "pods"));
        });
    }

    [Fact]
    public static void What_the_text_says_of_an_instance_and_a_client_follows_too()
    {
        Assert.Contains($"keeps it at {Share * 100} %", Page, StringComparison.Ordinal);
        Near(Share * 60 / RequestCost, Number(PerInstance().Match(Page), "rate"));
        var perMinute = double.Parse(ServiceSettings.LimitsPerMinute.Default, CultureInfo.InvariantCulture);
        Assert.Contains($"`Limits__PerMinute` is {perMinute.ToString("N0", CultureInfo.InvariantCulture)}", Page, StringComparison.Ordinal);
        Assert.InRange(100_000, perMinute, 2 * perMinute);
    }

    private static double Instances(double cores) =>
        Math.Max(Base.Of<V2HorizontalPodAutoscaler>().Single().Spec.MinReplicas!.Value, Math.Ceiling(cores / Share));

    private static void Near(double reckoned, double stated) =>
        Assert.InRange(stated, reckoned * (1 - Tolerance), reckoned * (1 + Tolerance));

    private static double Number(Match match, string name) => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        "^\\| [^|]+ \\| (?<cost>[\\d.]+) µs \\| (?<rate>[\\d,]+) \\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Cost();

    [GeneratedRegex(
        "^\\| (?<rate>[\\d,]+) \\| (?<cores>[\\d.]+) \\| [\\d.]+ ms \\|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Paced();

    [GeneratedRegex(
        "^\\| (?<rate>[\\d,]+) \\| (?<instances>\\d+) instances, (?<cores>[\\d.]+) cores \\| (?<lineInstances>\\d+) instances, "
            + "(?<lineCores>[\\d.]+) cores \\| (?<pods>\\d+) pods? \\|$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Load();

    [GeneratedRegex("an instance does some (?<rate>[\\d,]+) a minute", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PerInstance();
}
