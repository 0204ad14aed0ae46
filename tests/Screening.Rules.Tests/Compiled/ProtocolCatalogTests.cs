using System.Text;
using NodaTime;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Compiled;

public static class ProtocolCatalogTests
{
    private static readonly Protocol First = Version("sublative-rf", "1.0.0", "2025-01-01");
    private static readonly Protocol Tenth = Version("sublative-rf", "1.10.0", "2027-03-01");
    private static readonly Protocol Ninth = Version("sublative-rf", "1.9.0", "2026-07-01");
    private static readonly Protocol Other = Version("another-treatment", "2.0.0", "2026-01-01");
    private static readonly Protocol Patch = Version("sublative-rf", "1.0.1", "2028-01-01");
    private static readonly ProtocolCatalog Catalog = new([Tenth, Patch, First, Other, Ninth]);

    [Theory]
    [InlineData("2025-01-01", "1.0.0")]
    [InlineData("2026-06-30", "1.0.0")]
    [InlineData("2026-07-01", "1.9.0")]
    [InlineData("2027-02-28", "1.9.0")]
    [InlineData("2027-03-01", "1.10.0")]
    [InlineData("2027-12-31", "1.10.0")]
    [InlineData("2028-01-01", "1.0.1")]
    [InlineData("2199-12-31", "1.0.1")]
    public static void The_version_that_became_effective_last_is_in_force_whatever_its_number(string date, string version) =>
        Assert.Equal(version, Named("sublative-rf")!.Value.On(Date(date))?.Document.Version);

    [Theory]
    [InlineData("sublative-rf", "2024-12-31")]
    [InlineData("another-treatment", "2025-12-31")]
    public static void Before_the_first_version_none_is_in_force(string id, string date) =>
        Assert.Null(Named(id)!.Value.On(Date(date)));

    [Theory]
    [InlineData("sublative-rf@1.0.0", "1.0.0")]
    [InlineData("sublative-rf@1.9.0", "1.9.0")]
    [InlineData("sublative-rf@1.10.0", "1.10.0")]
    [InlineData("another-treatment@2.0.0", "2.0.0")]
    public static void A_pinned_version_stands_whatever_the_date(string reference, string version)
    {
        Assert.Equal(version, Named(reference)!.Value.On(Date("1900-01-01"))?.Document.Version);
        Assert.Equal(version, Named(reference)!.Value.On(Date("2199-12-31"))?.Document.Version);
        Assert.Equal(version, Named(reference)!.Value.Likeliest.Document.Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sublative")]
    [InlineData("Sublative-RF")]
    [InlineData("sublative-rf ")]
    [InlineData("sublative-rf@")]
    [InlineData("sublative-rf@1.0")]
    [InlineData("sublative-rf@1.0.2")]
    [InlineData("sublative-rf@2.0.0")]
    [InlineData("sublative-rf@1.0.0@1.0.0")]
    [InlineData("another-treatment@1.0.0")]
    [InlineData("@1.0.0")]
    public static void Any_other_reference_names_no_protocol(string reference) => Assert.Null(Named(reference));

    [Fact]
    public static void While_the_date_is_not_known_the_latest_version_is_guessed() =>
        Assert.Equal("1.0.1", Named("sublative-rf")!.Value.Likeliest.Document.Version);

    [Fact]
    public static void Protocols_are_listed_by_id_and_their_versions_by_effective_date()
    {
        Assert.Equal(["another-treatment", "sublative-rf"], Catalog.Families.Select(family => family.Id));
        Assert.Equal(["1.0.0", "1.9.0", "1.10.0", "1.0.1"], Catalog.Find("sublative-rf")!.Versions.Select(protocol => protocol.Document.Version));
        Assert.Null(Catalog.Find("sublative"));
    }

    [Fact]
    public static void No_version_may_stand_twice() =>
        Assert.Throws<ArgumentException>(() => new ProtocolCatalog([First, Version("sublative-rf", "1.0.0", "2026-01-01")]));

    [Fact]
    public static void No_two_versions_come_into_force_on_one_day() =>
        Assert.Throws<ArgumentException>(() => new ProtocolCatalog([First, Version("sublative-rf", "1.1.0", "2025-01-01")]));

    [Fact]
    public static void Two_protocols_may_have_the_same_version_and_day() =>
        Assert.Equal(2, new ProtocolCatalog([First, Version("another-treatment", "1.0.0", "2025-01-01")]).Families.Count);

    private static Protocol Version(string id, string version, string effectiveFrom)
    {
        var file = Shipped.Node();
        file.Set("/id", $"\"{id}\"");
        file.Set("/version", $"\"{version}\"");
        file.Set("/effectiveFrom", $"\"{effectiveFrom}\"");
        return Shipped.Load($"{id}/{version}.json", Encoding.UTF8.GetBytes(file.ToJsonString()));
    }

    private static ProtocolSelector? Named(string reference) => Catalog.FindReference(Encoding.UTF8.GetBytes(reference));

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
