using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace Screening.Api.Tests.Deploy;

/// <summary>The Kubernetes objects of one kustomization, read strictly: a member that there is none of is an error.</summary>
/// <param name="Objects">The objects, in any order.</param>
internal sealed partial record Manifests(IReadOnlyList<object> Objects)
{
    private static readonly string? Rendered = Environment.GetEnvironmentVariable("SCREENING_MANIFESTS");

    /// <summary>The kustomizations: an overlay is only there when `kubectl kustomize` has made it.</summary>
    public static string[] Names => Rendered is null ? ["base", "bulk"] : ["base", "bulk", "example"];

    /// <summary>The containers of all pods, each with what its pod has in common.</summary>
    public IEnumerable<V1PodTemplateSpec> Pods =>
        Of<V1Deployment>().Select(one => one.Spec.Template).Concat(Of<V1Job>().Select(one => one.Spec.Template));

    /// <summary>The text of a kustomization: what `kubectl kustomize` made of it, or else the files that it names.</summary>
    public static string Text(string name)
    {
        if (Rendered is not null)
        {
            return File.ReadAllText(Path.Combine(Rendered, name + ".yaml"));
        }

        var folder = Repository.Path("src/Deploy/kubernetes/" + name);
        var named = Resource().Matches(File.ReadAllText(Path.Combine(folder, "kustomization.yaml")));
        return string.Join("---\n", named.Select(file => File.ReadAllText(Path.Combine(folder, file.Groups["file"].Value))));
    }

    /// <summary>Reads objects.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">A member is none of its kind, or there twice.</exception>
    public static Manifests Read(string text) => new(KubernetesYaml.LoadAllFromString(text, strict: true));

    /// <summary>The objects of a kind.</summary>
    public IEnumerable<T> Of<T>() => Objects.OfType<T>();

    [GeneratedRegex(@"^  - (?<file>\S+\.yaml)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Resource();
}
