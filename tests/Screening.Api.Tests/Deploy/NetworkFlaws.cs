using k8s.Models;

namespace Screening.Api.Tests.Deploy;

/// <summary>Who can reach a pod, or be reached by it, and should not.</summary>
internal static class NetworkFlaws
{
    /// <summary>What is wrong, a sentence each.</summary>
    public static IEnumerable<string> Of(Manifests manifests)
    {
        var policies = manifests.Of<V1NetworkPolicy>().ToList();
        foreach (var pod in manifests.Pods)
        {
            var own = policies.Where(policy => ServiceFlaws.Matches(policy.Spec.PodSelector.MatchLabels, pod)).ToList();
            if (!own.Exists(policy => policy.Spec.PolicyTypes is ["Ingress", "Egress"]))
            {
                yield return "A pod may talk to all.";
            }

            foreach (var spec in own.Select(policy => policy.Spec))
            {
                if ((spec.Ingress ?? []).Any(rule => IsAnybody(rule.FromProperty) || !Ports(rule.Ports, pod)))
                {
                    yield return "All may talk to a pod, or at a port that is not there.";
                }

                if ((spec.Egress ?? []).Any(rule => IsAnybody(rule.To) || rule.Ports is null or []))
                {
                    yield return "A pod may talk to all.";
                }
            }
        }
    }

    private static bool IsAnybody(IList<V1NetworkPolicyPeer>? peers) => peers is null or [] || peers.Any(peer =>
        peer.IpBlock?.Cidr.EndsWith("/0", StringComparison.Ordinal) is true
        || (peer.IpBlock is null && peer.NamespaceSelector?.MatchLabels is null or { Count: 0 } && peer.PodSelector is null));

    /// <summary>True when each port is one of the pod's, by name.</summary>
    private static bool Ports(IList<V1NetworkPolicyPort>? ports, V1PodTemplateSpec pod) =>
        ports is { Count: > 0 }
        && ports.All(port => pod.Spec.Containers.Any(one => one.Ports?.Any(own => own.Name == port.Port?.Value) is true));
}
