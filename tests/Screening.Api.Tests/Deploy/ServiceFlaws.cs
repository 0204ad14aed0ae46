using System.Globalization;
using k8s.Models;
using Screening.Api.Settings;

namespace Screening.Api.Tests.Deploy;

/// <summary>What is wrong with a service that is to run, be found and be stopped without a lost request.</summary>
internal static class ServiceFlaws
{
    /// <summary>What requests under way and the end of the process may take after the drain (src/Operations.md, "How it stops").</summary>
    private const int SecondsAfterDrain = 20;

    /// <summary>What is wrong with it, a sentence each.</summary>
    public static IEnumerable<string> Of(Manifests manifests)
    {
        var deployment = manifests.Of<V1Deployment>().Single();
        var pod = deployment.Spec.Template;
        return
        [
            .. OfReplicas(deployment, manifests), .. OfStop(pod.Spec), .. OfProbes(pod.Spec.Containers.Single()),
            .. manifests.Of<V1Service>().SelectMany(service => OfService(service, pod)),
            .. manifests.Of<V2HorizontalPodAutoscaler>().SelectMany(scaler => OfAutoscaler(scaler, deployment)),
            .. manifests.Of<V1PodDisruptionBudget>().SelectMany(budget => OfBudget(budget, deployment, Least(manifests))),
        ];
    }

    /// <summary>True when the labels that are looked for are a pod's.</summary>
    public static bool Matches(IDictionary<string, string>? looked, V1PodTemplateSpec pod) =>
        looked is { Count: > 0 } && looked.All(label => pod.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>The least instances that there are: the autoscaler sees to it before it looks at any load.</summary>
    private static int Least(Manifests manifests) =>
        manifests.Of<V2HorizontalPodAutoscaler>().SingleOrDefault()?.Spec.MinReplicas
        ?? manifests.Of<V1Deployment>().Single().Spec.Replicas ?? 1;

    private static IEnumerable<string> OfReplicas(V1Deployment deployment, Manifests manifests)
    {
        if (Least(manifests) < 2)
        {
            yield return "There is one instance.";
        }

        if (deployment.Spec.Replicas is not null && manifests.Of<V2HorizontalPodAutoscaler>().Any())
        {
            yield return "An apply takes away what the autoscaler added.";
        }

        if (deployment.Spec.Strategy?.RollingUpdate?.MaxUnavailable?.Value is not "0")
        {
            yield return "A rollout takes instances away before there are new ones.";
        }

        if (!Matches(deployment.Spec.Selector.MatchLabels, deployment.Spec.Template))
        {
            yield return "The deployment does not find its pods.";
        }

        var spread = deployment.Spec.Template.Spec.TopologySpreadConstraints ?? [];
        if (!spread.Any(one => one.TopologyKey == "kubernetes.io/hostname")
            || !spread.All(one => Matches(one.LabelSelector?.MatchLabels, deployment.Spec.Template)))
        {
            yield return "Nothing spreads the instances.";
        }
    }

    private static IEnumerable<string> OfStop(V1PodSpec pod)
    {
        var container = pod.Containers.Single();
        var drain = ServiceSettings.DrainSeconds.Of(PodFlaws.Settings(container));
        if (pod.TerminationGracePeriodSeconds is not { } grace || grace < drain + SecondsAfterDrain)
        {
            yield return "It is killed before it has stopped.";
        }

        if (container.ReadinessProbe is { } ready && (ready.PeriodSeconds ?? 10) * (ready.FailureThreshold ?? 3) >= drain)
        {
            yield return "The drain is over before it is seen that it is not ready.";
        }
    }

    private static IEnumerable<string> OfProbes(V1Container container) =>
        from probe in (IEnumerable<(string Name, V1Probe? Probe, string Path)>)
        [
            ("startup", container.StartupProbe, "/health/live"),
            ("readiness", container.ReadinessProbe, "/health/ready"),
            ("liveness", container.LivenessProbe, "/health/live"),
        ]
        where probe.Probe?.HttpGet is not { } get || get.Path != probe.Path || !HasPort(container, get.Port, "http")
        select $"The {probe.Name} probe is not that of the service.";

    private static IEnumerable<string> OfService(V1Service service, V1PodTemplateSpec pod)
    {
        if (!Matches(service.Spec.Selector, pod))
        {
            yield return "The service does not find its pods.";
        }

        if (!service.Spec.Ports.All(port => HasPort(pod.Spec.Containers.Single(), port.TargetPort, "http")))
        {
            yield return "The service leads to a port that is not there.";
        }
    }

    private static IEnumerable<string> OfAutoscaler(V2HorizontalPodAutoscaler scaler, V1Deployment deployment)
    {
        var target = scaler.Spec.ScaleTargetRef;
        if (target.Kind != "Deployment" || target.ApiVersion != "apps/v1" || target.Name != deployment.Metadata.Name)
        {
            yield return "The autoscaler scales something else.";
        }

        if (scaler.Spec.MinReplicas is not >= 2 || scaler.Spec.MaxReplicas <= scaler.Spec.MinReplicas)
        {
            yield return "The autoscaler has nothing to do.";
        }

        var resources = scaler.Spec.Metrics.Where(metric => metric.Resource?.Target.AverageUtilization is not null)
            .Select(metric => metric.Resource.Name);
        if (!resources.All(name => deployment.Spec.Template.Spec.Containers.All(one => one.Resources?.Requests?.ContainsKey(name) is true)))
        {
            yield return "The autoscaler's share is of a request that nobody made.";
        }
    }

    private static IEnumerable<string> OfBudget(V1PodDisruptionBudget budget, V1Deployment deployment, int instances)
    {
        if (!Matches(budget.Spec.Selector?.MatchLabels, deployment.Spec.Template))
        {
            yield return "The disruption budget protects nothing.";
        }

        var (least, most) = (budget.Spec.MinAvailable?.Value, budget.Spec.MaxUnavailable?.Value);
        var allowed = most is not null ? Number(most) : instances - Number(least ?? "0");
        if (allowed < 1)
        {
            yield return "The disruption budget lets no machine be emptied.";
        }
    }

    private static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool HasPort(V1Container container, IntOrString? port, string name) =>
        port?.Value == name && container.Ports.Any(one => one.Name == name);
}
