using k8s.Models;

namespace Screening.Api.Tests.Deploy;

/// <summary>What people get wrong in well written manifests: in which kustomization each is made, and the sentence that finds it.</summary>
internal static class Mistakes
{
    /// <summary>All of them, by name.</summary>
    public static readonly Dictionary<string, (string In, string Flaw, Action<Manifests> Make)> All = new(StringComparer.Ordinal)
    {
        ["grace period"] = ("base", "It is killed before it has stopped.", a => Spec(a).TerminationGracePeriodSeconds = 29),
        ["longer drain"] = ("base", "It is killed before it has stopped.", a => Set(a, "Shutdown__DrainSeconds", "30")),
        ["slow readiness"] = (
            "base", "The drain is over before it is seen that it is not ready.",
            a => Container(a).ReadinessProbe.PeriodSeconds = 10),
        ["ready for live"] = (
            "base", "The liveness probe is not that of the service.",
            a => Container(a).LivenessProbe.HttpGet.Path = "/health/ready"),
        ["no startup"] = ("base", "The startup probe is not that of the service.", a => Container(a).StartupProbe = null),
        ["port name"] = (
            "base", "The service leads to a port that is not there.",
            a => a.Of<V1Service>().Single().Spec.Ports[0].TargetPort = "web"),
        ["service selector"] = (
            "base", "The service does not find its pods.",
            a => a.Of<V1Service>().Single().Spec.Selector["app.kubernetes.io/name"] = "screenings"),
        ["selector"] = (
            "base", "The deployment does not find its pods.",
            a => a.Of<V1Deployment>().Single().Spec.Selector.MatchLabels = new Dictionary<string, string> { ["app"] = "screening" }),
        ["one replica"] = ("base", "There is one instance.", a => a.Of<V2HorizontalPodAutoscaler>().Single().Spec.MinReplicas = 1),
        ["fixed replicas"] = (
            "base", "An apply takes away what the autoscaler added.", a => a.Of<V1Deployment>().Single().Spec.Replicas = 2),
        ["rollout"] = (
            "base", "A rollout takes instances away before there are new ones.",
            a => a.Of<V1Deployment>().Single().Spec.Strategy.RollingUpdate.MaxUnavailable = "25%"),
        ["spread"] = ("base", "Nothing spreads the instances.", a => Spec(a).TopologySpreadConstraints[1].LabelSelector = null),
        ["root"] = ("base", "The pod may run as root.", a => Spec(a).SecurityContext.RunAsNonRoot = null),
        ["root again"] = ("bulk", "The pod may run as root.", a => Spec(a).SecurityContext.RunAsUser = 0),
        ["seccomp"] = ("bulk", "The pod may make any call of the kernel.", a => Spec(a).SecurityContext.SeccompProfile = null),
        ["token"] = ("base", "The pod has a token of the cluster.", a => Spec(a).AutomountServiceAccountToken = null),
        ["host"] = ("base", "The pod sees its machine.", a => Spec(a).HostNetwork = true),
        ["writable root"] = ("base", "The root can be written.", a => Container(a).SecurityContext.ReadOnlyRootFilesystem = false),
        ["capability"] = ("bulk", "The container has capabilities.", a => Container(a).SecurityContext.Capabilities.Add = ["NET_RAW"]),
        ["escalation"] = (
            "base", "The container may get more rights than its pod has.",
            a => Container(a).SecurityContext.AllowPrivilegeEscalation = null),
        ["no request"] = (
            "base", "The autoscaler's share is of a request that nobody made.",
            a => Container(a).Resources.Requests.Remove("cpu")),
        ["no limit"] = ("bulk", "A request or a limit of memory is missing.", a => Container(a).Resources.Limits = null),
        ["scaler"] = (
            "base", "The autoscaler scales something else.",
            a => a.Of<V2HorizontalPodAutoscaler>().Single().Spec.ScaleTargetRef.Name = "screen"),
        ["fixed scaler"] = (
            "base", "The autoscaler has nothing to do.",
            a => a.Of<V2HorizontalPodAutoscaler>().Single().Spec.MaxReplicas = 2),
        ["budget"] = ("base", "The disruption budget lets no machine be emptied.", a => Budget(a, mostGone: null, least: "2")),
        ["zero budget"] = ("base", "The disruption budget lets no machine be emptied.", a => Budget(a, mostGone: "0", least: null)),
        ["unbound budget"] = (
            "base", "The disruption budget protects nothing.",
            a => a.Of<V1PodDisruptionBudget>().Single().Spec.Selector = null),
        ["all may come"] = (
            "base", "All may talk to a pod, or at a port that is not there.",
            a => a.Of<V1NetworkPolicy>().Single().Spec.Ingress[0].FromProperty = []),
        ["all namespaces"] = (
            "base", "All may talk to a pod, or at a port that is not there.",
            a => a.Of<V1NetworkPolicy>().Single().Spec.Ingress[1].FromProperty[0].NamespaceSelector.MatchLabels.Clear()),
        ["any port"] = (
            "base", "All may talk to a pod, or at a port that is not there.",
            a => a.Of<V1NetworkPolicy>().Single().Spec.Ingress[0].Ports = null),
        ["all may be called"] = ("base", "A pod may talk to all.", a => a.Of<V1NetworkPolicy>().Single().Spec.Egress[0].To = null),
        ["no egress policy"] = ("bulk", "A pod may talk to all.", a => a.Of<V1NetworkPolicy>().Single().Spec.PolicyTypes = ["Ingress"]),
        ["writable secret"] = (
            "base", "A secret is not mounted read-only, as a folder whose files change.",
            a => Container(a).VolumeMounts[0].ReadOnlyProperty = null),
        ["fixed secret"] = (
            "base", "A secret is not mounted read-only, as a folder whose files change.",
            a => Container(a).VolumeMounts[0].SubPath = "clients.json"),
        ["volume"] = ("base", "There is no volume acces.", a => Container(a).VolumeMounts[0].Name = "acces"),
        ["path"] = ("base", "/etc/screening/clients.json is on no volume.", a => Container(a).VolumeMounts[0].MountPath = "/etc/secrets"),
        ["setting"] = ("base", "Limits__PerMinute is misspelt.", a => Set(a, "Limits__PerMinuet", "100")),
        ["setting again"] = ("base", "A setting is there twice.", a => Set(a, "Access__Clients", "/etc/screening/clients.json")),
        ["option"] = ("bulk", "The arguments are none of the program's.", a => Container(a).Args[1] = "--in"),
        ["command"] = ("bulk", "It does not screen.", a => Container(a).Args.Clear()),
        ["shell"] = ("bulk", "The image has no other program.", a => Container(a).Command = ["/bin/sh", "-c"]),
        ["number"] = ("bulk", "$(SHARD) stays as it is.", a => Container(a).Env[0].Name = "INDEX"),
        ["one shard"] = ("bulk", "Pods screen the same shard.", a => Container(a).Args[4] = "/bulk/out/answers.ndjson"),
        ["output"] = ("bulk", "The answers cannot be written.", a => Container(a).VolumeMounts[1].ReadOnlyProperty = true),
        ["not indexed"] = (
            "bulk", "Not each shard has its pod, and another one where that is lost.",
            a => a.Of<V1Job>().Single().Spec.CompletionMode = null),
        ["lost pod"] = (
            "bulk", "A machine that is emptied is a failure of the job.", a => a.Of<V1Job>().Single().Spec.PodFailurePolicy = null),
        ["wrong argument"] = (
            "bulk", "What no other try would change is tried again.",
            a => a.Of<V1Job>().Single().Spec.PodFailurePolicy.Rules[1].OnExitCodes.Values = [3]),
    };

    private static V1PodSpec Spec(Manifests all) => all.Pods.Single().Spec;

    private static V1Container Container(Manifests all) => Spec(all).Containers.Single();

    private static void Set(Manifests all, string setting, string value) =>
        Container(all).Env.Add(new V1EnvVar { Name = setting, Value = value });

    private static void Budget(Manifests all, string? mostGone, string? least)
    {
        var spec = all.Of<V1PodDisruptionBudget>().Single().Spec;
        (spec.MaxUnavailable, spec.MinAvailable) = (mostGone, least);
    }
}
