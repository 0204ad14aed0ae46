using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Screening.Api.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Screening.Api.Tests.Logging;

/// <summary>The production log is the compact JSON that Serilog's own formatter writes, by a shorter way.</summary>
public sealed class CompactLogTests
{
    [Fact]
    public void Every_line_says_what_the_stock_formatter_says_but_the_message_of_a_failure()
    {
        var stream = new MemoryStream();
        var stock = new StockLines();
        using (var log = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(new CompactLog(stream)).WriteTo.Sink(stock).CreateLogger())
        {
            log.Information("{Text} {Whole} {Long} {Part} {Nothing} {Truth} {@Structure} {List}", "é\"\\\n", 7, long.MaxValue, 0.125, null, true, new { A = 1, B = "b" }, new[] { 1, 2 });
            log.Warning(new InvalidOperationException("psoriasis is no date", new FormatException("psoriasis")), "Failed {Times}", 3);
            log.ForContext("@odd", "name").Debug("no property in the template, {{braces}} and all");
            log.Information("{NotANumber}", double.NaN);
        }

        var lines = Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines.Zip(stock.Lines), pair =>
        {
            var (own, expected) = (JsonNode.Parse(pair.First)!.AsObject(), JsonNode.Parse(pair.Second)!.AsObject());
            Assert.Equal(Time(expected), Time(own));
            if (expected.Remove("@x"))
            {
                Assert.Contains("System.InvalidOperationException\n caused by System.FormatException", (string)own["@x"]!, StringComparison.Ordinal);
                Assert.DoesNotContain("psoriasis", (string)own["@x"]!, StringComparison.Ordinal);
                own.Remove("@x");
            }

            Assert.True(JsonNode.DeepEquals(expected, own), pair.First);
        });
    }

    [Fact]
    public async Task A_line_is_handed_on_without_another_and_a_warning_at_once()
    {
        var stream = new MemoryStream();
        using var sink = new CompactLog(stream);
        using var log = new LoggerConfiguration().WriteTo.Sink(sink).CreateLogger();

        log.Information("quiet");
        for (var tries = 0; tries < 500 && stream.Length == 0; tries++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var quiet = stream.Length;
        Assert.True(quiet > 0);
        log.Warning("loud");
        Assert.True(stream.Length > quiet);
    }

    [Fact]
    public async Task A_full_disk_loses_lines_and_neither_ends_the_service_nor_fills_its_memory()
    {
        using var disk = new Disk { IsFull = true };
        using var log = new LoggerConfiguration().WriteTo.Sink(new CompactLog(disk)).CreateLogger();

        log.Information("lost when it is handed on later");
        for (var tries = 0; tries < 500 && disk.Refused == 0; tries++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        log.Warning("lost at once");
        Assert.Equal(2, disk.Refused);
        disk.IsFull = false;
        log.Warning("there is room again");

        Assert.Equal("there is room again", (string)JsonNode.Parse(disk.ToArray())!["@mt"]!);
    }

    [Fact]
    public void A_line_that_cannot_be_written_spoils_no_other()
    {
        var stream = new MemoryStream();
        using (var log = new LoggerConfiguration().WriteTo.Sink(new CompactLog(stream)).CreateLogger())
        {
            log.Information("{Half}", "half of a character: \uD83D");
            log.Information("whole");
        }

        Assert.Equal("whole", (string)JsonNode.Parse(stream.ToArray())!["@mt"]!);
    }

    // Written with more zeros by the one than by the other.
    private static DateTimeOffset Time(JsonObject line)
    {
        var time = DateTimeOffset.Parse((string)line["@t"]!, CultureInfo.InvariantCulture);
        line.Remove("@t");
        return time;
    }

    private sealed class Disk : MemoryStream
    {
        public volatile bool IsFull;
        public volatile int Refused;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (IsFull)
            {
                Refused++;
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }

    private sealed class StockLines : ILogEventSink
    {
        public List<string> Lines { get; } = [];

        public void Emit(LogEvent logEvent)
        {
            using var text = new StringWriter();
            new CompactJsonFormatter().Format(logEvent, text);
            Lines.Add(text.ToString());
        }
    }
}
