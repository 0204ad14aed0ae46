using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;
using Screening.Api.Tests.Commands;
using Screening.Api.Tests.Screenings.Batch;

namespace Screening.Api.Tests.Deploy;

/// <summary>The job's pods, run here with the arguments that Kubernetes would give them, do together what one run does.</summary>
public sealed partial class BulkJobTests : IDisposable
{
    private const int Lines = 37;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_pod_screens_its_shard_and_joined_they_are_one_run()
    {
        var (input, output) = (folder.CreateSubdirectory("in").FullName, folder.CreateSubdirectory("out").FullName);
        var requests = Path.Combine(input, "requests.ndjson");
        var lines = Enumerable.Range(0, Lines).Select(i => Batches.Good(i.ToString(CultureInfo.InvariantCulture)));
        await File.WriteAllLinesAsync(requests, lines);
        var job = Manifests.Read(Manifests.Text("bulk")).Of<V1Job>().Single().Spec;
        await CutAsync(input, (Lines / job.Completions!.Value) + 1);
        Assert.Equal(job.Completions + 1, Directory.GetFiles(input).Length);

        var pods = Enumerable.Range(0, job.Completions.Value).Chunk(job.Parallelism!.Value);
        foreach (var together in pods)
        {
            var runs = await Task.WhenAll(together.Select(index => RunAsync(job, index)));
            Assert.All(runs, run => Assert.Equal((0, string.Empty), (run.ExitCode, run.Output)));
        }

        var whole = await ProgramRun.OfAsync("screen", "--input", requests);
        var joined = Enumerable.Range(0, job.Completions.Value)
            .Select(index => File.ReadAllText(Path.Combine(output, $"shard-{index}.ndjson")));
        Assert.Equal(WithoutIds(whole.Output), WithoutIds(string.Concat(joined)));
        Assert.Equal(Lines, whole.Output.Count(letter => letter == '\n'));
    }

    /// <summary>As the page says, with fewer lines for each shard.</summary>
    private static async Task CutAsync(string input, int lines)
    {
        var page = await File.ReadAllTextAsync(Repository.Path("src/Deploy/README.md"));
        var command = Cut().Match(page).Value.Replace("lines=250000", $"lines={lines}", StringComparison.Ordinal);
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = input })!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }

    private Task<ProgramRun> RunAsync(V1JobSpec job, int index) => ProgramRun.OfAsync(
    [
        .. job.Template.Spec.Containers.Single().Args.Select(arg => arg
            .Replace("$(SHARD)", index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("/bulk/", folder.FullName + "/", StringComparison.Ordinal)),
    ]);

    private static string WithoutIds(string answers) => Ids().Replace(answers, string.Empty);

    [GeneratedRegex("\"decisionId\":\"[0-9a-f-]+\",", RegexOptions.None, 1000)]
    private static partial Regex Ids();

    [GeneratedRegex("^awk .*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Cut();
}
