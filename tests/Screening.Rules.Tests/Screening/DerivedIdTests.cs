namespace Screening.Rules.Tests.Screening;

public static class DerivedIdTests
{
    [Fact]
    public static void The_same_content_has_the_same_id_in_every_release() =>
        Assert.Equal(new Guid("f407754f-681b-8a3b-92e8-297108634924"), DerivedId.Of("seed\n"u8.ToArray(), "DetectedIssue/pregnancy"u8.ToArray()));

    [Fact]
    public static void An_id_is_a_version_8_UUID()
    {
        for (byte content = 0; content < 100; content++)
        {
            var id = DerivedId.Of(new[] { content });
            Assert.Equal((8, 0b10), (id.Version, id.Variant >> 2));
        }
    }
}
