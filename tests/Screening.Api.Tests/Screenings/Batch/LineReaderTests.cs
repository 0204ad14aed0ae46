using System.Text;
using CsCheck;
using Screening.Api.Screenings.Batch;

namespace Screening.Api.Tests.Screenings.Batch;

/// <summary>Lines are the same however the network cuts them.</summary>
public sealed class LineReaderTests
{
    private const int Longest = LineReader.MaxLineBytes;

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "a|")]
    [InlineData("a\n", "a|")]
    [InlineData("a\r\n", "a|")]
    [InlineData("a\nb", "a|b|")]
    [InlineData("a\n\nb\n", "a||b|")]
    [InlineData("\n", "|")]
    [InlineData("\r\n", "|")]
    [InlineData("\n\n", "||")]
    [InlineData(" \n\t", " |\t|")]
    [InlineData("a\rb\r\r\nc", "a\rb\r|c|")]
    public async Task Lines_end_with_LF_or_CRLF_and_the_last_need_not(string body, string lines)
    {
        for (var size = 1; size <= body.Length + 1; size++)
        {
            Assert.Equal(lines, await ReadAsync(Encoding.UTF8.GetBytes(body), _ => size));
        }
    }

    [Fact]
    public async Task Every_cut_gives_the_same_lines()
    {
        // Characters of one to four bytes, an empty line, both line ends.
        var body = Encoding.UTF8.GetBytes("{\"a\":\"ñ – 𝄞\"}\r\n\n{\"b\":1}\n ü");
        for (var cut = 0; cut <= body.Length; cut++)
        {
            Assert.Equal("{\"a\":\"ñ – 𝄞\"}||{\"b\":1}| ü|", await ReadAsync(body, at => at < cut ? cut - at : body.Length));
        }
    }

    // The line end counts for nothing, so a line at its limit is fine with either, and also without.
    [Theory]
    [InlineData(Longest, "", false)]
    [InlineData(Longest, "\n", false)]
    [InlineData(Longest, "\r\n", false)]
    [InlineData(Longest + 1, "", true)]
    [InlineData(Longest + 1, "\n", true)]
    [InlineData(Longest + 1, "\r\n", true)]
    [InlineData(Longest + 2, "\n", true)]
    [InlineData(2 * Longest, "\n", true)]
    [InlineData((2 * Longest) + 1, "\r\n", true)]
    [InlineData((9 * Longest) + 7, "\n", true)]
    [InlineData((9 * Longest) + 7, "", true)]
    public async Task A_line_is_too_long_by_its_own_bytes_and_the_next_is_read(int length, string end, bool tooLong)
    {
        var line = new string('x', length);
        var body = Encoding.UTF8.GetBytes("first\n" + line + end + (end.Length > 0 ? "next" : ""));
        var expected = "first|" + (tooLong ? "!" : line) + "|" + (end.Length > 0 ? "next|" : "");
        foreach (var size in (int[])[997, Longest - 1, Longest, Longest + 1, Longest + 6, Longest + 7, Longest + 8, Longest + 9, body.Length])
        {
            Assert.True(expected == await ReadAsync(body, _ => size), $"in pieces of {size}");
        }
    }

    [Fact]
    public void However_many_lines_of_whatever_length_in_whatever_pieces()
    {
        var bodies = Gen.Select(Gen.OneOf(Gen.Int[0, 3], Gen.Int[Longest - 2, Longest + 3], Gen.Int[0, 3 * Longest]), Gen.OneOf(Gen.Const("\n"), Gen.Const("\r\n"))).Array[0, 6];
        Gen.Select(bodies, Gen.Bool, Gen.Int[1, 100_000].Array[1, 20]).Sample(
            (lines, closed, pieces) =>
            {
                var body = string.Concat(lines.Select(line => new string('x', line.Item1) + line.Item2));
                var expected = string.Concat(lines.Select(line => (line.Item1 > Longest ? "!" : new string('x', line.Item1)) + "|"));
                var next = 0;
                Assert.Equal(expected + (closed ? "" : "end|"), ReadAsync(Encoding.UTF8.GetBytes(body + (closed ? "" : "end")), _ => pieces[next++ % pieces.Length]).GetAwaiter().GetResult());
            },
            iter: 100);
    }

    /// <summary>The lines, each followed by a bar; one that is too long is a mark.</summary>
    private static async Task<string> ReadAsync(byte[] body, Func<int, int> size)
    {
        var found = new StringBuilder();
        using var reader = new LineReader(new Pieces(body, size));
        bool more;
        do
        {
            more = await reader.ReadAsync(CancellationToken.None);
            while (reader.Next(out var first) is var kind and not LineKind.None)
            {
                // Each line is put back once, and comes again.
                var before = Encoding.UTF8.GetString(first);
                reader.Return();
                Assert.Equal(kind, reader.Next(out var line));
                Assert.Equal(before, Encoding.UTF8.GetString(line));
                found.Append(kind == LineKind.TooLong ? "!" : Encoding.UTF8.GetString(line)).Append('|');
            }
        }
        while (more);
        return found.ToString();
    }

    /// <summary>Gives at most so many bytes at a time as it is told.</summary>
    private sealed class Pieces(byte[] body, Func<int, int> size) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, size((int)Position))], cancellationToken);
    }
}
