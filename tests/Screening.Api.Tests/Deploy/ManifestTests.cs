using System.Text.RegularExpressions;
using k8s.Models;

namespace Screening.Api.Tests.Deploy;

/// <summary>
/// What is applied to a cluster does what it should there, and the checks that say so find what people get wrong: each mistake is found by
/// its own sentence.
/// </summary>
public static partial class ManifestTests
{
    /// <summary>Mistakes that are a wrong word.</summary>
    public static TheoryData<string, string, string> Misspelt => new()
    {
        { "base", "livenessProbe:", "livenesProbe:" },
        { "base", "terminationGracePeriodSeconds:", "terminationGraceSeconds:" },
        { "base", "averageUtilization:", "averageUtilisation:" },
        { "base", "readOnlyRootFilesystem:", "readOnlyRootFileSystem:" },
        { "base", "automountServiceAccountToken: false", "automountServiceAccountToken: false\n      automountServiceAccountToken: true" },
        { "bulk", "completionMode:", "completionsMode:" },
    };

    public static TheoryData<string> Kustomizations => [.. Manifests.Names];

    public static TheoryData<string> MistakeNames => [.. Mistakes.All.Keys];

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public static void What_is_applied_has_none_of_the_mistakes(string name) =>
        Assert.Empty(Flaws(Manifests.Read(Manifests.Text(name))));

    [Theory]
    [MemberData(nameof(Misspelt))]
    public static void A_member_that_there_is_none_of_is_not_read(string name, string member, string instead)
    {
        var text = Manifests.Text(name);
        Assert.Contains(member, text, StringComparison.Ordinal);
        Assert.Throws<YamlDotNet.Core.YamlException>(() => Manifests.Read(text.Replace(member, instead, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(MistakeNames))]
    public static void A_mistake_is_found(string mistake)
    {
        var (name, flaw, make) = Mistakes.All[mistake];
        var manifests = Manifests.Read(Manifests.Text(name));
        make(manifests);
        Assert.Contains(flaw, Flaws(manifests));
    }

    [Theory]
    [MemberData(nameof(Kustomizations))]
    public static void The_commands_of_the_page_make_each_secret_that_is_asked_for(string name)
    {
        var made = Secret().Matches(File.ReadAllText(Repository.Path("src/Deploy/README.md")))
            .SelectMany(command => Key().Matches(command.Value).Select(key => (command.Groups["name"].Value, key.Groups["key"].Value)));
        Assert.Empty(Manifests.Read(Manifests.Text(name)).Pods.SelectMany(pod => Asked(pod.Spec)).Except(made));
    }

    /// <summary>The keys of secrets: those of variables, and those that are files which a setting names.</summary>
    private static IEnumerable<(string Secret, string Key)> Asked(V1PodSpec pod) =>
    [
        .. from variable in pod.Containers.Single().Env
           let secret = variable.ValueFrom?.SecretKeyRef
           where secret is not null
           select (secret.Name, secret.Key),
        .. from volume in pod.Volumes
           where volume.Secret is not null
           from mount in pod.Containers.Single().VolumeMounts
           where mount.Name == volume.Name
           from variable in pod.Containers.Single().Env
           where variable.Value?.StartsWith(mount.MountPath + "/", StringComparison.Ordinal) is true
           select (volume.Secret.SecretName, variable.Value[(mount.MountPath.Length + 1)..]),
    ];

    private static IEnumerable<string> Flaws(Manifests manifests) =>
    [
        .. manifests.Pods.SelectMany(PodFlaws.Of),
        .. manifests.Of<V1Deployment>().Any() ? ServiceFlaws.Of(manifests) : [],
        .. NetworkFlaws.Of(manifests),
        .. BulkFlaws.Of(manifests),
    ];

    [GeneratedRegex("^kubectl create secret generic (?<name>[a-z-]+) .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("--from-(file|literal)=(?<key>[a-z.-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();
}
