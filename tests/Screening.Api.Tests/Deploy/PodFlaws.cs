using System.Text.RegularExpressions;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Screening.Api.Commands;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Deploy;

/// <summary>What is wrong with a pod: its rights, its settings, its mounts, its arguments.</summary>
internal static partial class PodFlaws
{
    /// <summary>The user of the base image, as a number.</summary>
    private const long User = 1654;

    /// <summary>What is wrong with it, a sentence each.</summary>
    public static IEnumerable<string> Of(V1PodTemplateSpec pod) =>
    [
        .. OfRights(pod.Spec),
        .. pod.Spec.Containers.SelectMany(container => (string[])
        [
            .. OfRights(container), .. OfResources(container), .. OfMounts(pod.Spec, container), .. OfSettings(container),
            .. OfArguments(container),
        ]),
    ];

    /// <summary>The settings of a container, but for those that come from secrets. Of two with one name the last counts.</summary>
    public static IConfiguration Settings(V1Container container)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var variable in container.Env ?? [])
        {
            settings[variable.Name.Replace("__", ":", StringComparison.Ordinal)] = variable.Value;
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }

    private static IEnumerable<string> OfRights(V1PodSpec pod)
    {
        if (pod.SecurityContext is not { RunAsNonRoot: true, RunAsUser: User })
        {
            yield return "The pod may run as root.";
        }

        if (pod.SecurityContext?.SeccompProfile?.Type is not "RuntimeDefault")
        {
            yield return "The pod may make any call of the kernel.";
        }

        if (pod.AutomountServiceAccountToken is not false)
        {
            yield return "The pod has a token of the cluster.";
        }

        if (pod.HostNetwork is true || pod.HostPID is true || pod.HostIPC is true
            || pod.Volumes?.Any(volume => volume.HostPath is not null) is true)
        {
            yield return "The pod sees its machine.";
        }
    }

    private static IEnumerable<string> OfRights(V1Container container)
    {
        var context = container.SecurityContext;
        if (context is not { ReadOnlyRootFilesystem: true })
        {
            yield return "The root can be written.";
        }

        if (context is not { AllowPrivilegeEscalation: false } || context.Privileged is true || context.RunAsUser is not null
            || context.RunAsNonRoot is false)
        {
            yield return "The container may get more rights than its pod has.";
        }

        if (context?.Capabilities is not { Drop: ["ALL"], Add: null or [] })
        {
            yield return "The container has capabilities.";
        }
    }

    private static IEnumerable<string> OfResources(V1Container container)
    {
        var (requests, limits) = (container.Resources?.Requests, container.Resources?.Limits);
        return new[] { (requests, "cpu"), (requests, "memory"), (limits, "memory") }
            .Where(one => one.Item1?.ContainsKey(one.Item2) is not true)
            .Select(one => $"A request or a limit of {one.Item2} is missing.");
    }

    private static IEnumerable<string> OfMounts(V1PodSpec pod, V1Container container)
    {
        IEnumerable<V1VolumeMount> mounts = container.VolumeMounts ?? [];
        foreach (var mount in mounts)
        {
            var volume = pod.Volumes?.SingleOrDefault(volume => volume.Name == mount.Name);
            if (volume is null)
            {
                yield return $"There is no volume {mount.Name}.";
            }
            else if (volume.Secret is not null && (mount.ReadOnlyProperty is not true || mount.SubPath is not null))
            {
                yield return "A secret is not mounted read-only, as a folder whose files change.";
            }
        }

        var paths = (container.Env ?? []).Select(variable => variable.Value).Concat(container.Args ?? [])
            .Where(value => value?.StartsWith('/') is true);
        foreach (var path in paths.Where(path => !mounts.Any(mount => path!.StartsWith(mount.MountPath + "/", StringComparison.Ordinal))))
        {
            yield return $"{path} is on no volume.";
        }
    }

    /// <summary>As the program itself looks at them when it starts.</summary>
    private static IEnumerable<string> OfSettings(V1Container container)
    {
        string[] names = [.. (container.Env ?? []).Select(variable => variable.Name)];
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length)
        {
            yield return "A setting is there twice.";
        }

        foreach (var name in names.Select(name => name.Replace("__", ":", StringComparison.Ordinal)))
        {
            if (!SettingNames.IsKnown(name) && SettingNames.Meant(name) is { } meant)
            {
                yield return $"{meant.Variable} is misspelt.";
            }
        }
    }

    private static IEnumerable<string> OfArguments(V1Container container)
    {
        string[] args = [.. container.Args ?? []];
        var parsed = CommandLine.Parse(args);
        if (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0)
        {
            yield return "The arguments are none of the program's.";
        }

        var declared = (container.Env ?? []).Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in args.SelectMany(arg => Variable().Matches(arg)).Select(match => match.Groups["name"].Value))
        {
            if (!declared.Contains(name))
            {
                yield return $"$({name}) stays as it is.";
            }
        }

        if (container.Command is not null)
        {
            yield return "The image has no other program.";
        }
    }

    [GeneratedRegex(@"\$\((?<name>\w+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
