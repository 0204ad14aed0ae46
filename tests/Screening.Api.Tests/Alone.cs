namespace Screening.Api.Tests;

/// <summary>Tests in which time passes: they run by themselves, since beside a busy neighbour a second can be as long as three.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
