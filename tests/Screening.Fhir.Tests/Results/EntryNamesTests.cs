using Screening.Fhir.Results;

namespace Screening.Fhir.Tests.Results;

public static class EntryNamesTests
{
    [Theory]
    [InlineData("DetectedIssue", "pregnancy", "urn:uuid:f407754f-681b-8a3b-92e8-297108634924")]
    [InlineData("CarePlan", "", "urn:uuid:caed1844-3f02-827c-821d-378b398fa5f7")]
    public static void The_same_seed_gives_the_same_names_in_every_release(string kind, string id, string name) =>
        Assert.Equal(name, new EntryNames("seed"u8.ToArray()).Of(kind, id));
}
