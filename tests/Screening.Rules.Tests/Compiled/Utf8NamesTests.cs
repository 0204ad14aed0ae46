using System.Text;
using CsCheck;

namespace Screening.Rules.Tests.Compiled;

public static class Utf8NamesTests
{
    private static readonly string[] Shipped = [.. Support.Shipped.Protocol.Questions.SelectMany(q => q.Codes.Select(o => o.Code)).Concat(Support.Shipped.Protocol.Questions.Select(q => q.Id)).Distinct()];

    /// <summary>Names of all lengths, many of them alike: the table's mixing sees only the ends of a long name.</summary>
    private static readonly Gen<string[]> AnyNames = Gen.OneOf(
        Gen.String[Gen.Char["abñ€-"], 0, 20],
        Gen.Int[0, 999].Select(i => "same-beginning-" + i.ToString("D3") + "-same-end"),
        Gen.OneOf(Shipped)).HashSet[0, 60].Select(set => set.Order().ToArray());

    [Fact]
    public static void Every_name_is_found_at_its_position() =>
        AnyNames.Sample(names =>
        {
            var table = new Utf8Names(names);
            Assert.Equal(Enumerable.Range(0, names.Length), names.Select(name => Find(table, name)));
        });

    [Fact]
    public static void A_text_one_edit_away_is_not_found_unless_it_is_itself_a_name() =>
        AnyNames.Where(names => names.Length > 0).SelectMany(names => Gen.Select(Gen.Const(names), Gen.OneOf(names), Gen.Int[0, 3], Gen.Int[0, 30], Gen.Char["abñ€-Z\0"]))
            .Sample((names, name, edit, at, letter) =>
            {
                at = Math.Min(at, name.Length);
                var edited = edit switch
                {
                    0 => name.Insert(at, letter.ToString()),
                    1 => at < name.Length ? name.Remove(at, 1) : name + letter,
                    2 => at < name.Length ? name[..at] + letter + name[(at + 1)..] : letter + name,
                    _ => name.ToUpperInvariant(),
                };
                Assert.Equal(Array.IndexOf(names, edited), Find(new Utf8Names(names), edited));
            }, iter: 2000);

    [Fact]
    public static void Every_edit_of_every_code_and_id_of_the_shipped_protocol_is_told_apart()
    {
        var table = new Utf8Names(Shipped);
        foreach (var name in Shipped)
        {
            for (var at = 0; at < name.Length; at++)
            {
                foreach (var edited in new[] { name.Remove(at, 1), name.Insert(at, "x"), name[..at] + (char)(name[at] ^ 0x20) + name[(at + 1)..], name[..at] + (char)(name[at] + 1) + name[(at + 1)..] })
                {
                    Assert.Equal(Array.IndexOf(Shipped, edited), Find(table, edited));
                }
            }
        }
    }

    [Fact]
    public static void An_empty_table_finds_nothing()
    {
        var table = new Utf8Names([]);

        Assert.Equal(-1, Find(table, ""));
        Assert.Equal(-1, Find(table, "pregnancy"));
    }

    [Fact]
    public static void An_empty_text_is_found_only_when_it_is_a_name()
    {
        Assert.Equal(-1, Find(new Utf8Names(["a", "b"]), ""));
        Assert.Equal(1, Find(new Utf8Names(["a", ""]), ""));
    }

    [Fact]
    public static void A_very_long_name_is_found_and_its_neighbours_are_not()
    {
        var name = new string('n', 100_000);
        var table = new Utf8Names(["n", name]);

        Assert.Equal(1, Find(table, name));
        Assert.Equal(-1, Find(table, name + "n"));
        Assert.Equal(-1, Find(table, name[1..]));
        Assert.Equal(-1, Find(table, name[..50_000] + "m" + name[50_001..]));
    }

    [Fact]
    public static void Bytes_that_are_no_text_are_not_found() =>
        Gen.Byte.Array[0, 12].Sample(bytes =>
        {
            var index = new Utf8Names(Shipped).Find(bytes);
            Assert.True(index < 0 || Encoding.UTF8.GetBytes(Shipped[index]).AsSpan().SequenceEqual(bytes));
        });

    private static int Find(Utf8Names table, string text) => table.Find(Encoding.UTF8.GetBytes(text));
}
