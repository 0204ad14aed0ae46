using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Perfolizer.Horology;
using Screening.Benchmarks;
using Screening.Benchmarks.Peers;

// One program, so that every peer in C# is built alike: `check`, `parts FOLDER [quick]`, `es256 SECONDS LENGTH`, or one of the servers, `typed`,
// `bare`, `plaintext PORT LENGTH`.
switch (args)
{
    case ["typed", .. var rest]:
        await TypedApi.Create(rest).RunAsync();
        return 0;
    case ["bare", .. var rest]:
        await Bare.Create(rest).RunAsync();
        return 0;
    case ["plaintext", var port, var length]:
        await Plaintext.RunAsync(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(length, CultureInfo.InvariantCulture));
        return 0;
    case ["es256", var seconds, var signed]:
        await Console.Out.WriteLineAsync(
            RawSignature.Measure(int.Parse(seconds, CultureInfo.InvariantCulture), int.Parse(signed, CultureInfo.InvariantCulture)));
        return 0;
    case ["check"]:
        return Check();
    case ["sample", var name]:
        await Console.Out.WriteAsync(System.Text.Encoding.UTF8.GetString(Sample.Body(name)));
        return 0;
    case ["parts", var folder, .. var quick]:
        return Check() is var failed && failed != 0 ? failed : Measure(folder, quick is ["quick"]);
    default:
        await Console.Error.WriteLineAsync("Use tests/Screening.Benchmarks/run.");
        return 2;
}

static int Check()
{
    string[] differences = [.. PeersCheck.Differences()];
    foreach (var difference in differences)
    {
        Console.Error.WriteLine(difference);
    }

    Console.WriteLine(differences.Length == 0 ? "The peers in C# answer as the service does." : "The peers in C# differ.");
    return differences.Length == 0 ? 0 : 1;
}

static int Measure(string folder, bool quick)
{
    var job = Job.Default.WithWarmupCount(quick ? 20 : 15).WithIterationCount(quick ? 5 : 15).WithIterationTime(TimeInterval.FromMilliseconds(quick ? 100 : 200));
    var config = DefaultConfig.Instance.AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddExporter(JsonExporter.Brief).WithArtifactsPath(folder)
        .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.StopOnFirstError);
    var summaries = BenchmarkRunner.Run([typeof(EngineBenchmarks), typeof(BytesBenchmarks)], config);
    return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success)) ? 1 : 0;
}
