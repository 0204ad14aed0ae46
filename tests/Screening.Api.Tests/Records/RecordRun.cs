using System.Globalization;
using CsCheck;

namespace Screening.Api.Tests.Records;

/// <summary>How many records are tried, from which seed on.</summary>
/// <param name="Count">The records.</param>
/// <param name="Seed">The seed of the first; each further one has the next number.</param>
internal sealed record RecordRun(int Count, int Seed)
{
    private const string CountVariable = "SCREENING_RECORDS";
    private const string SeedVariable = "SCREENING_RECORDS_SEED";

    /// <summary>
    /// A thousand, from a new seed each time. <c>SCREENING_RECORDS=20000</c> is the full run; <c>SCREENING_RECORDS_SEED</c> takes up a seed
    /// that was printed.
    /// </summary>
    public static RecordRun Next() => new(Of(CountVariable) ?? 1000, Of(SeedVariable) ?? Gen.Int[1, 1_000_000_000].Single());

    private static int? Of(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
