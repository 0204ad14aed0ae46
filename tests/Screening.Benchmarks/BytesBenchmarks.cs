using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Screening.Api.Decisions;
using Screening.Api.Http;
using Screening.Benchmarks.Peers;
using Screening.Rules;

namespace Screening.Benchmarks;

/// <summary>Bytes in, decision, bytes out, without HTTP; and the service's own three steps of it.</summary>
public class BytesBenchmarks
{
    private readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);
    private readonly DateTimeOffset now = ServicePath.Now.ToDateTimeOffset();
    private Utf8JsonWriter writer = null!;
    private byte[] body = [];
    private ScreeningRequest request = null!;
    private Decision decision = null!;

    [ParamsSource(nameof(Samples))]
    public string Sample { get; set; } = string.Empty;

    public static IEnumerable<string> Samples => Benchmarks.Sample.Names;

    [GlobalSetup]
    public void Setup()
    {
        writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        body = Benchmarks.Sample.Body(Sample);
        request = ServicePath.Read(body);
        decision = ServicePath.Decide(request);
    }

    [GlobalCleanup]
    public void Cleanup() => writer.Dispose();

    [Benchmark(Baseline = true)]
    public int Typed()
    {
        var typed = JsonSerializer.Deserialize(body, TypedJson.Default.TypedRequest)!;
        var answer = TypedScreening.Screen(typed, now)!;
        buffer.ResetWrittenCount();
        writer.Reset();
        JsonSerializer.Serialize(writer, answer, TypedJson.Default.TypedDecision);
        return buffer.WrittenCount;
    }

    [Benchmark]
    public int Service() => ServicePath.Answer(body);

    [Benchmark]
    public ScreeningRequest ServiceReads() => ServicePath.Read(body);

    [Benchmark]
    public Decision ServiceDecides() => ServicePath.Decide(request);

    [Benchmark]
    public int ServiceWrites()
    {
        using var output = new Utf8Output(DecisionWriter.InitialCapacity);
        ServicePath.Write(request, decision, output);
        return output.Written.Length;
    }
}
