using k8s.Models;
using Screening.Api.Commands;

namespace Screening.Api.Tests.Deploy;

/// <summary>What is wrong with a job each of whose pods screens a shard of its own.</summary>
internal static class BulkFlaws
{
    private const string Index = "metadata.annotations['batch.kubernetes.io/job-completion-index']";

    /// <summary>What is wrong, a sentence each.</summary>
    public static IEnumerable<string> Of(Manifests manifests) =>
        manifests.Of<V1Job>().SelectMany(job => (string[])[.. OfJob(job.Spec), .. OfShard(job.Spec.Template.Spec.Containers.Single())]);

    private static IEnumerable<string> OfJob(V1JobSpec job)
    {
        if (job is not { CompletionMode: "Indexed", Completions: > 1, Parallelism: > 0, BackoffLimit: > 0 })
        {
            yield return "Not each shard has its pod, and another one where that is lost.";
        }

        IEnumerable<V1PodFailurePolicyRule> rules = job.PodFailurePolicy?.Rules ?? [];
        if (!rules.Any(rule => rule.Action == "Ignore" && rule.OnPodConditions?.Any(one => one.Type == "DisruptionTarget") is true))
        {
            yield return "A machine that is emptied is a failure of the job.";
        }

        if (!rules.Any(rule => rule.Action == "FailJob" && rule.OnExitCodes is { OperatorProperty: "In" } codes
            && codes.Values.SequenceEqual([CommandLine.Usage])))
        {
            yield return "What no other try would change is tried again.";
        }
    }

    private static IEnumerable<string> OfShard(V1Container container)
    {
        string[] args = [.. container.Args];
        var parsed = CommandLine.Parse(args);
        if (parsed.CommandResult.Command.Name != "screen")
        {
            yield return "It does not screen.";
        }

        var number = container.Env?.SingleOrDefault(variable => variable.ValueFrom?.FieldRef?.FieldPath == Index)?.Name;
        var output = parsed.GetValue<string>("--output");
        if (number is null || !Of(parsed.GetValue<string>("--input")) || !Of(output))
        {
            yield return "Pods screen the same shard.";
        }

        var written = container.VolumeMounts.Where(mount => output?.StartsWith(mount.MountPath + "/", StringComparison.Ordinal) is true);
        if (written.Any(mount => mount.ReadOnlyProperty is true))
        {
            yield return "The answers cannot be written.";
        }

        bool Of(string? path) => path?.Contains($"$({number})", StringComparison.Ordinal) is true;
    }
}
