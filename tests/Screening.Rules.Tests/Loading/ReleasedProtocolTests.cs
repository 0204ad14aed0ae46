using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Loading;

public static class ReleasedProtocolTests
{
    /// <summary>
    /// The digest of every released file. A released file never changes: a correction is a new version with a line of its own here.
    /// </summary>
    private static readonly Dictionary<string, string> Released = new()
    {
        ["sublative-rf/1.0.0.json"] = "sha256:aa092b7e22c67f49f05f7b45910cfe4d359ac514fd82d5845906ed4c039fc4ff",
    };

    public static TheoryData<string> Files => [.. typeof(Protocol).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".json", StringComparison.Ordinal) && !name.EndsWith(".schema.json", StringComparison.Ordinal))];

    [Fact]
    public static void Every_released_file_is_shipped() => Assert.Equal(Released.Keys.Order(), Files.Select(row => row.Data).Order());

    [Theory]
    [MemberData(nameof(Files))]
    public static void A_released_file_has_not_changed(string file) =>
        Assert.Equal(Released[file], Shipped.Load(file, Shipped.Resource(typeof(Protocol), file)).Digest);

    [Theory]
    [MemberData(nameof(Files))]
    public static void A_file_is_called_by_its_id_and_version(string file)
    {
        var protocol = Shipped.Load(file, Shipped.Resource(typeof(Protocol), file));

        Assert.Equal($"{protocol.Id}/{protocol.Document.Version}.json", file);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public static void The_digest_is_that_of_the_committed_file(string file)
    {
        var committed = File.ReadAllBytes(GeneratedFile.Path("src/Screening.Rules/Protocols/" + file));

        Assert.Equal("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(committed)), Shipped.Load(file, Shipped.Resource(typeof(Protocol), file)).Digest);
    }
}
