using Screening.Api.Tests.Reference;

namespace Screening.Api.Tests.Records;

/// <summary>How many records are tried, from which seed on.</summary>
/// <param name="Count">The records.</param>
/// <param name="Seed">The seed of the first; each further one has the next number.</param>
internal sealed record RecordRun(int Count, int Seed)
{
    /// <summary>As <see cref="GeneratedRun"/> has it; <c>SCREENING_RECORDS</c> is another count, such as 1 to look at one seed alone.</summary>
    public static RecordRun Next() => new(GeneratedRun.Number("SCREENING_RECORDS") ?? GeneratedRun.Count(1000, 20_000), GeneratedRun.Seed);
}
