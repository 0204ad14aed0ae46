using System.Globalization;
using CsCheck;

namespace Screening.Api.Tests.Reference;

/// <summary>
/// From which seed generated cases are made, and how many: some by <c>dotnet test</c>, all of them by <c>tests/run-full</c>, which sets
/// <c>SCREENING_FULL=1</c>.
/// </summary>
internal static class GeneratedRun
{
    private const string SeedVariable = "SCREENING_SEED";

    /// <summary>A new one for each run, unless <c>SCREENING_SEED</c> takes up one that was printed.</summary>
    public static int Seed { get; } = Number(SeedVariable) ?? Gen.Int[1, 1_000_000_000].Single();

    /// <summary>True in <c>tests/run-full</c>.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("SCREENING_FULL") == "1";

    /// <summary>How many cases: enough to see a break of today, or all that were ever tried.</summary>
    public static int Count(int usual, int full) => IsFull ? full : usual;

    /// <summary>A source of cases. A test that fails shows what repeats it.</summary>
    /// <param name="stream">Tells the sources of different tests apart, so that they do not all try the same cases.</param>
    public static Random Random(int stream = 0)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{SeedVariable}={Seed} repeats these cases");
        return new Random(Seed + stream);
    }

    /// <summary>Shows what the cases came to, so that thresholds can be set by it.</summary>
    public static void Show(IEnumerable<(string Of, int Count)> counts) =>
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join(", ", counts.OrderBy(one => one.Of, StringComparer.Ordinal).Select(one => $"{one.Of} {one.Count}")));

    /// <summary>A variable that is a number; null without it.</summary>
    public static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
