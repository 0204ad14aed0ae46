using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Screening.Api.Logging;
using Screening.Api.Telemetry;
using Screening.Api.Tests.Telemetry;
using Serilog;
using Serilog.Formatting.Compact;

namespace Screening.Api.Tests.Logging;

/// <summary>Nobody who logs waits for the log, and what it could not take it tells of.</summary>
public sealed class BackgroundSinkTests
{
    [Fact]
    public void Every_line_is_written_by_the_end()
    {
        using var destination = new Destination();
        using (var log = LogTo(destination))
        {
            for (var i = 0; i < 3000; i++)
            {
                log.Information("{Number} é \uD83D", i);
            }
        }

        Assert.Equal(Enumerable.Range(0, 3000), destination.Lines.Select(line => (int)line["Number"]!));
    }

    [Fact]
    public async Task A_line_is_written_without_another_after_it()
    {
        using var destination = new Destination();
        using var log = LogTo(destination);
        log.Information("alone");
        await destination.HasAsync(line => (string)line["@mt"]! == "alone");
    }

    [Fact]
    public async Task A_destination_that_takes_nothing_stops_nobody_and_the_lines_dropped_are_counted()
    {
        using var destination = new Destination();
        destination.Block();
        using var log = LogTo(destination);
        var logged = BackgroundSink.Capacity * 2;
        for (var i = 0; i < logged; i++)
        {
            log.ForContext("service.name", "a service").Information("{Number}", i);
        }

        destination.Unblock();
        var told = await destination.HasAsync(line => line["DroppedLines"] is not null);
        Assert.Equal(("Warning", "a service"), ((string)told["@l"]!, (string)told["service.name"]!));
        await destination.HasAsync(_ => Taken() + Dropped() == logged);
        Assert.InRange(Dropped(), 1, BackgroundSink.Capacity);

        int Taken() => destination.Lines.Count(line => line["Number"] is not null);
        int Dropped() => destination.Lines.Sum(line => (int?)line["DroppedLines"] ?? 0);
    }

    [Fact]
    public async Task A_full_disk_loses_lines_and_how_many_is_told_when_there_is_room_again()
    {
        await using var services = new ServiceCollection().AddMetrics().AddSingleton<ServiceMetrics>().BuildServiceProvider();
        var metrics = services.GetRequiredService<ServiceMetrics>();
        using var counted = new Counted(metrics);
        using var disk = new Destination { IsFull = true };
        using var log = LogTo(disk, metrics);
        log.Information("lost");
        await disk.RefusedAsync(1);
        log.Information("lost too");
        await disk.RefusedAsync(2);
        disk.IsFull = false;
        log.Information("there is room again");

        var told = await disk.HasAsync(line => line["DroppedLines"] is not null);
        Assert.Equal(2, (int)told["DroppedLines"]!);
        Assert.Equal(2, counted.Of("screening.log.dropped"));
        Assert.Equal(["there is room again", (string)told["@mt"]!], disk.Lines.Select(line => (string)line["@mt"]!));
    }

    [Fact]
    public void A_destination_that_takes_nothing_does_not_keep_the_service_from_ending()
    {
        using var destination = new Destination();
        destination.Block();
        var log = LogTo(destination);
        log.Information("never written");
        log.Dispose();
        destination.Unblock();
    }

    private static Serilog.Core.Logger LogTo(Destination destination, ServiceMetrics? metrics = null) =>
        new LoggerConfiguration().WriteTo.Sink(new BackgroundSink(destination, new CompactJsonFormatter(), metrics)).CreateLogger();

    /// <summary>A stream that can be full, or take nothing for a while.</summary>
    private sealed class Destination : MemoryStream
    {
        private readonly Lock gate = new();
        private TaskCompletionSource open = Opened();
        private volatile int refused;

        public volatile bool IsFull;

        public List<JsonNode> Lines
        {
            get
            {
                lock (gate)
                {
                    var text = Encoding.UTF8.GetString(ToArray());
                    var whole = text[..(text.LastIndexOf('\n') + 1)];
                    return [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
                }
            }
        }

        public void Block() => open = new TaskCompletionSource();

        public void Unblock() => open.TrySetResult();

        public async Task<JsonNode> HasAsync(Func<JsonNode, bool> expected)
        {
            for (var tries = 0; tries < 1000 && !Lines.Exists(line => expected(line)); tries++)
            {
                await Task.Delay(10);
            }

            return Lines.First(expected);
        }

        public async Task RefusedAsync(int times)
        {
            for (var tries = 0; tries < 1000 && refused < times; tries++)
            {
                await Task.Delay(10);
            }

            Assert.Equal(times, refused);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            open.Task.Wait();
            lock (gate)
            {
                if (IsFull)
                {
                    refused++;
                    throw new IOException("No space left on device");
                }

                base.Write(buffer.ToArray(), 0, buffer.Length);
            }
        }

        private static TaskCompletionSource Opened()
        {
            var opened = new TaskCompletionSource();
            opened.SetResult();
            return opened;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    }
}
