using BenchmarkDotNet.Attributes;
using Screening.Benchmarks.Peers;
using Screening.Rules;

namespace Screening.Benchmarks;

/// <summary>The rules alone: from what was said, read already, to the full decision.</summary>
public class EngineBenchmarks
{
    private ScreeningRequest request = null!;
    private TypedRequest typed = null!;
    private DateOnly today;
    private DateOnly date;

    [ParamsSource(nameof(Samples))]
    public string Sample { get; set; } = string.Empty;

    public static IEnumerable<string> Samples => ["nothing", Benchmarks.Sample.ThreeHits, "excluded"];

    [GlobalSetup]
    public void Setup()
    {
        var body = Benchmarks.Sample.Body(Sample);
        request = ServicePath.Read(body);
        typed = System.Text.Json.JsonSerializer.Deserialize(body, TypedJson.Default.TypedRequest)!;
        today = request.Today.ToDateOnly();
        date = request.Appointment.Start!.Value.Date.ToDateOnly();
    }

    [Benchmark(Baseline = true)]
    public TypedFindings HandWritten() => Peers.HandWritten.Screen(typed.Answers, typed.Appointment.Areas, today, date);

    [Benchmark]
    public Decision Engine() => ServicePath.Decide(request);

    [Benchmark]
    public TypedFindings RulesEngine() => RulesEngineScreening.Screen(typed.Answers, typed.Appointment.Areas, today, date);
}
