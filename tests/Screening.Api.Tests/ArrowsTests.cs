using System.Text.RegularExpressions;

namespace Screening.Api.Tests;

/// <summary>Which room of the host may know which. A room is a folder right under the project's; its namespace has its name.</summary>
public static partial class ArrowsTests
{
    /// <summary>The rooms without routes, each with those that it may know: they come before it here, so there is no circle.</summary>
    private static readonly (string Room, string[] MayKnow)[] Base =
    [
        ("Settings", []),
        ("Telemetry", ["Settings"]),
        ("Loading", ["Settings"]),
        ("Http", ["Settings", "Telemetry"]),
        ("Contract", ["Http"]),
        ("Logging", ["Settings", "Telemetry", "Http"]),
        ("Access", ["Settings", "Telemetry", "Http", "Logging"]),
        ("Hosting", ["Settings", "Telemetry", "Http", "Access"]),
        ("Decisions", ["Settings", "Contract", "Http"]),
        ("Receipts", ["Settings", "Telemetry", "Contract", "Http", "Access", "Decisions"]),
        ("Pages", ["Http", "Decisions", "Receipts"]),
    ];

    /// <summary>The rooms with routes: each may know every base room, and none of the others.</summary>
    private static readonly string[] Capabilities =
        ["CarePlans", "CdsHooks", "DecisionLinks", "Fhir", "Health", IntakeForms, "Moves", "Problems", "Protocols", "Screenings", "Verification"];

    /// <summary>The one room with routes that knows another: a form's answer hands out the care plan's calendar.</summary>
    private const string IntakeForms = "IntakeForms";

    /// <summary>
    /// What stands above everything: the document that is made of all endpoints, the command line, and the files of the root.
    /// </summary>
    private static readonly string[] Top = ["OpenApi", "Commands", Root];

    private const string Root = "the root";

    private static readonly Type[] Types = typeof(Program).Assembly.GetTypes();

    private static readonly string Folder = Repository.Path("src/Screening.Api");

    public static TheoryData<string> Rooms => [.. Sources().Select(source => source.Room).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public static void A_room_knows_no_other_than_it_may(string room)
    {
        Assert.Empty(
            from source in Sources()
            where source.Room == room
            from other in Known(source.Text)
            where other != room && !MayKnow(room).Contains(other)
            select $"{source.File} knows {other}");
    }

    [Fact]
    public static void No_base_room_may_know_one_that_comes_after_it()
    {
        foreach (var (place, (room, mayKnow)) in Base.Index())
        {
            Assert.True(Base[..place].Select(before => before.Room).ToHashSet().IsSupersetOf(mayKnow), room);
        }
    }

    [Fact]
    public static void Every_room_stands_in_the_table() =>
        Assert.Equal(
            [.. Base.Select(room => room.Room).Concat(Capabilities).Concat(Top).Order(StringComparer.Ordinal)],
            Sources().Select(source => source.Room).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("using Screening.Api.Pages;", "Pages")]
    [InlineData("using static Screening.Api.Http.Languages;", "Http")]
    [InlineData("using Batch = Screening.Api.Screenings.Batch;", "Screenings")]
    [InlineData("var page = Pages.DecisionPage.InitialCapacity;", "Pages")]
    [InlineData("var page = Api.Pages.DecisionPage.InitialCapacity;", "Pages")]
    [InlineData("ScreeningHost.AddScreening(builder);", Root)]
    [InlineData("Pages.TryGetValue(code, out var page); builder.Logging.ClearProviders(); new Hl7.Fhir.Model.Appointment();", null)]
    public static void A_room_is_known_by_a_using_and_by_a_qualified_name(string code, string? room) =>
        Assert.Equal(room is null ? [] : [room], Known(code));

    private static IEnumerable<string> MayKnow(string room) =>
        Top.Contains(room) ? [.. Base.Select(one => one.Room), .. Capabilities, .. Top]
        : room == IntakeForms ? [.. Base.Select(one => one.Room), "CarePlans"]
        : Capabilities.Contains(room) ? Base.Select(one => one.Room)
        : Base.Single(one => one.Room == room).MayKnow;

    private static IEnumerable<(string Room, string File, string Text)> Sources() =>
        from path in Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        let file = Path.GetRelativePath(Folder, path).Replace('\\', '/')
        where !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal)
        select (file.Split('/') is [var room, _, ..] ? room : Root, file, File.ReadAllText(path));

    /// <summary>
    /// The rooms that a file names, by a using or in front of one of their types. The types of the root are seen everywhere without either.
    /// </summary>
    private static IEnumerable<string> Known(string text)
    {
        var named = from match in Names().Matches(text)
                    let room = match.Groups["room"].Value
                    where match.Groups["using"].Success || IsInside(room, match.Groups["type"].Value)
                    select room;
        var root = Types.Where(type => type is { Namespace: "Screening.Api", IsNested: false });
        return named.Concat(root.Where(type => text.Contains(type.Name, StringComparison.Ordinal)).Select(_ => Root)).Distinct();
    }

    /// <summary>True for a type or a further namespace of the room: <c>Pages.</c> can also be a member of that name.</summary>
    private static bool IsInside(string room, string name) =>
        Types.Any(type => $"{type.FullName}.".StartsWith($"Screening.Api.{room}.{name}.", StringComparison.Ordinal));

    [GeneratedRegex(
        @"(?<using>using (static |\w+ = )?Screening\.Api\.)(?<room>\w+)"
        + @"|(?<![\w.])(Screening\.Api\.|Api\.)?(?<room>[A-Z]\w+)\.(?<type>\w+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Names();
}
