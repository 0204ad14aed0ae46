using System.Text;
using System.Text.RegularExpressions;
using Screening.Rules.Tests.Support;

namespace Screening.Rules.Tests.Loading;

public static partial class ProtocolLoaderTests
{
    public static TheoryData<string> Flaws => [.. Flaw.All.Keys];

    [Fact]
    public static void The_shipped_protocol_loads_without_a_flaw()
    {
        Assert.True(ProtocolLoader.TryLoad(Shipped.File, Shipped.Bytes, out var protocol, out var flaws));
        Assert.Empty(flaws);
        Assert.NotNull(protocol);
    }

    [Fact]
    public static void A_protocol_reformatted_and_escaped_loads_and_differs_in_its_digest_alone()
    {
        // The editing helpers write every letter beyond ASCII as an escape, and no white space.
        var bytes = Encoding.UTF8.GetBytes(Shipped.Node().ToJsonString());

        var protocol = Shipped.Load("compact.json", bytes);

        Assert.NotEqual(Shipped.Protocol.Digest, protocol.Digest);
        Assert.Equal(Shipped.Protocol.Document.Title, protocol.Document.Title);
        Assert.Equal(Shipped.Protocol.Rules.Select(r => r.Id), protocol.Rules.Select(r => r.Id));
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public static void A_flawed_protocol_does_not_load_and_the_flaw_is_named_where_it_stands(string name)
    {
        var flaw = Flaw.All[name];

        var loaded = ProtocolLoader.TryLoad("a-file.json", flaw.Bytes, out var protocol, out var flaws);

        Assert.False(loaded);
        Assert.Null(protocol);
        Assert.Contains(flaws, found => found.Pointer == flaw.Pointer && found.Reason.Contains(flaw.Reason, StringComparison.Ordinal));
        Assert.All(flaws, found => Assert.Equal("a-file.json", found.File));
        Assert.All(flaws, found => Assert.DoesNotMatch(CSharpNames(), found.Reason));
    }

    [Fact]
    public static void Every_flaw_of_shape_is_reported_at_once()
    {
        var file = Shipped.Node();
        file.Set("/comment", "1");
        file.Cut("/title/es");
        file.Set("/rules/{pregnancy}/line", "\"16\"");
        file.Set("/rules/{psoriasis}/condition/kind", "\"expression\"");
        file.Set("/rules/{pregnancy}/effects/0", "null");

        ProtocolLoader.TryLoad("a-file.json", Encoding.UTF8.GetBytes(file.ToJsonString()), out _, out var flaws);

        string[] pointers =
        [
            "/comment",
            "/title",
            file.Resolve("/rules/{pregnancy}/line"),
            file.Resolve("/rules/{psoriasis}/condition"),
            file.Resolve("/rules/{pregnancy}/effects/0"),
        ];
        Assert.Equal(pointers.ToHashSet(), flaws.Select(flaw => flaw.Pointer).ToHashSet());
    }

    [Fact]
    public static void Every_flaw_of_sense_is_reported_at_once()
    {
        var file = Shipped.Node();
        file.Set("/rules/{pregnancy}/line", "0");
        file.Set("/rules/{psoriasis}/condition/anyOf/0", "\"psoriatic\"");
        file.Set("/title/es", "\"\"");

        ProtocolLoader.TryLoad("a-file.json", Encoding.UTF8.GetBytes(file.ToJsonString()), out _, out var flaws);

        string[] pointers = [file.Resolve("/rules/{pregnancy}/line"), file.Resolve("/rules/{psoriasis}/condition/anyOf/0"), "/title/es"];
        Assert.Subset(flaws.Select(flaw => flaw.Pointer).ToHashSet(), pointers.ToHashSet());
    }

    [Fact]
    public static void Every_example_that_does_not_come_out_is_reported_at_once()
    {
        var file = Shipped.Node();
        file.Set("/rules/{pregnancy}/examples/0/expect/eligibility", "\"conditional\"");
        file.Set("/rules/{psoriasis}/examples/0/expect/eligibility", "\"conditional\"");

        ProtocolLoader.TryLoad("a-file.json", Encoding.UTF8.GetBytes(file.ToJsonString()), out _, out var flaws);

        Assert.Equal([file.Resolve("/rules/{pregnancy}/examples/0"), file.Resolve("/rules/{psoriasis}/examples/0")], flaws.Select(flaw => flaw.Pointer));
    }

    [Fact]
    public static void A_flaw_reads_as_file_pointer_and_reason() =>
        Assert.Equal("a-file.json#/rules/3/line: Lines are counted from 1.", new ProtocolFlaw("a-file.json", "/rules/3/line", "Lines are counted from 1.").ToString());

    [GeneratedRegex(@"System\.|Screening\.|\.NET|CLR|Json[A-Z]|`\d|Int32|IReadOnlyList|Path: ", RegexOptions.NonBacktracking)]
    private static partial Regex CSharpNames();
}
